"""A tracker whole as JSON: every record as its file has it, with how it stood on the day beside it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Final, NamedTuple

from elo_cli.model.kinds import KindName
from elo_cli.model.period import Period
from elo_cli.model.records.milestone import Milestone
from elo_cli.render.forms import json
from elo_cli.store.tracker import Entry, shown_path
from elo_cli.tracking.day.filters import EVERYTHING, Filters
from elo_cli.tracking.day.heard import recency
from elo_cli.tracking.day.state import exists_from
from elo_cli.tracking.day.timing import Timing
from elo_cli.tracking.day.view import View

VERB: Final = "export"
APART: Final = frozenset({"id", "kind", "path", "sources", "formerly", "note"})
"""The fields of a record that stand around its state, or beside it in `data`, and not in it."""


class Spoken(NamedTuple):
    """How old what is known of a record is; only in a kind with updates."""

    last_word: Period | None
    """The day of the last update on it or on what belongs to it."""
    state_as_of: Period | None
    """The day of the update, or of the promise, that set the status."""


class Timed(NamedTuple):
    """What the day makes of a due; only in a milestone."""

    timing: Timing | None


class Exported(NamedTuple):
    """A record."""

    id: str
    kind: KindName
    path: str
    """The file, below the tracker's folder."""
    known_from: date | None
    """The first day that a source of it names; None when none has one."""
    data: Mapping[str, Any]
    """What the file says, in the form of the kind's own schema: enough to make the record again."""
    state: Annotated[Mapping[str, Any], json.RecordForm("standing")] | None
    """How it stood on the day; None when it did not exist yet."""


class ExportAnswer(NamedTuple):
    """`elo export` as JSON."""

    tracker: Mapping[str, Any]
    """The settings, in the form of tracker.yaml's own schema."""
    records: Sequence[Exported]
    unread: Mapping[str, KindName]
    """Records that stand in files that could not be read, each with its kind."""
    filters: Filters = EVERYTHING
    """Which filters it is under, by the names of their options; empty without one."""


def write(view: View, filters: Filters = EVERYTHING) -> str:
    """The document `elo/export/1`; `data` of a record is what the file says and is enough to make the record again."""
    tracker = view.tracker
    answer = ExportAnswer(
        tracker.config.model_dump(mode="json"),
        [_record(view, entry) for entry in tracker.entries.values()],
        tracker.broken,
        filters,
    )
    return json.document(VERB, tracker, view.as_of, answer, tracker.incomplete_inside) + "\n"


def data_of(entry: Entry) -> dict[str, Any]:
    """A record as its file has it; an entry of a vocabulary gets the id that its key gives it."""
    return dict(entry.data) if "id" in entry.data else {"id": entry.id, **entry.data}


def _record(view: View, entry: Entry) -> Exported:
    tracker = view.tracker
    return Exported(
        entry.id,
        entry.kind.name,
        shown_path(entry.path),
        exists_from(tracker, entry.record),
        data_of(entry),
        _state(view, entry) if view.exists(entry.record) else None,
    )


def _state(view: View, entry: Entry) -> dict[str, Any]:
    now = view.state(entry.record).now
    fields = {name: value for name, value in json.record(view, entry, now).items() if name not in APART}
    if entry.kind.promises:
        age = recency(view, entry.record)
        fields |= Spoken(age.heard.said if age.heard is not None else None, age.state_as_of)._asdict()
    if isinstance(entry.record, Milestone):
        fields |= Timed(view.timing(entry.record))._asdict()
    return fields
