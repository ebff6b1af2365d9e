"""The life of a record: every recording of it, with what each changed in meaning, under every id that it has had."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from elo_cli.model.config import TrackerConfig
from elo_cli.model.kinds import RECORD_KINDS
from elo_cli.store.git.changes import changed_files
from elo_cli.store.git.log import Commit, history
from elo_cli.store.git.source import RevisionSource
from elo_cli.store.source import FileSource
from elo_cli.store.tracker import Entry
from elo_cli.tracking.changes.change import Change
from elo_cli.tracking.changes.files import Differences, differences_of

NOT_YET: Final = Commit("", 0, "", "", ())
"""Stands for what is in the files and not committed yet."""


class Recording(NamedTuple):
    """One commit, and what it changed in the record."""

    commit: Commit
    changes: Sequence[Change]
    differences: Differences
    since_known: bool = True
    """False where a shallow clone begins with it: what the record was then may be older, and is no change."""


class Life(NamedTuple):
    """A record's life, the oldest recording first."""

    id: str
    recordings: Sequence[Recording]
    entries: Sequence[Entry]
    """The record as it was at the end of it: one, or none when no version could be read."""


def life(
    record_id: str, entry: Entry | None, at: RevisionSource, files: FileSource | None, config: TrackerConfig
) -> Life:
    """The life of a record up to a revision, and what the files hold beyond it.

    `entry` is the record as it is now, None for one that is gone.
    """
    ids = [record_id, *((entry.record.formerly or ()) if entry is not None else ())]
    paths = _paths(ids, entry)
    recordings: list[Recording] = []
    last: dict[str, Entry] = {}
    commits = [*history(at, paths)[::-1]]
    for commit in commits:
        recording = _recording(commit, ids, config)
        if recording is not None:
            if at.repository.is_cut_off(commit.id):
                recording = recording._replace(changes=[], since_known=False)
            recordings.append(recording)
            last |= recording.differences.entries
    if files is not None:
        changed = [file for file in changed_files(at, files) if file.path in paths]
        differences = differences_of(changed, config)
        changes = [change for change in differences.changes if change.record in ids]
        if changes or differences.unreadable:
            recordings.append(Recording(NOT_YET, changes, differences))
    now = entry or next((last[record_id] for record_id in ids if record_id in last), None)
    return Life(record_id, recordings, [now] if now is not None else [])


def _paths(ids: Sequence[str], entry: Entry | None) -> list[str]:
    if entry is not None and entry.kind.vocabulary:
        return [entry.path]
    kinds = [entry.kind] if entry is not None else list(RECORD_KINDS)
    return [kind.path(record_id) for kind in kinds for record_id in ids]


def _recording(commit: Commit, ids: Sequence[str], config: TrackerConfig) -> Recording | None:
    """What a commit changed; of a merge only what differs from every parent, since the rest was told already."""
    each = [differences_of(list(files), config) for files in commit.parents]
    if not each:
        return None
    common = (
        set.intersection(*({change.fingerprint for change in differences.changes} for differences in each))
        if len(each) > 1
        else None
    )
    changes = [
        change
        for change in each[0].changes
        if change.record in ids and (common is None or change.fingerprint in common)
    ]
    if not changes and not each[0].unreadable:
        return None
    return Recording(commit, changes, each[0])
