"""The lock on a file or folder: writers hold it, and readers see whether one does."""

import os
from pathlib import Path
from typing import Final

_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def lock(place: Path) -> int | None:
    """The handle of a lock on a file (made when there is none) or on a folder; None while someone else holds it.

    The file is never read, written or cut, and a link is not followed. Whoever closes the handle lets go, and so does
    a process that dies. OSError where the system cannot lock.
    """
    from filelock import lock_descriptor

    flags = os.O_RDONLY if place.is_dir() else os.O_RDWR | os.O_CREAT
    handle = os.open(place, flags | _NO_LINK, 0o666)
    held = False
    try:
        held = lock_descriptor(handle, blocking=False)
    finally:
        if not held:
            os.close(handle)
    return handle if held else None
