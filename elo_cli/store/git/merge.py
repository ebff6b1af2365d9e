"""Merges three versions of a text line by line, as git does, in a repository of its own that is thrown away."""

from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

import pygit2
from pygit2.enums import FileMode

from elo_cli.model.errors import N_, UnreadableProblem
from elo_cli.store.git.repository import FAULTS

_FIRST: Final = b"-\n"
"""Begins every version, and so the answer: pygit2 cannot give an empty one."""


class Lines(NamedTuple):
    """What git makes of three versions line by line; between markers what it cannot merge."""

    data: bytes
    clean: bool


def merge_lines(base: bytes, ours: bytes, theirs: bytes) -> Lines:
    """Merge three versions as git does by itself; what is no text stays ours, and is not clean.

    UnreadableProblem where there is no room for the three versions.
    """
    if any(b"\0" in version for version in (base, ours, theirs)):
        return Lines(ours, clean=False)
    try:
        with TemporaryDirectory(prefix="elo-merge-") as folder:
            repository = pygit2.init_repository(folder, bare=True)
            merged = repository.merge_file_from_index(
                _entry(repository, "base", base), _entry(repository, "ours", ours), _entry(repository, "theirs", theirs)
            )
    except FAULTS as error:
        raise UnreadableProblem(N_("the versions cannot be merged: {reason}"), reason=str(error)) from None
    if not isinstance(merged, pygit2.index.MergeFileResult):  # pragma: no cover - the other form is asked for by name
        return Lines(ours, clean=False)
    return Lines(merged.contents.encode("latin-1")[len(_FIRST) :], merged.automergeable)


def _entry(repository: pygit2.Repository, name: str, data: bytes) -> pygit2.IndexEntry:
    """A version under the name that stands at its marker.

    pygit2 gives the answer as text. Each byte is a letter to it, so that a version need not be UTF-8.
    """
    blob = repository.create_blob((_FIRST + data).decode("latin-1").encode("utf-8"))
    return pygit2.IndexEntry(name, blob, FileMode.BLOB)
