"""A day makes of a due what is true of it: silence is not lateness, and the RRF ends when it ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elo_cli.model.records.milestone import Milestone
from elo_cli.tracking.day.state import state
from elo_cli.tracking.day.timing import effective_end, slip_days, timing, timing_of
from tests.trackers import tracker

RRF = "rrf:\n  name:\n    en: RRF\n  rules: rrf\n  last_day: 2026-08-31\n"


def told(text: str, day: str, instruments: str = RRF) -> tuple[str, int | None] | None:
    """Return the word and the days for a milestone on a day."""
    read = tracker({"milestones/m": text, "vocabulary/instruments": instruments})
    as_of = date.fromisoformat(day)
    found = timing(read, state(next(read.of(Milestone)), as_of), as_of)
    return None if found is None else (found.word, found.days)


RRF_DONE = "type: rrf-milestone\ndue: 2021-Q4\nupdates:\n  - date: 2021-12-01\n    status: completed\n"
SILENT = "type: national\ndue: 2021-Q4\n"


@pytest.mark.parametrize(
    ("day", "word", "days"),
    [
        ("2021-04-09", "upcoming", 266),
        ("2021-10-01", "upcoming", 91),
        ("2021-10-02", "due-soon", 90),
        ("2021-12-31", "due-soon", 0),
        ("2022-01-01", "unreported", -1),
        ("2026-11-24", "unreported", -1789),
    ],
)
def test_due_passes_the_day_after_its_last(day: str, word: str, days: int) -> None:
    """`2021-Q4` is due soon up to New Year's Eve and has passed, in silence, from 2022-01-01."""
    assert told(SILENT, day) == (word, days)


def test_nobody_waits_for_what_is_only_possible() -> None:
    """What a source says can be done is no promise: its day comes and goes, and no due has passed."""
    assert told(SILENT + "possible: true\n", "2022-01-01") is None
    assert told(SILENT + "possible: false\n", "2022-01-01") == ("unreported", -1)


@pytest.mark.parametrize(
    ("update", "word"),
    [
        ("date: 2021-12-31\n    status: in-progress", "unreported"),
        ("date: 2022-01-01\n    status: in-progress", "overdue"),
        ("date: 2022-01-01\n    confidence: off-track", "overdue"),
        ("date: 2022-01-01\n    status: completed", "done"),
        ("date: 2021-06-01\n    status: completed", "done"),
        ("date: 2022-01-01\n    status: withdrawn", "withdrawn"),
        ("date: 2022-01-01\n    status: suspended", "overdue"),
        ("date: 2022-01-01\n    note:\n      en: Nothing", "unreported"),
        ("date: 2022-01-01\n    name:\n      en: Better said", "unreported"),
        ("date: 2022-01-01\n    rrf:\n      plan_measure: P3", "unreported"),
        ("date: 2022-01-01\n    eu: fulfilled", "done"),
        ("date: 2022-01-01\n    eu: requested", "unreported"),
        ("date: 2022-01-01\n    eu: negative", "overdue"),
        ("date: 2022-01-01\n    evidence:\n      - title: A report", "unreported"),
        ("date: 2022-01-01\n    indicator:\n      goal: 10\n    value: 4", "overdue"),
        ("date: 2022-01-01\n    indicator:\n      goal: 10\n    value: 10", "unreported"),
        ("date: 2022-01-01\n    indicator:\n      goal: 4\n      baseline: 10\n    value: 6", "overdue"),
        ("date: 2022-01-01\n    indicator:\n      goal: 4\n      baseline: 10\n    value: 3", "unreported"),
        ("date: 2022-01-01\n    due: 2022-01-15", "unreported"),
        ("date: 2022-01-01\n    due: 2022-03", "due-soon"),
    ],
)
def test_only_a_word_on_progress_after_the_due_makes_it_overdue(update: str, word: str) -> None:
    """Overdue is what someone has said to be unfinished since; a moved due, a note or evidence says nothing of that."""
    found = told(f"{SILENT}updates:\n  - {update}\n", "2022-02-01")
    assert found is not None
    assert found[0] == word


@pytest.mark.parametrize(
    ("eu", "day", "days"),
    [
        ("negative", "2022-02-01", 9),
        ("suspended", "2022-02-01", 159),
        ("suspended", "2022-08-01", -22),
        ("reduced", "2022-02-01", 37),
        ("reversed", "2022-02-01", None),
    ],
)
def test_what_is_delivered_and_objected_to_is_contested(eu: str, day: str, days: int | None) -> None:
    """An objection has its own clock: one month after a negative assessment, six after a suspension, two for a cut."""
    text = f"{RRF_DONE}  - date: 2022-01-10\n    eu: {eu}\n"
    assert told(text, day) == ("contested", days)


