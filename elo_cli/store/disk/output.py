"""Writing what others read: a file or a folder is made beside its place and swapped in when it is whole.

Until then the old one stays as it is; a full disk, a lost permission or a second run leaves one of the two, whole.
Only what elo wrote, and nobody has changed since, is replaced unasked: the user's own memory says so, never a mark in
what stands there, which a stranger could have committed. A link is never written through.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Final

from elo_cli.model.errors import N_, UnreadableProblem, UsageProblem
from elo_cli.model.finding import Phrase
from elo_cli.store.disk.files import put
from elo_cli.store.disk.memory import drafting, in_turn, remember, remembered
from elo_cli.store.source import reason_of

Told = Callable[[Phrase], None]
_TRIES: Final = 20
_OLD: Final = "old"


def _to_nobody(_note: Phrase) -> None:
    """Tell nothing."""


def write_file(path: Path, content: bytes, *, force: bool = False, tell: Told = _to_nobody) -> None:
    """Write a file whole or not at all, flushed to the disk; an old one's mode stays. A pipe or a device is written to.

    A file that stands there is replaced when elo wrote it and it is as it was, or by `force`. What the person should
    know goes to `tell`.
    Raises UsageProblem where it may not be, or where a folder or a link stands; UnreadableProblem where the disk
    refuses.
    """
    try:
        if _to_stream(path, content):
            return
        refuse_links(path)
        # As it was judged: `a/..` leads elsewhere when `a` is a link.
        target = Path(os.path.abspath(path))  # noqa: PTH100 - links are judged
        if target.is_dir():
            raise UsageProblem(N_("“{path}” is a folder; right would be the name of a file"), path=str(path))
        seen = {("", _digest(target))} if target.exists() else set()
        if not force and not seen <= remembered(target):
            raise UsageProblem(
                N_(
                    "“{path}” exists, and elo did not write it here, or someone has changed it since; "
                    "--force replaces it, or name another file"
                ),
                path=str(path),
            )
        with drafting(target, [target.parent]) as drafts, in_turn(target):
            ours = remembered(target)
            # Before it is there, so that a run that dies here does not make a stranger of its own file.
            lost = remember(target, (seen & ours) | {("", sha256(content).hexdigest())})
            # What another run of elo has put there meanwhile may go, what anyone else has may not.
            put(target, content, drafts.name(target.parent), lambda: _refuse_changed(path, target, seen | ours))
        _tell_lost(path, lost, tell)
    except OSError as error:
        raise _unwritable(path, error) from None


def write_stdout(content: bytes) -> None:
    """Write bytes as they are to where the answer goes."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


@contextmanager
def write_folder(path: Path, *, force: bool = False, tell: Told = _to_nobody) -> Iterator[Path]:
    """A folder to fill, which takes the place of `path` when the block ends well, and is gone when it does not.

    A folder that stands there is replaced when it is empty, or when elo wrote everything in it and it is as it was;
    `force` replaces any but one whose loss would be a disaster: a repository, a tracker or a part of one, the working
    folder or one above it. Raises UsageProblem where it may not be replaced, UnreadableProblem where the disk refuses.
    """
    try:
        refuse_links(path)
        target = Path(os.path.abspath(path))  # noqa: PTH100 - links are judged, as above
        ours = _judged(path, target, force=force)
        kept: list[Path] = []
        target.parent.mkdir(parents=True, exist_ok=True)
        with drafting(target, [target.parent], lambda draft: kept.extend(_rescue(draft, target, ours))) as drafts:
            beside = drafts.name(target.parent)
            beside.mkdir(mode=0o700)
            fresh = beside / "new"
            fresh.mkdir()
            yield fresh
            written = {(name, _digest(fresh / name)) for name in _files(fresh)}
            if target.is_dir():
                fresh.chmod(target.stat().st_mode & 0o7777)
            with in_turn(target):
                ours |= remembered(target)
                remember(target, written | remembered(target))
                _swap(fresh, target, beside)
                lost = remember(target, written)
        _tell_lost(path, lost, tell)
        if kept:
            raise UnreadableProblem(
                N_(
                    "“{path}” is written, but someone else put something there in the meantime; "
                    "what stood there is kept in {kept}"
                ),
                path=str(path),
                kept=", ".join(map(str, kept)),
            )
    except OSError as error:
        raise _unwritable(path, error) from None


def _tell_lost(path: Path, lost: OSError | None, tell: Told) -> None:
    if lost is not None:
        note = N_(
            "what elo wrote to “{path}” cannot be remembered in {memory}: {reason}; to replace it later takes --force"
        )
        tell(Phrase(note, {"path": str(path), "memory": str(lost.filename), "reason": reason_of(lost)}))


def _to_stream(path: Path, content: bytes) -> bool:
    """Write to what is no file: our own stdout by whichever name, a pipe, a device; False for all else.

    A link to one counts only where the system keeps such links, since any other may be a stranger's.
    """
    systems = Path(os.path.abspath(path)).is_relative_to("/dev")  # noqa: PTH100 - links are to be seen
    if path.is_symlink() and not systems:
        return False
    if systems and _is_stdout(path):
        write_stdout(content)
        return True
    if not path.exists() or path.is_file() or path.is_dir():
        return False
    path.write_bytes(content)
    return True


