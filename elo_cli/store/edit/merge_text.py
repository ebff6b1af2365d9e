"""Merges a file of two branches for git: data by meaning, text so that comments stay; what is not proved is git's.

Line by line is tried first, since it keeps every comment of both sides; what it gives is believed only when it says
exactly what the data merged by meaning says. Where lines conflict, one side's changes are made in the other's text.
"""

from collections import Counter
from typing import NamedTuple

from elo_cli.model.errors import EloError
from elo_cli.model.kind import Kind
from elo_cli.model.kinds import RECORD_KINDS, id_at, kind_at
from elo_cli.model.shape import Shape
from elo_cli.store.edit.merge_data import MergeConflictError, merge
from elo_cli.store.edit.record import Edit, Insert, Remove, Set, edit, file_shape, same
from elo_cli.store.git.merge import merge_lines
from elo_cli.store.loading import read_file
from elo_cli.store.yaml.strict import Plain, decode, parse


class Merged(NamedTuple):
    """The bytes that git gets, and the place in the data that a person has to decide on."""

    data: bytes
    conflict: str | None = None
    """None when all is merged; the field that both sides changed, or "" where the lines are left to git."""


def merge_files(base: bytes, ours: bytes, theirs: bytes, path: str) -> Merged:
    """Merge three versions of a file at `path` (from the repository's top, or only its name); never raises.

    A conflict gives the lines of both sides between git's markers.
    """
    lines = merge_lines(base, ours, theirs)
    sides = [parse(data, path).value for data in (base, ours, theirs)]
    kind = _kind(path, ours)
    if kind is None or sides[0] is None or sides[1] is None or sides[2] is None:
        return Merged(lines.data, None if lines.clean else "")
    try:
        meant = merge(sides[0], sides[1], sides[2])
    except MergeConflictError as conflict:
        # Lines that do not touch can still set one thing twice; then both versions go between markers.
        data = merge_lines(b"", ours, theirs).data if lines.clean else lines.data
        return Merged(data, str(conflict))
    if lines.clean and _says(lines.data, path, meant):
        return Merged(lines.data)
    spliced = _spliced(base, (ours, theirs), (sides[1], sides[2]), meant, kind)
    if spliced is not None:
        *before, after = (read_file(data, _name(path, kind), kind) for data in (ours, theirs, spliced))
        # The merged file is a record where both sides were.
        if not after.problems or any(reading.problems for reading in before):
            return Merged(spliced)
    return Merged(merge_lines(b"", ours, theirs).data if lines.clean else lines.data, "")


def _kind(path: str, data: bytes) -> Kind | None:
    """The kind of a file by its folder, or by what its data fits when git gave no path."""
    if not path.endswith(".yaml"):
        return next((kind for kind in RECORD_KINDS if read_file(data, path, kind).entries), None)
    return kind_at("/".join(path.split("/")[-2:]))


def _name(path: str, kind: Kind) -> str:
    return kind.path(id_at(path))


def _says(data: bytes, path: str, meant: Plain) -> bool:
    value = parse(data, path).value
    return value is not None and same(value, meant)


def _spliced(
    base: bytes, texts: tuple[bytes, bytes], sides: tuple[Plain, Plain], meant: Plain, kind: Kind
) -> bytes | None:
    """One side's text with the other's changes made in it, where that keeps every comment; None where it does not."""
    shape = file_shape(kind)
    try:
        known, *own = (_comments(data, shape) for data in (base, *texts))
    except EloError:
        return None
    # A comment that one side took away, and any that one added.
    wanted = known - (known - own[0]) - (known - own[1]) + (own[0] - known) + (own[1] - known)
    for text, data in zip(texts, sides, strict=True):
        try:
            spliced = edit(text, "merge", _changes(data, meant), shape)
        except EloError:
            continue
        if _comments(spliced, shape) == wanted:
            return spliced
    return None


def _changes(data: Plain, meant: Plain) -> list[Edit]:
    changes: list[Edit] = [Remove((key,)) for key in data if key not in meant]
    for key, value in meant.items():
        if key not in data or not same(data[key], value):
            old = data.get(key)
            inserts = _inserts(key, old, value) if isinstance(old, list) and isinstance(value, list) else None
            changes += inserts if inserts is not None else [Set((key,), value)]
    return changes


def _inserts(key: str, old: list[object], new: list[object]) -> list[Edit] | None:
    """What comes into a list whose items all stay, each at its place; None when one goes or moves."""
    changes: list[Edit] = []
    at = 0
    for index, item in enumerate(new):
        if at < len(old) and same(old[at], item):
            at += 1
        else:
            changes.append(Insert((key, index), item))
    return changes if at == len(old) else None


def _comments(data: bytes, shape: Shape | None) -> Counter[str]:
    from elo_cli.store.edit.canonical import comments
    from elo_cli.store.edit.splice import CannotSpliceError

    try:
        return comments(decode(data).replace("\r\n", "\n"), shape)
    except (CannotSpliceError, ValueError, RecursionError):
        return Counter({"\0": -1})
