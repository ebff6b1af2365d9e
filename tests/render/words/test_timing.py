"""A timing in words counts days only to days that the due names, and says of a meeting what is true of one."""

from datetime import date

import pytest

from elo_cli.model.period import Period
from elo_cli.model.records.milestone import Milestone
from elo_cli.render.answers.deadlines import Teller
from elo_cli.render.words.language import Language
from elo_cli.render.words.timing import timing_text
from elo_cli.tracking.day.view import View
from elo_cli.tracking.deadlines import deadlines
from tests.trackers import tracker

UNFINISHED = "updates:\n  - date: 2022-06-01\n    status: in-progress\n"
LATE = "updates:\n  - date: 2022-06-01\n    status: completed\n"


@pytest.mark.parametrize(
    ("due", "day", "update", "said"),
    [
        ("2021-spring", "2021-04-09", "", "due soon"),
        ("2021-spring", "2022-12-31", "", "unreported"),
        ("2021-spring", "2022-12-31", UNFINISHED, "overdue"),
        ("2021-spring", "2022-12-31", LATE, "completed 11 months late"),
        ("2021/2022", "2023-12-31", "", "unreported"),
        ("2021-06-30", "2022-12-31", "", "unreported for 18 months"),
        ("2021-Q2", "2022-12-31", UNFINISHED, "overdue by 18 months"),
        ("2021-06-30", "2022-12-31", LATE, "completed 11 months late"),
        ("2021-05-31/2021-06-30", "2021-04-09", "", "begins in 52 days"),
        ("2021-05-31/2021-06-30", "2021-05-31", "", "under way, ends in 30 days"),
        ("2021-05-31/2021-06-30", "2021-06-30", "", "under way, ends today"),
        ("2021-06-30", "2021-06-30", "", "due soon, today"),
    ],
)
def test_days_are_counted_only_to_a_due_that_names_them(due: str, day: str, update: str, said: str) -> None:
    """Spring 2021 has no day that months could be counted from; a quarter, a month and a day have."""
    read = tracker({"milestones/m": f'type: national\ndue: "{due}"\n{update}'})
    view = View(read, date.fromisoformat(day))
    timing = view.timing(next(read.of(Milestone)))
    assert timing is not None
    assert timing_text(Language("en"), timing, Period.parse(due)) == said


@pytest.mark.parametrize(
    ("held", "day", "said"),
    [
        ("2021", "2022-12-31", "decision not reported"),
        ("2021-autumn", "2026-11-24", "decision not reported"),
        ("2021-06-15", "2021-12-15", "decision not reported, passed 6 months ago"),
        ("2021-autumn", "2021-11-30", "upcoming"),
        ("2021-06", "2021-06-30", "upcoming"),
        ("2021-06-15", "2021-06-15", "meeting today"),
        ("2021-06-15", "2021-06-01", "meeting in 14 days"),
    ],
)
def test_meeting_is_counted_to_only_where_its_day_is_known(held: str, day: str, said: str) -> None:
    """A meeting dated 2021 is no number of months ago, and one in June is not today on the last of June."""
    read = tracker({"meetings/m": f'type: forum\ndate: "{held}"\ndecides:\n  a:\n    en: A matter\n'})
    view = View(read, date.fromisoformat(day))
    (row,) = deadlines(view, None).deadlines
    assert Teller(Language("en"), view).timing(row) == said
