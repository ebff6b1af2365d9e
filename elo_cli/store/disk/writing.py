"""Changing the files of a tracker without ever losing one: one writer at a time, whole files, all of them or none.

New contents are drafted beside their places, flushed to the disk and renamed into them: a reader sees a file whole.
Several are first named in a plan, which lies in the user's state folder and never in the tracker: whoever wrote some
and died is seen by readers (`unfinished` of store.disk.plan), and the next writer does the rest.
"""

import errno
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from elo_cli.model.errors import N_, UnreadableProblem
from elo_cli.model.finding import Phrase
from elo_cli.model.kinds import FOLDERS
from elo_cli.store.disk import files as disk
from elo_cli.store.disk.memory import Drafts, drafting
from elo_cli.store.disk.plan import Step, content_of, digest_of, drop_plan, keep_plan, left_of, read_plan
from elo_cli.store.lock import lock
from elo_cli.store.source import reason_of

LOCK_FILE: Final = ".elo.lock"
"""The lock where a folder itself cannot be locked: on Windows, and on folders of a network."""
_NO_LOCK: Final = frozenset({errno.EBADF, errno.EINVAL, errno.EISDIR, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})
"""What a system says that locks files but no folders; any other error is one."""
LOCK_SECONDS: Final = 120
_MANY: Final = 64
Contents = Mapping[str, bytes | None]
"""New contents by path below the data folder; None for a file that goes."""


class Writer:
    """The one writer of a tracker, as long as `writing` holds the lock."""

    def __init__(self, folder: Path, drafts: Drafts) -> None:
        """Write below this data folder."""
        self.folder = folder
        self.notes: list[Phrase] = []
        """What the person at the terminal should know, such as a change of a dead writer that was finished."""
        self.wrote = False
        """Whether a change has landed; what fails from then on is not the change."""
        self._drafts = drafts
        self._seen: dict[str, bytes | None] = {}

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, None when there is none; a change after this reading is noticed when it is written."""
        content = content_of(self.folder, path)
        self._seen[path] = content
        return content

    def expect(self, path: str, content: bytes | None) -> None:
        """Say what was read of a file before; None when it was not there."""
        self._seen[path] = content

    def write(self, files: Contents) -> None:
        """Put these contents in their places, None for a file that goes: all of them, or none.

        Raises UnreadableProblem, with every file as it was, when the disk refuses or a file was changed since it was
        read; a file that was never read must not be there.
        """
        for path in files:
            self._refuse_changed(path)
        # What goes, goes last: of a change that is cut off, each record is there at least once.
        ordered = {path: content for path, content in files.items() if content is not None} | dict(files)
        try:
            drafts = self._drafted(ordered)
            if len(ordered) > 1:
                keep_plan(self.folder, {path: Step(digest_of(self._seen.get(path)), ordered[path]) for path in ordered})
            self._rename(ordered, drafts)
        except OSError as error:
            drop_plan(self.folder)
            name = os.fspath(error.filename) if isinstance(error.filename, str) else ""
            raise UnreadableProblem(
                N_("{path} could not be written: {reason}; the tracker is as it was"),
                path=name if name and self._drafts.token not in name else str(self.folder),
                reason=reason_of(error),
            ) from None
        self.wrote = True
        self._seen.update(ordered)
        self._flush({(self.folder / path).parent for path in ordered})
        drop_plan(self.folder)

    def _refuse_changed(self, path: str) -> None:
        if content_of(self.folder, path) != self._seen.get(path):
            raise UnreadableProblem(
                N_("{path} was changed by someone else in the meantime; nothing was written. Try again."), path=path
            )

    def _drafted(self, files: Contents) -> dict[str, Path]:
        # One flush of everything costs less than a thousand of one file each.
        many = len(files) > _MANY and hasattr(os, "sync")
        drafts = {}
        for path, content in files.items():
            if content is None:
                continue
            place = self.folder / path
            place.parent.mkdir(exist_ok=True)
            drafts[path] = self._drafts.name(place.parent)
            disk.write_draft(drafts[path], content, disk.mode_of(place), flush=not many)
        if many:
            os.sync()
        return drafts

    def _rename(self, files: Contents, drafts: Mapping[str, Path]) -> None:
        """Put each draft in its place, and all back when one is refused or the person interrupts."""
        done: list[str] = []
        try:
            for path in files:
                # Drafting takes its time, and an editor holds no lock.
                self._refuse_changed(path)
                done.append(path)
                if path in drafts:
                    drafts[path].replace(self.folder / path)
                else:
                    (self.folder / path).unlink()
        except BaseException:
            self._take_back(done)
            raise

    def _take_back(self, done: list[str]) -> None:
        """Put back what was there, each file whole; where that is refused, the plan stands and the next one goes on."""
        try:
            for path in reversed(done):
                place, old = self.folder / path, self._seen.get(path)
                if content_of(self.folder, path) == old:
                    continue
                if old is None:
                    place.unlink()
                else:
                    disk.put(place, old, self._drafts.name(place.parent))
        except (OSError, UnreadableProblem) as error:
            raise UnreadableProblem(
                N_("the change could not be finished: {reason}; the next elo that writes here will finish it"),
                reason=reason_of(error),
            ) from None
        drop_plan(self.folder)

    def _flush(self, folders: set[Path]) -> None:
        """Make the renames last; a disk that does not confirm them is told of, and the change stands."""
        try:
            for folder in folders:
                disk.flush_folder(folder)
        except OSError as error:
            self.notes.append(
                Phrase(
                    N_("the change is written, but the disk does not confirm that it will last: {reason}"),
                    {"reason": reason_of(error)},
                )
            )


@contextmanager
def writing(folder: Path, *, timeout: float = LOCK_SECONDS) -> Iterator[Writer]:
    """Hold the tracker's lock, and finish what a dead writer began; `notes` of the writer say so.

    Raises UnreadableProblem when another writer holds the lock for `timeout` seconds, or the disk refuses.
    """
    held = _hold(folder, timeout)
    try:
        with drafting(folder, [folder, *(folder / name for name in FOLDERS)]) as drafts:
            writer = Writer(folder, drafts)
            _finish(writer, drafts.name)
            yield writer
    finally:
        os.close(held)


def _hold(folder: Path, timeout: float) -> int:
    """The handle of the tracker's lock: on the data folder itself, so that nothing in it can stand for the lock."""
    until = time.monotonic() + timeout
    try:
        while (held := _try(folder)) is None:
            if time.monotonic() > until:
                raise UnreadableProblem(
                    N_("someone else has been writing to “{folder}” for {seconds} seconds; nothing was written"),
                    folder=str(folder),
                    seconds=int(timeout),
                )
            time.sleep(0.01)
    except OSError as error:
        raise UnreadableProblem(
            N_("“{folder}” cannot be written to: {reason}"), folder=str(folder), reason=reason_of(error)
        ) from None
    return held


