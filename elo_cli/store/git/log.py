"""The commits that changed certain files, with the contents on both sides of each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import heappop, heappush
from posixpath import dirname
from typing import TYPE_CHECKING, Final, NamedTuple

from elo_cli.model.errors import UnreadableProblem
from elo_cli.store.git.changes import Changed, content_in
from elo_cli.store.git.repository import FILE_MODES, TREE, Repository, TreeItem
from elo_cli.store.git.source import RevisionSource

if TYPE_CHECKING:
    import pygit2

_MAX_MOVES: Final = 10
_KEPT: Final = 16
"""So many versions of files are not read again."""


class Commit(NamedTuple):
    """One commit: who recorded it when (seconds since 1970), with which subject, and what it made of the files.

    A merge has one list of files a parent, since only what differs from all of them is its own.
    """

    id: str
    seconds: int
    author: str
    subject: str
    parents: Sequence[Sequence[Changed]]


class _Step(NamedTuple):
    """A commit in which some paths are as in none of its parents, with what lies there in it and in each parent."""

    commit: "pygit2.Commit"
    now: Mapping[str, TreeItem]
    before: Sequence[Mapping[str, TreeItem]]


def history(source: RevisionSource, paths: Sequence[str]) -> list[Commit]:
    """The commits up to a revision that changed files (paths below the data folder), the newest first.

    The data folder is followed where it moved.
    """
    repository = source.repository
    # What a commit found before it is what the next older one made.
    blob = lru_cache(maxsize=_KEPT)(repository.blob)
    commits: list[Commit] = []
    where: RevisionSource | None = source
    for _ in range(_MAX_MOVES):
        if where is None:
            break
        steps = list(_steps(repository, where.commit, where.prefix, paths))
        commits += [_commit(blob, step) for step in steps]
        where = _before_move(repository, where, steps[-1].commit) if steps else None
        if where is not None:
            # The commit that moved the folder adds every file to it: what lay in the old place is what was before.
            oldest = commits[-1]
            parents = [[file._replace(old=content_in(where, file.path)) for file in files] for files in oldest.parents]
            commits[-1] = oldest._replace(parents=parents)
    return commits


def deleted_in(repository: Repository, commit: str, paths: Sequence[str]) -> dict[str, str]:
    """The last commit that deleted each of some paths below the folder, for those that a history once deleted."""
    commits: dict[str, str] = {}
    for step in _steps(repository, commit, repository.prefix, paths) if paths else ():
        for path in paths:
            if path not in step.now and all(path in before for before in step.before):
                commits.setdefault(path, str(step.commit.id))
    return commits


def _steps(repository: Repository, tip: str, prefix: str, paths: Sequence[str]) -> Iterator[_Step]:
    """The commits that changed paths, the newest first; of a merge the side that it took whole is followed alone."""
    look = _Look(repository, prefix, paths)
    first = repository.commit(tip)
    seen = {first.id}
    # By time, as `git log` does; the count keeps commits of one second in the order of their discovery.
    heap = [(-first.commit_time, 0, first)]
    while heap:
        _, _, commit = heappop(heap)
        parents = [repository.commit(parent) for parent in commit.parent_ids]
        now, before = look(commit), [look(parent) for parent in parents]
        same = next((parent for parent, there in zip(parents, before, strict=True) if there == now), None)
        if same is None and (parents or now):
            yield _Step(commit, now, before or [{}])
        for parent in parents if same is None else [same]:
            if parent.id not in seen:
                seen.add(parent.id)
                heappush(heap, (-parent.commit_time, len(seen), parent))


class _Look:
    """What lies at some paths in a commit; a tree that is the same again, as a parent's is, is not read again."""

    def __init__(self, repository: Repository, prefix: str, paths: Sequence[str]) -> None:
        self._repository = repository
        self._prefix = prefix
        self._folders: dict[str, list[str]] = {}
        for path in paths:
            self._folders.setdefault(dirname(path), []).append(path)
        self._tops: dict[pygit2.Oid, dict[str, TreeItem]] = {}
        self._known: dict[tuple[str, pygit2.Oid], dict[str, TreeItem]] = {}

    def __call__(self, commit: "pygit2.Commit") -> dict[str, TreeItem]:
        top = commit.tree_id
        known = self._tops.get(top)
        if known is None:
            data = self._repository.item(top, self._prefix)
            known = self._tops[top] = {} if data is None or data.mode != TREE else self._below(data.id)
        return known

    def _below(self, data: "pygit2.Oid") -> dict[str, TreeItem]:
        items: dict[str, TreeItem] = {}
        for folder in self._folders:
            item = self._repository.item(data, folder)
            if item is not None and item.mode == TREE:
                items |= self._inside(folder, item.id)
        return items

    def _inside(self, folder: str, tree: "pygit2.Oid") -> dict[str, TreeItem]:
        known = self._known.get((folder, tree))
        if known is None:
            items = {path: self._repository.item(tree, path.rpartition("/")[2]) for path in self._folders[folder]}
            known = self._known[folder, tree] = {path: item for path, item in items.items() if item is not None}
        return known


def _commit(blob: "Callable[[pygit2.Oid], bytes]", step: _Step) -> Commit:
    """A commit with the files that differ from every parent."""
    paths = sorted({*step.now}.union(*step.before))
    differing = [path for path in paths if all(before.get(path) != step.now.get(path) for before in step.before)]

    def content(item: TreeItem | None) -> bytes | None:
        return blob(item.id) if item is not None and item.mode in FILE_MODES else None

    commit = step.commit
    return Commit(
        str(commit.id),
        commit.commit_time,
        (commit.author.raw_name or b"").decode("utf-8", "replace"),
        _subject(commit),
        [
            [Changed(path, content(before.get(path)), content(step.now.get(path))) for path in differing]
            for before in step.before
        ]
        if differing
        else [],
    )


def _subject(commit: "pygit2.Commit") -> str:
    """The first paragraph of the message on one line, as git shows it."""
    text = commit.raw_message.decode("utf-8", "replace").lstrip("\n")
    return " ".join(text.partition("\n\n")[0].split("\n")).strip()


def _before_move(repository: Repository, source: RevisionSource, oldest: "pygit2.Commit") -> RevisionSource | None:
    """The data folder in the parent of a commit, if it lay elsewhere then; None when the life began there."""
    if not oldest.parent_ids:
        return None
    try:
        parent = str(oldest.parent_ids[0])
        before = RevisionSource(repository, parent, parent)
    except UnreadableProblem:
        return None
    return before if before.prefix != source.prefix else None
