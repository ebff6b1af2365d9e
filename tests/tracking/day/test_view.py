"""A view holds what existed on its day, and finds who belonged to whom on it."""

from datetime import date

import pytest

from elo_cli.model.records.funding import Funding
from elo_cli.model.records.milestone import Milestone
from elo_cli.tracking.day.view import View
from tests.trackers import tracker

DOCUMENTS = "early:\n  name:\n    en: Early\n  date: 2021-01-01\nlate:\n  name:\n    en: Late\n  date: 2022-01-01\n"
FILES = {
    "vocabulary/documents": DOCUMENTS,
    "measures/a": "sources:\n  - document: early\n",
    "measures/b": "sources:\n  - document: late\n",
    "funding/whole": "measures:\n  - a\n",
    "funding/part": "measures:\n  - a\n  - b\npart_of: whole\n",
    "funding/outside": "counted: false\n",
    "funding/inside": "part_of: outside\n",
    "funding/lost": "part_of: future\n",
    "funding/future": "sources:\n  - document: late\n",
    "milestones/second": "type: national\ndue: 2022\nmeasures:\n  - a\n",
    "milestones/first": """\
        type: national
        due: 2021-Q1
        measures:
          - a
        updates:
          - date: 2021-06-01
            measures:
              - b
        """,
    "milestones/undated": "type: national\nmeasures:\n  - a\n",
    "meetings/later": "type: forum\ndate: 2021-11\n",
    "meetings/sooner": "type: forum\ndate: 2021-05-05\n",
}


def view(day: str) -> View:
    """Return the view of the tracker above on a day."""
    return View(tracker(FILES), date.fromisoformat(day))


def test_record_is_there_from_its_first_source() -> None:
    """What a later document says did not exist before it."""
    assert [measure.id for measure in view("2021-12-31").measures] == ["a"]
    assert [measure.id for measure in view("2022-01-01").measures] == ["a", "b"]
    assert view("2020-12-31").measures == ()


def test_milestones_of_a_measure_by_due_and_as_they_were_on_the_day() -> None:
    """The earliest due comes first, none last; a milestone that an update moves to another measure is found there."""
    assert [milestone.id for milestone in view("2021-05-31").milestones_of["a"]] == ["first", "second", "undated"]
    moved = view("2021-06-01").milestones_of
    assert [milestone.id for milestone in moved["a"]] == ["second", "undated"]
    assert [milestone.id for milestone in moved["b"]] == ["first"]


def test_lines_and_parts() -> None:
    """A line is found at each of its measures, and a part at its whole."""
    found = view("2021-06-01")
    assert [line.id for line in found.lines_of["a"]] == ["part", "whole"]
    assert [line.id for line in found.lines_of["b"]] == ["part"]
    assert [line.id for line in found.parts_of["whole"]] == ["part"]


@pytest.mark.parametrize(
    ("line", "day", "top"),
    [
        ("whole", "2021-06-01", True),
        ("part", "2021-06-01", False),
        ("outside", "2021-06-01", False),
        ("inside", "2021-06-01", True),
        ("lost", "2021-06-01", True),
        ("lost", "2022-06-01", False),
    ],
)
def test_top_lines(line: str, day: str, top: bool) -> None:
    """A line counts unless it is not the strategy's, or a part of one that counts and that existed on the day."""
    found = view(day)
    record = found.tracker.get(Funding, line)
    assert record is not None
    assert found.is_top(record) is top


def test_meetings_come_by_date() -> None:
    """Meetings stand in the order in which they are held, whatever their files are called."""
    assert [meeting.id for meeting in view("2021-01-01").meetings] == ["sooner", "later"]


def test_state_and_timing_are_computed_once() -> None:
    """Asked twice, a view gives the same state and the same timing, none among them."""
    found = view("2021-06-01")
    for record_id in ("first", "undated"):
        record = found.tracker.get(Milestone, record_id)
        assert record is not None
        assert found.state(record) is found.state(record)
        assert found.timing(record) is found.timing(record)


@pytest.mark.parametrize(
    ("line", "day", "stage"),
    [
        ("stage: proposed\n", "2021-06-01", "proposed"),
        ("stage: proposed\ndecided_at: review\n", "2021-06-01", "pending"),
        ("stage: to-be-proposed\ndecided_at: review\n", "2021-06-01", "pending"),
        ("stage: proposed\ndecided_at: review\n", "2022-01-01", "proposed"),
        ("stage: pending\ndecided_at: review\n", "2022-01-01", "pending"),
        ("stage: granted\ndecided_at: review\n", "2021-06-01", "granted"),
        ("stage: rejected\ndecided_at: review\n", "2021-06-01", "rejected"),
        ("decided_at: review\n", "2021-06-01", "unstated"),
        ("{}\n", "2021-06-01", "unstated"),
    ],
)
def test_a_proposal_is_pending_until_its_meeting(line: str, day: str, stage: str) -> None:
    """A proposal that a meeting will decide is pending; when it has passed in silence, what the source says."""
    read = tracker({"meetings/review": "type: mid-term-review\ndate: 2021\n", "funding/f": line.replace("{}\n", "")})
    view = View(read, date.fromisoformat(day))
    assert view.stage(view.state(view.lines[0]).now) == stage
