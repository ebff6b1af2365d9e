"""elo undo: what nobody has committed yet goes back to what was committed last, byte for byte."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from elo_cli.commands.shared import asking, session
from elo_cli.commands.shared.field_options import DryRunOption, YesOption
from elo_cli.commands.shared.options import DataOption, LangOption
from elo_cli.commands.shared.saving import RefusedProblem, found_or_refused, label, show, writing
from elo_cli.model.errors import N_, Exit, UnreadableProblem, UsageProblem

if TYPE_CHECKING:
    from elo_cli.store.disk.writing import Writer
    from elo_cli.store.git.changes import Changed

EXAMPLES = (
    ("elo undo dsp-pilots", N_("what was changed in one record since it was committed")),
    ("elo undo", N_("everything that is not committed, after a question")),
    ("elo undo --dry-run", N_("only tell what would go")),
)


def run(
    record_ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help=N_("Records to put back. Default: all that changed."))
    ] = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    data: DataOption = None,
    lang: LangOption = None,
) -> int:
    """Put back what is not committed yet: each file gets the bytes that were committed last.

    First it tells what goes, in sentences. All records, and files that are new and would be removed, need an answer to
    a question, or --yes. What is committed is taken back by elo retract, elo set or a new update.
    """
    folder = session.open_folder(data, lang)
    if dry_run:
        _told(folder, _files(folder, record_ids or ()))
        return Exit.FINE
    with writing(folder) as writer:
        files = _files(folder, record_ids or ())
        for file in files:
            writer.expect(file.path, file.new)
        _told(folder, files)
        if files and not yes and (not record_ids or any(file.old is None for file in files)):
            if not asking.is_terminal():
                raise UsageProblem(N_("this needs --yes where nobody can be asked"))
            if not asking.yes(folder.language.say(N_("Put it back?")), default=False):
                session.tell(folder.language.say(N_("nothing was written")))
                return Exit.FINE
        _put_back(folder, writer, files)
    return Exit.FINE


def _files(folder: session.Folder, ids: Sequence[str]) -> "list[Changed]":
    """The files that go back; refused where one cannot, or where a record that stays refers to one that goes."""
    from elo_cli.store.git.changes import changed_files
    from elo_cli.store.git.repository import Repository
    from elo_cli.store.git.source import RevisionSource
    from elo_cli.store.yaml.limits import MAX_BYTES
    from elo_cli.tracking.changes.files import differences_of
    from elo_cli.tracking.changes.undo import undone

    repository = Repository(folder.root)
    committed = RevisionSource(repository, repository.resolve("HEAD"), "HEAD")
    changed = changed_files(committed, folder.source)
    undoing = undone(changed, differences_of(changed, folder.config), ids)
    for record_id in undoing.untouched:
        found_or_refused(folder, record_id)
        session.tell(folder.language.say(N_("nothing has changed in “{id}” since it was committed"), id=record_id))
    if undoing.beside:
        raise UsageProblem(
            N_("{others} changed in the same file; name them too, or put everything back with elo undo"),
            others=", ".join(undoing.beside),
        )
    for file in undoing.files:
        if file.special or len(file.old or b"") > MAX_BYTES:
            raise UnreadableProblem(N_("{path} cannot be put back by elo"), path=label(folder, file.path))
    _refuse_while_referred(folder, undoing.files)
    return list(undoing.files)


def _refuse_while_referred(folder: session.Folder, files: "Sequence[Changed]") -> None:
    """Refuse to take an id away while a record that stays as it is refers to it."""
    from elo_cli.store.loading import load
    from elo_cli.tracking.changes.undo import held

    for record_id, others in held(load(folder.source), files):
        raise RefusedProblem(
            N_("“{id}” is new, and {others} refer to it; name them too, or put everything back with elo undo"),
            id=record_id,
            others=", ".join(others),
        )


def _told(folder: session.Folder, files: "Sequence[Changed]") -> None:
    """Tell in sentences what goes, and show each file whole that would be removed."""
    from elo_cli.render.answers.writing import taken_back
    from elo_cli.render.forms.screen import Screen
    from elo_cli.tracking.changes.files import differences_of, lazy_tracker

    differences = differences_of(list(files), folder.config)
    tracker = lazy_tracker(folder.source, folder.config, differences.entries)
    names = {file.path: label(folder, file.path) for file in files}
    Screen(folder.language).write(taken_back(folder.language, tracker, differences, names))
    show(folder, {file.path: (file.new, None) for file in files if file.old is None})


def _put_back(folder: session.Folder, writer: "Writer", files: "Sequence[Changed]") -> None:
    if not files:
        session.tell(folder.language.say(N_("nothing to change")))
        return
    writer.write({file.path: file.old for file in files})
    names = ", ".join(label(folder, file.path) for file in files)
    session.tell(folder.language.say(N_("put back: {paths}"), paths=names))
