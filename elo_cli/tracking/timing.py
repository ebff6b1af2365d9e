"""When a due falls and what a day makes of it: done, upcoming, due soon, unreported or overdue."""

from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from elo_cli.model.milestone import Milestone
from elo_cli.model.vocabulary import Instrument
from elo_cli.store.tracker import Tracker
from elo_cli.tracking.state import State, is_rrf, state

TimingWord = Literal["done", "upcoming", "due-soon", "unreported", "overdue"]
"""Silence is not lateness: `unreported` has passed without a later word, `overdue` with one that says unfinished."""

RRF: Final = "rrf"
"""The id of the Recovery and Resilience Facility in the vocabulary of instruments."""
PROGRESS: Final = frozenset({"status", "confidence", "value", "evidence", "eu", "due"})
"""Fields that say how far a milestone is; a plan code or a better name is no word on that."""
_DONE: Final = frozenset({"completed", "withdrawn"})


class Timing(NamedTuple):
    """What a day makes of a milestone's due."""

    word: TimingWord
    end: date | None
    """The effective last day, None when there is no due or it is open."""
    days: int | None
    """Days from the day asked to `end`, negative when it has passed."""


def timing(tracker: Tracker, now: State[Milestone], as_of: date) -> Timing | None:
    """The timing of a milestone on a day; None when it has no due, or is only said to be possible.

    A due has passed from the day after its last day: `2021-Q4` from 2022-01-01.
    """
    milestone = now.now
    if milestone.due is None or milestone.possible:
        return None
    timing = timing_of(tracker, effective_end(tracker, milestone), as_of)
    if is_done(milestone):
        return timing._replace(word="done")
    if timing.word == "unreported" and timing.end is not None and _said_after(now, timing.end):
        return timing._replace(word="overdue")
    return timing


def timing_of(tracker: Tracker, end: date | None, as_of: date) -> Timing:
    """The timing of a last day about which nobody has said anything; without a last day it is always to come."""
    if end is None:
        return Timing("upcoming", None, None)
    days = (end - as_of).days
    if days < 0:
        return Timing("unreported", end, days)
    return Timing("due-soon" if days <= tracker.config.limits.due_soon else "upcoming", end, days)


def is_done(milestone: Milestone) -> bool:
    """Whether nothing is waited for any more: completed or withdrawn by its doer, or fulfilled in the EU's eyes."""
    return milestone.status in _DONE or (milestone.eu == "fulfilled" and milestone.status is None)


def effective_end(tracker: Tracker, milestone: Milestone) -> date | None:
    """The last day of a due; for the RRF no later than the instrument's last day (2021/241 art. 18(4)(i), 20(5)(d)).

    `2026-Q3` ends on 31 August 2026.
    """
    if milestone.due is None:
        return None
    end = milestone.due.end
    last = last_day(tracker) if is_rrf(milestone) else None
    return last if end is not None and last is not None and milestone.due.start <= last < end else end


def last_day(tracker: Tracker) -> date | None:
    """The RRF's last day for milestones and targets, as the tracker's vocabulary gives it."""
    instrument = tracker.get(Instrument, RRF)
    return instrument.last_day if instrument is not None else None


def finished_on(now: State[Milestone]) -> date | None:
    """The day on which a completed milestone was reached, as the word that said so gives it."""
    word = now.set_by.get("status")
    return word.happened_on if word is not None and now.now.status == "completed" else None


def slip_days(record: Milestone, as_of: date) -> int | None:
    """By how many days the due has moved from the promise's, positive when later; None without two to compare."""
    promised = record.due.end if record.due is not None else None
    now = state(record, as_of).now.due
    moved = now.end if now is not None else None
    return None if promised is None or moved is None else (moved - promised).days


def _said_after(now: State[Milestone], end: date) -> bool:
    """Whether a word on progress was said after the due had passed."""
    return any(word.said_on >= end + timedelta(days=1) and PROGRESS & word.changes().keys() for word in now.words)
