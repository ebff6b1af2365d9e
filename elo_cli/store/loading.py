"""Reading a tracker: every file of the data folder into records, and what is wrong with the others."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import normalize

from pydantic import ValidationError

from elo_cli.model.config import FORMAT, TrackerConfig
from elo_cli.model.errors import N_, UnreadableProblem
from elo_cli.model.finding import Phrase, Problem, Where
from elo_cli.model.kind import VOCABULARY_FOLDER, Kind
from elo_cli.model.kinds import FOLDERS, RECORD_KINDS, VOCABULARIES, id_at
from elo_cli.store.schema_problems import found_type, problems_of
from elo_cli.store.source import FileSource, ListedFile, NotFollowedError, WorkTree, is_text, reason_of
from elo_cli.store.tracker import CONFIG_FILE, Entry, Tracker
from elo_cli.store.yaml.ahead import Ahead, read_ahead
from elo_cli.store.yaml.strict import Parsed, Plain, is_mapping, parse

if TYPE_CHECKING:
    from elo_cli.model.records.base import Record

_NEWER: Final = "schema-newer-format"
_TOP_FILES: Final = frozenset({CONFIG_FILE, "README.md", "LICENSE", "LICENSE.md"})


def load(source: FileSource) -> Tracker:
    """Read the whole tracker; files that cannot be read are problems of the tracker, and the others load.

    Raises UnreadableProblem when there is no data folder or no tracker.yaml in it.
    """
    if not any(listed.path == CONFIG_FILE for listed in source.listing("")):
        raise UnreadableProblem(N_("there is no tracker.yaml in “{folder}”"), folder=source.label)
    with _no_garbage_collection():
        problems: list[Problem] = []
        config = read_config(source, problems)
        tracker = Tracker(source, config)
        tracker.problems.extend(problems)
        if config is None:
            tracker.mark_incomplete(CONFIG_FILE)
            if any(problem.rule == _NEWER for problem in problems):
                # Records of another format would be full of what this elo takes for mistakes.
                return tracker
        # What is old beside what is new is no whole answer.
        for path in source.unfinished if isinstance(source, WorkTree) else ():
            tracker.mark_incomplete(path)
        _unexpected_at_top(tracker)
        listings = {kind.folder: source.listing(kind.folder) for kind in RECORD_KINDS}
        with read_ahead(source, listings) as ahead:
            for kind in RECORD_KINDS:
                _records(tracker, kind, listings[kind.folder], ahead)
        _vocabularies(tracker)
    return tracker


class Reading(NamedTuple):
    """One file read on its own: its records, its text, and what is wrong with it."""

    entries: list[Entry]
    text: str
    problems: list[Problem]
    broken: list[str]
    """Ids that the file holds but that could not be read."""


def read_file(data: bytes, path: str, kind: Kind) -> Reading:
    """The records in the bytes of one file of this kind, without a tracker around it."""
    return _read_parsed(parse(data, path), path, kind)


def _read_parsed(parsed: Parsed, path: str, kind: Kind) -> Reading:
    if kind.vocabulary:
        return _read_vocabulary(parsed, path, kind)
    name = id_at(path)
    if parsed.value is None:
        return Reading([], parsed.text, list(parsed.problems), [name])
    entry, problems = _validate(kind, parsed.value, path, ())
    problems = [*parsed.problems, *problems]
    if parsed.value.get("id") != name and isinstance(parsed.value.get("id"), str):
        problems.append(
            Problem("schema-id-file-name", path, ("id",), args={"id": parsed.value["id"], "file": name}, record=name)
        )
    return Reading([entry] if entry else [], parsed.text, problems, [] if entry else [name])


def _read_vocabulary(parsed: Parsed, path: str, kind: Kind) -> Reading:
    reading = Reading([], parsed.text, list(parsed.problems), [])
    for key, value in (parsed.value or {}).items():
        if not is_mapping(value):
            reading.problems.append(
                Problem(
                    "schema-type",
                    path,
                    (key,),
                    args={"field": key, "expected": Phrase(found_type({})), "found": Phrase(found_type(value))},
                    record=key,
                )
            )
            reading.broken.append(key)
            continue
        if "id" in value:
            # The key is the id; a second one could only contradict it.
            reading.problems.append(
                Problem(
                    "schema-unknown-field",
                    path,
                    (key, "id"),
                    args={"field": f"{key}.id", "detail": Phrase(N_("the name of the entry is its id"))},
                    record=key,
                )
            )
            reading.broken.append(key)
            continue
        entry, problems = _validate(kind, {"id": key, **value}, path, (key,))
        reading.problems.extend(problems)
        if entry:
            reading.entries.append(entry._replace(data=value))
        else:
            reading.broken.append(key)
    return reading


def _validate(kind: Kind, data: Plain, path: str, where: Where) -> tuple[Entry | None, list[Problem]]:
    try:
        record: Record = kind.record.model_validate(data)
    except ValidationError as error:
        name = data.get("id")
        record_id = name if isinstance(name, str) else id_at(path)
        return None, problems_of(error, kind.record, path, where, record_id)
    return Entry(record.id, kind, path, where, data, record), []


def read_config(source: FileSource, problems: list[Problem]) -> TrackerConfig | None:
    """The settings of a tracker; None, and what is wrong in `problems`, when they cannot be read."""
    try:
        parsed = parse(source.read(CONFIG_FILE), CONFIG_FILE)
    except NotFollowedError:
        problems.append(Problem("file-link-outside", CONFIG_FILE))
        return None
    except OSError as error:
        problems.append(Problem("file-unreadable", CONFIG_FILE, args={"reason": reason_of(error)}))
        return None
    problems.extend(parsed.problems)
    if parsed.value is None:
        return None
    if (newer := _newer_format(parsed.value)) is not None:
        problems.append(Problem(_NEWER, CONFIG_FILE, ("format",), args=newer))
        return None
    try:
        return TrackerConfig.model_validate(parsed.value)
    except ValidationError as error:
        problems.extend(problems_of(error, TrackerConfig, CONFIG_FILE, (), None))
        return None


def config_of(data: bytes | None) -> TrackerConfig | None:
    """The settings in the bytes of one tracker.yaml; None when they cannot be read."""
    value = None if data is None else parse(data, CONFIG_FILE).value
    try:
        return None if value is None else TrackerConfig.model_validate(value)
    except ValidationError:
        return None


def unreadable_config(data: bytes | None, path: str) -> UnreadableProblem:
    """Why the settings in these bytes cannot be used; `path` is what the reader knows tracker.yaml by."""
    newer = None if data is None else _newer_format(parse(data, CONFIG_FILE).value)
    if newer is None:
        return UnreadableProblem(N_("{path} cannot be read; elo check says why"), path=path)
    return UnreadableProblem(
        N_("{path} is of format {format}, and this elo reads up to {known}; install a newer elo"), path=path, **newer
    )


def _newer_format(value: object) -> dict[str, int] | None:
    """Which format the settings name, and the newest that is read here, where theirs is newer."""
    named = value.get("format") if is_mapping(value) else None
    return {"format": named, "known": FORMAT} if type(named) is int and named > FORMAT else None


def _records(tracker: Tracker, kind: Kind, listing: list[ListedFile], ahead: Ahead) -> None:
    for listed in _told_apart(tracker, listing):
        if _expected(tracker, listed, kind.folder):
            _take(tracker, listed.path, kind, ahead.value(listed.path))
        elif listed.type == "link-outside":
            tracker.broken[id_at(listed.path)] = kind.name


def _vocabularies(tracker: Tracker) -> None:
    kinds = {kind.path(): kind for kind in VOCABULARIES}
    for listed in _told_apart(tracker, tracker.source.listing(VOCABULARY_FOLDER)):
        kind = kinds.get(listed.path)
        if kind is None and listed.type not in {"link-outside", "of-elo"}:
            right = ", ".join(f"{kind.folder}.yaml" for kind in VOCABULARIES)
            tracker.problems.append(Problem("file-unexpected", listed.path, args={"right": right}))
        elif _expected(tracker, listed, VOCABULARY_FOLDER) and kind is not None:
            _take(tracker, listed.path, kind)


def _told_apart(tracker: Tracker, listing: list[ListedFile]) -> list[ListedFile]:
    """What lies in a folder, without the names that are not UTF-8; those, and the ones that clash, are named."""
    # Nearly every folder: nothing in it can be told apart in two ways.
    if all(listed.path.isascii() for listed in listing) and len({listed.path.lower() for listed in listing}) == len(
        listing
    ):
        return listing
    first: dict[str, str] = {}
    kept = []
    for listed in listing:
        if not is_text(listed.path):
            tracker.problems.append(Problem("file-name", listed.path, args={"detail": Phrase(N_("it is not UTF-8"))}))
            tracker.mark_incomplete(listed.path)
            continue
        kept.append(listed)
        # As the file systems of macOS and Windows see it.
        other = first.setdefault(normalize("NFC", normalize("NFC", listed.path).casefold()), listed.path)
        if other != listed.path:
            detail = Phrase(
                N_("it differs from {other} only in capital letters or in how accents are written"),
                {"other": tracker.shown(other)},
            )
            tracker.problems.append(Problem("file-name", listed.path, args={"detail": detail}))
    return kept


def _expected(tracker: Tracker, listed: ListedFile, folder: str) -> bool:
    """Whether this can be a file of records; what cannot is named."""
    if listed.type == "link-outside":
        tracker.problems.append(Problem("file-link-outside", listed.path))
        tracker.mark_incomplete(listed.path)
        return False
    if listed.type == "of-elo":
        tracker.problems.append(Problem("file-of-elo", listed.path))
        return False
    if not listed.is_yaml:
        tracker.problems.append(Problem("file-unexpected", listed.path, args={"right": f"{folder}/<id>.yaml"}))
        return False
    return True


def _take(tracker: Tracker, path: str, kind: Kind, value: Plain | None = None) -> None:
    """Add what a file says, which may be known already."""
    try:
        parsed = Parsed(value, "") if value is not None else parse(tracker.source.read(path), path)
    except OSError as error:
        tracker.problems.append(Problem("file-unreadable", path, args={"reason": reason_of(error)}))
        tracker.mark_incomplete(path)
        if not kind.vocabulary:
            tracker.broken[id_at(path)] = kind.name
        return
    reading = _read_parsed(parsed, path, kind)
    for entry in reading.entries:
        other = tracker.entries.setdefault(entry.id, entry)
        if other is not entry:
            tracker.problems.append(
                Problem(
                    "schema-duplicate-id",
                    path,
                    entry.where or ("id",),
                    args={"id": entry.id, "other": tracker.shown(other.path)},
                    record=entry.id,
                )
            )
            tracker.mark_incomplete(path)
    if reading.problems:
        tracker.problems.extend(reading.problems)
        if reading.broken or not reading.entries:
            tracker.mark_incomplete(path)
        for name in reading.broken:
            tracker.broken[name] = kind.name


def _unexpected_at_top(tracker: Tracker) -> None:
    for listed in _told_apart(tracker, tracker.source.listing("")):
        if listed.path == CONFIG_FILE:
            # What is wrong with it was found by reading it.
            continue
        if listed.type == "link-outside":
            tracker.problems.append(Problem("file-link-outside", listed.path))
            tracker.mark_incomplete(listed.path)
        elif listed.type == "of-elo":
            tracker.problems.append(Problem("file-of-elo", listed.path))
        elif listed.path not in (FOLDERS if listed.type == "folder" else _TOP_FILES):
            right = ", ".join(sorted(FOLDERS))
            tracker.problems.append(Problem("file-unexpected", listed.path, args={"right": right}))


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Records make no cycles, and looking for cycles among 100,000 of them is a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
