"""A data folder at a git revision, in the same shape as the work tree."""

import errno
import os
from functools import cached_property
from pathlib import Path
from posixpath import dirname
from typing import TYPE_CHECKING, Final

from elo_cli.model.errors import N_, UnreadableProblem
from elo_cli.store.git.repository import FILE_MODES, LINK, TREE, Repository, TreeItem
from elo_cli.store.source import FileType, ListedFile, WorkTree, is_of_elo

if TYPE_CHECKING:
    import pygit2

_MAX_FOLDERS: Final = 100_000
_TRACKER: Final = "tracker.yaml"


class NoTrackerProblem(UnreadableProblem):
    """The revision is there, and holds no tracker."""


class RevisionSource:
    """The files of one commit; a folder is read when it is listed, a file when it is asked for."""

    def __init__(self, repository: Repository, commit: str, rev: str) -> None:
        """Find the data folder in the commit; UnreadableProblem when there is no tracker in it."""
        self.repository = repository
        self.commit = commit
        self.revision: str | None = commit
        self._top = repository.top(commit)
        self.prefix = _data_folder(repository, self._top, rev)
        """Where the data folder lies in the commit, from the top of the repository."""
        same = self.prefix == repository.prefix and not repository.bare
        self.label = WorkTree(repository.folder).label if same else self.prefix
        self._folders: dict[str, dict[str, TreeItem]] = {}

    def listing(self, folder: str) -> list[ListedFile]:
        """What lies in a folder; hidden files are passed over, as in the work tree."""
        return sorted(
            ListedFile(path, "of-elo" if path.rpartition("/")[2].startswith(".") else _type(item))
            for path, item in self.items(folder).items()
        )

    def type_of(self, path: str) -> FileType | None:
        """What lies at a path below the data folder; None when nothing does."""
        item = self.item(path)
        return None if item is None else _type(item)

    def is_same_data(self, other: "RevisionSource") -> bool:
        """Whether both hold one and the same data folder, wherever it lies."""
        return self.item("") == other.item("")

    def has_same_folder(self, other: "RevisionSource", folder: str) -> bool:
        """Whether a folder is as in the other; what lies in it is then read once for both, and for those after them."""
        same = self.item(folder) == other.item(folder)
        if same:
            self._folders[folder] = other.items(folder)
        return same

    def only_files(self, folder: str) -> bool:
        """Whether nothing in a folder is a link or a submodule, whose contents lie elsewhere."""
        return all(item.mode in FILE_MODES or item.mode == TREE for item in self.items(folder).values())

    def items(self, folder: str) -> dict[str, TreeItem]:
        """What lies in a folder by its path below the data folder, without hidden files; nothing for no folder."""
        items = self._folders.get(folder)
        if items is None:
            item = self.item(folder)
            inner = self.repository.items(item.id) if item is not None and item.mode == TREE else ()
            items = {
                f"{folder}/{name}" if folder else name: child
                for name, child in inner
                if not name.startswith(".") or is_of_elo(name)
            }
            self._folders[folder] = items
        return items

    def item(self, path: str) -> TreeItem | None:
        """What lies at a path below the data folder; None when nothing does."""
        folder = dirname(path)
        if folder in self._folders and path and not path.rpartition("/")[2].startswith("."):
            return self._folders[folder].get(path)
        return self.repository.item(self._data, path)

    def read(self, path: str) -> bytes:
        """The bytes of a file; OSError when there is none, UnreadableProblem when it is missing from the clone.

        Too large a file is given as git.TOO_LARGE.
        """
        item = self.item(path)
        if item is None or item.mode not in FILE_MODES:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        return self.repository.blob(item.id)

    @cached_property
    def _data(self) -> "pygit2.Oid":
        item = self.repository.item(self._top, self.prefix)
        if item is None:  # pragma: no cover - the folder was found in this tree
            raise self.repository.missing(self.commit[:10])
        return item.id


def at_revision(folder: Path, rev: str) -> RevisionSource:
    """The data folder as it was recorded at a revision, wherever it lay in the repository then.

    Raises UsageProblem for what is no revision, UnreadableProblem when git, the revision or the tracker is not there.
    """
    repository = Repository(folder)
    return RevisionSource(repository, repository.resolve(rev), rev)


def _type(item: TreeItem) -> FileType:
    if item.mode == TREE:
        return "folder"
    if item.mode in FILE_MODES:
        return "file"
    # A link is not followed; of a submodule nothing is in this repository.
    return "link-outside" if item.mode == LINK else "other"


def _data_folder(repository: Repository, top: "pygit2.Oid", rev: str) -> str:
    """The data folder in a commit: where it lies now, or the folder that was the tracker's."""
    prefix = repository.prefix
    if repository.item(top, f"{prefix}/{_TRACKER}" if prefix else _TRACKER):
        return prefix
    # Moved or renamed: a folder of the same name is meant before one of another, and a high one before a deep one.
    name = prefix.rpartition("/")[2] or "data"
    folders = trackers(repository, top)
    if not folders:
        raise NoTrackerProblem(N_("there is no tracker.yaml in revision “{rev}”"), rev=rev)
    return min(folders, key=lambda folder: (folder.rpartition("/")[2] != name, folder.count("/"), folder))


def trackers(repository: Repository, top: "pygit2.Oid") -> list[str]:
    """Every folder with a tracker.yaml, the high ones first.

    The same folder again is passed over: a few trees that name each other can stand for more paths than can be walked.
    """
    folders = []
    seen: set[tuple[pygit2.Oid, str]] = set()
    level = [("", top)]
    while level and len(seen) < _MAX_FOLDERS:
        below = []
        for folder, tree in level:
            name = folder.rpartition("/")[2]
            if (tree, name) in seen:
                continue
            seen.add((tree, name))
            for inner, item in repository.items(tree):
                if item.mode == TREE:
                    below.append((f"{folder}/{inner}" if folder else inner, item.id))
                elif inner == _TRACKER:
                    folders.append(folder)
        level = below
    return folders