def _try(folder: Path) -> int | None:
    if os.name != "nt":
        try:
            return lock(Path(os.path.realpath(folder)))
        except OSError as error:
            if error.errno not in _NO_LOCK:
                raise
    # A network's folder cannot be locked, its files can; all who write there come here and meet.
    return lock(folder / LOCK_FILE)


def _finish(writer: Writer, draft: Callable[[Path], Path]) -> None:
    """Do the rest of what a dead writer began; what someone changed since stays, and a change not begun is dropped."""
    folder = writer.folder
    plan = read_plan(folder)
    if plan is not None:
        old, changed = left_of(folder, plan)
        try:
            for path in old:
                content = plan[path].new
                if content is None:
                    (folder / path).unlink()
                else:
                    # git keeps no empty folder, and neither may whoever tidied up.
                    (folder / path).parent.mkdir(exist_ok=True)
                    disk.put(folder / path, content, draft((folder / path).parent))
                disk.flush_folder((folder / path).parent)
        except OSError as error:
            raise UnreadableProblem(
                N_("an unfinished change cannot be finished: {reason}; nothing else was written"),
                reason=reason_of(error),
            ) from None
        if old:
            paths = ", ".join(old)
            writer.notes.append(Phrase(N_("a change that had been cut off is finished: {paths}"), {"paths": paths}))
        if changed:
            said = N_("{paths} changed after a change that was cut off, and stays so; elo check says what is missing")
            writer.notes.append(Phrase(said, {"paths": ", ".join(changed)}))
    drop_plan(folder)
