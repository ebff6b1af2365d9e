"""From files that differ to records that differ: only those files are read, and others only when they are asked for."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from elo_cli.model.config import TrackerConfig
from elo_cli.model.kind import Kind
from elo_cli.model.kinds import FOLDERS, KINDS, RECORD_KINDS, VOCABULARIES, id_at, kind_at
from elo_cli.store.git.changes import Changed, changed_files
from elo_cli.store.git.source import RevisionSource
from elo_cli.store.loading import Reading, config_of, read_file, unreadable_config
from elo_cli.store.source import FileSource, is_text
from elo_cli.store.tracker import CONFIG_FILE, Entry, Tracker
from elo_cli.store.yaml.positions import TOP, Place, Positions
from elo_cli.tracking.changes.change import Change, Location
from elo_cli.tracking.changes.compare import Comparison, compare, settings_changes
from elo_cli.tracking.day.filters import Filters, passes
from elo_cli.tracking.day.view import View


class Differences(NamedTuple):
    """What changed between two versions of the files, with what could not be compared."""

    changes: list[Change]
    unreadable: list[str]
    """Paths below the data folder that could not be read on one of the sides."""
    texts: "SideTexts"
    entries: Mapping[str, Entry]
    """The records that differ, as they are now; those that are gone as they were."""
    unread: Sequence[str] = ()
    """Those of `unreadable` that cannot be read as they are now, so that nobody can say what became of them."""


class SideTexts:
    """The texts of both sides of the files that differ, for the lines of changes."""

    def __init__(self) -> None:
        """No text yet."""
        self.old: dict[str, bytes] = {}
        self.new: dict[str, bytes] = {}
        self._read: dict[bytes, Positions] = {}

    def base(self, spot: Location | None) -> Place:
        """The place of a spot on the old side; the top of the file where it is not there."""
        return self._place(self.old, spot)

    def head(self, spot: Location | None) -> Place:
        """The place of a spot on the new side."""
        return self._place(self.new, spot)

    def _place(self, side: Mapping[str, bytes], spot: Location | None) -> Place:
        if spot is None or spot.path not in side or not spot.where:
            return TOP
        data = side[spot.path]
        positions = self._read.get(data)
        if positions is None:
            text = data.decode("utf-8", "replace").removeprefix("\ufeff")
            positions = self._read[data] = Positions(text)
        return positions.key(spot.where)


@lru_cache(maxsize=64)
def _read(data: bytes, path: str, kind: str) -> Reading:
    """One version of a file; in a record's life each is the new side of one commit and the old side of the next."""
    return read_file(data, path, KINDS[kind])


def changes_between(base: RevisionSource, head: FileSource, config: TrackerConfig) -> Differences:
    """What changed in meaning from a revision to another one or to the files as they are."""
    return differences_of(changed_files(base, head), config)


def differences_of(files: list[Changed], config: TrackerConfig) -> Differences:
    """What changed in meaning in files that differ; `config` is the new side's."""
    old: dict[str, Entry] = {}
    new: dict[str, Entry] = {}
    texts = SideTexts()
    unreadable: list[str] = []
    broken: set[tuple[str, str]] = set()
    unread: list[str] = []
    first_language = config.first_language
    changes: list[Change] = []
    for file in files:
        if file.path == CONFIG_FILE:
            before, after = config_of(file.old), config_of(file.new)
            if before is None or after is None:
                unreadable.append(file.path)
            else:
                changes += settings_changes(before, after)
                # What was published is official in the language of its own day.
                first_language = before.first_language
                _remember(texts, file)
            continue
        kind = kind_at(file.path)
        if kind is None:
            # A folder of records that is a link or a submodule: nobody can say what lies in it.
            if file.special and file.path in FOLDERS:
                unreadable.append(file.path)
                unread.append(file.path)
            continue
        if file.special or not is_text(file.path):
            unreadable.append(file.path)
            if file.new is None:
                unread.append(file.path)
            broken.add((kind.name, id_at(file.path)))
            continue
        _remember(texts, file)
        sides = [None if data is None else _read(data, file.path, kind.name) for data in (file.old, file.new)]
        for reading, entries in zip(sides, (old, new), strict=True):
            if reading is None:
                continue
            # Of two files with one id the first is the record, as everywhere.
            for entry in reading.entries:
                entries.setdefault(entry.id, entry)
            if reading.broken or (reading.problems and not reading.entries):
                unreadable.append(file.path)
                unread += [file.path] if entries is new else []
                broken.update((kind.name, name) for name in reading.broken)
            if reading.problems and not reading.entries:
                # What the other side has is not gone because this side cannot be read.
                broken.update((kind.name, entry.id) for side in sides if side is not None for entry in side.entries)
    of_records = compare(Comparison(old, new, first_language, frozenset(broken)))
    return Differences(changes + of_records, sorted(set(unreadable)), texts, {**old, **new}, sorted(set(unread)))


