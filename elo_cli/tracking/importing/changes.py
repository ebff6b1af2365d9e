"""How what a table says differs from how a record stands, and the one update that says so."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from pydantic import ValidationError

from elo_cli.model.errors import N_, UsageProblem
from elo_cli.model.kind import Kind
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
    decision: str | None = None
    """The document of the decision, where one decided it."""

    def update(self, kind: Kind, said: Plain, date: str | None = None, *, decided: bool = False) -> tuple[Plain, bool]:
        """The update that says this of a record of a kind, and whether it changes what was promised.

        Then, and where the rest was `decided` too, it has the reason and the decider. Raises UsageProblem when it is
        no update of that kind.
        """
        promise = decided or not kind.record.promise_fields.isdisjoint(said)
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


class PlannedUpdate(NamedTuple):
    """The update that takes a record to what a table says of it."""

    update: Plain
    fields: tuple[str, ...]
    promise: bool
    """Whether it changes what was promised, which needs a reason and a decider."""
    cleared: tuple[str, ...] = ()
    """The fields, and parts of fields with a point before them, that the table no longer states."""


Path = tuple[str | int, ...]


def change_of(
    entry: Entry, said: Plain, provenance: Provenance, empty: Iterable[Path] = (), *, decided: bool = False
) -> PlannedUpdate | None:
    """The update for a record, None when it stands as the table says; a vocabulary's entry has no updates.

    `empty` are the places of which the table says that there is nothing: they are cleared where a table had filled
    them. Raises CellProblem where an update cannot say it: the field is fixed, or an update as late has set it already.
    """
    kind = entry.kind
    if kind.update is None:
        return None
    stands = {field: present(kind, entry.data, field) for field in kind.changeable}
    wanted: Plain = {
        field: _with(present(kind, entry.data, field), value, kind.shape.step(field)) for field, value in said.items()
    }
    cleared = []
    for path in empty:
        field = str(path[0])
        if field in stands and _stated(wanted.get(field, stands[field]), path[1:]) and _of_table(entry, path):
            wanted[field] = _without(wanted.get(field, stands[field]), path[1:])
            cleared.append(".".join(map(str, path)))
    changed: Plain = {}
    for field, value in wanted.items():
        now = present(kind, entry.data, field)
        if same(value, now) or _equal(kind, field, value, now):
            continue
        _hold_changeable(kind, field)
        news = _parts(now, value) if field in kind.record.grows else value
        _hold_latest(entry, field, news, provenance.day)
        changed[field] = news
    if not changed:
        return None
    try:
        update, promise = provenance.update(kind, changed, decided=decided)
    except UsageProblem as problem:
        raise CellProblem(problem.message, **problem.values) from None
    return PlannedUpdate(
        update, tuple(changed), promise, tuple(name for name in cleared if name.split(".")[0] in changed)
    )


def _hold_changeable(kind: Kind, field: str) -> None:
    """CellProblem when no update can change a field."""
    if field not in kind.changeable:
        raise CellProblem(
            N_("the table says something else of “{field}” than the record, and no update can change it"), field=field
        )


def _hold_latest(entry: Entry, field: str, news: object, day: date) -> None:
    """CellProblem when an update of this day or a later one has set the same field, or the same part of it."""

    def sets_it(update: Update) -> bool:
        value = update.changes().get(field)
        parts = getattr(value, "model_fields_set", None)
        if field not in update.changes() or update.said_on < day:
            return False
        return parts is None or not isinstance(news, Mapping) or not parts.isdisjoint(news)

    later = [update for _, update in standing(entry.record, date.max) if sets_it(update)]
    if later:
        raise CellProblem(
            N_("an update of {date} already says “{field}”; --date would have to be a later day"),
            date=later[-1].date.text,
            field=field,
        )


def _stated(value: object, path: Path) -> bool:
    """Whether there is something at a place below a value; an item of a list is not looked for."""
    for part in path:
        value = value.get(part) if isinstance(value, Mapping) else None
    return value is not None


def _without(value: object, path: Path) -> object:
    """A value without what stands at a place below it; None when nothing is left."""
    if not path or not isinstance(value, Mapping):
        return None
    inner = _without(value[path[0]], path[1:])
    rest = {key: part for key, part in value.items() if key != path[0]}
    left = rest if inner is None else {**rest, path[0]: inner}
    return left if any(part is not None for part in left.values()) else None


def _of_table(entry: Entry, path: Path) -> bool:
    """Whether what stands at a place was taken from a document, and not said by somebody or put right by hand.

    What a ministry has answered, or somebody has corrected, is not gone because a table never had it.
    """
    field = str(path[0])
    for _, update in reversed(list(standing(entry.record, date.max))):
        if field in update.changes():
            parts = getattr(update.changes()[field], "model_fields_set", None)
            if parts is None or field not in entry.record.grows or not path[1:] or path[1] in parts:
                return update.by is None and bool(update.sources)
    corrected = (correction.field.split(".")[0] for correction in entry.record.corrections or ())
    return bool(entry.record.sources) and field not in corrected


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


def _same_words(first: object, second: object) -> bool:
    """Whether two texts differ in spaces and line breaks at most, which a file has where its lines once ended."""
    return isinstance(first, str) and isinstance(second, str) and first.split() == second.split()


def alike(first: object, second: object) -> bool:
    """Whether two rows say the same: texts by their words, anything else exactly."""
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        return first.keys() == second.keys() and all(alike(value, second[key]) for key, value in first.items())
    return first == second or _same_words(first, second)


def _parts(now: object, value: object) -> object:
    """The parts of a mapping that differ, for a field whose updates say only what is new; null where one is gone."""
    if isinstance(now, Mapping) and isinstance(value, Mapping):
        gone = {key: None for key, inner in now.items() if inner is not None and key not in value}
        return {key: inner for key, inner in value.items() if not same(now.get(key), inner)} | gone
    return value


def _equal(kind: Kind, field: str, wanted: object, now: object) -> bool:
    """Whether two spellings are one value, such as `2021-Q4` and `2021-10/2021-12`."""
    if now is None or kind.update is None or field not in kind.changeable:
        return False
    try:
        first, second = (_read(kind.update, field, value) for value in (wanted, now))
    except ValidationError:
        return False
    return bool(first == second)


def _read(model: type[Update], field: str, value: object) -> object:
    update: object = getattr(model.model_validate({"date": "2000-01-01", field: value}), field)
    return update
