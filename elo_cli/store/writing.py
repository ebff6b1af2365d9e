"""Changing the files of a tracker without ever losing one: one writer at a time, whole files, all of them or none.

New contents are written to a hidden folder in the data folder and flushed to the disk. One file is then put in its
place by a rename, which a reader sees whole or not at all. Several are first named in a plan; from the moment the plan
stands, the next writer finishes what a dead one began, and before that moment nothing has changed.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Final

from elo_cli.model.errors import N_, UnreadableProblem
from elo_cli.store.source import reason_of

LOCK_FILE: Final = ".elo.lock"
DRAFTS: Final = ".elo-draft"
"""The folder of contents that are not yet in their places; without a plan in it, it is rubbish of a dead writer."""
PLAN: Final = "plan.json"
LOCK_SECONDS: Final = 120
_MANY: Final = 64


class Writer:
    """The one writer of a tracker, as long as `writing` holds the lock."""

    def __init__(self, folder: Path) -> None:
        """Write below this data folder."""
        self.folder = folder
        self._real = os.path.realpath(folder)
        self._seen: dict[str, bytes | None] = {}

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, None when there is none; a change after this reading is noticed when it is written."""
        content = self._content(path)
        self._seen[path] = content
        return content

    def expect(self, path: str, content: bytes | None) -> None:
        """Say what was read of a file before the lock was held; None when it was not there."""
        self._seen[path] = content

    def write(self, files: Mapping[str, bytes | None]) -> None:
        """Put these contents in their places, None for a file that goes: all of them, or none.

        Raises UnreadableProblem, with every file as it was, when the disk refuses or a file was changed since it was
        read; a file that was never read must not be there.
        """
        for path in files:
            if self._content(path) != self._seen.get(path):
                raise UnreadableProblem(
                    N_("{path} was changed by someone else in the meantime; nothing was written. Try again."), path=path
                )
        try:
            self._draft(files)
            if len(files) > 1:
                self._plan(files)
            _carry_out(self.folder, self._steps(files))
        except OSError as error:
            self._take_back(files)
            name = os.fspath(error.filename) if error.filename else ""
            raise UnreadableProblem(
                N_("{path} could not be written: {reason}; the tracker is as it was"),
                path=name if name and DRAFTS not in name else str(self.folder),
                reason=reason_of(error),
            ) from None
        self._seen.update(files)

    def _take_back(self, files: Mapping[str, bytes | None]) -> None:
        """Put back what was there, where a disk refused halfway; what cannot be put back, the next writer finishes."""
        drafts = self.folder / DRAFTS
        if (drafts / PLAN).exists():
            try:
                for path in files:
                    old = self._seen.get(path)
                    if old is None:
                        self._place(path).unlink(missing_ok=True)
                    elif self._content(path) != old:
                        self._place(path).write_bytes(old)
                (drafts / PLAN).unlink()
            except OSError as error:
                raise UnreadableProblem(
                    N_("the change could not be finished: {reason}; the next elo that writes here will finish it"),
                    reason=reason_of(error),
                ) from None
        shutil.rmtree(drafts, ignore_errors=True)

    def _content(self, path: str) -> bytes | None:
        try:
            return self._place(path).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise UnreadableProblem(
                N_("{path} could not be read: {reason}"), path=path, reason=reason_of(error)
            ) from None

    def _place(self, path: str) -> Path:
        """Where a file really lies; a link out of the data folder is not followed."""
        place = Path(os.path.realpath(self.folder / path))
        if not place.is_relative_to(self._real):
            raise UnreadableProblem(N_("{path} leads out of the data folder"), path=path)
        return place

    def _steps(self, files: Mapping[str, bytes | None]) -> list[tuple[Path, str | None]]:
        """Each file's place, and the name of its draft; None for a file that goes."""
        return [
            (self._place(path), str(number) if content is not None else None)
            for number, (path, content) in enumerate(files.items())
        ]

    def _draft(self, files: Mapping[str, bytes | None]) -> None:
        drafts = self.folder / DRAFTS
        shutil.rmtree(drafts, ignore_errors=True)
        drafts.mkdir()
        many = len(files) > _MANY and hasattr(os, "sync")
        for number, (path, content) in enumerate(files.items()):
            if content is None:
                continue
            place = self._place(path)
            draft = drafts / str(number)
            with draft.open("wb") as file:
                file.write(content)
                file.flush()
                if not many:
                    os.fsync(file.fileno())
            if self._seen.get(path) is not None:
                draft.chmod(place.stat().st_mode & 0o7777)
            place.parent.mkdir(parents=True, exist_ok=True)
        if many:
            # One flush of everything costs less than a thousand of one file each.
            os.sync()

    def _plan(self, files: Mapping[str, bytes | None]) -> None:
        """Name what shall be done; the rename of the plan is the moment from which it counts."""
        steps = [
            {"path": path, "draft": None if content is None else str(number), "old": _digest(self._seen.get(path)),
             "new": _digest(content)}
            for number, (path, content) in enumerate(files.items())
        ]  # fmt: skip
        drafts = self.folder / DRAFTS
        fresh = drafts / f"{PLAN}.new"
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(steps, file)
            file.flush()
            os.fsync(file.fileno())
        _flush_folder(drafts)
        fresh.rename(drafts / PLAN)
        _flush_folder(drafts)
        _flush_folder(self.folder)