@pytest.mark.parametrize(
    ("update", "late"),
    [
        ("date: 2023-09-01\n    status: completed", 609),
        ("date: 2023-09-01\n    effective: 2021-11-01\n    status: completed", None),
        ("date: 2023-09\n    status: completed", 609),
        ("date: 2022\n    effective: 2021\n    status: completed", None),
    ],
)
def test_done_late_says_by_how_much(update: str, late: int | None) -> None:
    """What was completed after its due is late by the days from its last one, and what may have been in time is not."""
    read = tracker({"milestones/m": f"{SILENT}updates:\n  - {update}\n"})
    found = timing(read, state(next(read.of(Milestone)), date(2024, 1, 1)), date(2024, 1, 1))
    assert found is not None
    assert (found.word, found.late) == ("done", late)


def test_delivery_wins_over_the_assessment() -> None:
    """What its doer says to be in progress is not done because the EU holds it for fulfilled: the tracks disagree."""
    assert told(f"{SILENT}status: in-progress\neu: fulfilled\n", "2021-12-01") == ("due-soon", 30)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("type: national\n", None),
        ("type: national\ndue: 2021/..\n", ("upcoming", None)),
        ("type: national\ndue: 2021/..\nstatus: completed\n", ("done", None)),
    ],
)
def test_without_a_last_day_nothing_passes(text: str, expected: tuple[str, int | None] | None) -> None:
    """A milestone without a due has no timing, and an open due never passes."""
    assert told(text, "2199-01-01") == expected


@pytest.mark.parametrize(
    ("type_", "due", "end"),
    [
        ("rrf-milestone", "2026-Q3", "2026-08-31"),
        ("rrf-target", "2026", "2026-08-31"),
        ("rrf-milestone", "2026-Q2", "2026-06-30"),
        ("rrf-milestone", "2026-Q4", "2026-12-31"),
        ("rrf-milestone", "2026-08-31", "2026-08-31"),
        ("rrf-milestone", "2026/..", None),
        ("national", "2026-Q3", "2026-09-30"),
        ("monitoring-step", "2026-Q3", "2026-09-30"),
    ],
)
def test_rrf_due_ends_with_the_instrument(type_: str, due: str, end: str | None) -> None:
    """`2026-Q3` ends on 31 August 2026 for the RRF; one that starts later is wrong and keeps its own end."""
    read = tracker({"milestones/m": f"type: {type_}\ndue: {due}\n", "vocabulary/instruments": RRF})
    found = effective_end(read, next(read.of(Milestone)))
    assert (found and found.isoformat()) == end


def test_rrf_due_in_a_tracker_that_knows_no_last_day() -> None:
    """Without the instrument in the vocabulary the due is what it says."""
    read = tracker({"milestones/m": "type: rrf-milestone\ndue: 2026-Q3\n"})
    assert effective_end(read, next(read.of(Milestone))) == date(2026, 9, 30)


def test_tracker_says_how_soon_is_soon() -> None:
    """The limit of tracker.yaml decides when a due is due soon."""
    read = tracker({"tracker": "format: 1\nname:\n  en: T\nlanguages:\n  - en\nlimits:\n  due_soon: 7\n"})
    words = [timing_of(read, date(2021, 1, 10), date(2021, 1, day)).word for day in (2, 3, 10, 11)]
    assert words == ["upcoming", "due-soon", "due-soon", "unreported"]


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        ("date: 2022-03-01\n    status: completed", ("done", 60)),
        ("date: 2022-03-01\n    effective: 2021-12-15\n    status: completed", ("done", None)),
        ("date: 2022-03-01\n    status: in-progress", ("overdue", None)),
    ],
)
def test_reached_on_the_day_it_happened(update: str, expected: tuple[str, int | None]) -> None:
    """A milestone was reached when it happened, not when it was said."""
    read, day = tracker({"milestones/m": f"{SILENT}updates:\n  - {update}\n"}), date(2022, 12, 31)
    found = timing(read, state(next(read.of(Milestone)), day), day)
    assert (found and (found.word, found.late)) == expected


@pytest.mark.parametrize(
    ("promised", "moved", "days"),
    [("2021-Q4", "2022-Q1", 90), ("2022", "2021-Q4", -365), ("2021-Q4", "2021-12", 0), ("2021-Q4", "2022/..", None)],
)
def test_slip_is_counted_between_last_days(promised: str, moved: str, days: int | None) -> None:
    """A due slips by the days between the promised and the present last day; without one there is nothing to count."""
    text = f"type: national\ndue: {promised}\nupdates:\n  - date: 2021-06-01\n    due: {moved}\n"
    assert slip_days(next(tracker({"milestones/m": text}).of(Milestone)), date(2021, 12, 31)) == days


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(-3000, 3000))
def test_word_and_days_agree(end: date, distance: int) -> None:
    """The word follows from the days to the last day: passed, within the limit, or further away."""
    found = timing_of(tracker({}), end, end - timedelta(days=distance))
    assert found.days == distance
    assert found.word == ("unreported" if distance < 0 else "due-soon" if distance <= 90 else "upcoming")
