"""What elo remembers from one run to the next, in the user's state folder: of a stranger's files nothing is believed.

A data folder comes from pull requests, and an output may be committed too. So what a dead run left, and what elo wrote
where, stands in XDG_STATE_HOME (else LOCALAPPDATA, else ~/.local/state), below `elo/` and a digest of the real path.
A git folder would not do: it may be missing, be read-only, or belong to someone else.
"""

import errno
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from hashlib import sha256
from pathlib import Path
from typing import Final

from elo_cli.store.disk.files import put
from elo_cli.store.lock import lock

DRAFT: Final = ".elo-"
"""What the name of a draft begins with; a token of its run follows, which no one else can know."""
_TOKEN: Final = re.compile("[0-9a-f]{32}")
_LINE: Final = re.compile("(?P<digest>[0-9a-f]{64})  (?P<path>[^\n]*)\n")
_WRITTEN: Final = "written"
_TURN_SECONDS: Final = 60
_NEW: Final = ".new"
_DRAFT_SECONDS: Final = 3600


def memory_of(place: Path) -> Path:
    """The folder of what is remembered of a file or folder; it need not be there. OSError where nobody has a home."""
    name = sha256(os.fsencode(os.path.realpath(place))).hexdigest()[:32]
    return _state_folder() / name


def make_memory(place: Path) -> Path:
    """The same folder, made, for this user's eyes only."""
    folder = memory_of(place)
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _state_folder() -> Path:
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
        named = os.environ.get(name, "")
        # The specification of XDG says that a relative path is to be passed over.
        if Path(named).is_absolute():
            return Path(named) / "elo"
    try:
        return Path.home() / ".local" / "state" / "elo"
    except RuntimeError as error:
        raise OSError(errno.ENOENT, str(error), "~/.local/state/elo") from None


class Drafts:
    """The names of one run's drafts; what still lies there when the run ends is taken away."""

    def __init__(self) -> None:
        """Choose a token."""
        self.token = secrets.token_hex(16)
        self._made: list[Path] = []

    def name(self, folder: Path) -> Path:
        """A new name in a folder."""
        path = folder / f"{DRAFT}{self.token}-{len(self._made)}"
        self._made.append(path)
        return path

    def clear(self, rescue: Callable[[Path], None]) -> bool:
        """Take away what is left, after `rescue` has seen it; whether nothing is."""
        for path in self._made:
            _clear(path, rescue)
        return not any(map(os.path.lexists, self._made))


@contextmanager
def drafting(place: Path, folders: Iterable[Path], rescue: Callable[[Path], None] = lambda _: None) -> Iterator[Drafts]:
    """Names for drafts of one place; those that dead runs left in `folders` are taken away before, and ours after.

    `rescue` is called with each draft first: it may take something out of it. A run is dead when nobody holds the lock
    on its token, and only a token that stands in the memory counts. Without a memory only this tidiness is lost.
    """
    drafts = Drafts()
    entry: Path | None = None
    held: int | None = None
    with suppress(OSError):
        room = make_memory(place) / "drafts"
        room.mkdir(mode=0o700, exist_ok=True)
        for other in room.iterdir():
            _sweep(other, folders, rescue)
        entry = room / drafts.token
        held = lock(entry)
    try:
        yield drafts
    finally:
        gone = drafts.clear(rescue)
        if held is not None:
            os.close(held)
        if gone and entry is not None:
            with suppress(OSError):
                entry.unlink()


def _sweep(entry: Path, folders: Iterable[Path], rescue: Callable[[Path], None]) -> None:
    if _TOKEN.fullmatch(entry.name) is None or (held := lock(entry)) is None:
        return
    try:
        start = f"{DRAFT}{entry.name}-"
        for folder in folders:
            names = os.listdir(folder) if folder.is_dir() else []  # noqa: PTH208 - names are enough
            for name in names:
                if name.startswith(start):
                    _clear(folder / name, rescue)
    finally:
        os.close(held)
    entry.unlink(missing_ok=True)


def _clear(path: Path, rescue: Callable[[Path], None]) -> None:
    with suppress(OSError):
        rescue(path)
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


@contextmanager
def in_turn(place: Path) -> Iterator[None]:
    """Let one run at a time put something in a place and remember it; without a memory nobody waits."""
    held: int | None = None
    until = time.monotonic() + _TURN_SECONDS
    with suppress(OSError):
        entry = make_memory(place) / "turn"
        while (held := lock(entry)) is None and time.monotonic() < until:
            time.sleep(0.01)
    try:
        yield
    finally:
        if held is not None:
            os.close(held)


def keep(file: Path, content: bytes, *, alone: bool = False) -> None:
    """Give a file of the memory these bytes, whole; OSError, which names the file, leaves it as it was.

    `alone` says that the caller holds a lock, so that whatever else lies there half made is of a run that died.
    """
    _sweep_old(file, 0 if alone else _DRAFT_SECONDS)
    try:
        # A name of its own: where nothing can be locked, two runs may be here at once.
        put(file, content, file.with_name(f"{file.name}.{secrets.token_hex(8)}{_NEW}"))
    except OSError as error:
        # A full disk names nothing, and the reader would look for room in the wrong place.
        raise OSError(error.errno, error.strerror or str(error), str(file)) from None


def _sweep_old(file: Path, seconds: float) -> None:
    """Take away the drafts of a file that have lain there for more than some seconds."""
    with suppress(OSError):
        for draft in file.parent.glob(f"{escape(file.name)}.*{_NEW}"):
            with suppress(OSError):
                if not seconds or time.time() - draft.lstat().st_mtime > seconds:
                    draft.unlink()


def remember(place: Path, written: Iterable[tuple[str, str]]) -> OSError | None:
    """Keep what elo wrote at a place: the path of each file below it ("" for the place itself) and its SHA-256.

    Gives the error where that cannot be done: then only `--force` writes there again.
    """
    try:
        lines = "".join(f"{digest}  {path}\n" for path, digest in sorted(written))
        keep(make_memory(place) / _WRITTEN, lines.encode("utf-8", "surrogateescape"))
    except OSError as error:
        return error
    return None


def remembered(place: Path) -> set[tuple[str, str]]:
    """What elo wrote at a place when it last did; empty when it never did or nothing is remembered."""
    try:
        text = (memory_of(place) / _WRITTEN).read_bytes().decode("utf-8", "surrogateescape")
    except OSError:
        return set()
    return {(line["path"], line["digest"]) for line in _LINE.finditer(text)}
