"""One record by its id without reading the others: a file bears its record's name, a vocabulary has its ids as keys.

So a writing verb costs the same on ten records as on ten thousand, and completion costs a listing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from elo_cli.model.errors import N_, UnreadableProblem
from elo_cli.model.finding import Where
from elo_cli.model.kind import VOCABULARY_FOLDER, Kind
from elo_cli.model.kinds import KINDS, RECORD_KINDS, VOCABULARIES, id_at
from elo_cli.model.records.base import Record
from elo_cli.model.records.request import PaymentRequest
from elo_cli.model.values import ID_PATTERN
from elo_cli.store.loading import load, read_file
from elo_cli.store.source import FileSource, ListedFile, reason_of
from elo_cli.store.tracker import CONFIG_FILE, Tracker, links_of

_ID: Final = re.compile(ID_PATTERN)
_KEY: Final = re.compile(rb"^(?:\xef\xbb\xbf)?(?P<quote>[\"']?)(?P<id>[a-z0-9-]+)(?P=quote)[ ]*:", re.MULTILINE)


class RecordFile(NamedTuple):
    """Where a record lies: its kind, its file, and its place in it."""

    kind: Kind
    path: str
    where: Where
    data: bytes
    """The bytes of its file."""


def is_id(text: str) -> bool:
    """Whether a text has the form of an id."""
    return _ID.fullmatch(text) is not None and len(text) <= 100  # noqa: PLR2004 - the model's own limit


def find(source: FileSource, record_id: str) -> RecordFile | None:
    """The record with this id, None when there is none; UnreadableProblem when its file cannot be read."""
    if not is_id(record_id):
        return None
    for kind in RECORD_KINDS:
        path = kind.path(record_id)
        if (data := read(source, path)) is not None:
            return RecordFile(kind, path, (), data)
    wanted = record_id.encode()
    for kind in VOCABULARIES:
        path = kind.path()
        data = read(source, path)
        if data is not None and wanted in data and any(match["id"] == wanted for match in _KEY.finditer(data)):
            return RecordFile(kind, path, (record_id,), data)
    return None


def read(source: FileSource, path: str) -> bytes | None:
    """The bytes of a file, None when there is none; UnreadableProblem when it cannot be read."""
    try:
        return source.read(path)
    except (FileNotFoundError, NotADirectoryError, KeyError):
        return None
    except OSError as error:
        raise UnreadableProblem(N_("{path} could not be read: {reason}"), path=path, reason=reason_of(error)) from None


def ids(source: FileSource, kinds: Iterable[str] = ()) -> Iterator[str]:
    """Every id of these kinds (of all without any), from names of files and keys of vocabularies; nothing is parsed."""
    wanted = [KINDS[name] for name in kinds] or list(KINDS.values())
    for kind in wanted:
        if kind.vocabulary:
            data = read(source, kind.path()) or b""
            yield from (match["id"].decode() for match in _KEY.finditer(data))
        else:
            yield from map(id_at, _files(source, kind))


class PartialSource:
    """Some files of a data folder, with new contents for those that are about to be written."""

    revision: str | None = None

    def __init__(self, source: FileSource, paths: Iterable[str], new: Mapping[str, bytes | None]) -> None:
        """Show the files at `paths` of the source, and `new` in place of what is there."""
        self.label = source.label
        self._source = source
        self._new = new
        self._paths = sorted({*paths, *new} - {path for path, content in new.items() if content is None})

    def listing(self, folder: str) -> list[ListedFile]:
        """What lies in a folder, as far as it is shown."""
        by_name: dict[str, ListedFile] = {}
        for path in self._paths:
            if not folder or path.startswith(f"{folder}/"):
                name, slash, _ = path[len(folder) + bool(folder) :].partition("/")
                by_name[name] = ListedFile(f"{folder}/{name}" if folder else name, "folder" if slash else "file")
        return list(by_name.values())

    def read(self, path: str) -> bytes:
        """The bytes of a file, the new ones where there are any."""
        content = self._new.get(path)
        return content if content is not None else self._source.read(path)


class OverlaidSource:
    """A data folder with new contents for the files that are about to be written."""

    revision: str | None = None

    def __init__(self, source: FileSource, new: Mapping[str, bytes]) -> None:
        """Show the source with `new` in place of what is there."""
        self.label = source.label
        self._source = source
        self._new = new

    def listing(self, folder: str) -> list[ListedFile]:
        """What lies in a folder, and what is about to."""
        listed = {item.path: item for item in self._source.listing(folder)}
        for path in self._new:
            if path.rpartition("/")[0] == folder:
                listed[path] = ListedFile(path, "file")
        return sorted(listed.values())

    def read(self, path: str) -> bytes:
        """The bytes of a file, the new ones where there are any."""
        return self._new[path] if path in self._new else self._source.read(path)


def neighbourhood(source: FileSource, file: RecordFile, new: bytes) -> Tracker:
    """A tracker of one record as it would be with these bytes, of what it refers to, and of what these refer to.

    What refers to the record is not there: that would mean to read every file. A payment request is seen with the other
    requests and with the milestones of its instalment, which it names nowhere.
    """
    paths = {CONFIG_FILE, file.path}
    reading = read_file(new, file.path, file.kind)
    paths |= {path for entry in reading.entries for path in _of_instalment(source, entry.record)}
    wanted = {link.target for entry in reading.entries for link in links_of(entry)}
    seen: set[str] = set()
    # Twice: a part is judged by its whole, and the whole by its measure.
    for _ in range(2):
        following: set[str] = set()
        for target in sorted(wanted - seen):
            seen.add(target)
            other = find(source, target)
            if other is None:
                continue
            paths.add(other.path)
            if not other.where:
                entries = read_file(other.data, other.path, other.kind).entries
                following |= {link.target for entry in entries for link in links_of(entry)}
        wanted = following
    # A document is published by an organisation, a programme is part of one: the vocabularies are few and small.
    paths |= {listed.path for listed in source.listing(VOCABULARY_FOLDER) if listed.type == "file"}
    return load(PartialSource(source, paths, {file.path: new}))


def _of_instalment(source: FileSource, record: Record) -> Iterator[str]:
    """The paths of all payment requests, and of the milestones that name its instalment; nothing for other kinds."""
    if not isinstance(record, PaymentRequest):
        return
    yield from _files(source, KINDS["request"])
    numbers = {
        record.number,
        *(update.number for update in record.updates or () if "number" in update.model_fields_set),
    }
    # Found in the bytes: to read twenty of a thousand files as records costs a fiftieth.
    named = re.compile(rb"instalment[\"']?\s*:\s*(?:%s)\b" % b"|".join(b"%d" % number for number in numbers))
    for path in _files(source, KINDS["milestone"]):
        if named.search(read(source, path) or b"") is not None:
            yield path


def _files(source: FileSource, kind: Kind) -> Iterator[str]:
    for listed in source.listing(kind.folder):
        if listed.is_yaml:
            yield listed.path
