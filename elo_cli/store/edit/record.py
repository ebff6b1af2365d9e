"""Edits of a file as a careful person makes them: one value changes, and comments, quotes, order and line ends stay.

Each edit is proved before it is handed back: both readers read the new bytes, and only the meant value has changed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import groupby
from typing import Any, Final, NamedTuple, cast

from elo_cli.model.config import TrackerConfig
from elo_cli.model.errors import N_, InvalidValueError, UnreadableProblem
from elo_cli.model.finding import Where
from elo_cli.model.kind import Kind
from elo_cli.model.period import Period, validate_period
from elo_cli.model.shape import Shape, shape_of
from elo_cli.model.values import ID_PATTERN
from elo_cli.store.yaml.strict import Plain, decode, is_mapping, parse

_ID: Final = re.compile(ID_PATTERN)
_BOM: Final = b"\xef\xbb\xbf"


class EditRefused(UnreadableProblem):
    """An edit could not be made without touching something else; the file is as it was."""


class Set(NamedTuple):
    """The value at a place becomes this one, whether there was one or not."""

    where: Where
    value: object


class Remove(NamedTuple):
    """The value at a place goes; a list or map that would be left empty goes with it."""

    where: Where


class Insert(NamedTuple):
    """An item comes into a list before the index that ends the place; a list that is missing is made."""

    where: Where
    value: object


class Rename(NamedTuple):
    """A key of a map becomes another one; what stands under it stays."""

    where: Where
    name: str


Edit = Set | Remove | Insert | Rename


def edit(data: bytes, path: str, changes: Sequence[Edit], shape: Shape | None) -> bytes:
    """The bytes of a file with these changes made, one after the other.

    `shape` is that of the file's top (`file_shape(kind)`), which gives the order of new keys. Raises
    UnreadableProblem when the file cannot be read, EditRefused when a change cannot be made without another.
    """
    meant = read_mapping(data, path)
    from elo_cli.store.edit.splice import CannotSpliceError, Splicer

    bom = _BOM if data.startswith(_BOM) else b""
    text = decode(data)
    try:
        for group in _grouped(changes):
            # Many small changes, such as references that follow a new id, are made in one reading.
            if len(group) > 1 and (quick := Splicer(text, shape).words(_words(group))) is not None:
                text = quick
                for change in group:
                    apply(meant, change)
                continue
            for change in group:
                text = _one(text, shape, meant, change)
                apply(meant, change)
    except (CannotSpliceError, IndexError, ValueError, RecursionError):
        raise _refused(path) from None
    new = bom + text.encode("utf-8")
    prove(new, path, meant)
    return new


def _grouped(changes: Sequence[Edit]) -> Iterator[list[Edit]]:
    """The changes in their order, with those that put one word in the place of another together."""

    def is_small(change: Edit) -> bool:
        value = change.value if isinstance(change, Set) else None
        return isinstance(change, Rename) or (isinstance(value, str) and _ID.fullmatch(value) is not None)

    for small, group in groupby(changes, key=is_small):
        changed = list(group)
        yield from [changed] if small else [[change] for change in changed]


def _words(group: Sequence[Edit]) -> list[tuple[Where, str, bool]]:
    """Places, the words that they get, and whether the place is a key."""
    return [
        (change.where, change.name, True) if isinstance(change, Rename) else (change.where, str(change.value), False)
        for change in group
        if isinstance(change, Rename | Set)
    ]


def _one(text: str, shape: Shape | None, meant: Plain, change: Edit) -> str:
    """The text with one change made; `meant` is what it says before."""
    from elo_cli.store.edit.splice import Splicer

    for small in _small(meant, change):
        splicer = Splicer(text, shape)
        if isinstance(small, Remove):
            text = splicer.remove(small.where)
        elif isinstance(small, Rename):
            text = splicer.rename(small.where, small.name)
        elif isinstance(small, Insert):
            text = splicer.add(small.where, small.value, insert=True)
        elif splicer.node(small.where) is None:
            text = splicer.add(small.where, small.value)
        else:
            text = splicer.replace(small.where, small.value)
    return text


def add_update(
    data: bytes, path: str, kind: Kind, update: Mapping[str, object], *, second_reader: bool = True
) -> bytes:
    """The bytes of a record's file with an update more, after the last one that is not of a later day.

    `update` holds plain values, its `date` as a text. Without `second_reader` only the fast reader proves the edit,
    for many files at once. Raises as `edit` does.
    """
    record = read_mapping(data, path)
    updates = record.get("updates")
    updates = updates if isinstance(updates, list) else []
    place = _place(updates, update.get("date"))
    if place == len(updates) and (quick := _at_end(data, record, kind, update)) is not None:
        meant = applied(record, Insert(("updates", place), update))
        if same(parse(quick, path).value, meant):
            if second_reader:
                prove(quick, path, meant)
            return quick
    return edit(data, path, [Insert(("updates", place), dict(update))], file_shape(kind))


def add_entry_update(data: bytes, path: str, kind: Kind, where: Where, update: Mapping[str, object]) -> bytes:
    """The same for the entry of a vocabulary that stands at a place of its file."""
    updates = read_record(data, path, where).get("updates")
    place = _place(updates if isinstance(updates, list) else [], update.get("date"))
    return edit(data, path, [Insert((*where, "updates", place), dict(update))], file_shape(kind))


def _place(updates: Sequence[object], date: object) -> int:
    """The index at which an update of this day stands: after all that are not later."""
    day = _day(date)
    for index in range(len(updates), 0, -1):
        update = updates[index - 1]
        other = _day(update.get("date")) if is_mapping(update) else None
        if day is None or other is None or other.word_day <= day.word_day:
            return index
    return 0


def _day(value: object) -> Period | None:
    try:
        return validate_period(value)
    except InvalidValueError:
        return None


def _at_end(data: bytes, record: Plain, kind: Kind, update: Mapping[str, object]) -> bytes | None:
    """The file with the update's lines at its end, where it is laid out as elo lays it out; a guess for the proof."""
    from elo_cli.store.yaml import emit

    # A brace in an update is most often one of its words, and would make a hundred updates of one sheet slow.
    if (
        b"{" in data.partition(b"\nupdates:\n")[0]
        or b"\r" in data
        or b"\t" in data
        or not data.endswith(b"\n")
        or data.endswith(b"\n\n")
    ):
        return None
    lines = data.decode("utf-8", "replace").split("\n")[:-1]
    tops = [line for line in lines if line[:1] not in {" ", "#", "", "-"}]
    has = "updates" in record
    if has and tops and tops[-1] != "updates:":
        return None
    if lines[-1].lstrip(" ").startswith("#") or (has and not any(line.startswith("  - ") for line in lines)):
        return None
    layout = emit.Layout()
    items = emit.list_lines([update], 2, layout, kind.shape.step("updates"))
    text = "\n".join([*([] if has else ["updates:"]), *items]) + "\n"
    return data + text.encode("utf-8")


