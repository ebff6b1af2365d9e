"""Which files git knows to be as they were recorded: by size and times, so that most need not be read.

Only a file that nobody can have touched since git hashed it is believed: the time of change (ctime) is set by the
system alone. What git was told about a file (assume-unchanged, skip-worktree) counts for nothing here.
"""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from struct import Struct
from typing import Final

_HEAD: Final = Struct(">4sII")
_ENTRY: Final = Struct(">10I20sH")
_FLAGS: Final = 60
"""Where in an entry the flags begin, two bytes with the length of the name."""
_NANO: Final = 1_000_000_000
_WORD: Final = 0xFFFFFFFF
_NAME: Final = 0x0FFF
_STAGE: Final = 0x3000
_EXTENDED: Final = 0x4000
_MAX_BYTES: Final = 1 << 28


class KnownFiles:
    """What git's index says of the files below a folder."""

    def __init__(self, root: Path, index: Path, prefix: str) -> None:
        """Read the index for a folder that lies at a prefix ("" for the top) of its work tree.

        An index that is missing, broken, or of a form that is not read says nothing: then every file is read itself.
        """
        self._root = str(root)
        self._written = 0
        self._entries: Mapping[str, bytes] = {}
        try:
            status = index.stat()
            if stat.S_ISREG(status.st_mode) and status.st_size <= _MAX_BYTES:
                self._written = status.st_mtime_ns
                self._entries = dict(
                    _entries(index.read_bytes(), (f"{prefix}/" if prefix else "").encode("utf-8", "surrogateescape"))
                )
        except (OSError, ValueError, LookupError):
            pass

    def holds(self, path: str, object_id: bytes) -> bool:
        """Whether a file on the disk is this object, by what the system says of it."""
        entry = self._entries.get(path)
        if entry is None:
            return False
        seconds, nano, wrote, wrote_nano, _, inode, _, _, _, size, known, _ = _ENTRY.unpack(entry)
        mtime, ctime = wrote * _NANO + wrote_nano, seconds * _NANO + nano
        # As young as the index it may have changed within the same tick of the clock.
        if known != object_id or max(mtime, ctime) >= self._written:
            return False
        try:
            now = os.lstat(f"{self._root}/{path}")
        except (OSError, ValueError):
            return False
        return (
            now.st_mtime_ns == mtime
            and now.st_ctime_ns == ctime
            and now.st_ino & _WORD == inode
            and now.st_size & _WORD == size
            and stat.S_ISREG(now.st_mode)
        )


def _entries(data: bytes, start: bytes) -> Iterator[tuple[str, bytes]]:
    """The entries below a folder of an index of version 2 or 3; nothing of one in another form."""
    sign, version, count = _HEAD.unpack_from(data) if len(data) > _HEAD.size else (b"", 0, 0)
    if sign != b"DIRC" or version not in {2, 3}:
        return
    at = _HEAD.size
    skip = len(start)
    for _ in range(count):
        name = at + _ENTRY.size
        flags = data[at + _FLAGS] << 8 | data[at + _FLAGS + 1]
        begin = name + 2 if flags & _EXTENDED else name
        length = flags & _NAME
        end = begin + length if length < _NAME else data.index(b"\0", begin)
        if not flags & _STAGE and data.startswith(start, begin):
            yield data[begin + skip : end].decode("utf-8", "surrogateescape"), data[at:name]
        # At least one NUL ends a name, and each entry takes a multiple of eight bytes.
        at += (end - at + 8) & ~7
