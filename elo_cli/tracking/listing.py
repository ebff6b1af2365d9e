"""The records of one kind on a day, with filters on their present state."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from elo_cli.model.kinds import KIND_OF, Kind
from elo_cli.model.records.base import Record
from elo_cli.model.records.funding import Funding
from elo_cli.model.records.measure import Measure
from elo_cli.model.records.milestone import Milestone
from elo_cli.store.tracker import Entry
from elo_cli.tracking.day.responsibility import responsible
from elo_cli.tracking.day.state import State
from elo_cli.tracking.day.timing import Timing
from elo_cli.tracking.day.view import View


class Filters(NamedTuple):
    """What a record must be to be listed; None asks for nothing. All that are given must hold."""

    goal: str | None = None
    owner: str | None = None
    """An organisation that leads or is responsible (for the measure, where the record names nobody), pays a share,
    proposed it or holds the meeting."""
    status: str | None = None
    instrument: str | None = None
    stage: str | None = None
    measure: str | None = None
    timing: str | None = None


class ListedRecord(NamedTuple):
    """One listed record: where it lies, how it stands, and for a milestone what the day makes of its due."""

    entry: Entry
    state: State[Any]
    timing: Timing | None


def listing(view: View, kind: Kind, filters: Filters) -> list[ListedRecord]:
    """The records of a kind that existed on the view's day and pass the filters, in the order of their files."""
    rows: list[ListedRecord] = []
    for entry in view.tracker.by_kind[kind.name].values():
        if not view.exists(entry.record):
            continue
        row = ListedRecord(
            entry,
            view.state(entry.record),
            view.timing(entry.record) if isinstance(entry.record, Milestone) else None,
        )
        if _passes(view, row, filters):
            rows.append(row)
    return rows


def measures_of(record: Record) -> list[str]:
    """The measures that a record belongs to: itself for a measure."""
    return [record.id] if isinstance(record, Measure) else list(getattr(record, "measures", None) or ())


def owners_of(view: View, record: Record) -> Iterator[str]:
    """The organisations that answer for a record: those responsible, and those in what its kind names as owners."""
    yield from responsible(view, record).ids
    for name in KIND_OF[type(record)].owners:
        value = getattr(record, name) or ()
        yield from [value] if isinstance(value, str) else value


def goals_of(view: View, record: Record) -> Iterator[str]:
    """The goals that a record serves, through its measures."""
    for measure_id in measures_of(record):
        measure = view.tracker.get(Measure, measure_id)
        if measure is not None and (goal := view.state(measure).now.goal) is not None:
            yield goal


def _passes(view: View, row: ListedRecord, filters: Filters) -> bool:
    now = row.state.now
    # What a meeting will decide is still proposed too, and found under both words.
    stages = {view.stage(now), now.stage or "unstated"} if isinstance(now, Funding) else set()
    timing = row.timing.word if row.timing is not None else None
    return (
        (filters.status is None or getattr(now, "status", None) == filters.status)
        and (filters.instrument is None or getattr(now, "instrument", None) == filters.instrument)
        and (filters.stage is None or filters.stage in stages)
        and (filters.timing is None or timing == filters.timing)
        and (filters.measure is None or filters.measure in measures_of(now))
        and (filters.owner is None or filters.owner in owners_of(view, now))
        and (filters.goal is None or filters.goal in goals_of(view, now))
    )
