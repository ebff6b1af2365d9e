"""What follows from a payment request: how far it is, whether its milestones are ready, and its sums."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elo_cli.model.records.request import PaymentRequest
from elo_cli.tracking.day.view import View
from elo_cli.tracking.reports import rrf
from elo_cli.tracking.requests import RequestStep, money, request_answer, step, sums
from tests.trackers import tracker

DAY = date(2025, 1, 1)
INSTRUMENTS = "rrf:\n  name: {en: RRF}\n  rules: rrf\n"


def view(requests: dict[str, str], milestones: dict[str, str] | None = None) -> View:
    """Return a view of these requests and milestones."""
    files = {f"requests/{name}": f"instrument: rrf\n{text}" for name, text in requests.items()}
    files |= {f"milestones/{name}": text for name, text in (milestones or {}).items()}
    return View(tracker({**files, "vocabulary/instruments": INSTRUMENTS}), DAY)


def request(text: str) -> PaymentRequest:
    """Return a request with these fields, as it stands."""
    seen = view({"r": f"number: 1\n{text}"})
    return seen.state(seen.requests[0]).now


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("", "preparing"),
        ("requested: 5 M€", "preparing"),
        ("sent: true", "sent"),
        ("sent: true\nassessment: positive", "positive"),
        ("sent: true\nassessment: partly", "partly"),
        ("sent: true\nassessment: partly\nsuspended: 1 M€", "suspended"),
        ("sent: true\nassessment: partly\nsuspended: 0 €", "partly"),
        ("requested: 5 M€\nsuspended: 1 M€\npaid: 4 M€", "suspended"),
        ("requested: 5 M€\npaid: 4 M€", "partly-paid"),
        ("requested: 5 M€\npaid: 4 M€\nreduced: 1 M€", "paid"),
        ("requested: 5 M€\npaid: 5 M€", "paid"),
        # How much was asked nobody has said: what is paid is not known to be a part.
        ("paid: 4 M€", "paid"),
        ("sent: true\nreduced: 1 M€", "reduced"),
        ("requested: 5 M€\nreduced: 5 M€\npaid: 0 €", "reduced"),
        ("requested: 5 M€\npaid: 5 M€\nsent: false", "withdrawn"),
    ],
)
def test_step(fields: str, expected: RequestStep) -> None:
    """How far a request is follows from what is settled or suspended, then from its assessment, then its sending."""
    assert step(request(fields)) == expected


AMOUNTS = st.one_of(st.none(), st.integers(0, 50))


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_outstanding_is_what_is_left(requested: int | None, reduced: int | None, paid: int | None) -> None:
    """What is outstanding, lost and paid make up what was requested; unknown where it is, and never below 0."""
    named = (("requested", requested), ("reduced", reduced), ("paid", paid))
    now = request("".join(f"{name}: {amount} €\n" for name, amount in named if amount is not None))
    left = money(now).outstanding
    if requested is None or requested < (reduced or 0) + (paid or 0):
        assert left is None
    else:
        assert left is not None
        assert left.euros + (reduced or 0) + (paid or 0) == requested


@pytest.mark.parametrize(
    ("fields", "expected", "missing"),
    [
        ("", "unfinished", ()),
        ("status: in-progress", "unfinished", ()),
        ("status: withdrawn", "withdrawn", ()),
        ("status: completed", "evidence-missing", ()),
        ("status: completed\nevidence: [{title: A}]", "ready", ()),
        ("status: completed\nevidence: [{title: A}]\nindicator: {goal: 10}\nvalue: 9", "under-goal", ()),
        ("status: completed\nindicator: {goal: 10}\nvalue: 9", "evidence-missing", ()),
        (
            "status: completed\nverification: {evidence: {act: {en: Act}, map: {en: Map}}}",
            "evidence-missing",
            ("act", "map"),
        ),
        (
            (
                "status: completed\nevidence: [{title: A, covers: [act, map]}]\n"
                "verification: {evidence: {act: {en: Act}, map: {en: Map}}}"
            ),
            "ready",
            (),
        ),
        ("status: completed\nverification: {mechanism: {en: A report}}", "evidence-missing", ()),
    ],
)
def test_readiness(fields: str, expected: str, missing: tuple[str, ...]) -> None:
    """A milestone is ready when nothing stands in the way of asking for its payment, as the gate of elo update says."""
    seen = view({"r": "number: 1"}, {"m": f"type: rrf-target\nrrf: {{instalment: 1}}\n{fields}"})
    answer = request_answer(seen, seen.requests[0])
    (milestone,) = answer.milestones
    assert (milestone.readiness, milestone.missing) == (expected, missing)
    assert len(answer.ready("ready")) == (expected == "ready")
    assert [row.ready for part in rrf(seen).instalments for row in part.rows] == [expected == "ready"]


@pytest.mark.parametrize(
    ("said", "ready", "contested"),
    [
        ("", True, False),
        ("sent: true", False, False),
        ("sent: false", True, False),
        ("sent: true\nsuspended_for: {m: 1 M€}", False, True),
        ("sent: true\nsuspended_for: {m: 0 €}", False, False),
        ("sent: true\nreduced_for: {m: 1 M€}", False, True),
        ("sent: true\nsuspended_for: {other: 1 M€}", False, False),
    ],
)
def test_the_report_knows_the_request(said: str, ready: bool, contested: bool) -> None:
    """What was requested is no longer ready to be, and what is held back for a milestone is an objection to it."""
    shown = "type: rrf-target\nrrf: {instalment: 1}\nstatus: completed\nevidence: [{title: A}]"
    ((row,),) = (part.rows for part in rrf(view({"r": f"number: 1\n{said}"}, {"m": shown})).instalments)
    assert (row.ready, row.contested) == (ready, contested)


def test_sums_by_instrument_and_support() -> None:
    """Grants and loans are never added together, what was taken back counts nowhere, and unknown is no zero."""
    seen = view(
        {
            "a": "number: 1\nsupport: grant\namount: 5 M€\nrequested: 5 M€\npaid: 2 M€",
            "b": "number: 2\nsupport: grant\nrequested_for: {m: 3 M€}",
            "c": "number: 3\nsupport: grant\nrequested: 9 M€\nsent: false",
            "d": "number: 1\nsupport: loan\namount: 1 M€",
        }
    )
    rows = {row.support: row for row in sums(seen)}
    assert rows.keys() == {"grant", "loan"}
    grant, loan = rows["grant"], rows["loan"]
    assert grant.requests == ("a", "b")
    assert [amount.plain if amount else None for amount in grant.money] == ["5000000", "8000000", None, None, "2000000"]
    assert [amount.plain if amount else None for amount in loan.money] == ["1000000", None, None, None, None]
    assert (grant.unstated, loan.unstated) == (0, 1)


def test_what_is_sent_with_it_is_missing_until_covered() -> None:
    """Of the declaration and the summary each is missing until a document covers it (2021/241 art. 22(2)(c))."""
    seen = view({"r": "number: 1\nevidence: [{title: A, covers: [audit-summary]}]"})
    assert request_answer(seen, seen.requests[0]).attached == ("management-declaration",)