@contextmanager
def writing(folder: Path, *, timeout: float = LOCK_SECONDS) -> Iterator[Writer]:
    """Hold the tracker's lock, and finish what a dead writer began.

    Raises UnreadableProblem when another writer holds the lock for `timeout` seconds, or the folder refuses it.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK_FILE)
    try:
        lock.acquire(timeout=timeout, poll_interval=0.01)
    except Timeout:
        raise UnreadableProblem(
            N_("someone else has been writing to “{folder}” for {seconds} seconds; nothing was written"),
            folder=str(folder),
            seconds=int(timeout),
        ) from None
    except (OSError, NotImplementedError) as error:
        raise UnreadableProblem(
            N_("“{folder}” cannot be written to: {reason}"), folder=str(folder), reason=reason_of(error)
        ) from None
    try:
        finish(folder)
        yield Writer(folder)
    finally:
        lock.release()


def interrupted(folder: Path) -> bool:
    """Whether a writer died after its plan stood: some files may be new and others old until the next one finishes."""
    return (folder / DRAFTS / PLAN).exists()


def finish(folder: Path) -> None:
    """Carry out the plan of a dead writer, or throw away its drafts when there is none; the lock must be held.

    Raises UnreadableProblem when a file that the plan names was changed by hand since.
    """
    drafts = folder / DRAFTS
    try:
        if interrupted(folder):
            plan = json.loads((drafts / PLAN).read_text("utf-8"))
            places: list[tuple[Path, str | None]] = []
            for entry in plan:
                place = folder / entry["path"]
                content = place.read_bytes() if place.exists() else None
                if _digest(content) not in {entry["old"], entry["new"]}:
                    raise UnreadableProblem(
                        N_("{path} is newer than the unfinished change in {drafts}; remove that folder to drop it"),
                        drafts=str(drafts),
                        path=entry["path"],
                    )
                places.append((place, entry["draft"]))
            _carry_out(folder, places)
        elif drafts.exists():
            shutil.rmtree(drafts)
    except OSError as error:
        raise UnreadableProblem(
            N_("“{folder}” cannot be written to: {reason}"), folder=str(folder), reason=reason_of(error)
        ) from None


def _carry_out(folder: Path, steps: list[tuple[Path, str | None]]) -> None:
    """Put each draft in its place; a step that was done before is passed over, so that it can be done twice."""
    drafts = folder / DRAFTS
    for place, draft in steps:
        if draft is None:
            place.unlink(missing_ok=True)
        elif (drafts / draft).exists():
            (drafts / draft).replace(place)
    for parent in {place.parent for place, _ in steps}:
        _flush_folder(parent)
    # The plan goes first: without it the folder is rubbish.
    (drafts / PLAN).unlink(missing_ok=True)
    shutil.rmtree(drafts, ignore_errors=True)


def _digest(content: bytes | None) -> str | None:
    return None if content is None else sha256(content).hexdigest()


def _flush_folder(folder: Path) -> None:
    """Make a rename last: a folder is flushed like a file, where the system can do that."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