def said_differences(tracker: Tracker, changes: list[Change]) -> Differences:
    """Changes found within one version of the files: both sides of each stand in the files as they are."""
    texts, paths = (
        SideTexts(),
        {spot.path for change in changes for spot in (change.base, change.head) if spot is not None},
    )
    for path in paths:
        texts.old[path] = texts.new[path] = tracker.source.read(path)
    entries = {change.record: tracker.entries[change.record] for change in changes if change.record in tracker.entries}
    return Differences(changes, [], texts, entries)


def changes_under(view: View, differences: Differences, filters: Filters) -> Differences:
    """Only the changes of records that pass; those that are gone are judged as they were."""
    return differences._replace(changes=passing(view, differences.changes, filters, differences.entries))


def passing(
    view: View, changes: Sequence[Change], filters: Filters, gone: Mapping[str, Entry] | None = None
) -> list[Change]:
    """The changes of records that pass as the view sees them; `gone` are those that it does not know any longer."""
    entries = {**(gone or {}), **view.tracker.entries}
    records = dict.fromkeys(change.record for change in changes)
    kept = {name for name in records if name in entries and passes(view, entries[name].record, filters)}
    return [change for change in changes if change.record in kept]


def settings_of(source: FileSource) -> TrackerConfig:
    """The settings of a tracker; UnreadableProblem when they cannot be read."""
    try:
        data = source.read(CONFIG_FILE)
    except OSError:
        data = None
    config = config_of(data)
    if config is None:
        raise unreadable_config(data, f"{source.label}/{CONFIG_FILE}" if source.label not in {"", "."} else CONFIG_FILE)
    return config


def lazy_tracker(source: FileSource, config: TrackerConfig, known: Mapping[str, Entry]) -> Tracker:
    """A tracker that reads a record when it is asked for by id: enough for names and links, and nothing else."""
    tracker = Tracker(source, config)
    tracker.entries = _LazyEntries(source, known)
    return tracker


class _LazyEntries(dict[str, Entry]):
    """Entries that are read when they are looked for; what is not there is looked for once."""

    def __init__(self, source: FileSource, known: Mapping[str, Entry]) -> None:
        super().__init__(known)
        self._source = source
        self._absent: set[str] = set()
        self._vocabularies: list[tuple[str, Kind]] | None = [(kind.path(), kind) for kind in VOCABULARIES]

    def get(self, key: str, default: Entry | None = None) -> Entry | None:  # type: ignore[override]
        if key in self:
            return self[key]
        if key in self._absent:
            return default
        for entry in self._read(key):
            self.setdefault(entry.id, entry)
        if key not in self:
            self._absent.add(key)
        return super().get(key, default)

    def _read(self, key: str) -> Iterator[Entry]:
        if self._vocabularies is not None:
            for path, kind in self._vocabularies:
                yield from self._file(path, kind)
            self._vocabularies = None
        if key not in self and "/" not in key:
            for kind in RECORD_KINDS:
                yield from self._file(kind.path(key), kind)

    def _file(self, path: str, kind: Kind) -> list[Entry]:
        try:
            return read_file(self._source.read(path), path, kind).entries
        except (OSError, ValueError):
            return []


def _remember(texts: SideTexts, file: Changed) -> None:
    for data, side in ((file.old, texts.old), (file.new, texts.new)):
        if data is not None:
            side[file.path] = data
