"""Writing what others read: a file or a folder is made beside its place and swapped in when it is whole.

Until then the old one stays as it is; a full disk, a lost permission or a second run leaves one of the two, whole.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from elo_cli.model.errors import N_, UnreadableProblem, UsageProblem
from elo_cli.store.source import reason_of

MARK: Final = ".elo-output"
"""The file in a folder of ours that lists what elo wrote there, one path a line, itself not among them."""
_HEAD: Final = 4096
_TRIES: Final = 20


def write_file(path: Path, content: bytes, *, replace: Callable[[bytes], bool] | None = None) -> None:
    """Write a file whole or not at all, flushed to the disk; a link is followed, and the old file's mode stays.

    `replace` is asked, with its first 4,096 bytes, whether a file that stands there may go; without it any may.
    Raises UsageProblem where it may not or a folder stands there, UnreadableProblem where the disk refuses.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise UsageProblem(N_("“{path}” is a folder; right would be the name of a file"), path=str(path))
    draft: Path | None = None
    try:
        if target.exists() and not target.is_file():
            # A device or a pipe cannot be swapped; what is written to it goes there.
            target.write_bytes(content)
            return
        if replace is not None and target.exists() and not replace(_head(target)):
            raise UsageProblem(
                N_("“{path}” exists, and elo did not write it; --force replaces it, or name another file"),
                path=str(path),
            )
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".new", dir=target.parent)
        draft = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
        draft.replace(target)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)


@contextmanager
def write_folder(path: Path, *, force: bool = False) -> Iterator[Path]:
    """A folder to fill, which takes the place of `path` when the block ends well, and is gone when it does not.

    A folder that stands there is replaced when it is empty, or when elo wrote everything in it (MARK lists it); `force`
    replaces any but one whose loss would be a disaster: a repository, a tracker, the working folder or one above it.
    Raises UsageProblem where it may not be replaced, UnreadableProblem where the disk refuses.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_dir():
        raise UsageProblem(N_("“{path}” is a file; right would be the name of a folder"), path=str(path))
    beside: Path | None = None
    try:
        if force and _precious(target):
            raise UsageProblem(
                N_(
                    "“{path}” holds a repository or a tracker, or is the folder that you work in or lies above it; "
                    "not even --force replaces it"
                ),
                path=str(path),
            )
        if not force and (foreign := _foreign(target)) is not None:
            raise UsageProblem(
                N_("“{path}” holds “{foreign}”, which elo did not write; an empty or new folder would be right"),
                path=str(path),
                foreign=foreign,
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{target.name[:100]}.", suffix=".new", dir=target.parent))
        fresh = beside / "new"
        fresh.mkdir()
        yield fresh
        written = sorted(_files(fresh))
        (fresh / MARK).write_text("".join(f"{name}\n" for name in written), "utf-8")
        if target.exists():
            fresh.chmod(target.stat().st_mode & 0o7777)
        _swap(fresh, target, beside)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)


def _swap(fresh: Path, target: Path, beside: Path) -> None:
    """Put the new folder in the old one's place; tried again when another run swaps at the same moment."""
    for number in range(_TRIES):
        old = beside / f"old-{number}"
        try:
            target.rename(old)
        except FileNotFoundError:
            moved = False
        else:
            moved = True
        try:
            fresh.rename(target)
        except OSError:
            if moved and not target.exists():
                old.rename(target)
            if number == _TRIES - 1 or not target.exists():
                raise
        else:
            return


def _foreign(folder: Path) -> str | None:
    """A file in the folder that elo did not write, None when there is none."""
    if not folder.is_dir():
        return None
    try:
        ours = {MARK, *(folder / MARK).read_text("utf-8").splitlines()}
    except (FileNotFoundError, UnicodeDecodeError):
        ours = set()
    return next((name for name in _files(folder) if name not in ours), None)


def _precious(folder: Path) -> bool:
    """Whether a slip of the hand named a folder that nobody means to replace: `elo export . --force`."""
    here = Path(os.path.realpath(Path.cwd()))
    holds = (".git", "tracker.yaml", "data/tracker.yaml")
    return here.is_relative_to(folder) or any((folder / name).exists() for name in holds)


def _files(folder: Path) -> Iterator[str]:
    """Everything in a folder that is no folder, by its path with `/` between names; links are not followed."""
    for here, folders, files in os.walk(folder, onerror=_raise):
        links = [name for name in folders if (Path(here) / name).is_symlink()]
        for name in sorted([*files, *links]):
            yield (Path(here) / name).relative_to(folder).as_posix()


def _raise(error: OSError) -> None:
    raise error


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _unwritable(path: Path, error: OSError) -> UnreadableProblem:
    return UnreadableProblem(
        N_("“{path}” could not be written: {reason}; what stood there is untouched"),
        path=str(path),
        reason=reason_of(error),
    )
