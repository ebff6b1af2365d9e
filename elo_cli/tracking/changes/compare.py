"""What a change of the data means: two versions of the records compared, field by field, by content and never by line.

News (an update), a lawful change of the promise (an update that says why and who decided), our own mistake (a
correction) and a rewritten promise are told apart.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from json import dumps
from typing import Final, NamedTuple

from elo_cli.model.config import TrackerConfig
from elo_cli.model.finding import Level
from elo_cli.model.records.base import Correction
from elo_cli.store.tracker import CONFIG_FILE, Entry
from elo_cli.tracking.changes.change import CONFIG_ID, Change, Location
from elo_cli.tracking.changes.updates import update_changes
from elo_cli.tracking.changes.values import Difference, differences, renamed_value


class Comparison(NamedTuple):
    """Two versions of the records of the files that differ, by id."""

    old: Mapping[str, Entry]
    new: Mapping[str, Entry]
    first_language: str
    """The language whose texts are the official ones."""
    broken: frozenset[tuple[str, str]] = frozenset()
    """Kinds and ids that stand in files that could not be read on one of the sides: nothing is said of them."""

    def is_broken(self, entry: Entry) -> bool:
        """Whether a record could not be read on one of the sides."""
        return (entry.kind.name, entry.id) in self.broken


def compare(comparison: Comparison) -> list[Change]:
    """Every change from the old version to the new one, by record, the gravest kinds of a record first."""
    renamed = _renames(comparison)
    back = {new: old for old, new in renamed.items()}
    changes: list[Change] = []
    for record_id in sorted({*comparison.old, *comparison.new}):
        old, new = comparison.old.get(record_id), comparison.new.get(record_id)
        if any(entry is not None and comparison.is_broken(entry) for entry in (old, new)):
            continue
        if new is None and old is not None:
            if record_id not in renamed:
                changes.append(_removed(old, comparison))
        elif new is not None:
            before = old if old is not None else comparison.old.get(back.get(record_id, ""))
            if before is None:
                changes.append(_added(new, comparison))
                continue
            if before.id != new.id:
                changes.append(_new_id(before, new, "record-renamed", Level.NOTE))
            elif before.kind is not new.kind:
                changes.append(_taken(new, before.id, before))
                continue
            changes += _fields(before, new, comparison.first_language, renamed)
            changes += update_changes(before, new, renamed, comparison.first_language)
    return changes


def settings_changes(old: TrackerConfig, new: TrackerConfig) -> list[Change]:
    """What differs between two versions of tracker.yaml; the first language is what promises are official in."""
    changes = [
        _change(
            (CONFIG_ID, CONFIG_ID), ("settings", Level.NOTE), difference, Location(CONFIG_FILE), Location(CONFIG_FILE)
        )
        for name in type(new).model_fields
        for difference in differences(name, getattr(old, name), getattr(new, name))
    ]
    if old.first_language != new.first_language:
        place = Location(CONFIG_FILE, ("languages",))
        rule, level = "promise-language-changed", Level.ERROR
        changes.append(
            Change(
                *(CONFIG_ID, CONFIG_ID, rule, level, "languages"), old.first_language, new.first_language, place, place
            )
        )
    return changes


# Records that come, go and change their names


def _renames(comparison: Comparison) -> dict[str, str]:
    """New ids by old ones, as `formerly` declares them."""
    return {
        former: entry.id
        for entry in comparison.new.values()
        if entry.id not in comparison.old
        for former in entry.record.formerly or ()
        if former in comparison.old and former not in comparison.new and comparison.old[former].kind is entry.kind
    }


def _added(entry: Entry, comparison: Comparison) -> Change:
    """A new record; under an undeclared new name, or under an old one that was another's, it is named as that."""
    for other in (*comparison.old.values(), *comparison.new.values()):
        if other.id != entry.id and entry.id in (other.record.formerly or ()):
            return _taken(entry, other.id, None)
    for former in entry.record.formerly or ():
        # A rename to another kind would leave everything behind that was promised.
        before = comparison.old.get(former)
        if before is not None and before.kind is not entry.kind:
            return _taken(entry, former, before)
    for other in comparison.old.values():
        gone = other.id not in comparison.new and not comparison.is_broken(other)
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
_WEIGHTY: Final = {
    "goal": ("name", "description"),
    "instrument": ("name", "rules", "last_day", "last_payment_day", "reporting"),
}
"""Fields of a vocabulary that say what was promised, or what follows from an act."""
_NO_PROMISE: Final = frozenset({"note", "sources", "corrections", "own_words"})


def _fields(old: Entry, new: Entry, first_language: str, renamed: Mapping[str, str]) -> Iterator[Change]:
    known = old.record.corrections or []
    corrected = [correction for correction in new.record.corrections or () if correction not in known]
    judge = _judge(old, first_language, corrected)
    # Most of a record is as it was, and equal data means equal values.
    fields = type(new.record).model_fields
    stated = fields.keys() if renamed else old.data.keys() | new.data.keys()
    differing = {name for name in stated - _APART if renamed or old.data.get(name) != new.data.get(name)}
    for name in fields if differing else ():
        if name not in differing:
            continue
        before, after = renamed_value(getattr(old.record, name), renamed), getattr(new.record, name)
        for difference in differences(name, before, after):
            yield _change((new.id, new.kind.name), judge(difference), difference, _top(old), _top(new))
            if left := _left_behind(difference, first_language):
                behind = difference._replace(old=None, new=", ".join(left))
                yield _change((new.id, new.kind.name), ("translation-old", Level.WARNING), behind, _top(old), _top(new))


