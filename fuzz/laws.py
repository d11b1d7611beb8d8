"""What holds of every input: it is read, or refused with an ExumRoutingError whose message is one line a fault."""

from collections.abc import Callable
from typing import Any, Final

from exum_routing import ExumRoutingError
from exum_routing.interchange import DocumentError
from exum_routing.interchange.records import SourceError

REFUSED: Final = object()
"""What ``decided`` gives where the input is refused."""


def refused(value: object) -> bool:
    """Whether the input was refused."""
    return value is REFUSED


def decided(read: Callable[[Any], Any], given: object) -> Any:  # noqa: ANN401 - whatever is read
    """What is read, or ``REFUSED``; any other exception comes through, and so does a message of another shape."""
    try:
        return read(given)
    except (DocumentError, SourceError) as error:
        assert error.faults, "no fault"
        assert all(is_one_line(str(fault)) for fault in error.faults), str(error)
        assert len(str(error).split("\n")) == len(error.faults), str(error)
    except ExumRoutingError as error:
        assert is_one_line(str(error)), str(error)
    return REFUSED


def is_one_line(message: str) -> bool:
    """Whether a message can be written on one line of any encoding's terminal."""
    return message != "" and message.isprintable()
