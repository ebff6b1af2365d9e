"""What shows that a milestone was reached is known from its updates alone: brought, verified, returned, missing."""

from datetime import date

import pytest

from elo_cli.model.records.milestone import Milestone
from elo_cli.tracking.day.evidence import lacks, missing_evidence, pieces, required
from elo_cli.tracking.day.state import State, state
from tests.trackers import tracker

HEAD = """\
type: rrf-target
verification:
  evidence:
    list: {en: A list}
    report: {en: A report}
"""
LIFE = f"""\
{HEAD}
updates:
  - date: 2022-02-01
    by: okm
    evidence: [{{title: Report, label: final, archive: VN/1/2022, covers: [report]}}]
  - date: 2022-03-01
    by: treasury
    effective: 2022-02-20
    returned: [report]
    reason: {{en: No signature}}
  - date: 2022-04-01
    by: okm
    evidence: [{{title: Report signed, label: final, archive: VN/2/2022}}, {{title: The list, covers: [list]}}]
  - date: 2022-05-01
    by: okm
    decided_by: treasury
    verified: [final]
"""


def on(text: str, day: str = "2030-01-01") -> State[Milestone]:
    """Return the state of a milestone on a day."""
    return state(next(tracker({"milestones/m": text}).of(Milestone)), date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "standings", "missing"),
    [
        ("2022-01-31", {"list": "missing", "report": "missing"}, ("list", "report")),
        ("2022-02-28", {"list": "missing", "report": "brought"}, ("list",)),
        ("2022-03-31", {"list": "missing", "report": "returned"}, ("list", "report")),
        ("2022-04-30", {"list": "brought", "report": "brought"}, None),
        ("2022-05-01", {"list": "brought", "report": "verified"}, None),
    ],
)
def test_a_piece_stands_as_was_last_said(day: str, standings: dict[str, str], missing: tuple[str, ...] | None) -> None:
    """A required piece is missing, then brought, returned, brought again under its label, and verified."""
    now = on(LIFE, day)
    assert {piece.key: piece.standing for piece in required(now) or ()} == standings
    assert missing_evidence(now) == missing


def test_day_and_body_are_those_of_the_judgement() -> None:
    """The body is the one that decided, else the one that said it; the day the one on which it happened."""
    (returned,) = pieces(on(LIFE, "2022-03-01"))
    assert (returned.body, returned.day and returned.day.text) == ("treasury", "2022-02-20")
    (verified,) = (piece for piece in pieces(on(LIFE)) if piece.standing == "verified")
    assert (verified.body, verified.day and verified.day.text) == ("treasury", "2022-05-01")
    assert verified.document.covers == ["report"]


@pytest.mark.parametrize(
    ("first", "second", "titles"),
    [
        ("title: A, label: a", "title: B, label: a", ["B"]),
        ("title: A, archive: x.pdf", "title: B, archive: x.pdf", ["B"]),
        ("title: A", "title: A, uri: https://example.org", ["A"]),
        ("title: A, uri: https://example.org/1", "title: A, uri: https://example.org/2", ["A", "A"]),
        ("title: A, label: a", "title: A, label: b", ["A", "A"]),
        ("title: A", "title: B", ["A", "B"]),
    ],
)
def test_the_next_version_takes_the_place_of_a_document(first: str, second: str, titles: list[str]) -> None:
    """A document is another one unless label, place in the archive, or all that is known of it, say otherwise."""
    text = f"type: national\nevidence: [{{{first}}}]\nupdates:\n  - {{date: 2022-02-01, evidence: [{{{second}}}]}}\n"
    assert [piece.document.title for piece in pieces(on(text))] == titles


@pytest.mark.parametrize(
    ("judged", "again", "standing"), [("verified", "brought", "verified"), ("returned", "brought", "brought")]
)
def test_the_same_document_again(judged: str, again: str, standing: str) -> None:
    """What was verified stays so when the same document comes again; what was returned is brought anew."""
    document = "evidence: [{title: A, label: a}]"
    text = (
        f"type: national\n{document}\nupdates:\n  - {{date: 2022-02-01, {judged}: [a]}}\n"
        f"  - {{date: 2022-03-01, {document}, note: {{en: {again}}}}}\n"
    )
    assert [piece.standing for piece in pieces(on(text))] == [standing]


def test_evidence_taken_back_is_no_longer_there() -> None:
    """An update that takes the evidence back leaves none."""
    text = "type: national\nevidence: [{title: A}]\nupdates:\n  - {date: 2022-02-01, evidence: null}\n"
    assert pieces(on(text)) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("status: completed\nvalue: 9\nindicator: {goal: 10}\n", ("none", "under-goal")),
        ("status: completed\nevidence: [{title: A, covers: [list]}]\n", ("missing",)),
        (
            "status: completed\nevidence: [{title: A}]\nupdates: [{date: 2022-01-01, note: {en: x}}]\n",
            ("missing",),
        ),
        ("status: in-progress\nevidence: [{title: A, covers: [list, report]}]\n", ("not-completed",)),
        ("status: completed\nvalue: 10\nindicator: {goal: 10}\nevidence: [{title: A, covers: [list, report]}]\n", ()),
    ],
)
def test_what_stands_in_the_way_of_a_payment_request(text: str, found: tuple[str, ...]) -> None:
    """Completion, evidence and the goal are asked for, each on its own."""
    assert lacks(on(HEAD + text)) == found


def test_evidence_that_was_returned_is_not_called_unrecorded() -> None:
    """Without a list of what is required, returned evidence is told as returned, and not as none."""
    text = (
        "type: rrf-milestone\nstatus: completed\nevidence: [{title: A, label: a}]\n"
        "updates: [{date: 2022-01-01, returned: [a]}]\n"
    )
    assert lacks(on(text)) == ("returned",)
