"""Which files of a data folder differ between two revisions, or between a revision and the files as they are."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from elo_cli.store.git import Repository
from elo_cli.store.git_source import FILE_MODES, RevisionSource
from elo_cli.store.source import FileSource
from elo_cli.store.strict_yaml import MAX_BYTES

_ABSENT: Final = "000000"


class Changed(NamedTuple):
    """One file that differs: its path below the data folder and its bytes on both sides, None where it is missing."""

    path: str
    old: bytes | None
    new: bytes | None
    special: bool = False
    """Whether it is a link, a submodule or a folder on one of the sides, and no file that can be read."""


class _Row(NamedTuple):
    """One line of git's raw form: the modes and objects of both sides."""

    old_mode: str
    new_mode: str
    old_id: str
    new_id: str


def changed_files(old: RevisionSource, new: FileSource) -> list[Changed]:
    """The files that differ from a revision to another one or to the work tree; only those are read."""
    if isinstance(new, RevisionSource):
        return _between_revisions(old, new)
    if old.prefix == old.repository.prefix and old.repository.filters_off:
        return worktree_changes(old.repository, old.commit)
    return _file_by_file(old, new)


def worktree_changes(repository: Repository, commit: str) -> list[Changed]:
    """The files below the repository's folder that differ from a commit, those that git does not follow included."""
    raw = repository.run("diff-index", "--relative", "-z", "--raw", "--no-renames", "--no-abbrev", commit, "--", ".")
    rows = _rows(raw)
    others = os.fsdecode(repository.run("ls-files", "--others", "-z", "--", ".")).split("\0")[:-1]
    for path in others:
        if not path.endswith("/") and not _hidden(path):
            rows.setdefault(path, _Row(_ABSENT, "100644", "", ""))
    blobs = repository.blobs((row.old_id for row in rows.values() if row.old_mode in FILE_MODES), MAX_BYTES)
    found = []
    for path, row in sorted(rows.items()):
        before = blobs.get(row.old_id) if row.old_mode in FILE_MODES else None
        after, special = _on_disk(repository.folder / path)
        # git names a file whose time has changed; a line end that it converts is no difference either.
        if before is not None and after is not None and (before == after or _unix(before) == _unix(after)):
            continue
        special = special or row.old_mode not in {*FILE_MODES, _ABSENT}
        if special or before is not None or after is not None:
            found.append(Changed(path, before, after, special))
    return found


def _between_revisions(old: RevisionSource, new: RevisionSource) -> list[Changed]:
    # Two trees are compared and not two commits, so that a data folder that moved is the same folder.
    trees = [f"{side.commit}:{side.prefix}" if side.prefix else f"{side.commit}^{{tree}}" for side in (old, new)]
    repository = new.repository
    rows = _rows(repository.run("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", *trees, "--"))
    rows = {path: row for path, row in rows.items() if not _hidden(path)}
    ids = [
        object_id
        for row in rows.values()
        for mode, object_id in ((row.old_mode, row.old_id), (row.new_mode, row.new_id))
        if mode in FILE_MODES
    ]
    blobs = repository.blobs(ids, MAX_BYTES)
    return [_both(path, row, blobs) for path, row in sorted(rows.items()) if row.old_id != row.new_id]


def _both(path: str, row: _Row, blobs: Mapping[str, bytes]) -> Changed:
    return Changed(
        path,
        blobs.get(row.old_id) if row.old_mode in FILE_MODES else None,
        blobs.get(row.new_id) if row.new_mode in FILE_MODES else None,
        not {row.old_mode, row.new_mode} <= {*FILE_MODES, _ABSENT},
    )


def _file_by_file(old: RevisionSource, new: FileSource) -> list[Changed]:
    """Read everything on both sides; for what git cannot compare, such as a folder that moved and is not committed."""
    paths = {path for side in (old, new) for path in _all_files(side, "")}
    found = [Changed(path, _read(old, path), _read(new, path)) for path in sorted(paths)]
    return [changed for changed in found if _unix(changed.old or b"") != _unix(changed.new or b"")]


def _all_files(source: FileSource, folder: str) -> list[str]:
    paths = []
    for listed in source.listing(folder):
        if listed.type == "folder":
            paths += _all_files(source, listed.path)
        elif listed.type == "file":
            paths.append(listed.path)
    return paths


def _read(source: FileSource, path: str) -> bytes | None:
    try:
        return source.read(path)[: MAX_BYTES + 1]
    except OSError:
        return None


def _on_disk(path: Path) -> tuple[bytes | None, bool]:
    """A file's bytes, not more than the limit and one; whether it is there and is no plain file."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return None, False
    if not stat.S_ISREG(mode):
        return None, True
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1), False
    except OSError:
        return None, True


def _unix(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")


def _hidden(path: str) -> bool:
    return path.startswith(".") or "/." in path


def _rows(answer: bytes) -> dict[str, _Row]:
    """Git's raw form with -z: `:old new id id status`, NUL, path, NUL."""
    parts = os.fsdecode(answer).split("\0")
    rows = {}
    for about, path in zip(parts[0:-1:2], parts[1::2], strict=False):
        old_mode, new_mode, old_id, new_id, _ = about.removeprefix(":").split(" ")
        rows[path] = _Row(old_mode, new_mode, old_id, new_id)
    return rows
