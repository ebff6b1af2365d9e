"""Answers as JSON: versioned, complete, and the same whatever the reader's language, width or colour."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from elo_cli.model.finding import Phrase
from elo_cli.model.money import Money, Percentage, plain_decimal
from elo_cli.model.period import Period
from elo_cli.model.records.base import Record, Update
from elo_cli.model.records.funding import Funding
from elo_cli.render.forms.escape import json_text
from elo_cli.store.tracker import Entry, Link, Tracker
from elo_cli.tracking.day.view import View

_NOT_STATE = frozenset({"id", "name", "updates", "corrections"})


def document(verb: str, tracker: Tracker | None, as_of: date | None, payload: Mapping[str, object]) -> str:
    """The whole answer of a verb: schema, day, revision, what could not be read, and the verb's payload.

    An answer that is not about a tracker, such as the rules', has none.
    """
    head = {
        "schema": f"elo/{verb}/1",
        "as_of": None if as_of is None else as_of.isoformat(),
        "rev": tracker.source.revision if tracker is not None else None,
        "incomplete": tracker.incomplete if tracker is not None else [],
    }
    return json_text({**head, **{name: plain(value) for name, value in payload.items()}})


def plain(value: object) -> Any:  # noqa: ANN401 - any JSON value
    """A value of the model as JSON has it: a period with its days, money as euros, numbers as exact decimal strings."""
    match value:
        case None | bool() | int() | float():
            return value
        case Period():
            return period(value)
        case Money():
            return value.plain
        case Percentage():
            return {"text": str(value), "low": plain_decimal(value.low), "high": plain_decimal(value.high)}
        case Decimal():
            return plain_decimal(value)
        case date():
            return value.isoformat()
        case Phrase():
            return str(value)
        case str():
            return str(value)
        case BaseModel():
            return {name: plain(getattr(value, name)) for name in type(value).model_fields}
        case Mapping():
            return {str(key): plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [plain(inner) for inner in value]
        case _:
            raise TypeError(type(value).__name__)


def period(value: Period) -> dict[str, str | None]:
    """A period: its text, its first day, and its last day, null when it is open."""
    end = value.end
    return {"text": value.text, "start": value.start.isoformat(), "end": None if end is None else end.isoformat()}


def record(view: View, entry: Entry, now: Record) -> dict[str, Any]:
    """A record with the present state of its fields; what is not stated is null."""
    fields = {name: plain(getattr(now, name)) for name in type(now).model_fields if name not in _NOT_STATE}
    if isinstance(now, Funding):
        fields["stage"] = view.stage(now)
    return {
        "id": entry.id,
        "kind": entry.kind.name,
        "name": plain(now.name),
        **fields,
        "path": view.tracker.shown(entry.path),
    }


def promise(entry: Entry) -> dict[str, Any]:
    """What was promised, as the file says it; only what is stated."""
    stated = entry.record.model_fields_set - {"updates", "corrections"}
    return {name: plain(getattr(entry.record, name)) for name in type(entry.record).model_fields if name in stated}


def update(word: Update) -> dict[str, Any]:
    """A dated word: only what it says."""
    return {name: plain(getattr(word, name)) for name in type(word).model_fields if name in word.model_fields_set}


def links(tracker: Tracker, found: Sequence[Link], *, outward: bool) -> list[dict[str, Any]]:
    """References by field: to the record that is referred to, or (`outward` false) from the one that refers."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for link in found:
        other = link.target if outward else link.origin
        entry = tracker.entries.get(other)
        rows.setdefault(
            (link.reference.field, other),
            {"field": link.reference.field, "id": other, "kind": entry.kind.name if entry is not None else None},
        )
    return list(rows.values())
