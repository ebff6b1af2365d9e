"""elo import: a table that someone keeps in a spreadsheet, into records and updates."""

import os
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.options import DataOption, LangOption
from elo_cli.model.errors import N_, Exit, UsageProblem, nN_

if TYPE_CHECKING:
    from elo_cli.commands.shared.import_run import Done
    from elo_cli.render.answers.imports import Import
    from elo_cli.render.forms.write import Content

EXAMPLES = (
    ("elo import --list", N_("the mappings that come with elo")),
    ("elo import chase.xlsx --mapping chase --by okm", N_("what a ministry filled in: shows what would change")),
    ("elo import chase.xlsx --mapping chase --by okm --yes", N_("and writes it")),
    ("elo import --mapping italy-rrf --write-mapping ours.yaml", N_("a mapping to begin your own with")),
    (
        "elo import annex.csv --mapping council-annex --source cid-2023 --decided-by cid-2023 --reason …",
        N_("a newer version of the Council decision: what it changed becomes updates"),
    ),
    ("elo import list.ods --mapping ours.yaml --source list-2024", N_("a table of your own, with your own mapping")),
)

Form = Literal["table", "json", "csv"]
SourceOption = Annotated[
    str | None, typer.Option("--source", metavar="DOCUMENT", help=N_("The id of the document that the table is."))
]
DateOption = Annotated[
    str | None,
    typer.Option("--date", metavar="DATE", help=N_("The day of the updates. Default: the document's, else today.")),
]
DecidedByOption = Annotated[
    str | None,
    typer.Option("--decided-by", metavar="ID", help=N_("Who decided that: organisation, meeting or document.")),
]

MappingOption = Annotated[
    str | None,
    typer.Option("--mapping", metavar="NAME|FILE", help=N_("Which column is which field; --list shows names.")),
]
WriteMappingOption = Annotated[
    Path | None,
    typer.Option(
        "--write-mapping",
        metavar="FILE",
        help=N_("Copy the mapping of that NAME into a new file, as a beginning of your own."),
    ),
]
ReasonOption = Annotated[
    list[str] | None,
    typer.Option("--reason", metavar="[LANG=]TEXT", help=N_("Why what was promised changes.")),
]
WithdrawGoneOption = Annotated[
    bool,
    typer.Option(
        "--withdraw-gone",
        help=N_("Withdraw them by decision instead: one update each, with --reason and --decided-by."),
    ),
]
RestoreReturnedOption = Annotated[
    bool,
    typer.Option(
        "--restore-returned",
        help=N_("Let withdrawn records that the table has again stand again, with --reason and --decided-by."),
    ),
]


def run(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help=N_("The table: CSV, XLSX or ODS."))] = None,
    mapping: MappingOption = None,
    list_: Annotated[bool, typer.Option("--list", help=N_("List the mappings that come with elo."))] = False,
    write_mapping: WriteMappingOption = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=N_("Write; without it nothing is written."))] = False,
    source: SourceOption = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="ORGANISATION", help=N_("The organisation that filled it in."))
    ] = None,
    date: DateOption = None,
    reason: ReasonOption = None,
    decided_by: DecidedByOption = None,
    delete_gone: Annotated[
        bool, typer.Option("--delete-gone", help=N_("Take out the records that the table no longer has."))
    ] = False,
    withdraw_gone: WithdrawGoneOption = False,
    restore_returned: RestoreReturnedOption = False,
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="NAME", help=N_("The sheet. Default: the first one that fits."))
    ] = None,
    refused: Annotated[
        Path | None,
        typer.Option(
            "--refused", metavar="FILE.xlsx", help=N_("Write the rows that are refused as a new sheet, with reasons.")
        ),
    ] = None,
    delimiter: Annotated[
        str | None, typer.Option("--delimiter", metavar="SIGN", help=N_("The sign between the cells of a CSV file."))
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", metavar="NAME", help=N_("The encoding of a CSV file, such as cp1252."))
    ] = None,
    format: Annotated[Form, typer.Option("--format", help=N_("The form of the answer."))] = "table",
    data: DataOption = None,
    lang: LangOption = None,
) -> int:
    """Make records and updates of a table: CSV, XLSX or ODS. Nothing is written without --yes.

    The answer tells what is new, changed, unchanged, gone from the table, and refused: row, column, reason. A record
    that is there is never rewritten: what differs from how it stands becomes a dated update, and what was promised
    changes only with --reason and --decided-by. A row that is refused does not keep the others from being written.
    """
    if list_:
        return _list(data, lang)
    if write_mapping is not None:
        return _write_mapping(data, lang, mapping, write_mapping)
    if file is None or mapping is None:
        raise UsageProblem(
            N_("which table, and by which mapping? Right would be: elo import FILE --mapping NAME; --list shows names")
        )
    folder = session.open_folder(data, lang)
    from elo_cli.commands.shared.import_run import Given, carry_out
    from elo_cli.commands.shared.saving import writing
    from elo_cli.store.tables.rows import TableForm

    form = TableForm(_sign(delimiter), encoding, sheet)
    fates = (delete_gone, withdraw_gone, restore_returned)
    given = Given(file, mapping, form, source, by, date, tuple(reason or ()), decided_by, *fates)
    if delete_gone and withdraw_gone:
        raise UsageProblem(N_("--delete-gone and --withdraw-gone exclude each other"))
    if refused is not None:
        _hold_new(refused)
    # The lock is held from the reading of the records on: nobody writes between the comparison and what follows.
    with writing(folder) if yes else nullcontext() as writer:
        done = carry_out(folder, given, writer)
    if refused is not None:
        _give_back(folder, done, refused)
    return _answer(folder, mapping, file, done, format)


