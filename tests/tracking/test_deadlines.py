"""What is late and what comes, in the order in which people ask for it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elo_cli.model.errors import UsageProblem
from elo_cli.tracking.day.filters import Filters
from elo_cli.tracking.day.view import View
from elo_cli.tracking.deadlines import Deadline, deadlines, fails, window_end
from tests.trackers import tracker

RRF = """\
rrf:
  name:
    en: RRF
  rules: rrf
  last_day: 2026-08-31
  last_payment_day: 2026-12-31
  reporting:
    april:
      name:
        en: Progress report
      day: "04-30"
    october:
      name:
        en: Progress report
      day: "10-15"
    february:
      name:
        en: Common indicators
      day: "02-28"
    august:
      name:
        en: Common indicators
      day: "08-31"
"""
ORGANISATIONS = """\
okm:
  name:
    en: OKM
  type: ministry
tem:
  name:
    en: TEM
  type: ministry
"""


def rows(files: dict[str, str], day: str, within: str = "all", **filters: str) -> list[Deadline]:
    """Return what is listed on a day."""
    as_of = date.fromisoformat(day)
    view = View(tracker(files), as_of)
    return list(
        deadlines(
            view,
            window_end(within, as_of),
            Filters(goal=filters.get("goal"), measure=filters.get("measure"), owner=filters.get("owner")),
        ).deadlines
    )


def seen(found: list[Deadline]) -> list[str]:
    """Return what a reader sees first of each: id, item, timing and days."""
    return [
        f"{row.id} {row.timing} {row.days}" if row.item is None else f"{row.item} {row.due} {row.timing}"
        for row in found
    ]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("90d", "2021-07-08"),
        ("2w", "2021-04-23"),
        ("6m", "2021-10-09"),
        ("1y", "2022-04-09"),
        ("12m", "2022-04-09"),
        ("all", None),
        ("9999y", None),
    ],
)
def test_window_ends_where_the_calendar_says(text: str, end: str | None) -> None:
    """A window is days, weeks, months or years from the day asked about."""
    assert window_end(text, date(2021, 4, 9)) == (date.fromisoformat(end) if end else None)


def test_window_of_months_stays_in_the_month() -> None:
    """Half a year after the last day of August is the last day of February."""
    assert window_end("6m", date(2021, 8, 31)) == date(2022, 2, 28)
    assert window_end("6m", date(2023, 8, 31)) == date(2024, 2, 29)


@pytest.mark.parametrize("text", ["", "90", "d", "0d", "-1d", "90 d", "1h", "1.5y", "٣d", "10000d", "ALL", "90d\n"])
def test_window_that_is_none_is_refused(text: str) -> None:
    """What is no stretch of time is wrong usage, and the message says what would be right."""
    with pytest.raises(UsageProblem, match="90d, 2w, 6m, 1y or all"):
        window_end(text, date(2021, 4, 9))


@given(st.integers(1, 9999), st.sampled_from("dwmy"), st.dates())
def test_window_never_fails_and_never_ends_before_it_begins(number: int, unit: str, day: date) -> None:
    """Whatever the stretch of time and the day, the window ends after it or never."""
    end = window_end(f"{number}{unit}", day)
    assert end is None or end > day


LATE_AND_COMING = {
    "milestones/late": "type: national\ndue: 2021-Q1\n",
    "milestones/later-late": "type: national\ndue: 2021-06\nupdates:\n  - date: 2021-07-05\n    status: in-progress\n",
    "milestones/soon": "type: national\ndue: 2021-Q4\n",
    "milestones/far": "type: national\ndue: 2023\n",
    "milestones/open": "type: national\ndue: 2021/..\n",
    "milestones/done": "type: national\ndue: 2021-Q1\nstatus: completed\n",
    "milestones/undated": "type: national\n",
    "meetings/forum": "type: forum\ndate: 2021-11-05\n",
    "meetings/past": "type: forum\ndate: 2021-05-05\n",
}


def test_what_has_passed_comes_first_and_the_oldest_of_it() -> None:
    """Unreported and overdue come before what is to come; both go by day, and what is done or undated is not there."""
    assert seen(rows(LATE_AND_COMING, "2021-10-15")) == [
        "late unreported -198",
        "later-late overdue -107",
        "forum due-soon 21",
        "soon due-soon 77",
        "far upcoming 807",
        "open upcoming None",
    ]


def test_window_cuts_what_comes_and_nothing_that_is_late() -> None:
    """A window leaves out what comes later and counts it; what has passed is always there."""
    as_of = date(2021, 10, 15)
    answer = deadlines(View(tracker(LATE_AND_COMING), as_of), window_end("30d", as_of))
    assert [row.id for row in answer.deadlines] == ["late", "later-late", "forum"]
    assert answer.later == 3
    assert answer.until == date(2021, 11, 14)


@pytest.mark.parametrize(
    ("day", "grave"),
    [("2021-03-31", "due-soon"), ("2021-04-01", "unreported"), ("2021-08-01", "overdue"), ("2020-01-01", "never")],
)
def test_fail_on_holds_for_the_grave_and_the_graver(day: str, grave: str) -> None:
    """Each level of --fail-on is met by itself and by all that is graver, and `never` by nothing."""
    found = rows({name: LATE_AND_COMING[name] for name in ("milestones/late", "milestones/later-late")}, day)
    levels = ["never", "due-soon", "unreported", "overdue"]
    met = [level for level in levels if fails(found, level)]  # type: ignore[arg-type]  # levels are of the Literal
    assert met == levels[1 : levels.index(grave) + 1]


def test_reporting_calendar_ends_with_the_payments() -> None:
    """The RRF is reported on four times a year, up to its last payment day and not after."""
    assert seen(rows({"vocabulary/instruments": RRF}, "2026-01-01")) == [
        "february 2026-02-28 due-soon",
        "april 2026-04-30 upcoming",
        "august 2026-08-31 upcoming",
        "last_day 2026-08-31 upcoming",
        "october 2026-10-15 upcoming",
        "last_payment_day 2026-12-31 upcoming",
    ]
    assert rows({"vocabulary/instruments": RRF}, "2027-01-01") == []


def test_reporting_calendar_comes_every_year_within_the_window() -> None:
    """A reporting day is listed once a year that the window reaches, the day asked about and the last one included."""
    found = [row.due.text for row in rows({"vocabulary/instruments": RRF}, "2021-04-30", "1y") if row.item == "april"]
    assert found == ["2021-04-30", "2022-04-30"]


def test_reporting_day_is_there_from_the_day_of_the_acts_that_set_it() -> None:
    """A day is not listed before the last of its acts was given; one that names no act is there with its instrument."""
    given = {"act": "2021-09-28", "plan": "2021-10-11"}
    acts = "".join(f"{name}:\n  name:\n    en: Act\n  date: {day}\n" for name, day in given.items())
    calendar = RRF.replace('day: "10-15"', 'day: "10-15"\n      set_by:\n        - act\n        - plan')
    files = {"vocabulary/instruments": calendar, "vocabulary/documents": acts}
    assert [row.item for row in rows(files, "2021-10-10", "60d")] == []
    assert [row.item for row in rows(files, "2021-10-11", "60d")] == ["october"]
    assert [row.item for row in rows(files, "2021-04-09", "60d")] == ["april"]


def test_reporting_calendar_without_an_end_is_listed_once_when_all_is_asked_for() -> None:
    """An instrument without a last payment day has no endless list."""
    endless = RRF.replace("  last_payment_day: 2026-12-31\n", "")
    found = [row.due.text for row in rows({"vocabulary/instruments": endless}, "2021-05-01") if row.item == "april"]
    assert found == ["2022-04-30"]


def test_rrf_due_ends_no_later_than_its_instrument() -> None:
    """A due of the third quarter of 2026 ends on 31 August, and its days are counted to that day."""
    found = rows(
        {"vocabulary/instruments": RRF, "milestones/m": "type: rrf-milestone\ndue: 2026-Q3\n"}, "2026-08-30", "2d"
    )
    milestone = next(row for row in found if row.kind == "milestone")
    assert (milestone.end, milestone.days, milestone.due.text) == (date(2026, 8, 31), 1, "2026-Q3")


def test_moved_due_says_what_was_promised_and_why() -> None:
    """A due that an update has moved stands beside the promised one, with slip, reason and decider."""
    moved = """\
        type: national
        due: 2024-Q4
        updates:
          - date: 2023-02-15
            due: 2025-Q2
            decided_by: okm
            reason:
              en: The act came late
        """
    files = {"vocabulary/organisations": ORGANISATIONS, "milestones/m": moved}
    (row,) = rows(files, "2023-03-01")
    assert (row.due.text, row.slip, row.decided_by) == ("2025-Q2", 181, "okm")
    assert row.promised is not None
    assert row.promised.text == "2024-Q4"
    assert row.reason == {"en": "The act came late"}
    (before,) = rows(files, "2023-02-14")
    assert (before.due.text, before.promised, before.slip, before.reason) == ("2024-Q4", None, None, None)


RESPONSIBLE = {
    "vocabulary/organisations": ORGANISATIONS,
    "vocabulary/instruments": RRF,
    "measures/a": "responsible:\n  - okm\n",
    "measures/b": "responsible:\n  - okm\n  - tem\n",
    "funding/f": "measures:\n  - a\ninstrument: rrf\n",
    "milestones/own": "type: national\ndue: 2021-Q4\nmeasures:\n  - a\nlead: tem\nresponsible:\n  - tem\n  - okm\n",
    "milestones/inherited": "type: national\ndue: 2021-Q4\nmeasures:\n  - a\n  - b\n",
    "milestones/nobody": "type: national\ndue: 2021-Q4\n",
    "meetings/forum": "type: forum\ndate: 2021-12-05\norganisers:\n  - tem\n",
}


def test_responsible_are_those_of_the_measure_where_the_milestone_names_nobody() -> None:
    """Who is to be asked: the milestone's own, the lead first; else those of its measures, each once; else nobody."""
    found = {row.id: (row.responsible, row.responsible_from) for row in rows(RESPONSIBLE, "2021-10-01", "3m")}
    assert found["own"] == (("tem", "okm"), "record")
    assert found["inherited"] == (("okm", "tem"), "measures")
    assert found["nobody"] == ((), None)
    assert found["forum"] == (("tem",), "record")


