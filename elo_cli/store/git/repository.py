"""What was recorded in git, read by libgit2: no program is run, nothing is fetched, and nothing is written.

libgit2 knows no hooks on reading, no replaced objects, no programs for filters, differences or transport; and of the
repository's settings only the names of its remotes are asked for. Work trees are read by `store.source`, not by git.
"""

import re
import shlex
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

import pygit2
from pygit2.enums import ObjectType

from elo_cli.model.characters import CONTROL
from elo_cli.model.errors import N_, UnreadableProblem, UsageProblem
from elo_cli.store.git.find import find
from elo_cli.store.git.index import KnownFiles
from elo_cli.store.yaml.limits import MAX_BYTES

FILE_MODES: Final = frozenset({0o100644, 0o100755, 0o100664})
TREE: Final = 0o040000
LINK: Final = 0o120000
TOO_LARGE: Final = b"\0" * (MAX_BYTES + 1)
"""Stands for a file over the limit, which is never held: a few packed bytes can be gigabytes."""
_MAX_OBJECT: Final = 1 << 26
"""Bytes of the largest folder or commit that is read; a folder of 50,000 files has two million."""

_ENTRIES: Final = re.compile(rb"([0-7]+) ([^\0]+)\0(.{20})", re.DOTALL)
"""The entries of a tree as git stores it; one by one through the library takes four times as long."""

FAULTS: Final = (pygit2.GitError, KeyError, ValueError, OSError)
"""What libgit2 raises for whatever it cannot find or read."""


class TreeItem(NamedTuple):
    """One thing in a folder of a revision: its mode and its object."""

    mode: int
    id: pygit2.Oid


