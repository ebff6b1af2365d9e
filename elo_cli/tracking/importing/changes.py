"""How what a table says differs from how a record stands, and the one update that says so."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from pydantic import ValidationError

from elo_cli.model.errors import N_, UsageProblem
from elo_cli.model.kinds import Kind
from elo_cli.model.records.base import Update
from elo_cli.model.shape import Shape
from elo_cli.store.edit.record import same
from elo_cli.store.edit.update import present, validated
from elo_cli.store.tables.cells import CellProblem
from elo_cli.store.tracker import Entry
from elo_cli.store.yaml.order import step
from elo_cli.store.yaml.strict import Plain
from elo_cli.tracking.day.state import standing


class Provenance(NamedTuple):
    """What every update of one import says of itself: from where, from which day, why, and who decided it."""

    day: date
    date: str
    given: bool
    """Whether the day was named, and is not just today."""
    language: str
    source: str | None = None
    by: str | None = None
    reason: dict[str, str] | None = None
    decided_by: str | None = None

    def update(self, kind: Kind, said: Plain, date: str | None = None) -> tuple[Plain, bool]:
        """The update that says this of a record of a kind, and whether it changes what was promised.

        Then it has the reason and the decider too. Raises UsageProblem when it is no update of that kind.
        """
        promise = not kind.record.promise_fields.isdisjoint(said)
        update: Plain = {"date": date or self.date}
        if self.by is not None:
            update["by"] = self.by
        if self.source is not None:
            update["sources"] = [{"document": self.source}]
        update |= said
        if promise and self.reason:
            update["reason"] = dict(self.reason)
        if promise and self.decided_by:
            update["decided_by"] = self.decided_by
        return validated(kind, update), promise


class Difference(NamedTuple):
    """The update that takes a record to what a table says of it."""

    update: Plain
    fields: tuple[str, ...]
    promise: bool
    """Whether it changes what was promised, which needs a reason and a decider."""


def change_of(entry: Entry, said: Plain, provenance: Provenance) -> Difference | None:
    """The update for a record, None when it stands as the table says; a vocabulary's entry has no updates.

    Raises CellProblem where an update cannot say it: the field is fixed, or an update as late has set it already.
    """
    kind = entry.kind
    if kind.update is None:
        return None
    changed: Plain = {}
    for field, value in said.items():
        now = present(kind, entry.data, field)
        wanted = _with(now, value, kind.shape.step(field))
        if same(wanted, now) or _equal(kind, field, wanted, now):
            continue
        if field not in kind.changeable:
            raise CellProblem(
                N_("“{field}” does not change by an update; elo set puts right what was wrong"), field=field
            )
        later = [
            update
            for _, update in standing(entry.record, date.max)
            if field in update.changes() and update.said_on >= provenance.day
        ]
        if later:
            raise CellProblem(
                N_("an update of {date} already says “{field}”; --date would have to be a later day"),
                date=later[-1].date.text,
                field=field,
            )
        changed[field] = _parts(now, wanted) if field in kind.record.grows else wanted
    if not changed:
        return None
    try:
        update, promise = provenance.update(kind, changed)
    except UsageProblem as problem:
        raise CellProblem(problem.message, **problem.values) from None
    return Difference(update, tuple(changed), promise)


def _with(now: object, value: object, shape: Shape | None) -> object:
    """What a field holds when a table says this of it: parts that it does not name stay.

    A text that has changed in one language is not what its translations translate, so these go.
    """
    item = shape.item if shape is not None else None
    if isinstance(now, list) and isinstance(value, list) and item is not None and item.form == "id":
        # Rows have no order that means anything, and so the references that they make have none.
        return now if len(now) == len(value) and set(map(str, now)) == set(map(str, value)) else value
    if isinstance(now, str) and isinstance(value, list):
        # One code may stand without a list around it.
        return now if value == [now] else value
    if not isinstance(now, Mapping) or not isinstance(value, Mapping):
        return value
    if shape is not None and shape.form == "texts":
        return now if all(_same_words(now.get(language), text) for language, text in value.items()) else value
    if shape is None or shape.form != "model":
        return {**now, **value}
    return {**now, **{key: _with(now.get(key), inner, step(shape, key)) for key, inner in value.items()}}


def _same_words(one: object, other: object) -> bool:
    """Whether two texts differ in spaces and line breaks at most, which a file has where its lines once ended."""
    return isinstance(one, str) and isinstance(other, str) and (one == other or one.split() == other.split())


def alike(one: object, other: object) -> bool:
    """Whether two rows say the same: texts by their words, anything else exactly."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(alike(value, other[key]) for key, value in one.items())
    return one == other or _same_words(one, other)


def _parts(now: object, value: object) -> object:
    """The parts of a mapping that differ, for a field whose updates say only what is new."""
    if isinstance(now, Mapping) and isinstance(value, Mapping):
        return {key: inner for key, inner in value.items() if not same(now.get(key), inner)}
    return value


def _equal(kind: Kind, field: str, wanted: object, now: object) -> bool:
    """Whether two spellings are one value, such as `2021-Q4` and `2021-10/2021-12`."""
    if now is None or kind.update is None or field not in kind.changeable:
        return False
    try:
        one, other = (_read(kind.update, field, value) for value in (wanted, now))
    except ValidationError:
        return False
    return bool(one == other)


def _read(model: type[Update], field: str, value: object) -> object:
    update: object = getattr(model.model_validate({"date": "2000-01-01", field: value}), field)
    return update
