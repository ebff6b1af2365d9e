"""The records that a name may mean: of a tracker that is read, or of the files of a folder, read only when asked."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from elo_cli.model.kinds import KINDS
from elo_cli.store.loading import load
from elo_cli.store.lookup import PartialSource, find, ids
from elo_cli.store.source import FileSource
from elo_cli.store.tracker import CONFIG_FILE, Tracker


class FileRecords:
    """The records of a folder."""

    def __init__(self, source: FileSource) -> None:
        """Read this source when there is a name to be found."""
        self.source = source

    def __contains__(self, record_id: str) -> bool:
        """Whether there is a record with this id; its file is read, and no other."""
        return find(self.source, record_id) is not None

    def of(self, kinds: Sequence[str]) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """The records of these kinds."""
        paths = {KINDS[kind].path(record_id) for kind in kinds for record_id in ids(self.source, [kind])}
        return _of(load(PartialSource(self.source, {CONFIG_FILE, *paths}, {})), kinds)


class TrackerRecords:
    """The records of a tracker."""

    def __init__(self, tracker: Tracker) -> None:
        """Ask this tracker."""
        self.tracker = tracker

    def __contains__(self, record_id: str) -> bool:
        """Whether there is a record with this id."""
        return record_id in self.tracker.entries

    def of(self, kinds: Sequence[str]) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """The records of these kinds."""
        return _of(self.tracker, kinds)


def _of(tracker: Tracker, kinds: Sequence[str]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    return [(entry.id, entry.data) for kind in kinds for entry in tracker.by_kind[kind].values()]