def _left_behind(difference: Difference, first_language: str) -> list[str]:
    """The languages whose text stayed as it was while that of the first language changed."""
    old, new = difference.old, difference.new
    if not difference.text or not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return []
    if old.get(first_language) == new.get(first_language) or first_language not in old:
        return []
    return [code for code in new if code != first_language and new[code] == old.get(code)]


def _judge(
    old: Entry, first_language: str, corrected: Sequence[Correction]
) -> Callable[[Difference], tuple[str, Level]]:
    promises = old.kind.promises

    def judge(difference: Difference) -> tuple[str, Level]:
        field = difference.field.partition(".")[0]
        if _is_translation(difference, first_language):
            return "translation", Level.NOTE
        if field == "corrections":
            return (
                ("correction-added", Level.NOTE)
                if difference.old is None
                else ("record-correction-removed", Level.WARNING)
            )
        if field == "sources":
            gone = difference.field == "sources" and difference.new is None
            return ("source-removed", Level.WARNING) if gone else ("source", Level.NOTE)
        if field in _NO_PROMISE:
            return "wording", Level.NOTE
        if not promises:
            # A vocabulary names things; but goals are promised too, and days of an instrument are those of an act.
            weighs = field in _WEIGHTY.get(old.kind.name, ()) and difference.old is not None
            if weighs and not _is_covered(old, difference, corrected, first_language):
                return "promise-vocabulary", Level.WARNING
            return ("wording" if difference.text else "vocabulary"), Level.NOTE
        if _is_covered(old, difference, corrected, first_language):
            return "promise-corrected", Level.NOTE
        if difference.text:
            return "promise-wording", Level.WARNING
        if difference.old is None:
            return "promise-completed", Level.WARNING
        return "promise-rewritten", Level.ERROR

    return judge


def _is_translation(difference: Difference, first_language: str) -> bool:
    """Whether a text was only added or mended in other languages than the first, in which it was said."""
    if not difference.text or difference.old is None or difference.new is None:
        return False
    return _same_official(difference.old, difference.new, first_language)


def _is_covered(old: Entry, difference: Difference, corrected: Sequence[Correction], first_language: str) -> bool:
    """Whether a correction names the field, or something above or below it, and says truly what stood there.

    A correction that says something else was written corrects nothing; the old version tells.
    """
    field = difference.field
    for correction in corrected:
        name, was = correction.field, correction.was
        if name.startswith(f"{field}."):
            # Of a part that was not there nothing can have been wrong.
            written = _at(old.data, name)
            if written is not None and _says(was, written, first_language):
                return True
        elif field == name or field.startswith(f"{name}."):
            inner = _at(was, field[len(name) + 1 :]) if field != name else was
            if _says(inner, _at(old.data, field), first_language):
                return True
    return False


def _says(was: object, written: object, first_language: str) -> bool:
    """Whether a correction's value is what was written; of a text the words in the first language are enough."""
    if isinstance(written, dict) and isinstance(was, dict):
        return was.keys() == written.keys() and all(_says(was[key], written[key], first_language) for key in was)
    official = _official(written, first_language) if isinstance(written, dict) else written
    return _plain(was) == _plain(official)


def _at(data: object, field: str) -> object:
    """What the data of a record has at a dotted name; None where it has nothing."""
    for part in field.split("."):
        data = data.get(part) if isinstance(data, dict) else None
    return data


def _plain(value: object) -> str:
    """A plain value as text; how a number or a list was written makes no difference."""
    match value:
        case dict():
            return dumps({str(key): _plain(value[key]) for key in sorted(value, key=str)})
        case list():
            return dumps(sorted(_plain(item) for item in value))
        case bool() | None:
            return dumps(value)
        case _:
            return " ".join(str(value).split())


def _official(value: object, language: str) -> object:
    """The official words of a text: those in the first language, and all of one that is in other languages alone."""
    return value.get(language, value) if isinstance(value, dict) else None


def _same_official(old: object, new: object, language: str) -> bool:
    """Whether the official words are the same; to a text in other languages alone, one in the first may be added."""
    if isinstance(old, dict) and isinstance(new, dict) and language not in old:
        return all(new.get(code) == text for code, text in old.items())
    return _official(old, language) == _official(new, language)


def _change(
    entry: tuple[str, str], judged: tuple[str, Level], difference: Difference, old: Location, new: Location
) -> Change:
    """A difference as a change; `old` and `new` are where the record stands on both sides."""
    return Change(
        *entry,
        *judged,
        difference.field,
        difference.old,
        difference.new,
        None if difference.old is None else Location(old.path, (*old.where, *difference.old_where)),
        # What is gone is pointed at where it was missing: the nearest thing above it that is there.
        Location(new.path, (*new.where, *difference.new_where)),
        difference.text,
    )
