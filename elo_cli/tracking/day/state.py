"""state(record, as_of): the promise, folded with every update said on or before that day."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from operator import attrgetter
from typing import Any, Final, Generic, NamedTuple, TypeVar, cast

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
    updates = [update for _, update in standing(record, as_of) if update.said_on <= as_of]
    if not updates:
        return State(record, record, (), {})
    updates.sort(key=_SAID_ON)
    fold = Fold(record)
    set_by: dict[str, Update] = {}
    for update in updates:
        set_by |= dict.fromkeys(fold.add(update), update)
    fields = type(record).model_fields
    # What only an update can say, such as that evidence was verified, is no field of the record.
    known = {name: fold[name] for name in set_by if name in fields}
    return State(record, record.model_copy(update=known), tuple(updates), set_by)


_SAID_ON: Final = attrgetter("said_on")


def standing(record: Record, as_of: date) -> list[tuple[int, Update]]:
    """The updates that nobody had retracted by a day, each with its index in the file.

    Those said later are among them.
    """
    return [
        (index, update)
        for index, update in enumerate(record.all_updates)
        if update.retracted is None or not update.is_retracted(as_of)
    ]


def updates_said(record: Record, as_of: date) -> Iterator[tuple[int, Update]]:
    """The updates that had been said by a day, each with its index in the file, for showing and never for counting.

    A retracted one says so from the day of its retraction on.
    """
    for index, update in enumerate(record.all_updates):
        if update.said_on <= as_of:
            yield index, update if update.is_retracted(as_of) else update.without_retraction


class Fold:
    """The fields of a record, folded update by update; a step takes as long as what the update says of them."""

    def __init__(self, record: Record) -> None:
        """The fields as promised."""
        self._record = record
        self._values: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - the value of any field
        """What a field of the record holds after the updates so far."""
        value = self._values[name] if name in self._values else getattr(self._record, name, None)
        if isinstance(value, _List):
            return value.items()
        return dict(value) if isinstance(value, dict) else value

    def add(self, update: Update) -> list[str]:
        """Add to, merge into or replace what the update sets; gives the names of these fields in the record."""
        names = []
        for said, value in update.changes().items():
            name = self._record.update_names.get(said, said)
            names.append(name)
            if name in self._record.grows:
                before = self._values[name] if name in self._values else _own(getattr(self._record, name, None))
                self._values[name] = _grown(before, value)
            else:
                self._values[name] = value
        return names


class _List:
    """A list that grows; what is in it already is found without looking at each."""

    def __init__(self, items: Iterable[Any]) -> None:
        self._items: dict[int, Any] = {}
        """By the number of the step that added it."""
        self._known: set[object] = set()
        self._labelled: dict[str, list[int]] = {}
        self._steps = 0
        for item in items:
            self._append(item)

    def items(self) -> list[Any]:
        return list(self._items.values())

    def extend(self, items: Iterable[Any]) -> None:
        """Add what is not there; a document under the label of an earlier one is its next version."""
        for item in items:
            for step in self._labelled.pop(_label(item) or "", ()):
                self._known.discard(_content(self._items.pop(step)))
        for item in [item for item in items if _content(item) not in self._known]:
            self._append(item)

    def _append(self, item: object) -> None:
        self._steps += 1
        self._items[self._steps] = item
        self._known.add(_content(item))
        if (label := _label(item)) is not None:
            self._labelled.setdefault(label, []).append(self._steps)


def _label(item: object) -> str | None:
    return item.label if isinstance(item, Evidence) else None


def _content(item: object) -> object:
    """What two items of a list are compared by, hashable."""
    if isinstance(item, BaseModel):
        return tuple(tuple(part) if isinstance(part, list) else part for part in item.__dict__.values())
    return item


def _own(value: Any) -> Any:  # noqa: ANN401 - the value of any field
    """A value that may be added to without changing the record's."""
    if isinstance(value, list):
        return _List(value)
    return dict(value) if isinstance(value, dict) else value


def _grown(before: Any, value: Any) -> Any:  # noqa: ANN401 - the value of any field
    """A value with what an update adds to it; what it takes back is gone."""
    if before is None or value is None:
        return _own(value)
    if isinstance(before, _List):
        before.extend(value)
        return before
    if isinstance(before, BaseModel):
        return _added(before, cast("BaseModel", value))
    # Of an entry that is there already, such as a question, an update may say only what is new.
    for key, item in value.items():
        before[key] = _added(before[key], item) if isinstance(before.get(key), BaseModel) else item
    return before


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
