"""When a due falls, and what a day makes of it: a word such as done, due-soon, unreported or overdue."""

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal, NamedTuple

from elo_cli.model.period import Period, months_later
from elo_cli.model.records.base import Update
from elo_cli.model.records.measure import FINISHED
from elo_cli.model.records.milestone import Milestone
from elo_cli.store.tracker import Tracker
from elo_cli.tracking.day.instruments import last_day
from elo_cli.tracking.day.state import State, state

TimingWord = Literal["done", "contested", "withdrawn", "upcoming", "due-soon", "unreported", "overdue"]
"""Silence is not lateness: `unreported` has passed without a later word, `overdue` with one that says unfinished."""

ENDED: Final[frozenset[TimingWord]] = frozenset({"done", "withdrawn"})
"""Nothing is waited for any more."""
PRESSING: Final[tuple[TimingWord, ...]] = ("overdue", "contested", "unreported", "due-soon", "upcoming")
"""What presses more comes first: what is said to be unfinished, objected to, passed in silence, and then what comes."""
WAITING: Final[frozenset[TimingWord]] = frozenset(PRESSING[:3])
"""What has passed, or was delivered and is objected to: somebody has to answer for it."""
OBJECTION_MONTHS: Final[Mapping[str, int | None]] = {"negative": 1, "suspended": 6, "reduced": 2, "reversed": None}
"""The EU's objections to what was delivered, and how many months they leave to answer: one for observations on a
negative assessment, six to act after a suspension, two for observations on a reduction (2021/241 art. 24(6), (8));
no time is set after a reversal."""


class Timing(NamedTuple):
    """What a day makes of a milestone's due."""

    word: TimingWord
    end: date | None
    """The effective last day, None when there is no due or it is open; of what is contested, the last day to answer."""
    days: int | None
    """Days from the day asked to `end`, negative when it has passed."""
    late: int | None = None
    """By how many days it was reached after its due; None when it was in time or nobody has said when."""
    at_least: bool = False
    """Whether `late` is the least it can be, since it was reached in a month or a year of which no day is known."""


def timing(tracker: Tracker, now: State[Milestone], as_of: date) -> Timing | None:
    """The timing of a milestone on a day; None when it has no due, or is only said to be possible.

    A due has passed from the day after its last day: `2021-Q4` from 2022-01-01.
    """
    milestone = now.now
    if milestone.due is None or milestone.possible:
        return None
    end = effective_end(tracker, milestone)
    timing = timing_of(tracker, end, as_of)
    if milestone.status == "withdrawn":
        return timing._replace(word="withdrawn")
    if is_contested(milestone):
        answer_by = _answer_by(now)
        days = (answer_by - as_of).days if answer_by is not None else None
        return Timing("contested", answer_by, days)
    if is_done(milestone):
        late, at_least = _late(now, end)
        return timing._replace(word="done", late=late, at_least=at_least)
    if timing.word == "unreported" and end is not None:
        # A moved due, a name or a note says nothing of it.
        unfinished = any(update.said_on > end and _says_unfinished(milestone, update) for update in now.updates)
        return timing._replace(word="overdue") if unfinished else timing
    return timing


def timing_of(tracker: Tracker, end: date | None, as_of: date) -> Timing:
    """The timing of a last day about which nobody has said anything; without a last day it is always to come."""
    if end is None:
        return Timing("upcoming", None, None)
    days = (end - as_of).days
    if days < 0:
        return Timing("unreported", end, days)
    return Timing("due-soon" if days <= tracker.config.limits.due_soon else "upcoming", end, days)


def is_contested(milestone: Milestone) -> bool:
    """Whether its doer has delivered it and the EU objects."""
    return milestone.status == "completed" and milestone.eu in OBJECTION_MONTHS


def is_done(milestone: Milestone) -> bool:
    """Whether nothing is waited for any more: delivered without objection, withdrawn, or fulfilled in the EU's eyes."""
    if milestone.status is None:
        return milestone.eu == "fulfilled"
    return milestone.status == "withdrawn" or (milestone.status == "completed" and not is_contested(milestone))


def effective_end(tracker: Tracker, milestone: Milestone) -> date | None:
    """The last day of a due, no later than its instrument's last day, for the RRF 2021/241 art. 18(4)(i), 20(5)(d).

    `2026-Q3` ends on 31 August 2026 there.
    """
    if milestone.due is None:
        return None
    end = milestone.due.end
    last = last_day(tracker, milestone)
    return last if end is not None and last is not None and milestone.due.start <= last < end else end


def slip_days(record: Milestone, as_of: date) -> int | None:
    """By how many days the due has moved from the promise's, positive when later; None without two to compare."""
    promised = record.due.end if record.due is not None else None
    now = state(record, as_of).now.due
    moved = now.end if now is not None else None
    return None if promised is None or moved is None else (moved - promised).days


def _says_unfinished(milestone: Milestone, update: Update) -> bool:
    said = update.changes()
    value = said.get("value")
    return (
        said.get("status") not in {None, *FINISHED}
        or said.get("confidence") is not None
        or said.get("eu") in OBJECTION_MONTHS
        or (value is not None and milestone.indicator is not None and milestone.indicator.reached(value) is False)
    )


def _answer_by(now: State[Milestone]) -> date | None:
    """The last day to answer an objection; None where none is set, or nobody has said on which day it was made."""
    update, months = now.set_by.get("eu"), OBJECTION_MONTHS[now.now.eu or ""]
    if update is None or months is None:
        return None
    made = update.effective or update.date
    return months_later(made.start, months) if made.unit == "day" else None


def _late(now: State[Milestone], end: date | None) -> tuple[int | None, bool]:
    """By how many days a milestone was reached after its due, and whether that is only the least."""
    update = now.set_by.get("status")
    if update is None or end is None or now.now.status != "completed":
        return None, False
    # Of what happened in a month or a year only its first day is certain to have come.
    reached = reached_in(update)
    days = (reached.start - end).days
    return (days, reached.unit != "day") if days > 0 else (None, False)


def reached_in(update: Update) -> Period:
    """When what a word says happened: its own day where it names no other."""
    return update.effective or update.date
