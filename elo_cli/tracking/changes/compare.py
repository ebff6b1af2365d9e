"""What a change of the data means: two versions of the records compared, field by field, by content and never by line.

News (an update), a lawful change of the promise (an update that says why and who decided), our own mistake (a
correction) and a rewritten promise are told apart.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from hashlib import sha256
from typing import Final, NamedTuple

from pydantic import BaseModel

from elo_cli.model.finding import Level, Where
from elo_cli.model.money import Money
from elo_cli.model.period import Period
from elo_cli.model.records.base import Update
from elo_cli.store.tracker import CONFIG_FILE, Entry
from elo_cli.tracking.changes.values import Difference, differences

CONFIG_ID: Final = "tracker"
"""Stands in the place of a record's id for changes of tracker.yaml."""


class Location(NamedTuple):
    """A place on one side of a comparison: the file below the data folder, and the place in it."""

    path: str
    where: Where = ()


class Change(NamedTuple):
    """One change of meaning; `old` and `new` are values of the model, None where there is none."""

    record: str
    kind: str
    rule: str
    level: Level
    field: str
    old: object
    new: object
    base: Location | None
    head: Location | None
    wording: bool = False
    """Whether only words differ, and no fact."""
    update: Update | None = None
    """The update that says so, where one does."""
    also: str = ""
    """The other id of a renamed record, or of the one that an id was taken from."""

    @property
    def fingerprint(self) -> str:
        """A name that stays the same from run to run and when lines move: rule, record, field and both values."""
        parts = (self.rule, self.record, self.field, canonical(self.old), canonical(self.new))
        update = canonical(self.update) if self.update is not None and self.rule != "update-added" else ""
        return sha256("\0".join((*parts, update)).encode("utf-8", "backslashreplace")).hexdigest()[:16]


class Comparison(NamedTuple):
    """Two versions of the records of the files that differ, by id."""

    old: Mapping[str, Entry]
    new: Mapping[str, Entry]
    first_language: str
    """The language whose texts are the official ones."""
    broken: frozenset[str] = frozenset()
    """Ids that stand in files that could not be read on one of the sides: nothing is said of them."""


def compare(comparison: Comparison) -> list[Change]:
    """Every change from the old version to the new one, by record, the gravest kinds of a record first."""
    from elo_cli.tracking.changes.updates import update_changes

    renamed = _renames(comparison)
    back = {new: old for old, new in renamed.items()}
    found: list[Change] = []
    for record_id in sorted({*comparison.old, *comparison.new} - comparison.broken):
        old, new = comparison.old.get(record_id), comparison.new.get(record_id)
        if new is None and old is not None:
            if record_id not in renamed:
                found.append(_removed(old, comparison))
        elif new is not None:
            before = old if old is not None else comparison.old.get(back.get(record_id, ""))
            if before is None:
                found.append(_added(new, comparison))
                continue
            if before.id != new.id:
                found.append(_new_id(before, new, "record-renamed", Level.NOTE))
            elif before.kind is not new.kind:
                found.append(_taken(new, before.id, before))
                continue
            found += _fields(before, new, comparison.first_language, renamed)
            found += update_changes(before, new, renamed, comparison.first_language)
    return found


def canonical(value: object) -> str:
    """A value as text that depends on nothing but its meaning."""
    match value:
        case Period():
            return f"{value.start}/{value.stop or '..'}"
        case Money():
            return value.plain
        case Decimal():
            return format(value.normalize(), "f")
        case BaseModel():
            stated = {name: getattr(value, name) for name in value.model_fields_set}
            return canonical(stated)
        case Mapping():
            return "{" + ",".join(f"{key}={canonical(value[key])}" for key in sorted(value)) + "}"
        case list() | tuple():
            return "[" + ",".join(canonical(item) for item in value) + "]"
        case _:
            return f"{type(value).__name__}:{value}"


def settings_changes(old: BaseModel, new: BaseModel) -> list[Change]:
    """What differs between two versions of tracker.yaml."""
    return [
        _change((CONFIG_ID, CONFIG_ID), ("settings", Level.NOTE), found, Location(CONFIG_FILE), Location(CONFIG_FILE))
        for name in type(new).model_fields
        for found in differences(name, getattr(old, name), getattr(new, name))
    ]


# Records that come, go and change their names


def _renames(comparison: Comparison) -> dict[str, str]:
    """New ids by old ones, as `formerly` declares them."""
    return {
        former: entry.id
        for entry in comparison.new.values()
        if entry.id not in comparison.old
        for former in entry.record.formerly or ()
        if former in comparison.old and former not in comparison.new
    }


def _added(entry: Entry, comparison: Comparison) -> Change:
    """A new record; under an undeclared new name, or under an old one that was another's, it is named as that."""
    for other in (*comparison.old.values(), *comparison.new.values()):
        if other.id != entry.id and entry.id in (other.record.formerly or ()):
            return _taken(entry, other.id, None)
    for other in comparison.old.values():
        gone = other.id not in comparison.new and other.id not in comparison.broken
        if gone and other.kind is entry.kind and same_promise(other, entry):
            return _new_id(other, entry, "record-id-changed", Level.ERROR)
    return Change(entry.id, entry.kind.name, "record-added", Level.NOTE, "", None, entry.record.name, None, _top(entry))


