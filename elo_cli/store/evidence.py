"""A folder of evidence: the files in it and their hashes. Plain files only, read in pieces; no link is followed."""

import os
from collections.abc import Callable
from functools import cached_property
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from elo_cli.model.errors import N_
from elo_cli.model.finding import Phrase
from elo_cli.store.source import is_link, label_of, open_regular, reason_of

PIECE: Final = 1024 * 1024
MOST_BYTES: Final = 16 * 1024**3
"""Of one file; no document is as large, and a file full of holes can claim any size."""
MOST_ENTRIES: Final = 100_000
"""Files, folders and links that are looked at."""

Progress = Callable[[int, int], None]
"""Told how many files, and how many bytes, have been read."""


class TooLargeError(OSError):
    """A file has more bytes than are hashed."""


class Listing(NamedTuple):
    """What lies in the folder, each as its path below it; hidden files and folders are left out."""

    files: tuple[str, ...]
    folders: frozenset[str]
    links: tuple[str, ...]
    others: tuple[str, ...]
    """Pipes and devices."""
    unread: tuple[tuple[str, Phrase], ...]
    """Folders that could not be listed, "" for the folder itself, with the reason."""
    cut: bool
    """Whether there are more entries than are looked at."""


class EvidenceFolder:
    """A folder that a person names; it alone may be reached by a link."""

    def __init__(self, root: Path, progress: Progress = lambda _files, _bytes: None) -> None:
        """Remember the folder; `progress` is called after each piece that was read."""
        self.root = root
        self.label = label_of(root)
        self._progress = progress
        self._hashes: dict[str, str] = {}
        self._bytes = 0

    def sha256(self, path: str) -> str:
        """The SHA-256 of a file below the folder, each file read once.

        Raises OSError when there is none, when it is a folder, pipe or device, when it or a folder on the way is a
        link, or when it has more than MOST_BYTES (TooLargeError).
        """
        if path not in self._hashes:
            self._hashes[path] = self._hashed(path)
        return self._hashes[path]

    def _hashed(self, path: str) -> str:
        digest, left = sha256(), MOST_BYTES
        with open_regular(self.root, path) as (handle, size):
            if size > MOST_BYTES:
                raise TooLargeError
            while part := os.read(handle, PIECE):
                left -= len(part)
                if left < 0:
                    raise TooLargeError
                digest.update(part)
                self._bytes += len(part)
                self._progress(len(self._hashes) + 1, self._bytes)
        return digest.hexdigest()

    @cached_property
    def listing(self) -> Listing:
        """What lies in the folder, in the order of the names."""
        kinds: dict[str, list[str]] = {"file": [], "folder": [], "link": [], "other": []}
        unread: list[tuple[str, Phrase]] = []
        waiting, left = [""], MOST_ENTRIES
        while waiting and left > 0:
            folder = waiting.pop()
            try:
                with os.scandir(f"{self.root}/{folder}") as entries:
                    for entry in islice(entries, left):
                        left -= 1
                        if entry.name.startswith("."):
                            continue
                        path = f"{folder}/{entry.name}" if folder else entry.name
                        kind = _kind(entry)
                        kinds[kind].append(path)
                        if kind == "folder":
                            waiting.append(path)
            except OSError as error:
                unread.append((folder, reason_of(error)))
        return Listing(
            tuple(sorted(kinds["file"])),
            frozenset(kinds["folder"]),
            tuple(sorted(kinds["link"])),
            tuple(sorted(kinds["other"])),
            tuple(sorted(unread)),
            cut=left <= 0,
        )


def _kind(entry: "os.DirEntry[str]") -> str:
    if is_link(entry.stat(follow_symlinks=False)):
        return "link"
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    return "file" if entry.is_file(follow_symlinks=False) else "other"


def why_unread(error: OSError) -> Phrase:
    """Why a file was not read, for a finding."""
    if isinstance(error, TooLargeError):
        return Phrase(N_("it has more than {limit} GB"), {"limit": MOST_BYTES // 1024**3})
    return reason_of(error)
