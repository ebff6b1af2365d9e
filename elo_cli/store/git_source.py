"""A data folder at a git revision, in the same shape as the work tree."""

import errno
import os
from functools import cached_property
from posixpath import dirname, join, normpath
from typing import Final

from elo_cli.model.errors import N_, UnreadableProblem
from elo_cli.store.git import Repository, TreeItem
from elo_cli.store.source import FileType, Listed, WorkTree, is_of_elo
from elo_cli.store.strict_yaml import MAX_BYTES

_LINK: Final = "120000"
FILE_MODES: Final = frozenset({"100644", "100755", "100664"})
_MAX_LINKS: Final = 20
_TRACKER: Final = "tracker.yaml"


class NoTrackerProblem(UnreadableProblem):
    """The revision is there, and holds no tracker."""


class RevisionSource:
    """The files of one commit; one listing and one batch of contents serve a whole tracker."""

    def __init__(self, repository: Repository, commit: str, rev: str) -> None:
        """Find the data folder in the commit; UnreadableProblem when there is no tracker in it."""
        self.repository = repository
        self.commit = commit
        self.revision: str | None = commit
        self.prefix = _data_folder(repository, commit, rev)
        """Where the data folder lies in the commit, from the top of the repository."""
        same = self.prefix == repository.prefix and not repository.bare
        self.label = WorkTree(repository.folder).label if same else self.prefix
        self._folders: dict[str, list[str]] = {}
        self._contents: dict[str, bytes] = {}

    def listing(self, folder: str) -> list[Listed]:
        """What lies in a folder; hidden files are passed over, as in the work tree."""
        if not self._folders:
            self._sort_out()
        return [Listed(path, self._type(path)) for path in sorted(self._folders.get(folder, ()))]

    def read(self, path: str) -> bytes:
        """The bytes of a file; OSError when there is none. Too large a file is cut right after the limit."""
        if not self._folders:
            # Whoever has listed nothing wants one file; whoever has, wants them all.
            return self._one(path)
        item = self._target(path)
        if item is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        if item.object_id not in self._contents:
            whole = [other.object_id for other in self._items.values() if _is_record(other)]
            wanted = [object_id for object_id in [item.object_id, *whole] if object_id not in self._contents]
            self._contents |= self.repository.blobs(wanted, MAX_BYTES)
        try:
            return self._contents[item.object_id]
        except KeyError:
            raise self.repository.missing(self.commit[:10]) from None

    @cached_property
    def _items(self) -> dict[str, TreeItem]:
        return {item.path: item for item in self.repository.tree(self.commit, self.prefix)}

    def _one(self, path: str) -> bytes:
        """One file, for whoever wants few: what lies beside it is not listed."""
        tree = f"{self.prefix}/{path}" if self.prefix else path
        found = self.repository.tree(self.commit, exactly=tree)
        if not found or found[0].mode not in FILE_MODES:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        return self.repository.blobs([found[0].object_id], MAX_BYTES)[found[0].object_id]

    def _sort_out(self) -> None:
        folders: dict[str, dict[str, None]] = {"": {}}
        for path in self._items:
            if path.startswith(".") or "/." in path:
                names = path.split("/")
                first = next(place for place, name in enumerate(names) if name.startswith("."))
                if not is_of_elo(names[first]):
                    continue
                path = "/".join(names[: first + 1])  # noqa: PLW2901 - what lies in it is not looked at
            while path:
                folder = dirname(path)
                below = folders.setdefault(folder, {})
                if path in below:
                    break
                below[path] = None
                path = folder  # noqa: PLW2901 - one path, step by step upwards
        self._folders = {folder: list(paths) for folder, paths in folders.items()}

    def _type(self, path: str) -> FileType:
        if path.rpartition("/")[2].startswith("."):
            return "of-elo"
        item = self._items.get(path)
        if item is None:
            return "folder"
        if item.mode in FILE_MODES:
            return "file"
        if item.mode != _LINK:
            # A submodule: nothing of it is in this repository.
            return "other"
        # A link to a folder is refused like one that leads out: git keeps no files below it, and none must be missed.
        target = self._link(item)
        return "file" if target is not None and self._target(target) is not None else "link-outside"

    def _target(self, path: str) -> TreeItem | None:
        """The file that a path names, through links inside the data folder."""
        for _ in range(_MAX_LINKS):
            item = self._items.get(path)
            if item is None or item.mode in FILE_MODES:
                return item
            target = self._link(item) if item.mode == _LINK else None
            if target is None:
                return None
            path = target
        return None

    def _link(self, item: TreeItem) -> str | None:
        """Where a link leads, from the data folder; None when that is outside of it."""
        if item.object_id not in self._contents:
            self._contents |= self.repository.blobs([item.object_id], MAX_BYTES)
        target = os.fsdecode(self._contents.get(item.object_id, b"/"))
        leads = normpath(join(dirname(item.path), target))
        return None if leads.startswith(("/", "..")) else leads


def _is_record(item: TreeItem) -> bool:
    return item.mode in FILE_MODES and item.path.endswith(".yaml")


def _data_folder(repository: Repository, commit: str, rev: str) -> str:
    """The data folder in a commit: where it lies now, or the folder that was the tracker's."""
    prefix = repository.prefix
    if repository.tree(commit, exactly=f"{prefix}/{_TRACKER}" if prefix else _TRACKER):
        return prefix
    found = [dirname(item.path) for item in repository.tree(commit) if item.path.rpartition("/")[2] == _TRACKER]
    if not found:
        raise NoTrackerProblem(N_("there is no tracker.yaml in revision “{rev}”"), rev=rev)
    # Moved or renamed: a folder of the same name is meant before one of another, and a high one before a deep one.
    name = prefix.rpartition("/")[2] or "data"
    return min(found, key=lambda folder: (folder.rpartition("/")[2] != name, folder.count("/"), folder))
