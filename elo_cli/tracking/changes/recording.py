"""When each update was first recorded: by the history of the files, which alone knows when a late word came in."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from elo_cli.store.git.log import history
from elo_cli.store.git.source import RevisionSource
from elo_cli.store.tracker import Entry
from elo_cli.store.yaml.strict import is_mapping, parse


class WordKey(NamedTuple):
    """What an update is known by, also when a translation is added or its text is mended."""

    record: str
    day: str
    """The day of the word as the file has it."""
    number: int
    """Which of the record's updates of that day it is, counted from 1."""


Recordings = Mapping[WordKey, datetime]
"""By update the moment (UTC) of the first commit that holds it; one that is in none has not been committed yet."""


def first_recorded(source: RevisionSource, entries: Iterable[Entry]) -> Recordings | None:
    """When the updates of some records were recorded first, up to a revision and under every id that a record has had.

    None where the history does not reach back to its beginning, as in a shallow clone: what it begins with is older.
    """
    if source.repository.shallow:
        return None
    paths: dict[str, str] = {}
    for entry in entries:
        if entry.kind.update is not None and entry.record.all_updates:
            for name in (entry.id, *(entry.record.formerly or ())):
                paths[entry.kind.path(name)] = entry.id
    found: dict[WordKey, datetime] = {}
    for commit in reversed(history(source, list(paths))) if paths else ():
        moment = datetime.fromtimestamp(commit.seconds, UTC)
        for file in commit.parents[0] if commit.parents else ():
            if file.new is not None and file.path in paths:
                for key in _words(file.new, file.path, paths[file.path]):
                    found.setdefault(key, moment)
    return found


def _words(data: bytes, path: str, record: str) -> Iterable[WordKey]:
    """The updates in one version of a file; one that cannot be read holds none."""
    value = parse(data, path).value
    updates = value.get("updates") if is_mapping(value) else None
    days: Counter[str] = Counter()
    for update in updates if isinstance(updates, list) else ():
        day = str(update.get("date")) if is_mapping(update) else ""
        days[day] += 1
        yield WordKey(record, day, days[day])