def _removed(entry: Entry, comparison: Comparison) -> Change:
    removed = Change(
        entry.id, entry.kind.name, "record-removed", Level.WARNING, "", entry.record.name, None, _top(entry), None
    )
    for other in comparison.new.values():
        if other.id not in comparison.old and other.kind is entry.kind and same_promise(entry, other):
            # The other side of an id that changed: told with the new one, and noted here.
            return removed._replace(level=Level.NOTE, also=other.id)
    return removed


def _new_id(old: Entry, new: Entry, rule: str, level: Level) -> Change:
    before, after = (Location(entry.path, (*entry.where, "id")) for entry in (old, new))
    return Change(new.id, new.kind.name, rule, level, "id", old.id, new.id, before, after, also=old.id)


def _taken(entry: Entry, other: str, before: Entry | None) -> Change:
    """An id that was another record's, or a record of another kind: ids are for ever."""
    return Change(
        entry.id,
        entry.kind.name,
        "record-id-reused",
        Level.ERROR,
        "id",
        before.kind.name if before is not None else other,
        entry.kind.name if before is not None else entry.id,
        _top(before) if before is not None else None,
        Location(entry.path, (*entry.where, "id")),
        also=other,
    )


def same_promise(old: Entry, new: Entry) -> bool:
    """Whether two records promise the same under different ids: same name and same source, or no difference at all."""
    apart = {"id", "formerly", "updates", "corrections"}
    names = [name for name in type(old.record).model_fields if name not in apart]
    if all(getattr(old.record, name) == getattr(new.record, name) for name in names):
        return True
    same = old.record.name == new.record.name and old.record.sources == new.record.sources
    return same and old.record.name is not None and old.record.sources is not None


def _top(entry: Entry) -> Location:
    return Location(entry.path, entry.where)


# The fields of the promise

_APART: Final = frozenset({"id", "formerly", "updates"})
_NO_PROMISE: Final = frozenset({"note", "sources", "corrections", "own_words"})


def _fields(old: Entry, new: Entry, first_language: str, renamed: Mapping[str, str]) -> Iterator[Change]:
    known = old.record.corrections or []
    corrected = {correction.field for correction in new.record.corrections or () if correction not in known}
    judge = _judge(old, first_language, corrected)
    for name in type(new.record).model_fields:
        # Most of a record is as it was, and equal data means equal values.
        if name in _APART or (not renamed and old.data.get(name) == new.data.get(name)):
            continue
        before, after = renamed_value(getattr(old.record, name), renamed), getattr(new.record, name)
        for found in differences(name, before, after):
            yield _change((new.id, new.kind.name), judge(found), found, _top(old), _top(new))


def _judge(old: Entry, first_language: str, corrected: set[str]) -> Callable[[Difference], tuple[str, Level]]:
    promises = old.kind.update is not None

    def judge(found: Difference) -> tuple[str, Level]:
        field = found.field.partition(".")[0]
        if field == "corrections":
            return (
                ("correction-added", Level.NOTE) if found.old is None else ("record-correction-removed", Level.WARNING)
            )
        if field == "sources":
            gone = found.field == "sources" and found.new is None
            return ("source-removed", Level.WARNING) if gone else ("source", Level.NOTE)
        if field in _NO_PROMISE:
            return "wording", Level.NOTE
        if not promises:
            # A vocabulary names things; it promises nothing.
            return ("wording" if found.text else "vocabulary"), Level.NOTE
        if _is_covered(found.field, corrected):
            return "promise-corrected", Level.NOTE
        if found.text:
            official = _official(found.old, first_language) == _official(found.new, first_language)
            return ("wording", Level.NOTE) if official and found.old else ("promise-wording", Level.WARNING)
        if found.old is None:
            return "promise-completed", Level.WARNING
        return "promise-rewritten", Level.ERROR

    return judge


def _is_covered(field: str, corrected: set[str]) -> bool:
    """Whether a correction names the field or something above or below it."""
    return any(field == name or field.startswith(f"{name}.") or name.startswith(f"{field}.") for name in corrected)


def _official(value: object, language: str) -> object:
    return value.get(language) if isinstance(value, dict) else None


def renamed_value(value: object, renamed: Mapping[str, str]) -> object:
    """A value of the old version with the ids that records have now, so that following a rename is no change."""
    if not renamed:
        return value
    match value:
        case str():
            return renamed.get(value, value)
        case list():
            return [renamed_value(item, renamed) for item in value]
        case dict():
            return {renamed.get(key, key): renamed_value(item, renamed) for key, item in value.items()}
        case BaseModel():
            names = value.model_fields_set
            return value.model_copy(update={name: renamed_value(getattr(value, name), renamed) for name in names})
        case _:
            return value


def _change(
    entry: tuple[str, str], judged: tuple[str, Level], found: Difference, old: Location, new: Location
) -> Change:
    """A difference as a change; `old` and `new` are where the record stands on both sides."""
    return Change(
        *entry,
        *judged,
        found.field,
        found.old,
        found.new,
        None if found.old is None else Location(old.path, (*old.where, *found.old_where)),
        # What is gone is pointed at where it was missing: the nearest thing above it that is there.
        Location(new.path, (*new.where, *found.new_where)),
        found.text,
    )


def gravest(changes: Iterable[Change]) -> Level | None:
    """The gravest level among changes; None for none."""
    return min((change.level for change in changes), key=lambda level: level.rank, default=None)