def _is_stdout(path: Path) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(sys.stdout.fileno()))
    except (OSError, ValueError):
        return False


def refuse_links(path: Path, below: Path | None = None) -> None:
    """Refuse a path that is a link or leads through one, as far as it lies below a folder (default: the working one).

    What lies higher is the user's own, such as a home on another disk; what lies below may come from a stranger.
    """
    here, whole = (Path(os.path.abspath(place)) for place in (below or Path.cwd(), path))  # noqa: PTH100 - links are seen
    for part in (whole, *whole.parents):
        if part != whole and not (part != here and part.is_relative_to(here)):
            break
        if part.is_symlink():
            raise UsageProblem(
                N_("“{path}” is a link or leads through one, and elo writes through no link; name the place itself"),
                path=str(path),
            )


def _refuse_changed(path: Path, target: Path, ours: set[tuple[str, str]]) -> None:
    if os.path.lexists(target) and ("", _digest(target)) not in ours:
        raise UnreadableProblem(
            N_("{path} was changed by someone else in the meantime; nothing was written. Try again."), path=str(path)
        )


def _judged(path: Path, target: Path, *, force: bool) -> set[tuple[str, str]]:
    """What may be lost of a folder: what elo wrote there, by `force` all that is there now; refuses the rest."""
    if target.exists() and not target.is_dir():
        raise UsageProblem(N_("“{path}” is a file; right would be the name of a folder"), path=str(path))
    ours = remembered(target)
    foreign = next((name for name in _files(target) if (name, _digest(target / name)) not in ours), None)
    if foreign is not None and not force:
        raise UsageProblem(
            N_(
                "“{path}” holds “{foreign}”, which elo did not write here, or which someone has changed since; "
                "--force replaces all of it, or name an empty or new folder"
            ),
            path=str(path),
            foreign=foreign,
        )
    within = any((parent / "tracker.yaml").is_file() for parent in Path(os.path.realpath(target)).parents)
    if _precious(target) or (foreign is not None and within):
        raise UsageProblem(
            N_(
                "“{path}” holds a repository or a tracker, is part of one, or is the folder that you work in or lies "
                "above it; not even --force replaces it"
            ),
            path=str(path),
        )
    return ours if foreign is None else ours | {(name, _digest(target / name)) for name in _files(target)}


def _swap(fresh: Path, target: Path, beside: Path) -> None:
    """Put the new folder in the old one's place; tried again when another run swaps at the same moment."""
    for number in range(_TRIES):
        old = beside / f"{_OLD}-{number}"
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


def _rescue(draft: Path, target: Path, ours: set[tuple[str, str]]) -> list[Path]:
    """Give back the old folder that a run took away before it died or was interrupted.

    One that holds what may not be lost, since someone put it there after it was judged, is kept beside under the name
    that is returned.
    """
    kept: list[Path] = []
    if draft.is_dir() and not draft.is_symlink():
        for old in sorted(draft.glob(f"{_OLD}-*"), reverse=True):
            if not os.path.lexists(target):
                old.rename(target)
            elif old.is_symlink() or not old.is_dir() or any((n, _digest(old / n)) not in ours for n in _files(old)):
                names = (target.with_name(f"{target.name}.kept-{number}") for number in count(1))
                kept.append(old.rename(next(name for name in names if not os.path.lexists(name))))
    return kept


def _precious(folder: Path) -> bool:
    """Whether a slip of the hand named a folder that nobody means to replace: `elo export . --force`."""
    real = Path(os.path.realpath(folder))
    if Path(os.path.realpath(Path.cwd())).is_relative_to(real) or ".git" in real.parts:
        return True
    return any(
        ".git" in names or "tracker.yaml" in names or {"HEAD", "objects", "refs"} <= names
        for names in ({*folders, *files} for _, folders, files in os.walk(folder, onerror=_raise))
    )


def _files(folder: Path) -> Iterator[str]:
    """Everything in a folder that is no folder, by its path with `/` between names; links are not followed."""
    for here, folders, files in os.walk(folder, onerror=_raise):
        links = [name for name in folders if (Path(here) / name).is_symlink()]
        # Once a folder: a path made of each name takes as long as reading the file.
        below = Path(here).relative_to(folder).as_posix()
        for name in sorted([*files, *links]):
            yield name if below == "." else f"{below}/{name}"


def _digest(path: Path) -> str:
    """The SHA-256 of a file; of what is none, something that is no digest."""
    if path.is_symlink() or not path.is_file():
        return "no file"
    with path.open("rb") as file:
        digest = sha256()
        while part := file.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()


def _raise(error: OSError) -> None:
    # A folder that is not there yet holds nothing.
    with suppress(FileNotFoundError):
        raise error


def _unwritable(path: Path, error: OSError) -> UnreadableProblem:
    return UnreadableProblem(
        N_("“{path}” could not be written: {reason}; what stood there is untouched"),
        path=str(path),
        reason=reason_of(error),
    )
