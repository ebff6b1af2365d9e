"""What each commit recorded in the files of a tracker: along first parents, as a branch moved, the oldest first."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from elo_cli.model.kinds import FOLDERS, kind_at
from elo_cli.store.git.changes import Changed, changed_files, content_in
from elo_cli.store.git.repository import Repository
from elo_cli.store.git.source import NoTrackerProblem, RevisionSource
from elo_cli.store.source import is_text
from elo_cli.store.tracker import CONFIG_FILE


class Recording(NamedTuple):
    """One commit: when it was recorded, and the files of records that are not as they were before it."""

    commit: str
    seconds: int
    """Since 1970, as the commit says."""
    source: RevisionSource | None
    """The tracker there; None where the commit holds none."""
    files: Mapping[str, bytes | None]
    """By path below the data folder what stands there now; None for a file that is gone or is none."""
    begins: bool
    """Whether nothing had been recorded before it; false of the oldest commit of a shallow clone."""


def recordings(source: RevisionSource) -> Iterator[Recording]:
    """Every commit up to a revision along first parents: what a merge brought is recorded by the merge.

    Only the files that differ from the commit before are read. Raises UnreadableProblem where git lacks what is needed.
    """
    repository = source.repository
    before: RevisionSource | None = None
    for commit in _first_parents(repository, source.commit):
        here = _tracker_in(repository, commit)
        seconds, begins = repository.recorded_at(commit), not repository.is_cut_off(commit)
        yield Recording(commit, seconds, here, _files(before, here), begins)
        before = here


def _first_parents(repository: Repository, tip: str) -> list[str]:
    commits, commit = [tip], repository.commit(tip)
    while commit.parent_ids:
        commit = repository.commit(commit.parent_ids[0])
        commits.append(str(commit.id))
    return commits[::-1]


def _tracker_in(repository: Repository, commit: str) -> RevisionSource | None:
    try:
        return RevisionSource(repository, commit, commit[:10])
    except NoTrackerProblem:
        return None


def _files(before: RevisionSource | None, here: RevisionSource | None) -> dict[str, bytes | None]:
    if here is None:
        return {}
    if before is not None and before.is_same_data(here):
        return {}
    if before is not None:
        changed = {file.path: _content(here, file) for file in changed_files(before, here)}
    else:
        # A tracker that begins, or comes again after commits without one.
        paths = (listed.path for folder in ("", *FOLDERS) for listed in here.listing(folder) if listed.type == "file")
        changed = {path: content_in(here, path) for path in paths}
    return {path: content for path, content in changed.items() if _holds_records(path)}


def _content(here: RevisionSource, file: Changed) -> bytes | None:
    """What stands there now; a link or a submodule is read as a file that nobody can read."""
    if file.new is not None:
        return file.new
    return None if here.type_of(file.path) is None else b""


def _holds_records(path: str) -> bool:
    """Whether reading a tracker would read it."""
    hidden = path.rpartition("/")[2].startswith(".")
    return is_text(path) and not hidden and (path == CONFIG_FILE or kind_at(path) is not None)
