"""elo export: the records for other programs and for people with spreadsheets."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal, NamedTuple

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.filters import FILTERS, NOTHING, Asked, takes_filters
from elo_cli.commands.shared.options import AsOfOption, DataOption, ForceOption, LangOption, RevOption
from elo_cli.model.errors import N_, UnreadableProblem, UsageProblem, nN_
from elo_cli.model.finding import Phrase
from elo_cli.tracking.day.filters import Filters
from elo_cli.tracking.day.view import View
from elo_cli.tracking.overviews.extract import extract

if TYPE_CHECKING:
    from elo_cli.render.export.history import History

EXAMPLES = (
    ("elo export xlsx", N_("a workbook with a sheet a kind, strategy.xlsx")),
    ("elo export tables", N_("a folder of CSV files with a datapackage.json that describes them")),
    ("elo export strategy.sqlite --as-of 2021-12-31", N_("a database, with views of how things stood on that day")),
    ("elo export strategy.json", N_("everything, for a program")),
    ("elo export history.parquet", N_("every value with the days on which it held and the commits that recorded it")),
    ("elo export lake --format parquet", N_("a folder for DuckDB, Spark or Trino, beside other trackers in it")),
    ("elo export downloads --format all", N_("all of these in one folder, with a description for data portals")),
    ("elo export m1c1.sqlite --component M1C1", N_("one component of the plan, with all that it refers to")),
    ("elo export chase.xlsx --owner okm", N_("a sheet that an organisation fills in and elo import takes back")),
)

ExportFormat = Literal["csv", "xlsx", "json", "sqlite", "parquet", "all"]
SUFFIXES: Final[dict[str, ExportFormat]] = {
    ".xlsx": "xlsx",
    ".json": "json",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
    ".parquet": "parquet",
    "": "csv",
}
FOLDERS: Final[frozenset[ExportFormat]] = frozenset({"csv", "parquet", "all"})
"""Formats that are a folder of files."""
STDOUT: Final = Path("-")
DEFAULT_NAME: Final = "strategy"
"""The file that is written where only the format is named: `elo export xlsx`."""


@takes_filters(*FILTERS, owner=N_("Write the sheet that asks this organisation for news (XLSX)."))
def run(
    target: Annotated[
        Path,
        typer.Argument(metavar="TARGET", help=N_("The file to write, or the folder for CSV or Parquet; - for stdout.")),
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
    """Write all records for other programs: CSV with a description, XLSX, JSON, SQLite or Parquet.

    JSON and SQLite hold everything: the records can be made again from them. CSV and XLSX hold how things stand on the
    day. SQLite and Parquet hold the history too: every value, when it held, and when it was recorded. What is written
    takes the place of an earlier export when it is whole. With --owner it is a sheet to fill in. With another filter it
    is the records that pass, and what they refer to.
    """
    owner = asked.get("owner")
    if answer_by is not None and owner is None:
        raise UsageProblem(N_("--answer-by is for the sheet that asks an organisation: --owner names one"))
    chosen = _format(target, format, owner)
    if target.name in set(SUFFIXES.values()) - FOLDERS and not target.exists():
        # `elo export xlsx` means a workbook, and no folder of that name.
        target = Path(f"{DEFAULT_NAME}.{target.name}")
    opened = session.open_session(data, lang, as_of, rev)
    filters = asked.on(opened.tracker, "elo export")
    view = View(opened.tracker, opened.as_of)
    if owner is None:
        view = extract(view, filters)
        written = FORMS[chosen](Order(opened, view, filters, target, as_of))
    else:
        from elo_cli.render.export.chase import write

        day = session.parse_day(answer_by) if answer_by is not None else None
        written = write(opened.language, view, filters, day)
    from elo_cli.store.disk.output import write_file, write_folder

    if not isinstance(written, Folder):
        content = written.content if isinstance(written, Rows) else written
        if target == STDOUT:
            return _to_stdout(opened, content)
        write_file(target, content, force=force, tell=session.tell_note)
    else:
        with write_folder(written.place, force=force, tell=session.tell_note) as folder:
            written.fill(folder)
    message, number = nN_("{n} record written to {target}", "{n} records written to {target}"), _written(view, filters)
    if isinstance(written, Rows):
        message, number = nN_("{n} row written to {target}", "{n} rows written to {target}"), written.number
    session.tell(opened.language.count(*message, number, target=target))
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
    if chosen == "all" and target == STDOUT:
        raise UsageProblem(N_("--format all is a folder of files and has no place on stdout"))
    if chosen == "csv" and target == STDOUT:
        raise UsageProblem(N_("CSV is a folder of files and has no place on stdout; elo list FOLDER --format csv has"))
    return chosen


class Order(NamedTuple):
    """What shall be written: of which records, under which filters, and where."""

    opened: session.Session
    view: View
    filters: Filters
    target: Path
    as_of: str | None
    """The day as it was asked for; None where nobody did."""


class Rows(NamedTuple):
    """One table as a file: its content, and how many rows it has."""

    content: bytes
    number: int


class Folder(NamedTuple):
    """A folder to be written: which, and what fills it."""

    place: Path
    fill: Callable[[Path], object]


def _csv(order: Order) -> Folder:
    from elo_cli.render.export.csv import write_tables

    return Folder(order.target, lambda folder: write_tables(order.opened.language, order.view, folder))


def _json(order: Order) -> bytes:
    from elo_cli.render.export.json import write

    return write(order.view, order.filters).encode()


def _sqlite(order: Order) -> bytes:
    from elo_cli.render.export.database.sqlite import write

    return write(order.view, _known_history(order))


def _xlsx(order: Order) -> bytes:
    from elo_cli.render.export.xlsx import write

    return write(order.opened.language, order.view)


def _parquet(order: Order) -> Rows | Folder:
    """A file is one table: the one whose name it has, else the history; a folder holds all, beside other trackers'."""
    # What is missing is said before anything is computed.
    import duckdb  # noqa: F401

    from elo_cli.render.export import parquet
    from elo_cli.render.export.tables import tables

    target = order.target
    if target != STDOUT and target.suffix.lower() != ".parquet":
        known = _history(order)
        place = target / parquet.folder_of(order.view)
        return Folder(place, lambda folder: parquet.write_tables(order.view, known, folder))
    table = next((table for table in tables(order.view) if table.name == target.stem), None)
    if table is None:
        if order.as_of is not None:
            raise UsageProblem(N_("the history holds every day; leave --as-of out, or name another table"))
        known = _history(order)
        table = known.revisions if target.stem == known.revisions.name else known.values
    return Rows(parquet.write_table(table), len(table.rows))


