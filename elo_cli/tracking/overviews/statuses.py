"""The statuses that a record has had, one after the other, as far as they had been said by a day."""

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


def status_steps(view: View, record: Record) -> list[StatusStep]:
    """The statuses in the order in which they were said; none of a record that has never had one.

    The promise comes first, with the day from which the record exists. A retracted update counts for nothing.
    """
    promised: Any = getattr(record, "status", None)
    begins = view.exists_from(record)
    steps = [StatusStep(promised, Period.of_day(begins) if begins is not None else None, None)]
    words = [word for _, word in standing(record, view.as_of) if word.said_on <= view.as_of]
    for word in sorted(words, key=lambda word: word.said_on):
        changes = word.changes()
        if "status" in changes and changes["status"] != steps[-1].status:
            steps.append(StatusStep(changes["status"], word.effective or word.date, word))
    return steps if any(step.status is not None for step in steps) else []
