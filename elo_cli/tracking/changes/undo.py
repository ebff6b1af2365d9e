"""Which files go back to what was committed, when someone takes back what was changed since in some records."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from elo_cli.model.kinds import id_at, kind_at
from elo_cli.store.git.changes import Changed
from elo_cli.store.loading import read_file
from elo_cli.store.tracker import Tracker
from elo_cli.tracking.changes.change import Change
from elo_cli.tracking.changes.files import Differences


class Undone(NamedTuple):
    """What goes back, and what stands in the way of it."""

    files: tuple[Changed, ...]
    untouched: tuple[str, ...]
    """Of the ids that were asked for, those of which nothing has changed."""
    beside: tuple[str, ...]
    """Other records that have changed in the same files, and were not asked for."""


def undone(changed: Sequence[Changed], differences: Differences, ids: Iterable[str]) -> Undone:
    """The files to put back for these records, each of them whole; of all that have changed without any id."""
    wanted = dict.fromkeys(ids)
    if not wanted:
        return Undone(tuple(changed), (), ())
    of: dict[str, set[str]] = {record: set() for record in wanted}
    for change in differences.changes:
        # A record that got another id lies in two files.
        for record in {change.record, change.also} & wanted.keys():
            of[record] |= _paths(change)
    for file in changed:
        kind = kind_at(file.path)
        # A file whose form alone has changed, or that cannot be read, makes no change in meaning.
        if kind is not None and not kind.vocabulary and id_at(file.path) in wanted:
            of[id_at(file.path)].add(file.path)
    paths = set().union(*of.values())
    beside = dict.fromkeys(
        change.record
        for change in differences.changes
        if _paths(change) & paths and not {change.record, change.also} & wanted.keys()
    )
    return Undone(
        tuple(file for file in changed if file.path in paths),
        tuple(record for record, files in of.items() if not files),
        tuple(beside),
    )


def held(tracker: Tracker, files: Sequence[Changed]) -> Iterator[tuple[str, list[str]]]:
    """The ids that would go with these files, of new records or renamed ones, and which other files' records refer to.

    `tracker` is as it is before they go.
    """
    committed: dict[str, set[str]] = {}
    for file in files:
        kind = kind_at(file.path)
        entries = read_file(file.old, file.path, kind).entries if kind is not None and file.old is not None else ()
        committed[file.path] = {entry.id for entry in entries}
    for entry in tracker.entries.values():
        if entry.path in committed and entry.id not in committed[entry.path]:
            others = {link.origin for link in tracker.backlinks.get(entry.id, ())}
            if staying := sorted(other for other in others if tracker.entries[other].path not in committed):
                yield entry.id, staying


def _paths(change: Change) -> set[str]:
    return {place.path for place in (change.base, change.head) if place is not None}