class Repository:
    """A git repository, seen from one folder in it."""

    def __init__(self, folder: Path) -> None:
        """Find the repository around a folder; UnreadableProblem when there is none or it cannot be read."""
        self.folder = folder
        self._git, self.prefix, self.bare = find(folder)
        self._objects = self._git.odb
        self.shallow = self._git.is_shallow

    def resolve(self, rev: str) -> str:
        """The commit that a revision names; a UsageProblem or UnreadableProblem says why there is none."""
        if not rev or rev.startswith("-") or CONTROL.search(rev) or "\n" in rev:
            raise UsageProblem(
                N_("“{rev}” is not a revision; right would be a commit, tag or branch such as HEAD~1 or v2021.2"),
                rev=rev,
            )
        try:
            commit = self._git.revparse_single(rev).peel(pygit2.Commit)
        except FAULTS:
            raise self._unknown(rev) from None
        return str(commit.id)

    def names(self) -> list[str]:
        """The branches and tags, as one types them; those of other repositories with the name of theirs before."""
        references = (name.decode("utf-8", "replace") for name in self._git.raw_listall_references())
        kinds = ("refs/heads/", "refs/tags/", "refs/remotes/")
        return sorted({name.removeprefix(kind) for name in references for kind in kinds if name.startswith(kind)})

    def commit(self, commit: str | pygit2.Oid) -> pygit2.Commit:
        """A commit by its full id; UnreadableProblem when it is missing or damaged."""
        item = self._object(commit)
        if not isinstance(item, pygit2.Commit):
            raise self.missing(str(commit)[:10])
        return item

    def merge_base(self, one: str, other: str) -> str:
        """The commit from which two commits went their own ways."""
        try:
            base = self._git.merge_base(one, other)
        except FAULTS:
            raise self.missing(one[:10]) from None
        if base is None:
            if self.shallow:
                raise self.missing(one)
            raise UnreadableProblem(N_("{one} and {other} have no common history"), one=one[:10], other=other[:10])
        return str(base)

    def current_at(self, seconds: int, tip: str = "HEAD") -> str | None:
        """The commit that was current at a moment (seconds since 1970), along first parents; None before the first."""
        commit = self.commit(self.resolve(tip))
        while commit.commit_time > seconds:
            if not commit.parent_ids:
                return None
            commit = self.commit(commit.parent_ids[0])
        return str(commit.id)

    def recorded_at(self, commit: str) -> int:
        """When a commit was recorded, in seconds since 1970."""
        return self.commit(commit).commit_time

    def is_cut_off(self, commit: str) -> bool:
        """Whether a commit has parents that a shallow clone left out, so that nobody here can say what they held."""
        if not self.shallow or self.commit(commit).parent_ids:
            return False
        head, _, _ = self.commit(commit).read_raw().partition(b"\n\n")
        return b"\nparent " in head

    def top(self, commit: str) -> pygit2.Oid:
        """The tree of a commit."""
        return self.commit(commit).tree_id

    def item(self, tree: pygit2.Oid, path: str) -> TreeItem | None:
        """What lies at a path below a tree, None when nothing does; the tree itself for ""."""
        item = TreeItem(TREE, tree)
        for name in path.split("/") if path else ():
            if item.mode != TREE:
                return None
            inner = self._named(item.id, name)
            if inner is None:
                return None
            item = inner
        return item

    def items(self, tree: pygit2.Oid) -> Iterator[tuple[str, TreeItem]]:
        """What lies in one folder, by name; what is not UTF-8 comes with surrogates, as from the disk."""
        if not isinstance(self._object(tree), pygit2.Tree):
            raise self.missing()
        for mode, name, raw in _ENTRIES.findall(self._objects.read(tree)[1]):
            yield name.decode("utf-8", "surrogateescape"), TreeItem(int(mode, 8), pygit2.Oid(raw=raw))

    def blob(self, object_id: pygit2.Oid) -> bytes:
        """The bytes of a file, TOO_LARGE for one over the limit; UnreadableProblem when it is missing or damaged."""
        try:
            _, size = self._objects.read_header(object_id)
            return TOO_LARGE if size > MAX_BYTES else self._objects.read(object_id)[1]
        except FAULTS:
            raise self.missing() from None

    def known_files(self) -> KnownFiles:
        """What git's index says of the files below the folder in the work tree."""
        return KnownFiles(self.folder, Path(self._git.path) / "index", self.prefix)

    @cached_property
    def partial(self) -> bool:
        """Whether the clone left files out that its remote holds."""
        try:
            names = [entry.name.lower() for entry in self._git.config]
        except FAULTS:
            return False
        return any(re.fullmatch(r"remote\..*\.promisor|extensions\.partialclone", name, re.DOTALL) for name in names)

    @cached_property
    def remote(self) -> str:
        """The remote that objects are fetched from; `origin` when none is named, or none that can be typed."""
        try:
            named = [name for name in self._git.remotes.names() if name and re.fullmatch(r"\w[\w./-]*", name, re.ASCII)]
        except FAULTS:
            named = []
        return "origin" if "origin" in named or not named else named[0]

    @property
    def empty(self) -> bool:
        """Whether nothing has been committed on any branch."""
        try:
            return next(iter(self._git.references), None) is None
        except FAULTS:
            # What cannot be read is not nothing; resolving a revision says what is wrong.
            return False

    def _named(self, tree: pygit2.Oid, name: str) -> TreeItem | None:
        try:
            item = self._tree(tree)[name]
        except (UnicodeEncodeError, TypeError):
            # A name that the library cannot make bytes of: one with surrogates, or any other than ASCII under LC_ALL=C.
            return next((item for other, item in self.items(tree) if other == name), None)
        except KeyError:
            return None
        return TreeItem(item.filemode, item.id)

    def _tree(self, tree: pygit2.Oid) -> pygit2.Tree:
        item = self._object(tree)
        if not isinstance(item, pygit2.Tree):
            raise self.missing()
        return item

    def _object(self, object_id: str | pygit2.Oid) -> pygit2.Object | None:
        """A commit or a tree; None for what is missing, damaged, or larger than any of these is."""
        try:
            kind, size = self._objects.read_header(object_id)
            return self._git[object_id] if kind is not ObjectType.BLOB and size <= _MAX_OBJECT else None
        except FAULTS:
            return None

    # What is said when there is no answer

    def _unknown(self, rev: str) -> UnreadableProblem:
        if self._git.head_is_unborn and (names := self.names()):
            # A branch of its own beginning, as `git checkout --orphan` makes it.
            if not re.match(r"(HEAD|@)([~^@{]|$)", rev):
                return UnreadableProblem(N_("there is no revision “{rev}”; git branch --all lists them"), rev=rev)
            return UnreadableProblem(
                N_("nothing has been committed yet on this branch; what others hold can be named: {names}"),
                names=", ".join(names[:5]) + (" …" if len(names) > 5 else ""),  # noqa: PLR2004 - enough to begin
            )
        if self._git.head_is_unborn:
            return UnreadableProblem(
                N_("nothing has been committed yet in this repository; git add and git commit record what is there")
            )
        for name in ("HEAD", rev):
            try:
                target = self._git.lookup_reference_dwim(name).resolve().target
            except FAULTS:
                continue
            if target not in self._git:
                return self.missing(name)
        if self.shallow:
            return self.missing(rev)
        return UnreadableProblem(N_("there is no revision “{rev}”; git log --oneline lists them"), rev=rev)

    def missing(self, rev: str = "HEAD") -> UnreadableProblem:
        """A revision or file that is not here, with the command that brings it, or that says what is damaged."""
        if self.shallow:
            return UnreadableProblem(
                N_("this clone is shallow and does not reach back to “{rev}”; run: {command}"),
                rev=rev,
                command=self._unshallow(rev),
            )
        if self.partial:
            return UnreadableProblem(
                N_("this clone lacks files that were recorded; run: {command}"),
                command=f"git fetch --refetch --no-filter {shlex.quote(self.remote)}",
            )
        return UnreadableProblem(
            N_("the repository is damaged: what “{rev}” needs is missing or broken; git fsck says what"), rev=rev
        )

    def _unshallow(self, rev: str) -> str:
        remote = shlex.quote(self.remote)
        branch = re.fullmatch(rf"{re.escape(self.remote)}/(?P<name>[A-Za-z0-9._/-]+)", rev)
        if branch is None:
            return f"git fetch --unshallow --tags {remote}"
        return f"git fetch --unshallow {remote} +refs/heads/{branch['name']}:refs/remotes/{rev}"


def is_repository(folder: Path) -> bool:
    """Whether a folder belongs to a repository that can be read."""
    try:
        Repository(folder)
    except UnreadableProblem:
        return False
    return True


def create_repository(folder: Path) -> None:
    """Begin a repository in a new folder, for `elo init --git`; one that is there stays as it is."""
    if (folder / ".git").exists():
        return
    try:
        pygit2.init_repository(folder.absolute(), initial_head="main")
    except FAULTS as error:
        raise UnreadableProblem(
            N_("no repository could be begun in “{folder}”: {reason}"), folder=str(folder), reason=str(error)
        ) from None