def file_shape(kind: Kind | None) -> Shape:
    """What a whole file of this kind may hold; tracker.yaml for None."""
    return kind.file if kind is not None else shape_of(TrackerConfig)


def new_file(record: Mapping[str, object], kind: Kind, *, first_line: str | None = None) -> bytes:
    """The bytes of a new record's file in canonical style, its schema named on the first line for editors.

    Raises EditRefused when what was written would not be read back as the same values.
    """
    from elo_cli.store.yaml import emit

    head = kind.first_line if first_line is None else first_line
    new = emit.document(record, kind.shape, first_line=head).encode("utf-8")
    path = kind.path(str(record.get("id")))
    if not same(parse(new, path).value, record):
        raise _refused(path)
    return new


def read_mapping(data: bytes, path: str) -> Plain:
    """What a file holds; UnreadableProblem when it is not in the subset, since what is not read cannot be edited."""
    parsed = parse(data, path)
    if parsed.value is None:
        raise UnreadableProblem(
            N_("{path} cannot be edited before it is mended; elo check says what is wrong"), path=path
        )
    return parsed.value


def read_record(data: bytes, path: str, where: Where) -> Plain:
    """What a file holds of one record, which in a vocabulary stands at a place of its own. Raises as `read_mapping`."""
    record = _at(read_mapping(data, path), where)
    return record if is_mapping(record) else {}


def prove(data: bytes, path: str, meant: Plain) -> None:
    """Read the bytes with both readers; EditRefused unless both say exactly what was meant."""
    from ruamel.yaml.error import YAMLError

    from elo_cli.store.yaml.judge import compose, plain_of

    parsed = parse(data, path)
    try:
        node = compose(parsed.text)
        second = plain_of(node) if node is not None else None
    except (YAMLError, ValueError, RecursionError):
        raise _refused(path) from None
    if not (same(parsed.value, meant) and same(second, meant)):
        raise _refused(path)


