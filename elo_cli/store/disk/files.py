"""Files whole or not at all: what every writing of elo is made of, a draft beside its place and a rename."""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_BINARY: Final = getattr(os, "O_BINARY", 0)
_NO_FLUSH: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})
"""What a system says that cannot flush a folder; it flushes a rename in its own time."""


def write_draft(draft: Path, content: bytes, mode: int | None, *, flush: bool = True) -> None:
    """Make a new file with these bytes on the disk; OSError when something lies there, a link too.

    Without a mode the process's own decides.
    """
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK | _BINARY, 0o666)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        if mode is not None:
            draft.chmod(mode & 0o7777)
        if flush:
            file.flush()
            os.fsync(file.fileno())


def put(place: Path, content: bytes, draft: Path, judge: Callable[[], None] = lambda: None) -> None:
    """Give a file these bytes by a draft beside it and a rename; its mode stays. OSError leaves it as it was.

    `judge` is called right before the rename, and raises where it may not be.
    """
    try:
        write_draft(draft, content, mode_of(place))
        judge()
        draft.replace(place)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise


def mode_of(place: Path) -> int | None:
    """The mode of a file, None when there is none."""
    try:
        return place.lstat().st_mode
    except FileNotFoundError:
        return None


def flush_folder(folder: Path) -> None:
    """Make the renames in a folder last: it is flushed like a file, where the system can do that."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_FLUSH:
            raise
    finally:
        os.close(handle)
