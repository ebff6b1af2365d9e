"""state(record, as_of): the promise, folded with every update said on or before that day."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar, cast

from pydantic import BaseModel

from elo_cli.model.records.base import Record, Update
from elo_cli.model.records.milestone import Evidence
from elo_cli.model.records.vocabulary import Document
from elo_cli.store.tracker import Tracker

R = TypeVar("R", bound=Record)


class State(NamedTuple, Generic[R]):
    """How a record stood on a day: `now` is the record with every field as last said; `promise` as first written."""

    promise: R
    now: R
    updates: tuple[Update, ...]
    """The updates that count on that day, the oldest first."""
    set_by: Mapping[str, Update]
    """For each field that an update has set: the last one that did."""


def state(record: R, as_of: date) -> State[R]:
    """The state of a record on a day: the promise folded with the updates that had been said by it and stand on it.

    Updates count in the order of the day they were said, and in the file's order within a day.
    """
    updates = tuple(
        sorted(
            (update for _, update in standing(record, as_of) if update.said_on <= as_of),
            key=lambda update: update.said_on,
        )
    )
    if not updates:
        return State(record, record, (), {})
    values: dict[str, Any] = {}
    set_by: dict[str, Update] = {}
    for update in updates:
        for said, value in update.changes().items():
            name = record.update_names.get(said, said)
            values[name] = fold(record, name, values.get(name, getattr(record, name, None)), value)
            set_by[name] = update
    # What only an update can say, such as that evidence was verified, is no field of the record.
    known = {name: value for name, value in values.items() if name in type(record).model_fields}
    return State(record, record.model_copy(update=known), updates, set_by)


def standing(record: Record, as_of: date) -> Iterator[tuple[int, Update]]:
    """The updates that nobody had retracted by a day, each with its index in the file.

    Those said later are among them.
    """
    for index, update in enumerate(record.all_updates):
        if not update.is_retracted(as_of):
            yield index, update


def updates_said(record: Record, as_of: date) -> Iterator[tuple[int, Update]]:
    """The updates that had been said by a day, each with its index in the file, for showing and never for counting.

    A retracted one says so from the day of its retraction on.
    """
    for index, update in enumerate(record.all_updates):
        if update.said_on <= as_of:
            yield index, update if update.is_retracted(as_of) else update.without_retraction


def fold(record: Record, name: str, before: Any, value: Any) -> Any:  # noqa: ANN401 - the value of any field
    """What a field of a record holds after an update: added to, merged into, or replaced."""
    if before is None or value is None or name not in record.grows:
        return value
    if isinstance(before, list):
        # A document under the label of an earlier one is its next version.
        labels = {item.label for item in value if isinstance(item, Evidence) and item.label is not None}
        kept = [item for item in before if not (isinstance(item, Evidence) and item.label in labels)]
        return [*kept, *(item for item in value if item not in kept)]
    if isinstance(before, BaseModel):
        return _added(before, cast("BaseModel", value))
    # Of an entry that is there already, such as a question, a word may say only what is new.
    return before | {
        key: _added(before[key], item) if isinstance(before.get(key), BaseModel) else item
        for key, item in value.items()
    }


def _added(before: BaseModel, parts: BaseModel) -> BaseModel:
    return before.model_copy(update={part: getattr(parts, part) for part in parts.model_fields_set})


def exists_from(tracker: Tracker, record: Record) -> date | None:
    """The day from which a record exists: the date of its first source.

    None when no source has a day, and then it has always existed.
    """
    days = (known_from(tracker, source.document) for source in record.sources or ())
    return min((day for day in days if day is not None), default=None)


def known_from(tracker: Tracker, document_id: str | None) -> date | None:
    """The day from which a document counts: its date, or without one the day it was read; None when it has neither."""
    document = tracker.get(Document, document_id)
    if document is None:
        return None
    return document.date.word_day if document.date is not None else document.read