def test_filters_keep_what_an_organisation_or_a_measure_waits_for() -> None:
    """--owner asks for those who answer, --measure for the measure's own and for the days of who pays for it."""
    assert [row.id for row in rows(RESPONSIBLE, "2021-10-01", "3m", owner="tem")] == ["forum", "inherited", "own"]
    assert [row.id for row in rows(RESPONSIBLE, "2021-10-01", "3m", measure="a")] == ["rrf", "inherited", "own"]
    assert [row.id for row in rows(RESPONSIBLE, "2021-10-01", "3m", owner="okm", measure="b")] == ["inherited"]


REVIEW = {
    "funding/pending": "stage: proposed\namount: 1 M€\nmeasures:\n  - m\ndecided_at: review\n",
    "measures/m": "",
    "meetings/review": "type: mid-term-review\ndate: 2021\n",
    "meetings/series": "type: working-group\ndate: 2020-04/2021-04\n",
    "meetings/endless": "type: working-group\ndate: 2020-04/..\n",
}


def test_meeting_that_money_waits_for_is_unreported_until_someone_says_what_it_decided() -> None:
    """A passed meeting is listed while a proposed line names it; its measures are those of the money."""
    (row,) = rows(REVIEW, "2022-01-01")
    assert (row.id, row.timing, row.days, row.measures) == ("review", "unreported", -1, ("m",))
    decided = "updates:\n  - date: 2022-01-20\n    decisions:\n      money:\n        en: Granted\n"
    files = {**REVIEW, "meetings/review": REVIEW["meetings/review"] + decided}
    assert rows(files, "2022-01-20") == []
    assert len(rows(files, "2022-01-19")) == 1


def test_meeting_that_nothing_waits_for_is_only_listed_while_it_is_to_come() -> None:
    """A meeting whose year has begun is still to come; a series that is under way is not."""
    assert [row.id for row in rows(REVIEW, "2021-03-01")] == ["review"]
    granted = {**REVIEW, "funding/pending": "stage: granted\ndecided_at: review\n"}
    assert rows(granted, "2022-01-01") == []


@given(st.dates(date(2020, 1, 1), date(2027, 12, 31)), st.integers(1, 2000))
def test_every_window_is_the_beginning_of_a_longer_one(day: date, days: int) -> None:
    """What a window shows, a longer window shows as well and in the same order; nothing listed lies outside it."""
    view = View(tracker({**LATE_AND_COMING, "vocabulary/instruments": RRF}), day)
    short = deadlines(view, day + timedelta(days=days))
    long = deadlines(view, day + timedelta(days=2 * days))
    assert long.deadlines[: len(short.deadlines)] == short.deadlines
    assert all(row.end is not None and row.end <= day + timedelta(days=days) for row in short.deadlines)
    assert all(
        (row.timing in {"unreported", "overdue"}) == (row.days is not None and row.days < 0) for row in long.deadlines
    )
