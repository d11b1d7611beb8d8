"""Profiles of the property tests: ``dev`` by default, ``ci``, ``deep`` and ``mutate`` by EXUM_ROUTING_PROFILE."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings

settings.register_profile("dev", deadline=None, max_examples=50)
settings.register_profile("ci", deadline=None, max_examples=100, derandomize=True, print_blob=True)
settings.register_profile("deep", deadline=None, max_examples=20_000, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "mutate",
    deadline=None,
    max_examples=10,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    # the suite runs several times in one process, and mutants are slow
    suppress_health_check=[HealthCheck.differing_executors, HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("EXUM_ROUTING_PROFILE", "dev"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that tests recorded."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, figure in getattr(report, "user_properties", ()):
            if name == "figure":
                terminalreporter.write_line(str(figure))
