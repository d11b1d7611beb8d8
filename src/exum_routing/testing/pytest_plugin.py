"""Fixtures for tests of routing (extra ``pytest``): the deployment of a document, its router, and assertions about routes.

Never enabled by itself: say ``pytest_plugins = ["exum_routing.testing.pytest_plugin"]`` in the top ``conftest.py``, or
``-p exum_routing.testing.pytest_plugin`` on the command line. The document is named by the ini option
``exum_routing_document`` or, for one test, class or module, by the marker of that name; its path starts at
pytest's root directory.
"""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeAlias

from exum_routing.extras import needs

with needs("pytest"):
    import pytest

from exum_routing.clauses import clause
from exum_routing.deployment import Deployment
from exum_routing.interchange.answers import decision_to_json
from exum_routing.reading import DEFAULT_READING, Reading
from exum_routing.routing import Router, RoutingDecision, route

__all__ = ["AssertRouted", "RouteOf", "assert_routed", "exum_deployment", "exum_router", "route_of"]

_OPTION = "exum_routing_document"

Within: TypeAlias = Deployment | Path | str | None
"""A deployment, the path of its document, or None for the one that the test's document describes."""


class RouteOf(Protocol):
    """What the fixture ``route_of`` gives."""

    def __call__(self, address: str, within: Within = None, *, reading: Reading = ...) -> RoutingDecision:
        """Where the voice mail calls to this SIP address go."""


class AssertRouted(Protocol):
    """What the fixture ``assert_routed`` gives."""

    def __call__(self, address: str, within: Within = None, *, reading: Reading = ..., **expected: object) -> None:
        """The decision about this SIP address, as JSON, has these values at these keys."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the ini option."""
    parser.addini(_OPTION, "the deployment document of exum_deployment, from the root directory", type="string", default="")


def pytest_configure(config: pytest.Config) -> None:
    """Add the marker, and see that documents can be read.

    Raises:
        UsageError: The extra is not installed.
    """
    _reader()
    config.addinivalue_line("markers", f"{_OPTION}(path): the deployment document of exum_deployment, from the root directory")


def _reader() -> Callable[[bytes], Deployment]:
    """What reads documents; without its extra pytest ends with one line."""
    try:
        from exum_routing.interchange.document import read_deployment  # noqa: PLC0415 - pytest would show a traceback
    except ModuleNotFoundError as error:
        raise pytest.UsageError(str(error)) from None
    return read_deployment


@pytest.fixture(scope="session")
def _read(pytestconfig: pytest.Config) -> Callable[[str | Path], Deployment]:
    """Reads a document, each once in a run, for a deployment never changes."""

    @functools.cache
    def read(path: str | Path) -> Deployment:
        return _reader()((pytestconfig.rootpath / path).read_bytes())

    return read


@pytest.fixture
def exum_deployment(request: pytest.FixtureRequest, _read: Callable[[str | Path], Deployment]) -> Deployment:
    """The deployment that the document of the nearest marker describes, else that of the ini option."""
    marker = request.node.get_closest_marker(_OPTION)
    path = str(request.config.getini(_OPTION)) if marker is None else str(*marker.args)
    if not path:
        pytest.fail(f"no document: name one by the ini option {_OPTION} or by @pytest.mark.{_OPTION}(path)", pytrace=False)
    return _read(path)


@pytest.fixture
def exum_router(exum_deployment: Deployment) -> Router:
    """The router of ``exum_deployment``.

    Clauses: ROUTE-10, NAME-2
    """
    return Router(exum_deployment)


@pytest.fixture
def _within(request: pytest.FixtureRequest, _read: Callable[[str | Path], Deployment]) -> Callable[[Within], Deployment]:
    """The deployment that is meant."""

    def find(within: Within) -> Deployment:
        if isinstance(within, Deployment):
            return within
        found: Deployment = request.getfixturevalue("exum_deployment") if within is None else _read(within)
        return found

    return find


@pytest.fixture
def route_of(_within: Callable[[Within], Deployment]) -> RouteOf:
    """Ask for a route: ``route_of("alice@contoso.com")``, in another deployment ``route_of(address, deployment_or_path)``.

    Clauses: ROUTE-10
    """

    def ask(address: str, within: Within = None, *, reading: Reading = DEFAULT_READING) -> RoutingDecision:
        deployment = _within(within)
        return route(deployment.subject(address), deployment, reading=reading)

    return ask


@pytest.fixture
def assert_routed(_within: Callable[[Within], Deployment]) -> AssertRouted:
    """Assert values of a decision as its JSON spells them: ``assert_routed("alice@contoso.com", Route="HostedUm")``.

    A failure says, key by key, what is otherwise, and which clauses decided.

    Clauses: ROUTE-10
    """

    def check(address: str, within: Within = None, *, reading: Reading = DEFAULT_READING, **expected: object) -> None:
        __tracebackhide__ = True
        if not expected:
            raise TypeError("assert_routed needs something to check: give a key of the decision, such as Route='HostedUm'")
        deployment = _within(within)
        subject = deployment.subject(address)
        decision = route(subject, deployment, reading=reading)
        found = decision_to_json(subject, decision)
        otherwise = [key for key, value in expected.items() if key not in found or found[key] != value]
        if otherwise:
            lines = [f"{key}: expected {expected[key]!r}, found {found.get(key, 'no such key')!r}" for key in otherwise]
            grounds = [f"{one}: {clause(one).sentence}" for one in decision.clauses]
            raise AssertionError("\n  ".join([subject.sip_address, *lines, "decided by", *grounds]))

    return check
