"""elo export: the records for other programs and for people with spreadsheets."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.filters import FILTERS, NOTHING, Asked, takes_filters
from elo_cli.commands.shared.options import AsOfOption, DataOption, ForceOption, LangOption, RevOption
from elo_cli.model.errors import N_, UsageProblem, nN_
from elo_cli.tracking.day.filters import Filters
from elo_cli.tracking.day.view import View
from elo_cli.tracking.overviews.extract import extract

EXAMPLES = (
    ("elo export xlsx", N_("a workbook with a sheet a kind, strategy.xlsx")),
    ("elo export tables", N_("a folder of CSV files with a datapackage.json that describes them")),
    ("elo export strategy.sqlite --as-of 2021-12-31", N_("a database, with views of how things stood on that day")),
    ("elo export strategy.json", N_("everything, for a program")),
    ("elo export m1c1.sqlite --component M1C1", N_("one component of the plan, with all that it refers to")),
    ("elo export chase.xlsx --owner okm", N_("a sheet that an organisation fills in and elo import takes back")),
)

ExportFormat = Literal["csv", "xlsx", "json", "sqlite"]
SUFFIXES: Final[dict[str, ExportFormat]] = {
    ".xlsx": "xlsx",
    ".json": "json",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
    "": "csv",
}
STDOUT: Final = Path("-")
DEFAULT_NAME: Final = "strategy"
"""The file that is written where only the format is named: `elo export xlsx`."""


@takes_filters(*FILTERS, owner=N_("Write the sheet that asks this organisation for news (XLSX)."))
def run(
    target: Annotated[
        Path, typer.Argument(metavar="TARGET", help=N_("The file to write, or the folder for CSV; - for stdout."))
    ],
    format: Annotated[
        ExportFormat | None, typer.Option("--format", help=N_("The format. Default: what the target's name ends with."))
    ] = None,
    asked: Asked = NOTHING,
    answer_by: Annotated[
        str | None,
        typer.Option("--answer-by", metavar="DATE", help=N_("With --owner: the day to answer by, for the sheet.")),
    ] = None,
    force: ForceOption = False,
    data: DataOption = None,
    lang: LangOption = None,
    as_of: AsOfOption = None,
    rev: RevOption = None,
) -> int:
    """Write all records for other programs: CSV with a description, XLSX, JSON or SQLite.

    JSON and SQLite hold everything: the records can be made again from them. CSV and XLSX hold how things stand on the
    day. What is written takes the place of an earlier export when it is whole. With --owner it is a sheet to fill in.
    With another filter it is the records that pass, and what they refer to.
    """
    owner = asked.get("owner")
    if answer_by is not None and owner is None:
        raise UsageProblem(N_("--answer-by is for the sheet that asks an organisation: --owner names one"))
    chosen = _format(target, format, owner)
    if target.name in set(SUFFIXES.values()) - {"csv"} and not target.exists():
        # `elo export xlsx` means a workbook, and no folder of that name.
        target = Path(f"{DEFAULT_NAME}.{target.name}")
    opened = session.open_session(data, lang, as_of, rev)
    filters = asked.on(opened.tracker, "elo export")
    view = View(opened.tracker, opened.as_of)
    if owner is None:
        written = FORMS[chosen](opened, extract(view, filters), filters)
    else:
        from elo_cli.render.export.chase import write

        day = session.parse_day(answer_by) if answer_by is not None else None
        written = write(opened.language, view, filters, day)
    if isinstance(written, bytes):
        if target == STDOUT:
            return _to_stdout(opened, written)
        from elo_cli.store.disk.output import write_file

        write_file(target, written, force=force)
    else:
        from elo_cli.store.disk.output import write_folder

        with write_folder(target, force=force) as folder:
            written(folder)
    session.tell(
        opened.language.count(
            *nN_("{n} record written to {target}", "{n} records written to {target}"),
            _written(view, filters),
            target=target,
        )
    )
    return opened.leave()


def _written(view: View, filters: Filters) -> int:
    if filters.owner is None:
        return len(view.tracker.entries)
    from elo_cli.render.export.chase import records

    return len(records(view, filters))


def _format(target: Path, given: ExportFormat | None, owner: str | None) -> ExportFormat:
    """The format that is meant; UsageProblem where the target's name does not say it."""
    suffix = target.suffix.lower() if target != STDOUT else "-"
    if not suffix and not target.exists():
        suffix = f".{target.name}" if f".{target.name}" in SUFFIXES else suffix
    chosen = given or ("csv" if target.is_dir() else SUFFIXES.get(suffix))
    if chosen is None:
        right = ", ".join(name for name in SUFFIXES if name)
        raise UsageProblem(
            N_(
                "“{target}” does not say in which format; right would be a name that ends with {right}, "
                "a folder for CSV, or --format"
            ),
            target=str(target),
            right=right,
        )
    if owner is not None and chosen != "xlsx":
        raise UsageProblem(
            N_("with --owner a sheet to fill in is written, and that is XLSX; right would be chase.xlsx")
        )
    if chosen == "csv" and target == STDOUT:
        raise UsageProblem(N_("CSV is a folder of files and has no place on stdout; elo list FOLDER --format csv has"))
    return chosen


def _csv(opened: session.Session, view: View, _filters: Filters) -> Callable[[Path], None]:
    from elo_cli.render.export.csv import write_tables

    return lambda folder: write_tables(opened.language, view, folder)


def _json(_opened: session.Session, view: View, filters: Filters) -> bytes:
    from elo_cli.render.export.json import write

    return write(view, filters).encode()


def _sqlite(_opened: session.Session, view: View, _filters: Filters) -> bytes:
    from elo_cli.render.export.sqlite import write

    return write(view)


def _xlsx(opened: session.Session, view: View, _filters: Filters) -> bytes:
    from elo_cli.render.export.xlsx import write

    return write(opened.language, view)


FORMS: Final[dict[ExportFormat, Callable[[session.Session, View, Filters], bytes | Callable[[Path], None]]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "json": _json,
    "sqlite": _sqlite,
}
"""What each format writes: the content of a file, or what fills a folder."""


def _to_stdout(opened: session.Session, content: bytes) -> int:
    if sys.stdout.isatty() and b"\0" in content[:1024]:
        raise UsageProblem(N_("this is no text, and stdout is a terminal; right would be the name of a file"))
    session.write_bytes(content)
    return opened.leave()
