"""The commits that changed certain files, with the contents on both sides of each."""

import os
import re
from collections.abc import Iterator, Sequence
from posixpath import join, relpath
from typing import Final, NamedTuple

from elo_cli.model.errors import UnreadableProblem
from elo_cli.store.git import Repository
from elo_cli.store.git_changes import Changed
from elo_cli.store.git_source import FILE_MODES, RevisionSource
from elo_cli.store.strict_yaml import MAX_BYTES

_FIELDS: Final = ("%H", "%ct", "%an", "%s")
_MAX_MOVES: Final = 10


class Commit(NamedTuple):
    """One commit: who recorded it when (seconds since 1970), with which subject, and what it made of the files.

    A merge has one list of files a parent, since only what differs from all of them is its own.
    """

    id: str
    seconds: int
    author: str
    subject: str
    parents: Sequence[Sequence[Changed]]


class _Side(NamedTuple):
    """A file in one commit as git's raw form gives it."""

    path: str
    old_modes: Sequence[str]
    old_ids: Sequence[str]
    new_mode: str
    new_id: str


class _Raw(NamedTuple):
    id: str
    seconds: int
    author: str
    subject: str
    files: Sequence[_Side]


def history(source: RevisionSource, paths: Sequence[str]) -> list[Commit]:
    """The commits up to a revision that changed files (paths below the data folder), the newest first.

    The data folder is followed where it moved. The contents of all versions are read in one batch.
    """
    repository = source.repository
    commits: list[Commit] = []
    where: RevisionSource | None = source
    for _ in range(_MAX_MOVES):
        if where is None:
            break
        raw = _log(repository, where, paths)
        commits += _filled(repository, raw, where.prefix)
        where = _before_move(repository, where, raw[-1].id) if raw else None
        if where is not None:
            # The commit that moved the folder adds every file to it: what lay in the old place is what was before.
            oldest = commits[-1]
            parents = [[file._replace(old=_read(where, file.path)) for file in files] for files in oldest.parents]
            commits[-1] = oldest._replace(parents=parents)
    return commits


def _read(source: RevisionSource, path: str) -> bytes | None:
    try:
        return source.read(path)
    except OSError:
        return None


def deleted_in(repository: Repository, commit: str, paths: Sequence[str]) -> dict[str, str]:
    """Of some paths below the folder, those that a commit's history once deleted, with the last commit that did."""
    if not paths:
        return {}
    asked = ("--format=%x00%H", "--name-only", "-z", "--no-renames", "--relative", "--diff-filter=D", "--no-ext-diff")
    answer = os.fsdecode(repository.run("log", *asked, commit, "--", *paths))
    found: dict[str, str] = {}
    current = ""
    for part in answer.split("\0"):
        name = part.lstrip("\n")
        if re.fullmatch(r"[0-9a-f]{40,64}", name):
            current = name
        elif name:
            found.setdefault(name, current)
    return found


def _before_move(repository: Repository, source: RevisionSource, oldest: str) -> RevisionSource | None:
    """The data folder in the parent of a commit, if it lay elsewhere then; None when the life began there."""
    try:
        parent = repository.resolve(f"{oldest}^")
        before = RevisionSource(repository, parent, parent)
    except UnreadableProblem:
        return None
    return before if before.prefix != source.prefix else None


def _log(repository: Repository, source: RevisionSource, paths: Sequence[str]) -> list[_Raw]:
    asked = [relpath(join(source.prefix, path) or ".", repository.prefix or ".") for path in paths]
    answer = repository.run(
        *("log", "-z", "--raw", "-c", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-notes"),
        *(f"--format={'%x00'.join(_FIELDS)}%x00", source.commit, "--", *asked),
    )
    return list(_parsed(os.fsdecode(answer).split("\0")))


def _parsed(parts: Sequence[str]) -> Iterator[_Raw]:
    """Fields and files are told apart by their order, so that no author and no path can stand for another field."""
    index = 0
    while index < len(parts):
        if not parts[index].strip("\n"):
            index += 1
            continue
        commit, seconds, author, subject = (part.lstrip("\n") for part in parts[index : index + 4])
        index += 4
        files: list[_Side] = []
        while index < len(parts) and (not parts[index].strip("\n") or parts[index].lstrip("\n").startswith(":")):
            about = parts[index].lstrip("\n")
            index += 1
            if not about:
                continue
            files.append(_side(about, parts[index]))
            index += 1
        yield _Raw(commit, int(seconds), author, subject, files)


def _side(about: str, path: str) -> _Side:
    count = len(about) - len(about.lstrip(":"))
    words = about.lstrip(":").split(" ")
    return _Side(path, words[:count], words[count + 1 : 2 * count + 1], words[count], words[2 * count + 1])


def _filled(repository: Repository, commits: Sequence[_Raw], prefix: str) -> Iterator[Commit]:
    ids = {
        object_id
        for commit in commits
        for file in commit.files
        for mode, object_id in (*zip(file.old_modes, file.old_ids, strict=True), (file.new_mode, file.new_id))
        if mode in FILE_MODES
    }
    blobs = repository.blobs(sorted(ids), MAX_BYTES)

    def content(mode: str, object_id: str) -> bytes | None:
        return blobs.get(object_id) if mode in FILE_MODES else None

    for commit in commits:
        parents = max((len(file.old_ids) for file in commit.files), default=0)
        yield Commit(
            commit.id,
            commit.seconds,
            commit.author,
            commit.subject,
            [
                [
                    Changed(
                        file.path[len(prefix) + 1 :] if prefix else file.path,
                        content(file.old_modes[parent], file.old_ids[parent]),
                        content(file.new_mode, file.new_id),
                    )
                    for file in commit.files
                ]
                for parent in range(parents)
            ],
        )
