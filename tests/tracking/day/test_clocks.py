"""The times on a payment request run from the day of one word to the day of another, and never from a month."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elo_cli.model.period import months_later
from elo_cli.model.records.request import PaymentRequest
from elo_cli.tracking.day.clocks import CLOCK_RULES, Clock, amount_of, clocks, is_settled
from elo_cli.tracking.day.state import state
from elo_cli.tracking.day.view import View
from tests.trackers import tracker

FAR = date(2199, 1, 1)


def request(*updates: str) -> PaymentRequest:
    """Return a request with these updates, each as `DAY field: value; field: value`."""
    return next(tracker({"requests/r": _text(*updates)}).of(PaymentRequest))


def _text(*updates: str) -> str:
    words = "".join(
        f"  - date: {update.partition(' ')[0]}\n"
        + "".join(f"    {field.strip()}\n" for field in update.partition(" ")[2].split("; "))
        for update in updates
    )
    return f"number: 3\ninstrument: rrf\namount: 500 M€\nupdates:\n{words}"


def told(*updates: str) -> list[str]:
    """Return every clock as `item due` with the day of the word that ended it."""
    return [
        f"{clock.item} {clock.due}" + (f" ended {clock.ended}" if clock.ended else "")
        for clock in clocks(state(request(*updates), FAR))
    ]


@pytest.mark.parametrize(
    ("updates", "expected"),
    [
        ((), []),
        (("2024-03-31 sent: true",), ["assessment 2024-05-31"]),
        (("2024-12-31 sent: true",), ["assessment 2025-02-28"]),
        # What happened on another day than it was said counts from that day.
        (("2024-03-31 sent: true; effective: 2024-03-20",), ["assessment 2024-05-20"]),
        # A month names no day.
        (("2024-03 sent: true",), ["assessment None"]),
        (("2024-03-31 sent: true", "2024-04-05 sent: true"), ["assessment 2024-05-31"]),
        (("2024-03-31 sent: true", "2024-04-05 sent: false"), ["assessment 2024-05-31 ended 2024-04-05"]),
        (
            ("2024-03-31 sent: true", "2024-05-20 assessment: positive"),
            ["assessment 2024-05-31 ended 2024-05-20"],
        ),
        (
            ("2024-03-31 sent: true", "2024-05-31 assessment: partly"),
            ["assessment 2024-05-31 ended 2024-05-31", "observations 2024-06-30"],
        ),
        (
            ("2024-03-01 sent: true", "2024-05-01 assessment: negative", "2024-05-20 observations: true"),
            ["assessment 2024-05-01 ended 2024-05-01", "observations 2024-06-01 ended 2024-05-20"],
        ),
        (
            ("2024-03-01 sent: true", "2024-05-01 assessment: negative", "2024-05-20 observations: false"),
            ["assessment 2024-05-01 ended 2024-05-01", "observations 2024-06-01 ended 2024-05-20"],
        ),
        # A suspension that comes with the assessment leaves both times open; a later one has heard what there was.
        (
            ("2024-03-01 sent: true", "2024-05-01 assessment: partly; suspended: 100 M€"),
            [
                "assessment 2024-05-01 ended 2024-05-01",
                "observations 2024-06-01",
                "suspension 2024-11-01",
            ],
        ),
        (
            ("2024-05-01 assessment: partly", "2024-07-01 suspended: 100 M€"),
            ["observations 2024-06-01 ended 2024-07-01", "suspension 2025-01-01"],
        ),
        # Less is still suspended, so the same time goes on; nothing ends it.
        (("2024-07-01 suspended: 100 M€", "2024-08-01 suspended: 50 M€"), ["suspension 2025-01-01"]),
        (
            ("2024-07-01 suspended: 100 M€", "2024-08-01 suspended: 0 €"),
            ["suspension 2025-01-01 ended 2024-08-01"],
        ),
        (
            ("2024-07-01 suspended: 100 M€", "2024-08-01 assessment: positive"),
            ["suspension 2025-01-01 ended 2024-08-01"],
        ),
        # What is paid of the rest lifts no suspension.
        (
            ("2024-03-01 sent: true; requested: 200 M€", "2024-07-01 suspended: 100 M€; paid: 100 M€"),
            ["assessment 2024-05-01 ended 2024-07-01", "suspension 2025-01-01"],
        ),
        (
            (
                "2024-03-01 sent: true; requested: 200 M€",
                "2024-07-01 suspended: 100 M€",
                "2025-01-20 suspended: 0 €; reduced: 40 M€",
                "2025-03-01 paid: 160 M€",
            ),
            [
                "assessment 2024-05-01 ended 2024-07-01",
                "suspension 2025-01-01 ended 2025-01-20",
                "reduction 2025-03-20 ended 2025-03-01",
            ],
        ),
        # A suspension said by its parts alone.
        (("2024-07-01 suspended_for: {m1: 5 M€, m2: 0 €}",), ["suspension 2025-01-01"]),
        (
            ("2024-07-01 suspended_for: {m1: 5 M€}", "2024-09-01 suspended_for: {m1: 0 €}"),
            ["suspension 2025-01-01 ended 2024-09-01"],
        ),
        (("2025-01-20 reduced: 40 M€", "2025-02-01 observations: true"), ["reduction 2025-03-20 ended 2025-02-01"]),
        # Observations were heard, and the reduction became smaller.
        (("2025-01-20 reduced: 40 M€", "2025-02-01 reduced: 30 M€"), ["reduction 2025-03-20 ended 2025-02-01"]),
        (
            ("2024-04-02 questions: {q1: {asked: 2024-04-01, due: 2024-04-10}, q2: {asked: 2024-04-01}}",),
            ["question.q1 2024-04-10", "question.q2 None"],
        ),
        # An update that answers says only that; the question stays as it was asked.
        (
            (
                "2024-04-02 questions: {q1: {asked: 2024-04-01, due: 2024-04-10}}",
                "2024-04-09 questions: {q1: {answered: 2024-04-08}}",
            ),
            ["question.q1 2024-04-10 ended 2024-04-08"],
        ),
    ],
)
def test_clocks(updates: tuple[str, ...], expected: list[str]) -> None:
    """Each time begins and ends by the words of 2021/241 art. 24, and has the length that it gives."""
    assert told(*updates) == expected


@given(st.dates(date(2021, 1, 1), date(2026, 12, 31)), st.integers(0, 400))
def test_nothing_is_known_before_it_is_said(day: date, later: int) -> None:
    """Seen from a day before the request there is no time, and from its day on there is one, for as long."""
    record = request(f"{day} sent: true")
    assert clocks(state(record, day - timedelta(days=1))) == ()
    (clock,) = clocks(state(record, day + timedelta(days=later)))
    assert clock.due == months_later(day, 2)


def test_each_clock_has_its_article() -> None:
    """Every time but that of a question, which the Commission sets by itself, names the provision it rests on."""
    assert {name: rule.article[-5:] for name, rule in CLOCK_RULES.items()} == {
        "assessment": "24(3)",
        "observations": "24(6)",
        "suspension": "24(8)",
        "reduction": "24(8)",
    }
    assert Clock("question", None, None, key="q").article == ""


@pytest.mark.parametrize(
    ("update", "paid", "settled"),
    [
        ("sent: true", None, False),
        ("sent: false", None, True),
        ("requested: 100 €; paid: 99 €", "99", False),
        ("requested: 100 €; paid: 100 €", "100", True),
        ("requested: 100 €; paid: 60 €; reduced: 40 €", "100", True),
        ("requested: 100 €; paid_for: {a: 60 €, b: 40 €}", "100", True),
        # Of how much nobody has said, and so nothing is known to be whole.
        ("paid: 100 €", "100", False),
    ],
)
def test_settled(update: str, paid: str | None, settled: bool) -> None:
    """A request is settled when what was requested is paid or reduced; where no sum is stated, its parts are it."""
    now = state(request(f"2024-03-01 {update}"), FAR).now
    if "reduced" not in update:
        amount = amount_of(now, "paid")
        assert (amount.plain if amount is not None else None) == paid
    assert is_settled(now) is settled


RRF = "rrf:\n  name: {en: RRF}\n  rules: rrf\nother:\n  name: {en: Other}\n"
CONTESTED = """\
    type: rrf-milestone
    due: 2024-Q1
    rrf: {instalment: 3}
    updates:
      - date: 2024-01-10
        status: completed
      - date: 2024-06-01
        eu: suspended
    """


def test_the_request_says_when_an_objection_is_to_be_answered() -> None:
    """A contested milestone takes its day from its request, and has none once the request's time has ended."""
    words = _text("2024-03-01 sent: true", "2024-05-20 suspended: 5 M€", "2024-09-01 reduced: 1 M€")
    read = tracker({"milestones/m": CONTESTED, "requests/r": words, "vocabulary/instruments": RRF})
    (milestone,) = View(read, FAR).milestones
    for day, end in (("2024-08-31", date(2024, 11, 20)), ("2024-09-01", None)):
        timing = View(read, date.fromisoformat(day)).timing(milestone)
        assert timing is not None
        assert (timing.word, timing.end) == ("contested", end)


