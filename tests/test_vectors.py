"""The vectors: this library and the peer answer every one, every clause has its cases, and the two agree on anything else."""

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exum_routing import CLAUSES, Deployment, Reading, Status, cli
from exum_routing.cli import conformance
from exum_routing.conformance import answer
from exum_routing.conformance.cases import Case, differences, read_cases
from exum_routing.conformance.protocol import NOT_SUPPORTED, REFUSED, answer_line
from exum_routing.errors import InvalidValue
from exum_routing.interchange.answers import reading_to_json
from exum_routing.interchange.document import write_deployment
from exum_routing.testing.strategies import deployments, readings

ROOT = Path(__file__).parent.parent
CASES = read_cases(ROOT / "vectors")
QUESTIONS = read_cases(ROOT / "vectors" / "questions")
PEER = ["node", str(ROOT / "vectors" / "peer" / "peer.js")]
GROUPS = ("NAME", "ATTR", "POL", "ROUTE", "MODE", "URI", "EDGE", "UM", "CALL", "CMD", "REPL")
CANNOT_BE_BROKEN = {
    "ATTR-2": "the four values have a meaning; every other value is kept",
    "ATTR-4": "it keeps what has no meaning",
    "ATTR-6": "no value is the same as not set",
    "ATTR-9": "either author may set the attribute",
    "POL-3": "there always is an effective policy",
    "POL-4": "a policy without Destination is one",
    "POL-6": "a dangling assignment counts as none",
    "POL-9": "no policy changes an on-premises route",
    "POL-10": "a policy may be not usable",
    "POL-12": "it is not enforced",
    "POL-13": "it is a fact about Exchange Online",
    "ROUTE-10": "a decision is made by the implementation, not given to it",
    "URI-1": "what is inserted has been checked before",
    "URI-7": "a policy may have no Organization",
    "UM-4": "any turn is one",
    "CALL-1": "a call goes to voice mail, or it does not",
    "CALL-2": "whatever Diversion came is removed",
    "CALL-3": "whoever calls is the owner, or is not",
    "CALL-5": "the option tag is there, or it is added",
    "CALL-6": "a refusal is its answer",
    "CALL-7": "the outcome says what becomes of the call",
    "CALL-13": "a refusal is its answer",
    "CALL-14": "a refusal is its answer",
    "CALL-15": "a contact object is called, or it is not",
    "CALL-17": "a refusal is its answer",
    "CALL-18": "a refusal is its answer",
    "CMD-8": "$null empties any attribute",
    "CMD-9": "it warns and refuses nothing",
    "REPL-2": "an Edge without a configuration is one",
} | dict.fromkeys(
    [f"ROUTE-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 12)] + [f"MODE-{number}" for number in (1, 2, 3)],
    "it says what is decided; not being routed is a decision",
)
"""The clauses that no input can break, with the reason."""
NO_CASE = {"REPL-4": "it speaks of the bytes of a file of this library's own"}
"""The clauses that no request asks about, with the reason."""
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node to run the peer")


def asked(requests: list[dict[str, Any]]) -> list[Any]:
    """What the peer answers."""
    lines = "".join(json.dumps(request) + "\n" for request in requests)
    finished = subprocess.run(PEER, input=lines.encode(), capture_output=True, check=True)  # noqa: S603 - ours
    return [json.loads(line) for line in finished.stdout.decode().split("\n") if line]


@pytest.mark.parametrize("case", [*CASES, *QUESTIONS], ids=lambda case: f"{case.clauses[0]}: {case.description}")
def test_case(case: Case) -> None:
    """This library answers every case as it says."""
    assert case.answer == answer(case.request)


@needs_node
def test_peer_answers_every_case() -> None:
    """A second implementation, made from the spec and the format alone, answers every case as it says."""
    assert [case.answer for case in CASES] == asked([case.request for case in CASES])


def test_there_are_cases_for_every_clause() -> None:
    """Every clause of the routing core has a case that holds, and one that is refused wherever an input can break it."""
    holding = Counter(case.clauses[0] for case in CASES if case.holds)
    refused = Counter(case.clauses[0] for case in CASES if not case.holds)
    modelled = [one.id for one in CLAUSES if one.status is not Status.NOT_MODELLED and one.id not in NO_CASE]
    ids = [one for one in modelled if one.split("-")[0] in GROUPS]
    assert len(CASES) >= 100
    assert [one for one in ids if not holding[one]] == []
    assert [one for one in ids if not refused[one] and one not in CANNOT_BE_BROKEN] == []
    assert [one for one in CANNOT_BE_BROKEN if refused[one]] == []


def test_descriptions_are_sentences_of_their_own() -> None:
    """Every case is described by one sentence, and no two alike."""
    descriptions = Counter(case.description for case in (*CASES, *QUESTIONS))
    assert [text for text, times in descriptions.items() if times > 1 or not re.fullmatch(r"\S.*\.", text)] == []
    assert {one for case in (*CASES, *QUESTIONS) for one in case.clauses} - {clause.id for clause in CLAUSES} == set()


ROUTED = deployments(min_users=5, max_users=20, edge_replica=st.none(), av_edge_gruu=st.none(), hosted_um_services=st.just(()))
"""Deployments without what concerns a call alone: the peer routes, and follows no call."""


@needs_node
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(ROUTED, readings())
def test_peer_agrees_on_any_deployment(deployment: Deployment, reading: Reading) -> None:
    """Whatever deployment the strategies make, under any reading, both implementations say the same of everyone."""
    document = json.loads(write_deployment(deployment))
    chosen = {"Reading": reading_to_json(reading)}
    requests = [
        {"Ask": "RouteEveryone", "Deployment": document} | chosen,
        {"Ask": "DeploymentMode", "Deployment": document} | chosen,
        {"Ask": "ReadDeployment", "Deployment": document},
        *(
            {"Ask": "RouteAtEdge", "Deployment": document, "Destination": str(policy.destination)}
            for policy in deployment.policies
            if policy.destination is not None
        ),
    ]
    assert [answer(request) for request in requests] == asked(requests)


class TestProtocol:
    """The protocol, and the commands that speak it."""

    @pytest.mark.parametrize(
        "line", ["", "not JSON", "[]", "{}", '{"Ask": "Else"}', '{"Ask": "Route"}', '{"Ask": "ReadSipUri"}', "[" * 100_000]
    )
    def test_what_is_no_request_is_not_supported(self, line: str) -> None:
        """A line that is no request of the format is answered, not an end."""
        assert json.loads(answer_line(line)) == NOT_SUPPORTED

    @pytest.mark.parametrize(
        "reading",
        [
            {"SeveralOrganizations": "LAST"},
            {"SeveralOrganizations": None},
            {"SeveralOrganizations": []},
            {"several_organizations": "FIRST"},
            {"Disabling": "ALWAYS_ALLOWED"},
            False,
            None,
            "FIRST",
            [],
        ],
        ids=repr,
    )
    def test_reading_that_does_not_exist_is_not_supported(self, reading: object) -> None:
        """A reading that the format does not list is not a request of it."""
        request = {"Ask": "DeploymentMode", "Deployment": {}, "Reading": reading}
        assert json.loads(answer_line(json.dumps(request))) == NOT_SUPPORTED

    @pytest.mark.parametrize("layout", [False, None, "Server", []], ids=repr)
    def test_layout_that_is_not_an_object_is_refused(self, layout: object) -> None:
        """A layout that cannot be one is refused."""
        assert answer({"Ask": "RouteEveryone", "Deployment": {}, "Layout": layout}) == REFUSED

    def test_unknown_key_of_a_layout_is_not_supported(self) -> None:
        """A layout with a key that the format does not list is not a request of it."""
        assert answer({"Ask": "RouteEveryone", "Deployment": {}, "Layout": {"server": "x"}}) == NOT_SUPPORTED

    def test_unknown_key_of_a_request_is_not_looked_at(self) -> None:
        """A key that the format does not list for a request changes nothing in its answer."""
        assert answer({"Ask": "DeploymentMode", "Deployment": {}, "Layout": 5, "Else": {}}) == {"Mode": None}

    def test_misspelled_ask_is_not_supported(self) -> None:
        """A misspelled Ask is not supported, even if the document is faulty."""
        assert answer({"Ask": "route", "Deployment": {"Users": 5}}) == NOT_SUPPORTED

    def test_edge_needs_its_settings(self) -> None:
        """Without Access Edge settings the Edge cannot be asked."""
        assert answer({"Ask": "RouteAtEdge", "Deployment": {}, "Destination": "a"}) == REFUSED

    def test_serve_answers_line_by_line(self) -> None:
        """``conformance serve`` answers every line of its input, bad bytes too."""
        result = CliRunner().invoke(
            cli.main, ["conformance", "serve"], input=b'{"Ask": "ReadSipUri", "SipUri": "sip:h"}\n\xff\n'
        )
        found = [json.loads(line) for line in result.stdout.splitlines()]
        assert found == [{"SipUri": "sip:h", "IsVoicemail": False}, NOT_SUPPORTED]

    def test_run_finds_no_difference_to_itself(self) -> None:
        """``conformance run`` on ``conformance serve``: nothing differs, exit code 0."""
        program = [sys.executable, "-m", "exum_routing", "conformance", "serve"]
        result = CliRunner().invoke(cli.main, ["conformance", "run", "--", *program])
        assert (result.exit_code, result.stdout) == (0, f"{len(CASES)} cases: {len(CASES)} passed, 0 not supported, 0 differ\n")

    def test_run_prints_what_differs(self, tmp_path: Path) -> None:
        """Every difference is printed with its clause, and the exit code is 1; what is not supported is counted apart."""
        case = {"clauses": ["NAME-3"], "description": "It is.", "holds": True, "request": {"Ask": "X"}, "answer": {"Y": 1}}
        passed = case | {"answer": {"Ask": "X"}}
        unsupported = case | {"request": {"NotSupported": True}}
        (tmp_path / "a.json").write_text(json.dumps([case, passed, unsupported, case]))
        result = CliRunner().invoke(cli.main, ["conformance", "run", "--vectors", str(tmp_path), "--", "cat"])
        assert result.exit_code == 1
        assert result.stdout.count("NAME-3 (a.json): It is.") == 2
        assert result.stdout.endswith("NAME-3: 2 differ\n4 cases: 1 passed, 1 not supported, 2 differ\n")
        assert '  came:     {"Ask": "X"}' in result.stdout

    @pytest.mark.parametrize(
        ("command", "expected"),
        [
            (["no-such-program"], "no-such-program: cannot be run (No such file or directory)"),
            (["false"], "false: ended with exit code 1, its last answer before case 1, CMD-1 (administration.json): "),
            (["true"], "true: ended with exit code 0, its last answer before case 1, CMD-1 (administration.json): "),
            (["head", "-n", "3"], "head -n 3: ended with exit code 0, its last answer before case 4, CMD-"),
            (["sleep", "60"], "sleep 60: gave no answer within 0.5 seconds to case 1, CMD-1 (administration.json): "),
            (
                ["echo", "starting"],
                "echo starting: printed 'starting', which is no JSON object, as its answer to case 1, CMD",
            ),
            (["sed", "$a{}"], "sed $a{}: printed more lines than it was asked cases: '{}' came after the last answer"),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, list) else "",
    )
    def test_program_that_fails(self, command: list[str], expected: str) -> None:
        """A program that cannot be run, ends, hangs, or prints a stray line is one line with the case; exit code 1."""
        result = CliRunner().invoke(cli.main, ["conformance", "run", "--limit", "0.5", "--", *command])
        assert (result.exit_code, result.stdout) == (1, "")
        assert expected in result.stderr
        assert len(result.stderr.splitlines()) == 1

    @pytest.mark.parametrize(
        ("options", "selected"),
        [
            (["--ask", "Route"], lambda case: case.request["Ask"] == "Route"),
            (["--ask", "Route", "--ask", "ReadSipUri"], lambda case: case.request["Ask"] in {"Route", "ReadSipUri"}),
            (["--clause", "rOute"], lambda case: any(one.startswith("ROUTE-") for one in case.clauses)),
            (["--clause", "POL-3"], lambda case: "POL-3" in case.clauses),
            (
                ["--clause", "POL-3", "--ask", "Route"],
                lambda case: "POL-3" in case.clauses and case.request["Ask"] == "Route",
            ),
        ],
    )
    def test_cases_are_selected(self, options: list[str], selected: Any) -> None:
        """--ask and --clause choose among the cases; both together, what both choose."""
        program = [sys.executable, "-m", "exum_routing", "conformance", "serve"]
        result = CliRunner().invoke(cli.main, ["conformance", "run", *options, "--", *program])
        count = sum(map(selected, CASES))
        assert 0 < count < len(CASES)
        assert result.stdout == f"{count} cases: {count} passed, 0 not supported, 0 differ\n"

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            (["--ask", "Rout"], "--ask: no case has 'Rout': use one of Administer, "),
            (["--clause", "POL-99"], "--clause: no case has 'POL-99': use one of ATTR, "),
            (["--clause", "CMD-1", "--ask", "Route"], "no case is of both --ask and --clause: leave one of them out"),
        ],
    )
    def test_a_selection_of_nothing_is_refused(self, options: list[str], message: str) -> None:
        """What no case has is refused as usage, with what there is."""
        result = CliRunner().invoke(cli.main, ["conformance", "run", *options, "--", "cat"])
        assert result.exit_code == 2
        assert message in result.stderr

    @pytest.mark.parametrize("content", [None, "{}", "[{}]", "not JSON", "5"])
    def test_folder_without_cases(self, content: str | None, tmp_path: Path) -> None:
        """A folder without cases, or with a file that is no array of them, is refused by name."""
        if content is not None:
            (tmp_path / "a.json").write_text(content)
        with pytest.raises(InvalidValue):
            read_cases(tmp_path)
        result = CliRunner().invoke(cli.main, ["conformance", "run", "--vectors", str(tmp_path), "--", "cat"])
        assert result.exit_code == 1

    def test_answers_that_are_no_json_differ(self) -> None:
        """What is no JSON is a difference, and so is true in place of 1."""
        case = Case("a.json", ("NAME-3",), "It is.", holds=True, request={}, answer={"Y": 1})
        assert [one.answer for one in differences([case, case], ["oops", '{"Y": true}'])] == ["oops", {"Y": True}]

    def test_vectors_are_those_of_the_checkout(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """Without --vectors the checkout's are used; without a checkout one line says where they are, with exit code 1."""
        assert conformance.CHECKOUT == ROOT / "vectors"
        monkeypatch.setattr(conformance, "CHECKOUT", tmp_path / "vectors")
        result = CliRunner().invoke(cli.main, ["conformance", "run", "--", "cat"])
        assert result.exit_code == 1
        assert result.output == (
            "exum-routing: vectors: are not part of the wheel: use --vectors with the vectors folder of the source "
            "distribution or repository\n"
        )
