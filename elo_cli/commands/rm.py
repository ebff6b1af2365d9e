"""elo rm: takes a record out, when nothing refers to it."""

from typing import Annotated

import typer

from elo_cli.commands.shared import asking, session
from elo_cli.commands.shared.field_options import DryRunOption, YesOption
from elo_cli.commands.shared.lookup import entry_of
from elo_cli.commands.shared.options import DataOption, LangOption
from elo_cli.commands.shared.saving import RefusedProblem, label, show, tell_held, writing
from elo_cli.model.errors import N_, Exit, UnreadableProblem, UsageProblem
from elo_cli.store.edit.record import Remove, edit, file_shape, read_mapping
from elo_cli.store.loading import load
from elo_cli.store.tracker import Entry, Tracker

EXAMPLES = (
    ("elo rm regional-hearing", N_("take a record out that should not have been there")),
    ("elo rm regional-hearing --dry-run", N_("show what would go, and who refers to it")),
    ("elo rm --examples", N_("take out what elo init wrote as examples")),
)


def run(
    record_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help=N_("The record's id: its file's name without .yaml."))
    ] = None,
    examples: Annotated[
        bool, typer.Option("--examples", help=N_("Take out the examples of elo init that nothing else refers to."))
    ] = False,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    data: DataOption = None,
    lang: LangOption = None,
) -> int:
    """Take a record out of the tracker; refused while another record refers to it.

    This is for what should never have been recorded, and with --examples for what elo init wrote to learn from. What
    came to nothing stays: elo update ID --status withdrawn.
    """
    folder = session.open_folder(data, lang)
    if (record_id is None) != examples:
        raise UsageProblem(N_("give the id of a record, or --examples"))
    if not dry_run and not yes:
        if not asking.is_terminal():
            raise UsageProblem(N_("taking a record out needs --yes where nobody can be asked"))
        show(folder, _removed(folder, load(folder.source), record_id))
        if not asking.yes(folder.language.say(N_("Take it out?")), default=False):
            session.tell(folder.language.say(N_("nothing was written")))
            return Exit.FINE
    if dry_run:
        show(folder, _removed(folder, load(folder.source), record_id))
        return Exit.FINE
    with writing(folder) as writer:
        removed = _removed(folder, load(folder.source), record_id)
        for path, (old, _) in removed.items():
            writer.expect(path, old)
        writer.write({path: new for path, (_, new) in removed.items()})
    for path in removed:
        session.line(label(folder, path))
    return Exit.FINE


def _removed(
    folder: session.Folder, tracker: Tracker, record_id: str | None
) -> dict[str, tuple[bytes | None, bytes | None]]:
    """The files with what they hold before and after; None after where nothing is left. Without an id: the examples."""
    entries = [entry_of(tracker, record_id)] if record_id is not None else _examples(folder, tracker)
    if tracker.incomplete:
        raise UnreadableProblem(
            N_("{paths} cannot be read, and may refer to “{id}”; elo check says what is wrong"),
            paths=", ".join(tracker.incomplete[:3]),
            id=record_id or entries[0].id,
        )
    if record_id is not None:
        _refuse_while_referred(folder, tracker, entries[0])
    going: dict[str, list[Entry]] = {}
    for entry in entries:
        going.setdefault(entry.path, []).append(entry)
    kept: dict[str, tuple[bytes | None, bytes | None]] = {}
    for path, gone in going.items():
        old = tracker.source.read(path)
        whole = not gone[0].kind.vocabulary or len(read_mapping(old, path)) == len(gone)
        rest = None if whole else edit(old, path, [Remove(entry.where) for entry in gone], file_shape(gone[0].kind))
        kept[path] = old, rest
    return kept


def _examples(folder: session.Folder, tracker: Tracker) -> list[Entry]:
    """The examples of `elo init` as it named them; one that another record refers to stays, which is told."""
    from elo_cli.model.languages import LANGUAGES
    from elo_cli.render.words.language import Language
    from elo_cli.store.skeleton_tracker import example_ids, example_names

    speakers = {code: Language(code) for code in {*LANGUAGES, *tracker.config.languages}}
    chosen: dict[str, Entry] = {}
    for record_id, kind in example_ids().items():
        entry = tracker.entries.get(record_id)
        names = example_names(
            kind,
            tracker.config.name,
            lambda message: {code: speaker.say(message) for code, speaker in speakers.items()},
        )
        if entry is not None and entry.kind is kind and (entry.record.name or {}).items() <= names.items():
            chosen[record_id] = entry
    going, held = tracker.unreferred(chosen)
    tell_held(folder, held)
    if not going:
        raise UsageProblem(N_("no record is an example of elo init that could go"))
    return [chosen[record_id] for record_id in going]


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
