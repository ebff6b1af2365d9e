"""elo mv: another id for a record, in its file and in every reference to it."""

from contextlib import nullcontext
from typing import Annotated

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.field_options import DryRunOption
from elo_cli.commands.shared.lookup import entry_of
from elo_cli.commands.shared.options import DataOption, LangOption
from elo_cli.commands.shared.saving import RefusedProblem, label, show, tell_findings, writing
from elo_cli.model.errors import N_, Exit, nN_
from elo_cli.model.finding import Level
from elo_cli.store.edit.rename import renamed
from elo_cli.store.loading import load
from elo_cli.store.lookup import PartialSource
from elo_cli.store.tracker import Tracker

EXAMPLES = (
    ("elo mv dsp-pilots dsp-pilot-phase", N_("rename a record; whatever refers to it follows")),
    ("elo mv okm minedu --dry-run", N_("show what would change, and write nothing")),
)


def run(
    record_id: Annotated[str, typer.Argument(metavar="OLD", help=N_("The record's id now."))],
    new_id: Annotated[str, typer.Argument(metavar="NEW", help=N_("Its new id: small letters, digits and hyphens."))],
    dry_run: DryRunOption = False,
    data: DataOption = None,
    lang: LangOption = None,
) -> int:
    """Rename a record: its file or entry, and every reference to it, all at once or not at all.

    The old id is noted under `formerly`, so that links to it can still be followed and nobody uses it again.
    """
    folder = session.open_folder(data, lang)
    with nullcontext() if dry_run else writing(folder) as writer:
        tracker = load(folder.source)
        move = renamed(tracker, entry_of(tracker, record_id), new_id)
        new = {path: content for path, (_, content) in move.files.items()}
        _judge(folder, tracker, load(PartialSource(folder.source, _paths(tracker), new)))
        if writer is not None:
            for path, (old, _) in move.files.items():
                writer.expect(path, old)
            writer.write(new)
    if dry_run:
        show(folder, move.files)
    else:
        for path in move.files:
            session.line(label(folder, path))
    session.tell(
        folder.language.count(
            *nN_("{old} → {new}: {n} reference follows", "{old} → {new}: {n} references follow"),
            move.references,
            old=record_id,
            new=new_id,
        )
    )
    return Exit.FINE


def _paths(tracker: Tracker) -> list[str]:
    from elo_cli.store.tracker import CONFIG_FILE

    return [CONFIG_FILE, *{entry.path for entry in tracker.entries.values()}]


def _judge(folder: session.Folder, before: Tracker, after: Tracker) -> None:
    """Refuse a renaming after which the tracker has more errors than before."""
    from elo_cli.checks.run import check

    old, new = (
        [finding for finding in check(tracker, folder.as_of) if finding.level is Level.ERROR]
        for tracker in (before, after)
    )
    if len(new) > len(old):
        known = {finding.rule for finding in old}
        tell_findings(folder, [finding for finding in new if finding.rule not in known] or new)
        raise RefusedProblem(N_("not written: the change would bring what stands above; the files are untouched"))
