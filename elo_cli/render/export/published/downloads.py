"""Everything of a tracker that can be downloaded, in one folder with a description for data portals."""

from collections.abc import Iterator
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

from elo_cli.model.errors import N_
from elo_cli.model.languages import LANGUAGES
from elo_cli.render.export import calendar, csv, json, parquet, xlsx
from elo_cli.render.export.database import sqlite
from elo_cli.render.export.history import NO_HISTORY, History
from elo_cli.render.export.published import dcat
from elo_cli.render.export.published.dcat import Download
from elo_cli.render.words.language import Language
from elo_cli.tracking.calendar import calendar as events
from elo_cli.tracking.day.view import View

NAME: Final = "strategy"
DESCRIPTION: Final = "dataset.jsonld"
PACKAGE: Final = "tables/datapackage.json"
_PACKAGE_PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"


class _Made(NamedTuple):
    """A file to write, before it is described."""

    path: str
    title: str
    """A msgid."""
    media_type: str
    content: bytes


def write_downloads(
    language: Language, view: View, folder: Path, history: History = NO_HISTORY, base: str | None = None
) -> list[Download]:
    """Write all files into a folder that is there and empty, and give what was written in the order to show it.

    The workbook and the calendar are in the reader's language. The workbook and the Parquet file are among them where
    what writes them is installed. `base` is the address at which the folder will lie, with a slash at its end; without
    one the description is relative.
    """
    downloads = []
    for made in _files(language, view, history):
        (folder / made.path).write_bytes(made.content)
        downloads.append(_described(view, made))
    tables = folder / "tables"
    tables.mkdir()
    csv.write_tables(language, view, tables)
    package = _Made(
        PACKAGE, N_("Tables as CSV, with their description"), "application/json", (folder / PACKAGE).read_bytes()
    )
    downloads.append(_described(view, package)._replace(conforms_to=_PACKAGE_PROFILE))
    (folder / DESCRIPTION).write_bytes(dcat.write(view, downloads, base).encode())
    return downloads


def _files(language: Language, view: View, history: History) -> Iterator[_Made]:
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    if find_spec("openpyxl") is not None:
        yield _Made(f"{NAME}.xlsx", N_("Workbook"), sheet, xlsx.write(language, view))
    yield _Made(f"{NAME}.json", N_("Everything, for programs"), "application/json", json.write(view).encode())
    yield _Made(
        f"{NAME}.sqlite", N_("Database with the history"), "application/vnd.sqlite3", sqlite.write(view, history)
    )
    yield _Made(f"{NAME}.ics", N_("Calendar"), "text/calendar", calendar.write(language, view, events(view)))
    if find_spec("duckdb") is not None and history.values.rows:
        content = parquet.write_table(history.values)
        yield _Made("history.parquet", N_("The history as a table"), "application/vnd.apache.parquet", content)


def _described(view: View, made: _Made) -> Download:
    languages = view.tracker.config.languages
    spoken = [code for code in languages if code in LANGUAGES] or ["en"]
    title = {code: Language(code).say(made.title) for code in spoken}
    return Download(made.path, title, made.media_type, len(made.content), sha256(made.content).hexdigest())
