"""elo rm: takes a record out, when nothing refers to it."""

from typing import Annotated

import typer

from elo_cli.commands.shared import asking, session
from elo_cli.commands.shared.field_options import DryRunOption, YesOption
from elo_cli.commands.shared.lookup import entry_of
from elo_cli.commands.shared.options import DataOption, LangOption
from elo_cli.commands.shared.saving import RefusedProblem, label, show, writing
from elo_cli.model.errors import N_, Exit, UnreadableProblem, UsageProblem
from elo_cli.store.edit.record import Remove, edit, file_shape, read_mapping
from elo_cli.store.loading import load
from elo_cli.store.tracker import Entry, Tracker

EXAMPLES = (
    ("elo rm regional-hearing", N_("take a record out that should not have been there")),
    ("elo rm regional-hearing --dry-run", N_("show what would go, and who refers to it")),
)


def run(
    record_id: Annotated[str, typer.Argument(metavar="ID", help=N_("The record's id: its file's name without .yaml."))],
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    data: DataOption = None,
    lang: LangOption = None,
) -> int:
    """Take a record out of the tracker; refused while another record refers to it.

    This is for what should never have been recorded. What came to nothing stays: elo update ID --status withdrawn.
    """
    folder = session.open_folder(data, lang)
    if not dry_run and not yes:
        if not asking.is_terminal():
            raise UsageProblem(N_("taking a record out needs --yes where nobody can be asked"))
        tracker = load(folder.source)
        show(folder, {path: (old, new) for path, old, new in [_removed(folder, tracker, record_id)]})
        if not asking.yes(folder.language.say(N_("Take it out?")), default=False):
            session.tell(folder.language.say(N_("nothing was written")))
            return Exit.FINE
    if dry_run:
        path, old, new = _removed(folder, load(folder.source), record_id)
        show(folder, {path: (old, new)})
        return Exit.FINE
    with writing(folder) as writer:
        path, old, new = _removed(folder, load(folder.source), record_id)
        writer.expect(path, old)
        writer.write({path: new})
    session.line(label(folder, path))
    return Exit.FINE


def _removed(folder: session.Folder, tracker: Tracker, record_id: str) -> tuple[str, bytes, bytes | None]:
    """The file, its bytes, and what it holds without the record; None when nothing is left."""
    entry = entry_of(tracker, record_id)
    if tracker.incomplete:
        raise UnreadableProblem(
            N_("{paths} cannot be read, and may refer to “{id}”; elo check says what is wrong"),
            paths=", ".join(tracker.incomplete[:3]),
            id=record_id,
        )
    _refuse_while_referred(folder, tracker, entry)
    old = tracker.source.read(entry.path)
    if not entry.kind.vocabulary or len(read_mapping(old, entry.path)) == 1:
        return entry.path, old, None
    return entry.path, old, edit(old, entry.path, [Remove(entry.where)], file_shape(entry.kind))


def _refuse_while_referred(folder: session.Folder, tracker: Tracker, entry: Entry) -> None:
    links = [link for link in tracker.backlinks.get(entry.id, []) if link.origin != entry.id]
    if not links:
        return
    for link in links:
        origin = tracker.entries[link.origin]
        session.tell(
            folder.language.say(
                N_("{path}: {origin} refers to it under {field}"),
                path=label(folder, origin.path),
                origin=origin.id,
                field=link.reference.field,
            )
        )
    raise RefusedProblem(N_("“{id}” is still referred to, as stands above; the file is untouched"), id=entry.id)
