"""The records of one kind on a day, with filters on their present state."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from elo_cli.model.kind import Kind
from elo_cli.model.records.milestone import Milestone
from elo_cli.store.tracker import Entry
from elo_cli.tracking.day.filters import EVERYTHING, Filters, passes
from elo_cli.tracking.day.state import State
from elo_cli.tracking.day.timing import Timing
from elo_cli.tracking.day.view import View


class ListedRecord(NamedTuple):
    """One listed record: where it lies, how it stands, and for a milestone what the day makes of its due."""

    entry: Entry
    state: State[Any]
    timing: Timing | None


class Listed(NamedTuple):
    """The records of a kind that pass the filters."""

    kind: Kind
    filters: Filters
    rows: Sequence[ListedRecord]


def listing(view: View, kind: Kind, filters: Filters = EVERYTHING) -> Listed:
    """The records of a kind that existed on the view's day and pass the filters, in the order of their files."""
    rows = [
        ListedRecord(
            entry,
            view.state(entry.record),
            view.timing(entry.record) if isinstance(entry.record, Milestone) else None,
        )
        for entry in view.tracker.by_kind[kind.name].values()
        if view.exists(entry.record) and passes(view, entry.record, filters)
    ]
    return Listed(kind, filters, rows)
