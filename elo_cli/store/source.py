"""Where a tracker's files come from: the work tree here, a git revision in `store.git`; both give the same shape."""

import errno
import os
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Final, Literal, NamedTuple, Protocol

from elo_cli.model.errors import N_, UnreadableProblem, UsageProblem
from elo_cli.model.finding import Phrase

MAX_BYTES: Final = 1024 * 1024
"""What a file of records may have; of a larger one no more than one byte above is ever read."""

FileType = Literal["file", "folder", "link-outside", "of-elo", "other"]
"""A link in the work tree is always "link-outside": none is followed, since where it leads is not for data to say."""

_NO_FOLLOW: Final[int] = getattr(os, "O_NOFOLLOW", 0)
# Without O_NONBLOCK the opening of a named pipe waits for a writer. Each system knows its own part of these.
_READ: Final[int] = (
    os.O_RDONLY
    | _NO_FOLLOW
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_LEAST_READ: Final = 4096
_LINK_TAGS: Final = frozenset(
    {getattr(stat, "IO_REPARSE_TAG_SYMLINK", -1), getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)}
)
_OF_ELO: Final = re.compile(r"\.elo[-.].*|\..*\.edit\.yaml", re.DOTALL)
_DRAFT: Final = re.compile(r"\.elo-[0-9a-f]{32}-[0-9]+")


class ListedFile(NamedTuple):
    """One thing in a data folder: its path below the folder with `/` between names, and what it is."""

    path: str
    type: FileType

    @property
    def is_yaml(self) -> bool:
        """Whether it is a file that records can lie in."""
        return self.type == "file" and self.path.endswith(".yaml")


class NotFollowedError(OSError):
    """What was asked for is a link, or lies behind one."""

    def __init__(self, path: str) -> None:
        """Say so of this path."""
        super().__init__(errno.ELOOP, N_("it is a link, and links are not followed"), path)


class FileSource(Protocol):
    """A data folder that can be listed and read, wherever it lies."""

    @property
    def label(self) -> str:
        """What stands before a path in findings, such as `data`; empty when the paths stand alone."""
        ...

    @property
    def revision(self) -> str | None:
        """The revision that the files are of, None for the work tree."""
        ...

    def listing(self, folder: str) -> list[ListedFile]:
        """What lies in a folder below the data folder ("" for itself), sorted by path; empty when it does not exist."""
        ...

    def read(self, path: str) -> bytes:
        """The bytes of a file, at most one more than MAX_BYTES; OSError when it cannot be read."""
        ...


class WorkTree:
    """The files as they lie on the disk."""

    revision: str | None = None

    def __init__(self, root: Path, unfinished: Sequence[str] = ()) -> None:
        """Remember the folder, which alone may be reached through a link: who names it knows where it leads.

        `unfinished` are the files that a dead writer should have written still.
        """
        self.root = root
        self.unfinished = unfinished
        self.label = label_of(root)

    def listing(self, folder: str) -> list[ListedFile]:
        """What lies in a folder, nothing when it is a link; of hidden files only those that are named like elo's."""
        try:
            _refuse_links(self.root, folder)
            with os.scandir(self.root / folder) as entries:
                listing = [
                    ListedFile(f"{folder}/{entry.name}" if folder else entry.name, _type(entry))
                    for entry in entries
                    if not entry.name.startswith(".") or (is_of_elo(entry.name) and not self._in_use(entry))
                ]
        except (FileNotFoundError, NotADirectoryError, NotFollowedError):
            return []
        except OSError as error:
            raise UnreadableProblem(
                N_("the folder {folder} cannot be read: {reason}"),
                folder=f"{self.label}/{folder}",
                reason=reason_of(error),
            ) from None
        return sorted(listing)

    def read(self, path: str) -> bytes:
        """The bytes of a file, at most one more than MAX_BYTES; OSError when it cannot be read."""
        return read_regular(self.root, path)

    def _in_use(self, entry: "os.DirEntry[str]") -> bool:
        """Whether a hidden file is the lock, or a draft of someone who writes at this moment."""
        if entry.name == ".elo.lock":
            return entry.is_file(follow_symlinks=False)
        if _DRAFT.fullmatch(entry.name) is None:
            return False
        from elo_cli.store.lock import lock

        try:
            held = lock(Path(os.path.realpath(self.root)))
        except OSError:
            return False
        if held is not None:
            os.close(held)
        return held is None


