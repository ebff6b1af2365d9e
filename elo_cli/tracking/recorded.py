"""Every record on both clocks: as what was said changed it day by day, and as each commit recorded that."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from elo_cli.model.kinds import RECORD_KINDS, kind_at
from elo_cli.model.records.base import Record, Update
from elo_cli.model.records.funding import Funding
from elo_cli.model.records.meeting import Meeting
from elo_cli.model.records.vocabulary import Document
from elo_cli.store.git.recorded import Recording, recordings
from elo_cli.store.git.source import RevisionSource
from elo_cli.store.loading import config_of, read_file
from elo_cli.store.tracker import CONFIG_FILE, Entry, Tracker
from elo_cli.tracking.day.state import exists_from, state
from elo_cli.tracking.day.view import View

if TYPE_CHECKING:
    from elo_cli.model.config import TrackerConfig


class Stretch(NamedTuple):
    """Days on which nothing that was said of a record changed it, the end not among them; None for ever."""

    first: date | None
    end: date | None
    now: Record
    """The record as it stood, of money with the stage that the answers show."""
    set_by: Mapping[str, Update]
    """For each field that an update had set: the last one that did."""


class Recorded(NamedTuple):
    """One commit, and what it made of the records."""

    recording: Recording
    tracker: Tracker
    """The tracker as it was; it moves on with the next commit."""
    changed: Mapping[str, Entry | None]
    """The records that stood otherwise before, by id; None for one that is gone."""
    unread: int
    """How many files could not be read, so that nothing is known of their records."""


def stretches(tracker: Tracker, record: Record) -> Iterator[Stretch]:
    """How a record stood from the day on which it began to exist, stretch by stretch."""
    first = exists_from(tracker, record)
    days = sorted({day for day in _turning_days(tracker, record) if first is None or day > first})
    starts = [first, *days]
    for start, end in zip(starts, [*days, None], strict=True):
        day = start or date.min
        stood = state(record, day)
        now = stood.now
        if isinstance(now, Funding):
            now = now.model_copy(update={"stage": View(tracker, day).stage(now)})
        yield Stretch(start, end, now, stood.set_by)


def _turning_days(tracker: Tracker, record: Record) -> Iterator[date]:
    """The days from which something else may hold: of words, of retractions, of meetings that decide on money."""
    for update in record.all_updates:
        yield update.said_on
        if update.retracted is not None:
            yield update.retracted.date.word_day
    if isinstance(record, Funding):
        for name in _deciders(record):
            meeting = tracker.get(Meeting, name)
            if meeting is not None:
                yield from _turning_days(tracker, meeting)
                moved = (word.changes().get("held") for word in meeting.all_updates)
                for when in (meeting.date, *moved):
                    if when is not None and when.end is not None and when.end < date.max:
                        # From the day after it the meeting has passed.
                        yield when.end + timedelta(days=1)


def _deciders(line: Funding) -> set[str]:
    named = {line.decided_at, *(update.changes().get("decided_at") for update in line.all_updates)}
    return {name for name in named if name is not None}


def recorded(source: RevisionSource) -> Iterator[Recorded]:
    """What each commit up to a revision made of the records, the oldest first; only files that changed are read."""
    shelf = _Shelf()
    config: TrackerConfig | None = None
    for recording in recordings(source):
        if recording.source is None:
            yield Recorded(recording, Tracker(source, config), dict.fromkeys(shelf.entries), 0)
            shelf = _Shelf()
            continue
        languages = config.languages if config is not None else []
        if CONFIG_FILE in recording.files:
            # One that cannot be read says nothing: what held before it is the best that is known.
            config = config_of(recording.files[CONFIG_FILE]) or config
        touched = shelf.take(recording.files)
        tracker = Tracker(recording.source, config)
        tracker.entries = shelf.entries
        names = touched.keys() | set(shelf.dependent(tracker, touched))
        if languages != tracker.config.languages:
            names |= shelf.entries.keys()
        yield Recorded(recording, tracker, {name: shelf.entries.get(name) for name in names}, len(shelf.unread))


class _Shelf:
    """The records of a tracker as commits change them; of two with one id the first counts, as in reading."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.unread: set[str] = set()
        self._files: dict[str, dict[str, Entry]] = {}
        self._paths: dict[str, set[str]] = {}
        self._begins: dict[str, date | None] = {}

    def take(self, files: Mapping[str, bytes | None]) -> dict[str, Entry | None]:
        """Put what stands in files in the place of what stood there; gives the records that differ, as they were."""
        names: set[str] = set()
        for path, content in files.items():
            kind = kind_at(path)
            if kind is None:
                continue
            reading = read_file(content, path, kind) if content is not None else None
            fresh = {entry.id: entry for entry in reading.entries} if reading is not None else {}
            broken = reading is not None and bool(reading.broken or (reading.problems and not reading.entries))
            (self.unread.add if broken else self.unread.discard)(path)
            gone = self._files.get(path, {}).keys() - fresh.keys()
            for name in gone:
                self._paths[name].discard(path)
            for name in fresh:
                self._paths.setdefault(name, set()).add(path)
            names |= gone | fresh.keys()
            self._files[path] = fresh
        before = {name: self.entries.get(name) for name in names}
        return {name: before[name] for name in names if self._settle(name)}

    def dependent(self, tracker: Tracker, touched: Mapping[str, Entry | None]) -> Iterator[str]:
        """Records whose own file is as it was, and that stand otherwise since a document or a meeting changed."""
        entries = [entry for name in touched for entry in (touched[name], self.entries.get(name)) if entry is not None]
        anchors = any(isinstance(entry.record, Document | Meeting) for entry in entries)
        for name in self.entries if anchors else touched.keys() & self.entries.keys():
            record = self.entries[name].record
            begins = exists_from(tracker, record)
            if begins != self._begins.get(name, begins) or (
                isinstance(record, Funding) and _deciders(record) & touched.keys()
            ):
                yield name
            self._begins[name] = begins

    def _settle(self, name: str) -> bool:
        """Choose the record that counts for an id; whether it is another than before."""
        before, paths = self.entries.get(name), self._paths[name]
        if not paths:
            self._begins.pop(name, None)
            return self.entries.pop(name, None) is not None
        now = self.entries[name] = self._files[min(paths, key=_order)][name]
        return before is None or (before.kind, before.data) != (now.kind, now.data)


def _order(path: str) -> tuple[int, str]:
    """The place of a file among those of a tracker when all of it is read."""
    kind = kind_at(path)
    return (RECORD_KINDS.index(kind) if kind is not None and not kind.vocabulary else len(RECORD_KINDS), path)