@pytest.mark.parametrize(
    ("milestone", "asked", "belongs"),
    [
        ("type: rrf-target\nrrf: {instalment: 3}", "number: 3\ninstrument: rrf", True),
        ("type: rrf-target\nrrf: {instalment: 2}", "number: 3\ninstrument: rrf", False),
        ("type: rrf-target\nrrf: {plan_measure: a}", "number: 3\ninstrument: rrf", False),
        ("type: national\nrrf: {instalment: 3}", "number: 3\ninstrument: rrf", False),
        ("type: rrf-target\nrrf: {instalment: 3}", "number: 3\ninstrument: other", False),
        ("type: rrf-target\nrrf: {instalment: 3}", "number: 3\ninstrument: rrf\nsupport: loan", True),
        ("type: rrf-target\nsupport: loan\nrrf: {instalment: 3}", "number: 3\ninstrument: rrf\nsupport: loan", True),
        ("type: rrf-target\nsupport: grant\nrrf: {instalment: 3}", "number: 3\ninstrument: rrf\nsupport: loan", False),
        ("type: rrf-target\nsupport: grant\nrrf: {instalment: 3}", "number: 3\ninstrument: rrf", True),
        ("type: rrf-target\ninstrument: other\nrrf: {instalment: 3}", "number: 3\ninstrument: rrf", False),
    ],
)
def test_milestones_of_a_request(milestone: str, asked: str, belongs: bool) -> None:
    """A milestone belongs to the request of its instalment: nothing else is stored or asked."""
    view = View(tracker({"milestones/m": milestone, "requests/r": asked, "vocabulary/instruments": RRF}), FAR)
    assert [one.id for one in view.milestones_of_request["r"]] == (["m"] if belongs else [])
    assert ("m" in view.request_of) is belongs