def _list(data: Path | None, lang: str | None) -> int:
    from elo_cli.render.answers.imports import shipped_mappings
    from elo_cli.render.forms.screen import Screen
    from elo_cli.render.forms.write import write
    from elo_cli.store.tables.mapping_file import shipped

    language = session.open_language(data, lang)
    write(Screen(language), "table", shipped_mappings(language, shipped()))
    return Exit.FINE


def _write_mapping(data: Path | None, lang: str | None, mapping: str | None, file: Path) -> int:
    from elo_cli.store.disk.output import write_file
    from elo_cli.store.tables.mapping_file import shipped_text

    language = session.open_language(data, lang)
    if mapping is None:
        raise UsageProblem(N_("which mapping? Right would be: elo import --mapping NAME --write-mapping FILE"))
    content = shipped_text(mapping)
    if os.path.lexists(file):
        raise UsageProblem(N_("“{path}” exists, and nothing is written over it; name another file"), path=str(file))
    write_file(file, content)
    session.tell(language.say(N_("written: {path}; elo import FILE --mapping {path} reads it"), path=str(file)))
    return Exit.FINE


def _hold_new(file: Path) -> None:
    """UsageProblem when the refused rows cannot be written there."""
    if file.suffix.lower() != ".xlsx":
        raise UsageProblem(
            N_("--refused “{path}”: refused rows are written as a sheet; right would be a name that ends with .xlsx"),
            path=str(file),
        )
    if os.path.lexists(file):
        raise UsageProblem(N_("“{path}” exists, and nothing is written over it; name another file"), path=str(file))


def _give_back(folder: session.Folder, done: "Done", file: Path) -> None:
    """Write the rows that were refused, each with its reasons."""
    from elo_cli.render.export.chase import refused_rows
    from elo_cli.store.disk.output import write_file

    if not done.plan.refused:
        session.tell(folder.language.say(N_("nothing was refused, so {path} was not written"), path=str(file)))
        return
    write_file(file, refused_rows(folder.language, done.located, done.rows, done.plan.refused))
    session.tell(folder.language.say(N_("refused rows written: {path}"), path=str(file)))


def _sign(delimiter: str | None) -> str | None:
    sign = {"tab": "\t", "\\t": "\t"}.get(delimiter or "", delimiter)
    if sign is not None and (len(sign) != 1 or sign in '\r\n"' or not sign.isascii()):
        raise UsageProblem(N_("--delimiter “{sign}”: right would be one sign, such as ; or , or tab"), sign=sign)
    return sign


def _answer(folder: session.Folder, mapping: str, file: Path, done: "Done", format: Form) -> int:
    from elo_cli.render.answers.imports import Import
    from elo_cli.render.forms.screen import Screen
    from elo_cli.render.forms.write import write

    answer = Import(done.plan, file.name, done.located.sheet, mapping, done.written, done.deleted)
    opened = session.Session(done.tracker, folder.as_of, folder.language)
    write(Screen(folder.language), format, FORMS[format](opened, answer))
    if done.plan.refused:
        refused = len(done.plan.refused)
        session.tell(folder.language.count(*nN_("{n} refusal; see above", "{n} refusals; see above"), refused))
    return opened.leave(Exit.FINDINGS if done.plan.refused else Exit.FINE)


def _table(opened: session.Session, answer: "Import") -> "Content":
    from elo_cli.render.answers.imports import blocks
    from elo_cli.render.words.names import Names
    from elo_cli.tracking.day.view import View

    return blocks(Names(opened.language, View(opened.tracker, opened.as_of)), answer)


def _csv(opened: session.Session, answer: "Import") -> "Content":
    from elo_cli.render.answers.imports import rows

    return rows(opened.language, answer)


def _json(opened: session.Session, done: "Import") -> "Content":
    from elo_cli.render.answers.imports import answer

    return opened.json("import", answer(done))


FORMS: Final[dict[Form, Callable[[session.Session, "Import"], "Content"]]] = {
    "table": _table,
    "json": _json,
    "csv": _csv,
}