def read_regular(root: Path, path: str, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a plain file below a folder, at most one more than `limit`, so that too much can be told.

    Raises OSError when it is not there or cannot be read, when it is a folder, pipe or device, or when it or a folder
    on the way to it is a link (NotFollowedError) or lies outside (`..`).
    """
    with open_regular(root, path) as (handle, size):
        return _read_up_to(handle, limit + 1, size + 1)


@contextmanager
def open_regular(root: Path, path: str) -> Iterator[tuple[int, int]]:
    """The handle and the size of a plain file below a folder, for reading. Raises OSError as `read_regular` does."""
    folder, _, name = path.rpartition("/")
    _refuse_links(root, folder if _NO_FOLLOW else path)
    if name in {"", ".", ".."}:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
    try:
        handle = os.open(f"{root}/{path}", _READ)
    except OSError as error:
        # A link is ELOOP on Linux and macOS, and EMLINK on FreeBSD.
        raise NotFollowedError(path) if error.errno in {errno.ELOOP, errno.EMLINK} else error from None
    try:
        status = os.fstat(handle)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, N_("it is a pipe or a device, and no file"), path)
        yield handle, status.st_size
    finally:
        os.close(handle)


def is_text(path: str) -> bool:
    """Whether a path is text: bytes that are not UTF-8 stand in it as lone surrogates."""
    return path.isascii() or not any("\ud800" <= character <= "\udfff" for character in path)


def _read_up_to(handle: int, size: int, likely: int) -> bytes:
    """At most so many bytes; nearly every file comes whole with the first call, which asks for one byte more."""
    parts: list[bytes] = []
    taken = 0
    while taken < size and (part := os.read(handle, min(size - taken, max(likely, _LEAST_READ)))):
        parts.append(part)
        taken += len(part)
        if taken == likely - 1:
            break
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _refuse_links(root: Path, path: str) -> None:
    """Raise NotFollowedError when a part of a path below the folder is a link, and OSError when one leads upwards."""
    at = str(root)
    for name in path.split("/") if path else ():
        if name in {"", ".", ".."}:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        at = f"{at}/{name}"
        if is_link(os.lstat(at)):
            raise NotFollowedError(path)


def is_link(status: os.stat_result) -> bool:
    """Whether it is a link, or what Windows has for one."""
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) in _LINK_TAGS


def _type(entry: "os.DirEntry[str]") -> FileType:
    if entry.name.startswith("."):
        return "of-elo"
    try:
        # What Windows has for a link to a folder is none to Python; elsewhere the question would cost a call a file.
        if entry.is_symlink() or (os.name == "nt" and is_link(entry.stat(follow_symlinks=False))):
            return "link-outside"
        if entry.is_dir():
            return "folder"
        return "file" if entry.is_file() else "other"
    except OSError:
        # A disk that fails: reading it says why.
        return "file"


def is_of_elo(name: str) -> bool:
    """Whether a hidden file is named as elo names, or once named, what it needed while it wrote."""
    return _OF_ELO.fullmatch(name) is not None


def read_bounded(path: Path, limit: int) -> bytes:
    """The bytes of a file that a person names, which may be a pipe. Raises UnreadableProblem beyond the limit.

    A pipe into which nobody writes is empty, and does not wait for ever.
    """

    def opened(name: str, flags: int) -> int:
        handle = os.open(name, flags | getattr(os, "O_NONBLOCK", 0))
        if hasattr(os, "O_NONBLOCK"):
            os.set_blocking(handle, True)
        return handle

    try:
        with open(path, "rb", opener=opened) as file:
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise UnreadableProblem(
            N_("“{file}” cannot be read: {reason}"), file=str(path), reason=reason_of(error)
        ) from None
    if len(data) > limit:
        raise UnreadableProblem(N_("“{file}” is larger than {limit} MB"), file=str(path), limit=limit // (1024 * 1024))
    return data


def label_of(root: Path) -> str:
    """The data folder as a person in the working folder would type it, with `/` on Windows too."""
    # Without `..`, as it leads; no link is asked.
    return path_from(Path.cwd(), Path(os.path.abspath(root)))  # noqa: PTH100


def path_from(here: PurePath, path: PurePath) -> str:
    """An absolute path as it is called in a folder: from there what lies below it, whole what does not."""
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()


def find_data(given: Path | None, start: Path | None = None) -> Path:
    """The data folder: the one given, else `data/` (or the folder itself) with a tracker.yaml at or above `start`.

    Raises UnreadableProblem when there is none, UsageProblem when the given one is a file.
    """
    if given is not None:
        return _given(given)
    start = start or Path.cwd()
    for folder in (start, *start.parents):
        for candidate in (folder / "data", folder):
            # Whatever has the name: reading says what is wrong with it.
            if os.path.lexists(candidate / "tracker.yaml"):
                if candidate != folder and candidate.is_symlink():
                    raise UnreadableProblem(
                        N_("“{folder}” is a link, which is followed only when it is asked for: --data {folder}"),
                        folder=str(candidate),
                    )
                return candidate
    raise UnreadableProblem(
        N_(
            "there is no tracker here: no data/tracker.yaml in this folder or above it. "
            "Right would be --data DIR, or elo init DIR for a new one."
        )
    )


def _given(given: Path) -> Path:
    try:
        mode = given.stat().st_mode
    except (OSError, ValueError) as error:
        raise UnreadableProblem(
            N_("the data folder “{folder}” cannot be read: {reason}"), folder=str(given), reason=reason_of(error)
        ) from None
    if not stat.S_ISDIR(mode):
        raise UsageProblem(
            N_("“{folder}” is not a folder; --data names the folder that holds tracker.yaml"), folder=str(given)
        )
    inner = given / "data"
    # `--data .` at the top of a repository means its data folder.
    return inner if not os.path.lexists(given / "tracker.yaml") and os.path.lexists(inner / "tracker.yaml") else given


# The system's own words for what goes wrong most often, so that they can be said in the reader's language.
_SYSTEM_WORDS: Final = (
    N_("No such file or directory"),
    N_("Permission denied"),
    N_("No space left on device"),
    N_("Read-only file system"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("File name too long"),
    N_("File exists"),
    N_("Input/output error"),
    N_("Disk quota exceeded"),
)


def reason_of(error: Exception) -> Phrase:
    """What the system says of a failed read or write, without its number; said in English where it is not known."""
    return Phrase(getattr(error, "strerror", None) or str(error))