def _all(order: Order) -> Folder:
    from elo_cli.render.export.published.downloads import write_downloads

    known, language = _known_history(order), order.opened.language
    return Folder(order.target, lambda folder: write_downloads(language, order.view, folder, known))


def _known_history(order: Order) -> "History":
    """The history, empty where there is none: a tracker outside git is a tracker all the same."""
    from elo_cli.render.export.history import NO_HISTORY

    try:
        return _history(order)
    except UnreadableProblem as problem:
        reason = Phrase(problem.message, problem.values)
        session.tell(order.opened.language.say(N_("the tables of the history are empty: {reason}"), reason=reason))
        return NO_HISTORY


def _history(order: Order) -> "History":
    """What has been recorded up to the revision, or up to the last commit; tells what it cannot know."""
    from elo_cli.render.export.history import history_of
    from elo_cli.store.git.changes import describe
    from elo_cli.store.source import WorkTree

    source, say = order.opened.tracker.source, order.opened.language.say
    if isinstance(source, WorkTree):
        at = describe(source.root)
        if at is not None and at.dirty:
            session.tell(say(N_("what is not committed yet is not in the history")))
    known = history_of(order.opened.tracker, frozenset(order.view.tracker.entries) if order.filters.given else None)
    if known.begins is not None:
        session.tell_shallow(order.opened.language, known.begins.astimezone(order.opened.tracker.config.zone).date())
    return known


FORMS: Final[dict[ExportFormat, Callable[[Order], bytes | Rows | Folder]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "json": _json,
    "sqlite": _sqlite,
    "parquet": _parquet,
    "all": _all,
}
"""What each format writes: the content of a file, or what fills a folder."""


def _to_stdout(opened: session.Session, content: bytes) -> int:
    if sys.stdout.isatty() and b"\0" in content[:1024]:
        raise UsageProblem(N_("this is no text, and stdout is a terminal; right would be the name of a file"))
    session.write_bytes(content)
    return opened.leave()
