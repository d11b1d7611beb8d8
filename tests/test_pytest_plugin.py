"""The pytest plugin: its fixtures, where the document comes from, and what a failed assertion says."""

import json
import re
from importlib.metadata import entry_points
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

GUIDE = Path(__file__).parent.parent / "docs/guides/testing-with-exum-routing.md"
PLUGIN = "-pexum_routing.testing.pytest_plugin"
ALICE = {"SipAddress": "alice@contoso.com", "msExchUCVoiceMailSettings": ["CsHostedVoiceMail=1"]}
POLICY = {"Identity": "Global", "Destination": "exap.um.outlook.com", "Organization": "a.contoso.com, b.contoso.com"}


@pytest.fixture
def inner(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder with a document of a deployment with Alice, named in the ini file, and an empty one."""
    document = {"HostedVoicemailPolicies": [POLICY], "Users": [ALICE]}
    (pytester.path / "alice.json").write_text(json.dumps(document), encoding="utf-8")
    (pytester.path / "empty.json").write_text("{}", encoding="utf-8")
    pytester.makeini("[pytest]\naddopts = --strict-markers\nexum_routing_document = alice.json\n")
    return pytester


def test_it_is_never_enabled_by_itself(inner: pytest.Pytester) -> None:
    """Without being named the plugin gives no fixture, and no entry point names it."""
    inner.makepyfile("def test_it(exum_router): pass")
    inner.runpytest_inprocess().stdout.fnmatch_lines("*fixture 'exum_router' not found*")
    assert [entry for entry in entry_points(group="pytest11") if "exum" in entry.value] == []


def test_conftest_enables_it(inner: pytest.Pytester) -> None:
    """The top conftest may name it, and the fixtures answer for the document of the ini file, read once."""
    inner.makeconftest('pytest_plugins = ["exum_routing.testing.pytest_plugin"]')
    inner.makepyfile("""
        seen = []

        def test_deployment(exum_deployment):
            seen.append(exum_deployment)
            assert ["sip:alice@contoso.com"] == [user.sip_address for user in exum_deployment.users]

        def test_router(exum_deployment, exum_router):
            assert exum_deployment is exum_router.deployment is seen[0]
            assert "exap.um.outlook.com" == exum_router.route("alice@contoso.com").destination
    """)
    inner.runpytest_inprocess().assert_outcomes(passed=2)


def test_marker_names_another_document(inner: pytest.Pytester) -> None:
    """The nearest marker wins over the ini option, and --strict-markers knows it."""
    inner.makepyfile("""
        import pytest

        pytestmark = pytest.mark.exum_routing_document("missing.json")

        @pytest.mark.exum_routing_document("empty.json")
        def test_it(exum_deployment):
            assert () == exum_deployment.users
    """)
    inner.runpytest_inprocess(PLUGIN).assert_outcomes(passed=1)


@pytest.mark.parametrize("mark", ["", "@pytest.mark.exum_routing_document"], ids=["nothing", "marker without path"])
def test_no_document_is_an_error_that_says_what_to_do(pytester: pytest.Pytester, mark: str) -> None:
    """A fixture that needs a document where none is named fails with both ways to name one."""
    pytester.makepyfile(f"import pytest\n\n{mark}\ndef test_it(exum_deployment): pass")
    result = pytester.runpytest_inprocess(PLUGIN)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines("*no document: name one by the ini option exum_routing_document or by @pytest.mark.*")


def test_route_of_asks_anywhere(inner: pytest.Pytester) -> None:
    """A route is asked for in the test's document, in another one, and in a deployment, under any reading."""
    inner.makepyfile("""
        from pathlib import Path

        import pytest
        from exum_routing import Deployment, NotRouted, Reading, SeveralOrganizations, UnknownSipAddress, User

        def test_own_document(route_of):
            first = Reading(several_organizations=SeveralOrganizations.FIRST)
            assert ("a.contoso.com", "b.contoso.com") == route_of("alice@contoso.com").organizations
            assert ("a.contoso.com",) == route_of("ALICE@contoso.com", reading=first).organizations

        @pytest.mark.parametrize("kind", [str, Path])
        def test_other_document(route_of, kind):
            with pytest.raises(UnknownSipAddress):
                route_of("alice@contoso.com", kind("empty.json"))

        @pytest.mark.exum_routing_document("missing.json")
        def test_deployment(route_of):
            zoe = User(sip_address="zoe@contoso.com")
            assert isinstance(route_of("zoe@contoso.com", Deployment(users=[zoe])), NotRouted)
    """)
    inner.runpytest_inprocess(PLUGIN).assert_outcomes(passed=4)


def test_assert_routed_passes_where_every_value_is_as_expected(inner: pytest.Pytester) -> None:
    """Values are compared with the decision's JSON, in the test's document or another deployment, under any reading."""
    inner.makepyfile("""
        from exum_routing import Deployment, Reading, SeveralOrganizations, User

        def test_it(assert_routed):
            first = Reading(several_organizations=SeveralOrganizations.FIRST)
            assert_routed("alice@contoso.com", Route="HostedUm", Destination="exap.um.outlook.com", Policy="Global")
            assert_routed("alice@contoso.com", reading=first, Organizations=["a.contoso.com"])
            zoe = User(sip_address="zoe@contoso.com")
            assert_routed("zoe@contoso.com", Deployment(users=[zoe]), Reason="NO_VOICE_MAIL")
    """)
    inner.runpytest_inprocess(PLUGIN).assert_outcomes(passed=1)


def test_assert_routed_says_what_is_otherwise_and_why(inner: pytest.Pytester) -> None:
    """A failure names every value that differs, a key that is not there, and the clauses that decided; no line of ours."""
    inner.makepyfile("""
        def test_it(assert_routed):
            assert_routed("alice@contoso.com", Route="OnPremisesUm", Policy="Global", Reason=None)
    """)
    result = inner.runpytest_inprocess(PLUGIN)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "E*sip:alice@contoso.com",
            "E*Route: expected 'OnPremisesUm', found 'HostedUm'",
            "E*Reason: expected None, found 'no such key'",
            "E*decided by",
            "E*ROUTE-2: *",
        ]
    )
    result.stdout.no_fnmatch_line("*Policy: expected*")
    result.stdout.no_fnmatch_line("*decision_to_json*")


def test_assert_routed_refuses_to_check_nothing(inner: pytest.Pytester) -> None:
    """An assertion without an expected value would pass whatever the route, so it is an error."""
    inner.makepyfile("def test_it(assert_routed): assert_routed('alice@contoso.com')")
    result = inner.runpytest_inprocess(PLUGIN)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines("*TypeError: assert_routed needs something to check*")


def test_files_of_the_guide_run(pytester: pytest.Pytester) -> None:
    """The files that the guide shows, each below its name, make a test run that passes."""
    files = re.findall(r"`([a-z_./]+)`:\n\n```[a-z]+\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    names = [name for name, _ in files]
    assert names == ["pytest.ini", "conftest.py", "deployment.json", "test_our_routes.py"]
    for name, content in files:
        (pytester.path / name).write_text(content, encoding="utf-8")
    pytester.runpytest_inprocess().assert_outcomes(passed=3)
