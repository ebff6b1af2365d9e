"""A forecast is told as what it is: late when all of it lies after the due, and passed when it is over itself."""

from datetime import date

import pytest

from elo_cli.model.records.milestone import Milestone
from elo_cli.tracking.day.forecast import forecast
from elo_cli.tracking.day.view import View
from elo_cli.tracking.day.waiting import waits_for
from tests.trackers import tracker


def view(day: str, **milestones: str) -> View:
    """Return a view of these milestones on a day."""
    files = {f"milestones/{name}": f"type: national\n{text}" for name, text in milestones.items()}
    return View(tracker(files), date.fromisoformat(day))


def of(seen: View, record_id: str) -> Milestone:
    """Return a milestone of a view."""
    found = seen.tracker.get(Milestone, record_id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("due", "expected", "day", "late", "passed"),
    [
        ("2022-Q4", "2022-12-31", "2022-06-01", False, False),
        ("2022-Q4", "2023-01-01", "2022-06-01", True, False),
        ("2022-Q4", "2023-Q1", "2023-03-31", True, False),
        ("2022-Q4", "2023-Q1", "2023-04-01", True, True),
        # A year that holds the due says nothing of being late.
        ("2022-Q2", "2022", "2022-01-01", False, False),
        ("2022-Q2", "2022", "2023-01-01", False, True),
        ("2022-Q2", "2023", "2022-01-01", True, False),
        ("2022/..", "2030", "2022-01-01", False, False),
    ],
)
def test_a_forecast_is_late_only_for_certain(due: str, expected: str, day: str, late: bool, passed: bool) -> None:
    """Late is what begins after the last day of the due; passed what ended before the day asked about."""
    seen = view(day, m=f"due: {due}\nexpected: {expected}\n")
    found = forecast(seen, of(seen, "m"))
    assert found is not None
    assert (found.late, found.passed, found.is_late) == (late, passed, late and not passed)


@pytest.mark.parametrize("text", ["status: completed\n", "status: withdrawn\n", "possible: true\n"])
def test_nothing_is_forecast_of_what_nobody_waits_for(text: str) -> None:
    """What is done, withdrawn or only possible has no forecast, and neither has what states none."""
    seen = view("2022-06-01", m=f"due: 2022-Q4\nexpected: 2023\n{text}", n="due: 2022-Q4\n")
    assert forecast(seen, of(seen, "m")) is None
    assert forecast(seen, of(seen, "n")) is None


def test_the_last_forecast_that_was_said_by_the_day_holds() -> None:
    """An update changes a forecast without a decider, from its day on, and the deadline stays."""
    text = "due: 2022-Q4\nexpected: 2022-Q3\nupdates:\n  - {date: 2022-05-01, expected: 2023-Q1}\n"
    told = {}
    for day in ("2022-04-30", "2022-05-01"):
        seen = view(day, m=text)
        found = forecast(seen, of(seen, "m"))
        assert found is not None
        told[day] = (found.expected.text, found.said.text if found.said else None)
        assert seen.state(of(seen, "m")).now.due == of(seen, "m").due
    assert told == {"2022-04-30": ("2022-Q3", None), "2022-05-01": ("2023-Q1", "2022-05-01")}


@pytest.mark.parametrize(
    ("first", "word"),
    [
        ("due: 2023\nupdates: [{date: 2022-01-01, confidence: off-track}]\n", "off-track"),
        ("due: 2022-Q1\nupdates: [{date: 2022-05-01, status: in-progress}]\n", "overdue"),
        ("due: 2022-Q1\n", None),
        ("due: 2023\nupdates: [{date: 2022-01-01, confidence: at-risk}]\n", None),
        ("due: 2022-Q1\nupdates: [{date: 2022-01-01, confidence: off-track, status: completed}]\n", None),
    ],
)
def test_what_is_off_track_holds_up_what_depends_on_it(first: str, word: str | None) -> None:
    """Off track and overdue are obstacles; silence, risk and what is done are none; what is done waits for nothing."""
    seen = view("2022-06-01", a=first, b="depends_on: [a, gone]\n", c="depends_on: [a]\nstatus: completed\n")
    assert [(one.id, one.word) for one in waits_for(seen, of(seen, "b"))] == ([("a", word)] if word else [])
    assert waits_for(seen, of(seen, "c")) == ()
