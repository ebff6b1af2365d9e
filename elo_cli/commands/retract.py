"""elo retract: a published update that was wrong, taken back where everyone can see it."""

from typing import Annotated

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.asking import typed_for
from elo_cli.commands.shared.field_options import DryRunOption
from elo_cli.commands.shared.options import DataOption, IdArgument, LangOption
from elo_cli.commands.shared.saving import change_record
from elo_cli.model.errors import N_, UsageProblem
from elo_cli.model.records.base import Retraction
from elo_cli.model.shape import fields_of
from elo_cli.store.edit.record import Set, edit, file_shape, read_record
from elo_cli.store.edit.update import numbered
from elo_cli.store.lookup import RecordFile
from elo_cli.store.yaml.strict import Plain

EXAMPLES = (
    ('elo retract dsp-pilots 2 --reason "The report was of another pilot"', N_("the second update was wrong")),
    ('elo retract dsp-pilots 2023-06-20 --reason "…"', N_("the only update of a day")),
    ('elo retract onni 1 --reason "…" --reason sv="…"', N_("why, in two languages")),
)


def run(
    record_id: IdArgument,
    update: Annotated[
        str,
        typer.Argument(
            metavar="N|DATE",
            help=N_("Which update: its number, as elo show and elo log give it, or its date where only one has it."),
        ),
    ],
    reason: Annotated[
        list[str] | None, typer.Option("--reason", metavar="[LANG=]TEXT", help=N_("Why the update was wrong."))
    ] = None,
    date: Annotated[
        str | None,
        typer.Option("--date", metavar="DATE", help=N_("From which day it no longer counts. Default: today.")),
    ] = None,
    ours: Annotated[
        bool, typer.Option("--ours", help=N_("The mistake was ours, and nobody had said so: it counts on no day."))
    ] = False,
    dry_run: DryRunOption = False,
    data: DataOption = None,
    lang: LangOption = None,
) -> int:
    """Take back a published update that was wrong: it stays in the file, marked, and counts nowhere from then on.

    Before that day it still counts (--as-of), since that is what was said then; with --ours it never does. An update
    that nobody has committed yet goes by elo undo; what was right and holds no longer is news (elo update).
    """
    folder = session.open_folder(data, lang)
    if not reason:
        raise UsageProblem(N_("--reason is needed: why was it wrong?"))
    day = session.parse_day(date) if date else folder.as_of
    text = typed_for(folder).value("--reason", fields_of(Retraction)["reason"], reason)
    said_on = str(session.written_day(update) or "")
    return change_record(
        folder,
        record_id,
        lambda file: _retracted(
            file,
            record_id,
            said_on or update,
            {"date": day.isoformat(), "reason": text, **({"ours": True} if ours else {})},
        ),
        dry_run=dry_run,
    )


def _retracted(file: RecordFile, record_id: str, given: str, retraction: Plain) -> bytes:
    """The file with the retraction in the update that was named by its number or its date."""
    if file.kind.update is None:
        raise UsageProblem(N_("a record of the kind “{kind}” has no updates; elo set changes it"), kind=file.kind.name)
    updates = numbered(read_record(file.data, file.path, file.where))
    if not updates:
        raise UsageProblem(N_("“{id}” has no updates to take back"), id=record_id)
    named = [number for number, said in updates.items() if given in {str(number), str(said.get("date"))}]
    if len(named) != 1:
        known = ", ".join(f"{number} ({said.get('date')})" for number, said in updates.items())
        message = (
            N_("“{id}” has several updates of {given}; right would be the number of one of {known}")
            if named
            else N_("“{id}” has no update {given}; right would be one of {known}")
        )
        raise UsageProblem(message, id=record_id, given=given, known=known)
    number = named[0]
    if updates[number].get("retracted") is not None:
        raise UsageProblem(N_("update {number} of “{id}” is retracted already"), number=number, id=record_id)
    where = (*file.where, "updates", number - 1, "retracted")
    return edit(file.data, file.path, [Set(where, retraction)], file_shape(file.kind))
