"""When something was last heard of a record, and of which day its state is: two things, computed here alone."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from elo_cli.model.period import Period
from elo_cli.model.records.base import Record
from elo_cli.model.records.measure import Measure
from elo_cli.store.tracker import Tracker
from elo_cli.tracking.day.state import exists_from
from elo_cli.tracking.day.view import View


class Heard(NamedTuple):
    """The last update on a record or on what belongs to it, a note included: who answered is not asked again."""

    said: Period
    """The day of the update, as a period where its source names no day."""
    record: str
    """The record that the update stands in."""

    @property
    def day(self) -> date:
        """The day from which it counts."""
        return self.said.word_day


class Recency(NamedTuple):
    """How old what is known of a record is."""

    heard: Heard | None
    """None when there was no update since the promise."""
    promised: date | None
    """The day of the promise; None when no source of it has a day."""
    state_as_of: Period | None
    """The day of the update, or of the promise, that set the present status; None when no status is stated."""

    @property
    def last_day(self) -> date | None:
        """The day of the last that was said: of an update, or of the promise."""
        return self.heard.day if self.heard is not None else self.promised

    @property
    def last_said(self) -> Period | None:
        """The same as its source names it: a day, or a period where no day is named."""
        if self.heard is not None:
            return self.heard.said
        return Period.of_day(self.promised) if self.promised is not None else None


def recency(view: View, record: Record) -> Recency:
    """How old what is known of a record is; of a measure, its milestones and its money are heard too."""
    state, promised = view.state(record), view.exists_from(record)
    set_by = state.set_by.get("status")
    as_of = set_by.date if set_by is not None else None
    if as_of is None and promised is not None:
        as_of = Period.of_day(promised)
    stated = getattr(state.now, "status", None) is not None
    return Recency(last_heard(view, _family(view, record)), promised, as_of if stated else None)


def last_heard(view: View, records: Iterable[Record]) -> Heard | None:
    """The last update on any of these records; of two of one day, that of the record that comes first."""
    words = (Heard(updates[-1].date, record.id) for record in records if (updates := view.state(record).updates))
    return max(words, key=lambda heard: heard.day, default=None)


def last_word(tracker: Tracker, today: date) -> date:
    """The last day on which the data says anything: of an update or a source; today when it says nothing."""
    updates = [update for entry in tracker.entries.values() for update in entry.record.all_updates]
    days = [update.said_on for update in updates]
    days += [update.retracted.date.word_day for update in updates if update.retracted is not None]
    days += [day for entry in tracker.entries.values() if (day := exists_from(tracker, entry.record)) is not None]
    return max((day for day in days if day <= today), default=today)


def _family(view: View, record: Record) -> Iterable[Record]:
    if not isinstance(record, Measure):
        return (record,)
    return (record, *view.milestones_of.get(record.id, ()), *view.lines_of.get(record.id, ()))