def same(first: object, second: object) -> bool:
    """Whether two plain values are the same, types included; the order of keys carries no meaning."""
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        return first.keys() == second.keys() and all(same(value, second[key]) for key, value in first.items())
    if isinstance(first, list | tuple) and isinstance(second, list | tuple):
        return len(first) == len(second) and all(map(same, first, second))
    return type(first) is type(second) and first == second


def applied(data: Plain, change: Edit) -> Plain:
    """The plain values with a change made, for comparing with what the file then says; the given ones stay."""
    result = deepcopy(data)
    apply(result, change)
    return result


def apply(result: Plain, change: Edit) -> None:
    """Make a change in plain values, in place."""
    match change:
        case Set(where, value):
            _put(result, where, value)
        case Insert(where, value):
            items = _at(result, where[:-1])
            if isinstance(items, list):
                items.insert(cast("int", where[-1]), deepcopy(value))
            else:
                _put(result, where[:-1], [deepcopy(value)])
        case Remove(where):
            _drop(result, where)
        case Rename(where, name):
            container = cast("Plain", _at(result, where[:-1]))
            pairs = [(name if key == where[-1] else key, value) for key, value in container.items()]
            container.clear()
            container.update(pairs)


def _put(data: Plain, where: Where, value: object) -> None:
    target: Any = data
    for part in where[:-1]:
        target = target.setdefault(part, {}) if isinstance(target, dict) else target[part]
    if isinstance(target, list) and where[-1] == len(target):
        target.append(deepcopy(value))
    else:
        target[where[-1]] = deepcopy(value)


def _drop(data: Plain, where: Where) -> None:
    where = _emptied(data, where)
    container = _at(data, where[:-1])
    del cast("Any", container)[where[-1]]


def _emptied(data: Plain, where: Where) -> Where:
    """The outermost place that nothing would be left of when the value at `where` goes."""
    while len(where) > 1:
        container = _at(data, where[:-1])
        if not isinstance(container, dict | list) or len(container) > 1:
            break
        where = where[:-1]
    return where


def _at(data: object, where: Where) -> object:
    for part in where:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return None
    return data


def _small(data: Plain, change: Edit) -> list[Edit]:
    """A change as the smallest ones that make it: a map is changed key by key, and a list item by item."""
    if isinstance(change, Remove):
        if _at(data, change.where[:-1]) is None:
            raise ValueError
        return [Remove(_emptied(data, change.where))]
    if isinstance(change, Insert):
        items = _at(data, change.where[:-1])
        if isinstance(items, list) and items:
            return [change]
        return [Set(change.where[:-1], [change.value])]
    if isinstance(change, Rename):
        return [change]
    where, value = change
    # What is missing above the place is made with it.
    while len(where) > 1 and not _at(data, where[:-1]):
        value = {where[-1]: value} if isinstance(where[-1], str) else [value]
        where = where[:-1]
    return list(_differences(where, _at(data, where), value, present=_has(data, where)))


def _has(data: Plain, where: Where) -> bool:
    container = _at(data, where[:-1])
    if isinstance(container, dict):
        return where[-1] in container
    return isinstance(container, list) and isinstance(where[-1], int) and where[-1] < len(container)


def _differences(where: Where, old: object, new: object, *, present: bool) -> list[Edit]:
    if present and same(old, new):
        return []
    edits: list[Edit] = []
    if present and isinstance(old, dict) and isinstance(new, Mapping) and old and new and old.keys() & new.keys():
        edits.extend(Remove((*where, key)) for key in old if key not in new)
        for key, value in new.items():
            edits.extend(_differences((*where, key), old.get(key), value, present=key in old))
        return edits
    if present and isinstance(old, list) and isinstance(new, list | tuple) and old and new:
        common = min(len(old), len(new))
        for index in range(common):
            edits.extend(_differences((*where, index), old[index], new[index], present=True))
        edits.extend(Insert((*where, index), new[index]) for index in range(common, len(new)))
        edits.extend(Remove((*where, index)) for index in range(len(old) - 1, common - 1, -1))
        return edits
    return [Set(where, new)]


def _refused(path: str) -> EditRefused:
    return EditRefused(
        N_("{path} is untouched: elo cannot change it there without touching more. elo edit opens it in your editor."),
        path=path,
    )
