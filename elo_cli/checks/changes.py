"""Findings from a comparison with an earlier revision: `elo check --against`."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from pydantic import BaseModel

from elo_cli.checks.rule import CHANGE_RULES, Finding
from elo_cli.checks.rules.changes import ERROR
from elo_cli.model.characters import first_of, short
from elo_cli.model.finding import Level
from elo_cli.model.kinds import RECORD_KINDS, kind_at
from elo_cli.model.records.base import Correction, Source, Update
from elo_cli.store.git.log import deleted_in
from elo_cli.store.git.repository import FILE_MODES, Repository
from elo_cli.store.git.source import NoTrackerProblem, RevisionSource, trackers
from elo_cli.store.loading import read_file
from elo_cli.store.source import FileSource
from elo_cli.store.tracker import CONFIG_FILE, Tracker
from elo_cli.store.yaml.positions import TOP
from elo_cli.tracking.changes.change import Change
from elo_cli.tracking.changes.compare import same_promise
from elo_cli.tracking.changes.files import Differences, changes_between

_SHOWN: Final = 120
_FEW: Final = 5
"""Ids in a message."""
_SAME_AS: Final = {"update-due-unexplained", "update-change-unexplained"}
"""Rules that say of a change what `promise-changed-without-decision` says of the tracker."""
_TRACKER_RULE: Final = "promise-changed-without-decision"


def changes_since(folder: Path, rev: str, tracker: Tracker, known: Sequence[Finding] = ()) -> list[Finding]:
    """What the change rules find between a revision and a tracker, sorted; the point where the two parted is taken.

    What `known` already says of the same place is not said again. Raises the problems of `store.git`.
    """
    repository = Repository(folder)
    if repository.empty:
        # The first commit, which a hook checks before it is made, has nothing to hold to.
        return []
    source = tracker.source
    head = source.commit if isinstance(source, RevisionSource) else repository.resolve("HEAD")
    base = repository.merge_base(repository.resolve(rev), head)
    try:
        before = RevisionSource(repository, base, rev)
    except NoTrackerProblem:
        # A tracker that is new has nothing to hold to.
        return []
    differences = changes_between(before, source, tracker.config)
    changed = [_finding(tracker, differences, change) for change in _changes(before, differences, tracker)]
    errors = {finding.path for finding in known if finding.level is Level.ERROR}
    changed += [
        _named(tracker.shown(path), "record-unreadable", {})
        for path in differences.unread
        if tracker.shown(path) not in errors
    ]
    changed += [_named(folder, "record-tracker-gone", {"id": folder}) for folder in _gone(repository, before, source)]
    said = {(finding.path, finding.line) for finding in known if finding.rule == _TRACKER_RULE}
    return sorted(
        (finding for finding in changed if not (finding.rule in _SAME_AS and (finding.path, finding.line) in said)),
        key=lambda finding: finding[:5],
    )


def _changes(before: RevisionSource, differences: Differences, tracker: Tracker) -> Iterator[Change]:
    reused = _reused(before, differences)
    for change in differences.changes:
        if change.record in reused and change.rule == "record-added":
            yield change._replace(rule="record-id-reused", level=ERROR, old=reused[change.record])
        elif change.rule == "record-removed" and change.level is Level.WARNING and tracker.backlinks.get(change.record):
            yield change._replace(rule="record-removed-referenced", level=ERROR)
        elif change.level is not Level.NOTE:
            yield change


def _named(path: str, rule: str, args: Mapping[str, object]) -> Finding:
    return Finding(path, 1, 1, CHANGE_RULES[rule].level, rule, args, None)


def _gone(repository: Repository, before: RevisionSource, now: FileSource) -> list[str]:
    """The folders of trackers with records that are no longer there, but for the one that is compared with."""
    folders = []
    for folder in trackers(repository, repository.top(before.commit)):
        if folder == before.prefix or _is_there(repository, now, f"{folder}/{CONFIG_FILE}" if folder else CONFIG_FILE):
            continue
        inner = [f"{folder}/{kind.folder}" if folder else kind.folder for kind in RECORD_KINDS]
        if any(repository.item(repository.top(before.commit), path) is not None for path in inner):
            folders.append(folder or ".")
    return folders


def _is_there(repository: Repository, now: FileSource, path: str) -> bool:
    """Whether a path of the repository is there in what is judged: a revision, or the files as they are."""
    if isinstance(now, RevisionSource):
        return repository.item(repository.top(now.commit), path) is not None
    top = repository.folder.absolute()
    for _ in repository.prefix.split("/") if repository.prefix else ():
        top = top.parent
    return os.path.lexists(top / path)


def _reused(before: RevisionSource, differences: Differences) -> dict[str, str]:
    """Ids of new records under which another record lay in an earlier commit, with that commit."""
    repository, prefix = before.repository, before.prefix
    new = {
        change.head.path: change.record
        for change in differences.changes
        if change.rule == "record-added" and change.head
    }
    if prefix != repository.prefix:
        return {}
    gone = deleted_in(repository, before.commit, [path for path in new if kind_at(path) is not None])
    reused = {}
    for path, commit in gone.items():
        kind, record_id = kind_at(path), new.get(path)
        if kind is None or record_id is None or kind.vocabulary:
            continue
        parent = repository.commit(repository.commit(commit).parent_ids[0])
        item = repository.item(parent.tree_id, f"{prefix}/{path}" if prefix else path)
        if item is None or item.mode not in FILE_MODES:
            continue
        earlier = read_file(repository.blob(item.id), path, kind).entries
        now = differences.entries.get(record_id)
        # A record that comes back is the same record.
        if earlier and now is not None and not same_promise(earlier[0], now):
            reused[record_id] = commit[:10]
    return reused


def _finding(tracker: Tracker, differences: Differences, change: Change) -> Finding:
    spot = change.head or change.base
    place = differences.texts.head(change.head) if change.head is not None else TOP
    return Finding(
        tracker.shown(spot.path) if spot is not None else "",
        place.line,
        place.column,
        CHANGE_RULES[change.rule].level,
        change.rule,
        _args(tracker, change),
        change.record,
    )


def _args(tracker: Tracker, change: Change) -> Mapping[str, object]:
    language = tracker.config.first_language
    field = change.field.removeprefix("updates.") or change.field
    values: dict[str, object] = {
        "field": field,
        "old": shown(change.old, language),
        "new": shown(change.new, language),
        "id": change.record,
        "date": change.update.date.text if change.update is not None else "",
    }
    match change.rule:
        case "record-correction-removed":
            values["field"] = change.old.field if isinstance(change.old, Correction) else field
        case "record-removed-referenced":
            others = sorted({link.origin for link in tracker.backlinks.get(change.record, ())})
            values["others"] = first_of(others, _FEW)
        case _:
            pass
    return {name: value for name, value in values.items() if f"{{{name}}}" in CHANGE_RULES[change.rule].message}


def shown(value: object, language: str) -> str:
    """A value in a message, as the file has it, on one line and not longer than a line."""
    return short(" ".join(_text(value, language).split()), _SHOWN)


def _text(value: object, language: str) -> str:
    match value:
        case None:
            return "null"
        case Update():
            said = {**value.changes(), "note": value.note} if value.note else value.changes()
            return ", ".join(f"{name}: {_text(inner, language)}" for name, inner in sorted(said.items()))
        case Source():
            places = (value.slide, value.page, value.section)
            return " ".join([value.document, *(str(place) for place in places if place is not None)])
        case BaseModel():
            stated = {name: getattr(value, name) for name in value.model_fields_set}
            return ", ".join(f"{name}: {_text(inner, language)}" for name, inner in sorted(stated.items()))
        case dict():
            if language in value:
                return f"“{value[language]}”"
            return ", ".join(f"{key}: {_text(inner, language)}" for key, inner in value.items())
        case list():
            return ", ".join(_text(item, language) for item in value)
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)
