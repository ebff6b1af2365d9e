"""The statuses that a record has had."""

from datetime import date

from elo_cli.model.records.measure import Measure
from elo_cli.tracking.day.view import View
from elo_cli.tracking.overviews.statuses import statuses_of
from tests import trackers

FILES = {
    "vocabulary/documents": "plan:\n  name:\n    en: Plan\n  date: 2021-04-09\n",
    "measures/one": """\
        status: planned
        sources:
          - document: plan
        updates:
          - date: 2022-01-10
            status: in-progress
            effective: 2022-01-01
          - date: 2022-02-10
            status: completed
            retracted:
              date: 2022-03-01
              reason:
                en: A mistake
          - date: 2023-05-05
            status: in-progress
        """,
    "measures/two": "key: true\n",
}


def steps(day: date, name: str = "one") -> list[tuple[str | None, str]]:
    """Return the statuses on a day, each with when it began."""
    view = View(trackers.tracker(FILES), day)
    record = view.tracker.get(Measure, name)
    assert record is not None
    found = statuses_of(view, record)
    return [(step.status, step.since.text if step.since else "") for step in found.steps] if found else []


def test_statuses_follow_what_was_said_by_the_day() -> None:
    """A status begins when it happened; what was retracted counts until its retraction and not from then on."""
    assert steps(date(2021, 12, 31)) == [("planned", "2021-04-09")]
    assert steps(date(2022, 2, 20))[-1] == ("completed", "2022-02-10")
    assert steps(date(2022, 3, 1)) == [("planned", "2021-04-09"), ("in-progress", "2022-01-01")]


def test_a_status_that_is_said_again_is_no_new_one() -> None:
    """The same word again makes no new step, and is the last day of which the status is known."""
    view = View(trackers.tracker(FILES), date(2024, 1, 1))
    record = view.tracker.get(Measure, "one")
    assert record is not None
    found = statuses_of(view, record)
    assert found is not None
    assert len(found.steps) == 2
    assert found.until == date(2023, 5, 5)


def test_a_record_without_a_status_has_none() -> None:
    """Where nobody has ever stated a status, there is nothing to draw."""
    assert steps(date(2024, 1, 1), "two") == []
