"""The statuses that a record has had, one after the other, as far as they had been said by a day."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from elo_cli.model.period import Period
from elo_cli.model.records.base import Record, Update
from elo_cli.tracking.day.state import standing
from elo_cli.tracking.day.view import View


class StatusStep(NamedTuple):
    """A status, and from when it holds."""

    status: str | None
    """None while nobody has stated one."""
    since: Period | None
    """When it happened where that is stated, else when it was said; None for a promise without a day."""
    word: Update | None
    """The update that says it; None for the promise."""

    @property
    def day(self) -> date:
        """The day from which it is drawn."""
        return date.min if self.since is None else self.since.word_day


class Statuses(NamedTuple):
    """The statuses of a record in the order in which they were said."""

    steps: Sequence[StatusStep]
    until: date
    """The last day on which the status was said, the same one again too: what holds since then nobody has said."""


def statuses_of(view: View, record: Record) -> Statuses | None:
    """The statuses of a record; None of one that has never had one.

    The promise comes first, with the day from which the record exists. A retracted update counts for nothing.
    """
    promised: Any = getattr(record, "status", None)
    begins = view.exists_from(record)
    steps = [StatusStep(promised, Period.of_day(begins) if begins is not None else None, None)]
    words = [word for _, word in standing(record, view.as_of) if word.said_on <= view.as_of]
    until = steps[0].day
    for word in sorted(words, key=lambda word: word.said_on):
        changes = word.changes()
        if "status" not in changes:
            continue
        until = word.said_on
        if changes["status"] != steps[-1].status:
            steps.append(StatusStep(changes["status"], word.effective or word.date, word))
    if steps[0].status is None and len(steps) > 1 and steps[0].since is None:
        # Before a record is known there is nothing to tell of it.
        steps = steps[1:]
    return Statuses(steps, until) if any(step.status is not None for step in steps) else None
