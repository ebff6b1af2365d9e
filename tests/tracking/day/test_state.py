"""The state on a day is the promise, folded with every word said by then, and nothing else."""

import sys
from datetime import date, timedelta
from decimal import Decimal
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elo_cli.model.records.measure import Measure
from elo_cli.model.records.meeting import Meeting
from elo_cli.model.records.milestone import Milestone
from elo_cli.tracking.day.state import State, exists_from, state
from tests.trackers import tracker

MOVED = """\
    type: national
    due: 2021-Q4
    name:
      en: As promised
    updates:
      - date: 2022-01-10
        status: in-progress
      - date: 2022-03
        due: 2022-Q4
        confidence: at-risk
      - date: 2022-04-01
        note:
          en: Nothing new
      - date: 2023-01-01
        status: completed
    """


def milestone(text: str, day: str) -> State[Milestone]:
    """Return the state of a milestone on a day."""
    record = next(tracker({"milestones/m": text}).of(Milestone))
    return state(record, date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "status", "due"),
    [
        ("2021-12-31", None, "2021-Q4"),
        ("2022-01-09", None, "2021-Q4"),
        ("2022-01-10", "in-progress", "2021-Q4"),
        ("2022-03-30", "in-progress", "2021-Q4"),
        ("2022-03-31", "in-progress", "2022-Q4"),
        ("2022-04-01", "in-progress", "2022-Q4"),
        ("2023-01-01", "completed", "2022-Q4"),
    ],
)
def test_state_folds_what_was_said_by_the_day(day: str, status: str | None, due: str) -> None:
    """An update counts from its day, a month from its last; what is not said stays."""
    found = milestone(MOVED, day)
    assert found.now.due is not None
    assert (found.now.status, found.now.due.text) == (status, due)


def test_promise_stays_as_it_was() -> None:
    """Whatever was said since, the promise is still there as it was first written."""
    found = milestone(MOVED, "2030-01-01")
    assert found.promise.due is not None
    assert (found.promise.due.text, found.promise.status) == ("2021-Q4", None)
    assert found.set_by["due"].date.text == "2022-03"
    assert "name" not in found.set_by


def test_words_count_in_the_order_of_their_days() -> None:
    """Words out of order in the file, which check reports, count by day, and within a day by the file."""
    found = milestone(
        """\
        type: national
        updates:
          - date: 2022-02-01
            status: completed
          - date: 2022-01-01
            status: planned
          - date: 2022-02-01
            status: suspended
        """,
        "2022-03-01",
    )
    assert found.now.status == "suspended"


def test_evidence_accumulates_and_is_not_doubled() -> None:
    """What an update brings is added to what was there; the same document twice is there once."""
    found = milestone(
        """\
        type: national
        evidence:
          - title: Act
        updates:
          - date: 2022-01-01
            evidence:
              - title: Report
              - title: Act
        """,
        "2022-01-01",
    )
    assert [piece.title for piece in found.now.evidence or ()] == ["Act", "Report"]


def test_plan_codes_are_merged() -> None:
    """An update that gives one plan code leaves the others, and null takes one away."""
    text = """\
        type: rrf-milestone
        rrf:
          plan_measure: P3C2I1
          cid_number: "31"
        updates:
          - date: 2022-01-01
            rrf:
              instalment: 5
          - date: 2022-02-01
            rrf:
              cid_number: null
        """
    first, second = milestone(text, "2022-01-01").now.rrf, milestone(text, "2022-02-01").now.rrf
    assert first is not None
    assert second is not None
    assert (first.plan_measure, first.cid_number, first.instalment) == (["P3C2I1"], "31", 5)
    assert (second.plan_measure, second.cid_number, second.instalment) == (["P3C2I1"], None, 5)


def test_meeting_moves_and_its_decisions_add_up() -> None:
    """`held` moves a meeting, whose own date is the day of a word; each word adds its decisions."""
    meeting = next(
        tracker(
            {
                "meetings/m": """\
                    type: forum
                    date: 2021-autumn
                    updates:
                      - date: 2021-08-01
                        held: 2021-11-05
                      - date: 2021-11-05
                        decisions:
                          a:
                            en: First
                      - date: 2021-11-20
                        decisions:
                          b:
                            en: Second
                    """
            }
        ).of(Meeting)
    )
    assert state(meeting, date(2021, 7, 31)).now.date.text == "2021-autumn"
    now = state(meeting, date(2021, 12, 1)).now
    assert (now.date.text, list(now.decisions or ())) == ("2021-11-05", ["a", "b"])


DOCUMENTS = """\
first:
  name:
    en: First
  date: 2020-12
second:
  name:
    en: Second
  date: 2021-04-09
undated:
  name:
    en: Undated
news:
  name:
    en: News
  read: 2021-06-01
dated:
  name:
    en: Dated, and read later
  date: 2020
  read: 2021-06-01
"""


@pytest.mark.parametrize(
    ("documents", "day"),
    [
        (("second", "first"), "2020-12-31"),
        (("undated",), None),
        (("undated", "second"), "2021-04-09"),
        ((), None),
        (("news",), "2021-06-01"),
        (("news", "second"), "2021-04-09"),
        (("dated",), "2020-12-31"),
    ],
)
def test_record_exists_from_its_first_source(documents: tuple[str, ...], day: str | None) -> None:
    """A record is there from the last day of its earliest source's date, or the day an undated one was read."""
    sources = "sources:\n" + "".join(f"  - document: {name}\n" for name in documents) if documents else ""
    files = {"vocabulary/documents": DOCUMENTS, "measures/m": sources}
    read = tracker(files)
    first = exists_from(read, next(read.of(Measure)))
    assert (first and first.isoformat()) == day


