"""A tracker whole as JSON: every record as its file has it, with how it stood on the day beside it."""

from typing import Any, Final

from elo_cli.model.records.base import Record
from elo_cli.render.forms import json
from elo_cli.store.tracker import Entry
from elo_cli.tracking.day.heard import recency
from elo_cli.tracking.day.state import exists_from
from elo_cli.tracking.day.timing import Timing
from elo_cli.tracking.day.view import View

VERB: Final = "export"


def write(view: View) -> str:
    """The document `elo/export/1`; `data` of a record is what the file says and is enough to make the record again."""
    tracker = view.tracker
    payload = {
        "tracker": tracker.config.model_dump(mode="json"),
        "records": [_record(view, entry) for entry in tracker.entries.values()],
        "unread": dict(tracker.broken),
    }
    return json.document(VERB, tracker, view.as_of, payload) + "\n"


def data_of(entry: Entry) -> dict[str, Any]:
    """A record as its file has it; an entry of a vocabulary gets the id that its key gives it."""
    return dict(entry.data) if "id" in entry.data else {"id": entry.id, **entry.data}


def _record(view: View, entry: Entry) -> dict[str, Any]:
    exists, tracker = view.exists(entry.record), view.tracker
    return {
        "id": entry.id,
        "kind": entry.kind.name,
        "path": tracker.shown(entry.path),
        "known_from": exists_from(tracker, entry.record),
        "data": data_of(entry),
        "state": _state(view, entry) if exists else None,
    }


def _state(view: View, entry: Entry) -> dict[str, Any]:
    state = view.state(entry.record)
    found = _fields(view, entry, state.now)
    if entry.kind.update is not None:
        age = recency(view, entry.record)
        found["last_word"] = json.plain(age.heard.said) if age.heard is not None else None
        found["state_as_of"] = json.plain(age.state_as_of)
    if entry.kind.name == "milestone":
        found["timing"] = _timing(view.timing(entry.record))  # type: ignore[arg-type]  # its kind says that it is one
    return found


def _fields(view: View, entry: Entry, now: Record) -> dict[str, Any]:
    """The present fields, without what stands beside them in `data` or around them."""
    apart = {"id", "kind", "path", "sources", "formerly", "note"}
    return {name: value for name, value in json.record(view, entry, now).items() if name not in apart}


def _timing(timing: Timing | None) -> dict[str, Any] | None:
    return (
        None if timing is None else {"word": timing.word, "end": timing.end, "days": timing.days, "late": timing.late}
    )
