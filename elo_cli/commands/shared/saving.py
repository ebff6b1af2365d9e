"""What the writing verbs share: find the one record, judge the change, show it, and put it on the disk."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from elo_cli.commands.shared import session
from elo_cli.commands.shared.lookup import no_record
from elo_cli.model.characters import first_of
from elo_cli.model.errors import N_, EloError, Exit, UsageProblem
from elo_cli.model.finding import Level
from elo_cli.store.disk import writing as store
from elo_cli.store.disk.writing import Writer
from elo_cli.store.loading import load
from elo_cli.store.lookup import RecordFile, find, ids, neighbourhood

if TYPE_CHECKING:
    from elo_cli.checks.rule import Finding

_SHOWN: Final = 5
"""Ids in a message."""


@contextmanager
def writing(folder: session.Folder) -> Iterator[Writer]:
    """The tracker's one writer, while its lock is held; what it did with an earlier change is told.

    From here on a failure is told as what it is: one of the answer, not of the change.
    """
    with store.writing(folder.root) as writer:
        try:
            yield writer
        finally:
            if writer.wrote:
                session.note_written()
            for note in writer.notes:
                session.tell(folder.language.say_all(note.message, note.values))


class RefusedProblem(EloError):
    """The change would break a rule; the findings have been told, and the file is as it was: exit 1."""

    exit_code = Exit.FINDINGS


def found_or_refused(folder: session.Folder, record_id: str) -> RecordFile:
    """The record with this id; UsageProblem with the nearest id, or with its new one, when there is none."""
    file = find(folder.source, record_id)
    if file is not None:
        return file
    known = list(ids(folder.source))
    for other in known:
        # Only a miss pays for reading: the record may have been renamed.
        place = find(folder.source, other)
        if place is not None and record_id.encode() in place.data and _was_called(place, record_id):
            raise UsageProblem(N_("“{id}” is now called {now}"), id=record_id, now=other)
    raise no_record(load(folder.source), record_id)


def _was_called(place: RecordFile, record_id: str) -> bool:
    from elo_cli.store.loading import read_file

    return any(
        record_id in (entry.record.formerly or ())
        for entry in read_file(place.data, place.path, place.kind).entries
        if not place.where or entry.id == place.where[0]
    )


def judge(folder: session.Folder, file: RecordFile, new: bytes, gate: str | None = None) -> None:
    """Refuse a change that brings an error to this record or its links; what is less than that is told.

    `gate` is a rule whose warning refuses the change too, since no reason is given why it shall be made all the same.
    Raises RefusedProblem after telling the findings; the ones that were there before do not stand in the way.
    """
    fresh = new_findings(folder, file, new)
    errors = [finding for finding in fresh if finding.level is Level.ERROR]
    gaps = [finding for finding in fresh if finding.rule == gate]
    tell_findings(folder, [*errors, *gaps] or [finding for finding in fresh if finding.level is Level.WARNING])
    if errors:
        raise RefusedProblem(N_("not written: the change would bring what stands above; the file is untouched"))
    if gaps:
        raise RefusedProblem(
            N_("not written: the change would bring what stands above; --reason says why it is made all the same")
        )


def new_findings(folder: session.Folder, file: RecordFile, new: bytes) -> "list[Finding]":
    """What the rules find in the record's file with these bytes, and did not find in it before."""
    before = {finding.identity for finding in _findings(folder, file, file.data)} if file.data else set()
    return [finding for finding in _findings(folder, file, new) if finding.identity not in before]


def tell_findings(folder: session.Folder, findings: "Sequence[Finding]") -> None:
    """Say findings to the person at the terminal."""
    if findings:
        from elo_cli.render.answers.writing import findings_text

        for text in findings_text(folder.language, findings):
            session.tell(text)


def tell_held(folder: session.Folder, held: Mapping[str, Sequence[str]]) -> None:
    """Say which records stay, since others refer to them."""
    for record_id, origins in held.items():
        others = first_of(origins, _SHOWN)
        session.tell(folder.language.say(N_("“{id}” stays: {others} refers to it"), id=record_id, others=others))


def _findings(folder: session.Folder, file: RecordFile, content: bytes) -> "Sequence[Finding]":
    """What the rules find in the record's file, seen with what it refers to."""
    from elo_cli.checks.run import check

    tracker = neighbourhood(folder.source, file, content)
    path = tracker.shown(file.path)
    record = file.where[0] if file.where else None
    return [
        finding
        for finding in check(tracker, folder.as_of)
        if finding.path == path and (record is None or finding.record in {record, None})
    ]


def change_record(
    folder: session.Folder,
    record_id: str,
    make: Callable[[RecordFile], bytes],
    *,
    dry_run: bool,
    gate: str | None = None,
) -> int:
    """Change the file of one record: `make` gives its new bytes; the diff is shown, the change judged and written.

    `gate` is the rule of `judge`.
    """
    if dry_run:
        file = found_or_refused(folder, record_id)
        new = make(file)
        show(folder, {file.path: (file.data, new)})
        judge(folder, file, new, gate)
        return Exit.FINE
    with writing(folder) as writer:
        file = found_or_refused(folder, record_id)
        writer.expect(file.path, file.data)
        new = make(file)
        judge(folder, file, new, gate)
        if new != file.data:
            writer.write({file.path: new})
    show(folder, {file.path: (file.data, new)})
    return told_written(folder, [file.path] if new != file.data else [])


def told_written(folder: session.Folder, paths: Sequence[str]) -> int:
    """Say which files were written, or that none had to be."""
    if paths:
        names = ", ".join(label(folder, path) for path in paths)
        session.tell(folder.language.say(N_("written: {paths}"), paths=names))
    else:
        session.tell(folder.language.say(N_("nothing to change")))
    return Exit.FINE


def show(folder: session.Folder, files: Mapping[str, tuple[bytes | None, bytes | None]]) -> None:
    """Show changes as a diff, the answer of a writing verb."""
    from elo_cli.render.answers.writing import show_diffs
    from elo_cli.render.forms.screen import Screen

    show_diffs(Screen(folder.language), {label(folder, path): pair for path, pair in files.items()})


def label(folder: session.Folder, path: str) -> str:
    """A path below the data folder as people name it."""
    name = folder.source.label
    return f"{name}/{path}" if name and name != "." else path