DAYS = st.dates(date(2021, 1, 1), date(2021, 12, 31))
WORDS = st.lists(st.tuples(DAYS, st.sampled_from(["planned", "in-progress", "completed", "suspended"])), max_size=6)


def _record(words: list[tuple[date, str]]) -> Milestone:
    updates = [{"date": day.isoformat(), "status": status} for day, status in words]
    return Milestone.model_validate({"id": "m", "type": "national", **({"updates": updates} if updates else {})})


@given(WORDS, DAYS)
def test_later_words_change_no_earlier_day(words: list[tuple[date, str]], day: date) -> None:
    """The state on a day is the same whether or not anything is said after it."""
    whole = state(_record(words), day)
    known = state(_record([word for word in words if word[0] <= day]), day)
    assert (whole.now.status, whole.updates) == (known.now.status, known.updates)


@given(WORDS, DAYS)
def test_state_is_the_last_word(words: list[tuple[date, str]], day: date) -> None:
    """A field holds what the last of the latest words says, and is not stated before the first."""
    said = sorted((word for word in words if word[0] <= day), key=lambda word: word[0])
    assert state(_record(words), day).now.status == (said[-1][1] if said else None)


@given(WORDS)
def test_nothing_happens_between_words(words: list[tuple[date, str]]) -> None:
    """The state changes only on days on which something is said."""
    record = _record(words)
    spoken = {day for day, _ in words}
    for day in spoken:
        after = day + timedelta(days=1)
        if after not in spoken:
            assert state(record, after).now == state(record, day).now


def test_document_under_a_label_is_replaced_by_its_next_version() -> None:
    """Evidence accumulates; a document with the label of an earlier one is the version that holds from then on."""
    text = """\
        type: national
        evidence:
          - {title: Draft, label: report}
          - {title: Photo}
        updates:
          - date: 2022-02-01
            evidence: [{title: Report, label: report}, {title: Photo}]
            verified: [report]
        """
    titles = {
        day: [document.title for document in milestone(text, day).now.evidence or ()]
        for day in ("2022-01-31", "2022-02-01")
    }
    assert titles == {"2022-01-31": ["Draft", "Photo"], "2022-02-01": ["Photo", "Report"]}


def test_what_only_an_update_says_is_no_field_of_the_record() -> None:
    """That evidence was verified is kept with its update, and the record as it stands has no such field."""
    text = "type: national\nupdates:\n  - {date: 2022-02-01, verified: [report]}\n"
    found = milestone(text, "2022-02-01")
    assert found.set_by["verified"].date.text == "2022-02-01"
    assert not hasattr(found.now, "verified")


@pytest.mark.parametrize(
    ("indicator", "value", "reached"),
    [
        ("{goal: 100}", 99, False),
        ("{goal: 100}", 101, True),
        ("{goal: 100, direction: down}", 101, False),
        ("{goal: 100, direction: down}", 100, True),
        ("{baseline: 100, goal: 100, direction: down}", 101, False),
        ("{baseline: 200, goal: 100}", 99, True),
        # Baseline and goal show it; the word that contradicts them is a finding.
        ("{baseline: 200, goal: 100, direction: up}", 99, True),
        ("{unit: {en: People}}", 99, None),
    ],
)
def test_direction_decides_where_baseline_and_goal_do_not(indicator: str, value: int, reached: bool | None) -> None:
    """Less is better below the baseline, or where it is said to be; the goal itself is always reached."""
    now = milestone(f"type: rrf-target\nindicator: {indicator}\n", "2022-01-01").now
    assert now.indicator is not None
    assert now.indicator.reached(Decimal(value)) is reached


CLEARED = """\
    type: rrf-target
    due: 2022-Q4
    indicator: {unit: {en: Number}, goal: 5}
    rrf: {plan_measure: P1C1I1, cid_number: "7"}
    updates:
      - date: 2022-02-01
        status: planned
      - date: 2022-03-01
        type: rrf-milestone
        indicator: null
        status: null
        rrf: {plan_measure: null}
    """


def test_explicit_null_clears_a_field_and_a_part_of_one() -> None:
    """An update’s null takes back what was stated; of a field that grows, the part that it names alone."""
    before, after = milestone(CLEARED, "2022-02-28"), milestone(CLEARED, "2022-03-01")
    assert (before.now.type, before.now.status, before.now.indicator is None) == ("rrf-target", "planned", False)
    assert (after.now.type, after.now.status, after.now.indicator) == ("rrf-milestone", None, None)
    assert after.now.rrf is not None
    assert (after.now.rrf.plan_measure, after.now.rrf.cid_number) == (None, "7")
    assert (after.promise.type, after.set_by["indicator"].date.text) == ("rrf-target", "2022-03-01")


def calls(text: str) -> int:
    """Count the calls that it takes to fold a record, functions written in C among them."""
    path = "requests/r" if "number:" in text else "milestones/m"
    record = next(iter(tracker({path: text}).entries.values())).record
    count = 0

    def called(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(called)
    try:
        state(record, date(2030, 1, 1))
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("number: 1\n    instrument: rrf", "questions:\n          q{n}:\n            asked: {day}"),
        ("type: national", "evidence:\n          - title: Document {n}"),
        ("type: national", "evidence:\n          - title: Document {n}\n            label: d{n}"),
    ],
)
def test_a_step_takes_as_long_however_much_there_is_already(head: str, said: str) -> None:
    """Of four times as many questions or documents, an update each, no more than six times the work is made."""

    def text(many: int) -> str:
        days = [date(2021, 1, 1) + timedelta(n) for n in range(many)]
        updates = "".join(f"      - date: {day}\n        {said.format(n=n, day=day)}\n" for n, day in enumerate(days))
        return f"    {head}\n    updates:\n{updates}"

    assert calls(text(400)) < 6 * calls(text(100))
