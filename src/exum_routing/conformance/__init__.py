"""The vectors and their protocol (``vectors/FORMAT.md``): requests as JSON, and this library's answers."""

from exum_routing.conformance.administer import run_cmdlet
from exum_routing.conformance.cases import Case, Difference, differences, read_cases
from exum_routing.conformance.protocol import NOT_SUPPORTED, answer, answer_line

__all__ = ["NOT_SUPPORTED", "Case", "Difference", "answer", "answer_line", "differences", "read_cases", "run_cmdlet"]
