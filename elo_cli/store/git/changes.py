"""Which files of records differ between two revisions, or between a revision and the files as they are.

Contents decide. Neither git's marks on a file (assume-unchanged, skip-worktree), nor what is ignored, nor what
`.gitattributes` says can hide a difference from this.
"""

from collections.abc import Iterator
from hashlib import sha1
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from elo_cli.model.errors import UnreadableProblem
from elo_cli.model.kinds import FOLDERS
from elo_cli.store.git.index import KnownFiles
from elo_cli.store.git.repository import FILE_MODES, TREE, Repository, TreeItem
from elo_cli.store.git.source import NoTrackerProblem, RevisionSource
from elo_cli.store.source import FileSource, FileType, WorkTree
from elo_cli.store.tracker import CONFIG_FILE
from elo_cli.store.yaml.limits import MAX_BYTES

PLAIN_MODES: Final = FILE_MODES | {TREE}

_Pair: TypeAlias = tuple[str, FileType | None, FileType | None]
"""A path, and what lies there on both sides."""


class At(NamedTuple):
    """Where a data folder stands: the commit that is checked out, and whether anything below the folder differs."""

    revision: str
    dirty: bool

    @property
    def short(self) -> str:
        """The revision as people cite it."""
        return self.revision[:10]


class Changed(NamedTuple):
    """One file that differs: its path below the data folder and its bytes on both sides, None where it is missing."""

    path: str
    old: bytes | None
    new: bytes | None
    special: bool = False
    """Whether it cannot be read on one of the sides: a link that leads out, a submodule, a folder."""


def changed_files(old: RevisionSource, new: FileSource) -> list[Changed]:
    """The files of records that differ from a revision to another one or to the work tree, sorted by path."""
    files = []
    known = old.repository.known_files() if isinstance(new, WorkTree) else None
    for folder in ("", *FOLDERS):
        if isinstance(new, RevisionSource):
            pairs = _of_revision(old, new, folder)
        else:
            pairs = _of_files(old, new, folder, known)
        for path, before, after in pairs:
            if path.endswith(".yaml") if folder else path == CONFIG_FILE:
                changed = _file(old, new, path, (before, after))
                if changed is not None:
                    files.append(changed)
            elif path in FOLDERS and {before, after} - {"folder", None}:
                files.append(Changed(path, None, None, special=True))
    return sorted(files)


def describe(folder: Path) -> At | None:
    """Which commit a data folder is at, and whether the folder differs from it; None outside git or before a commit."""
    try:
        repository = Repository(folder)
        commit = repository.resolve("HEAD")
    except UnreadableProblem:
        return None
    if repository.bare:
        return At(commit, dirty=False)
    try:
        return At(commit, bool(changed_files(RevisionSource(repository, commit, "HEAD"), WorkTree(folder))))
    except NoTrackerProblem:
        return At(commit, dirty=True)
    except UnreadableProblem:
        return None


def _of_revision(old: RevisionSource, new: RevisionSource, folder: str) -> Iterator[_Pair]:
    """What is not one object in both revisions, with what it is in each; a link is always looked at."""
    if folder and new.has_same_folder(old, folder) and old.only_files(folder):
        return
    before, after = old.items(folder), new.items(folder)
    for path in {**before, **after}:
        item = before.get(path)
        if item is None or item != after.get(path) or item.mode not in PLAIN_MODES:
            yield path, old.type_of(path), new.type_of(path)


def _of_files(old: RevisionSource, new: FileSource, folder: str, known: KnownFiles | None) -> Iterator[_Pair]:
    """What is not byte for byte the file that was recorded, with what it is on each side."""
    before = old.items(folder)
    after = {listed.path: listed.type for listed in new.listing(folder)}
    for path in {**before, **after}:
        item, now = before.get(path), after.get(path)
        file = item if now == "file" and item is not None and item.mode in FILE_MODES else None
        if file is None or not ((known is not None and known.holds(path, file.id.raw)) or _is_object(new, path, file)):
            yield path, old.type_of(path), now


def _is_object(source: FileSource, path: str, item: TreeItem) -> bool:
    try:
        data = source.read(path)
    except OSError:
        return False
    # The name that git gives to contents.
    return bool(sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).digest() == item.id.raw)


def _file(
    old: RevisionSource, new: FileSource, path: str, types: tuple[FileType | None, FileType | None]
) -> Changed | None:
    before, after = (
        content_in(source, path) if kind == "file" else None for source, kind in zip((old, new), types, strict=True)
    )
    if before is not None and after is not None and _unix(before) == _unix(after):
        # A line end that an editor or git converts is no difference.
        return None
    unread = any(data is None and kind is not None for data, kind in zip((before, after), types, strict=True))
    return Changed(path, before, after, unread)


def content_in(source: FileSource, path: str) -> bytes | None:
    """The bytes of a file, None when they cannot be read; of too large a file only so many that this shows."""
    try:
        return source.read(path)[: MAX_BYTES + 1]
    except OSError:
        return None


def _unix(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")
