"""One column has one name in every form, whatever writes it, and no file says where the tracker lies on a disk."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from elo_cli.model.kinds import KINDS
from elo_cli.render.export import json as export_json
from elo_cli.render.export import parquet, xlsx
from elo_cli.render.export.csv import write_tables
from elo_cli.render.export.database import sqlite
from elo_cli.render.export.tables import PROMISED, TableData, tables
from elo_cli.render.words.language import Language
from elo_cli.store.loading import load
from elo_cli.store.source import WorkTree
from elo_cli.tracking.day.view import View
from tests.render.export.test_lossless import AWKWARD
from tests.tools import ROOT
from tests.trackers import tracker, write

VIEW = View(load(WorkTree(ROOT / "data")), date(2021, 4, 9))
TABLES = {table.name: table for table in tables(VIEW)}


def names(table: TableData) -> list[str]:
    """Return the names of a table's columns."""
    return [column.name for column in table.columns]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the tracker as a database."""
    path = tmp_path_factory.mktemp("database") / "out.sqlite"
    path.write_bytes(sqlite.write(VIEW))
    return path


def test_csv_and_parquet_have_the_columns_of_the_tables(tmp_path: Path) -> None:
    """Every table has the same columns in both, in the same order."""
    write_tables(Language("fi"), VIEW, tmp_path)
    for table in TABLES.values():
        with (tmp_path / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == names(table)
        assert pl.read_parquet(io.BytesIO(parquet.write_table(table))).columns == names(table)


def test_sqlite_has_them_too(database: Path) -> None:
    """The view of a kind has the columns of its table; a table of entries has them, and the update that says them."""
    with closing(sqlite3.connect(database)) as opened:
        for table in TABLES.values():
            of_kind = table.name in {kind.folder for kind in KINDS.values()}
            name = f"{table.name}_now" if of_kind else table.name
            found = [row[1] for row in opened.execute(f"PRAGMA table_info({name})")]
            if of_kind:
                assert found == names(table)
            else:
                assert set(names(table)) - {"changes"} <= set(found), name


@pytest.mark.parametrize("code", ["fi", "sv", "en"])
def test_the_hidden_row_of_a_sheet_names_the_columns(code: str) -> None:
    """A workbook has words for heads, and above them, hidden, the names that the other forms have."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(Language(code, ("fi",)), VIEW)))
    known = {name for table in TABLES.values() for name in names(table)}
    sheets = [sheet for sheet in book.worksheets if sheet.row_dimensions[1].hidden]
    assert len(sheets) == len(book.worksheets) - 1
    for sheet in sheets:
        row = [cell.value for cell in sheet[1]]
        assert set(row) <= known
        assert len(set(row)) == len(row)
        if "name_fi" in known:
            assert not {"name_fi", "name_sv", "name_en"} & set(row) - {f"name_{code}"}


def test_a_column_is_a_path_in_the_json() -> None:
    """Each field of a kind's table stands in the JSON's `state`, or beside it, under the parts of its name."""
    document = json.loads(export_json.write(VIEW))
    for kind in KINDS.values():
        records = [one for one in document["records"] if one["kind"] == kind.name and one["state"] is not None]
        for column in TABLES[kind.folder].columns if records else ():
            if column.name.startswith(PROMISED) or column.name in {"last_day", "days", "step"}:
                continue
            top = column.path[0]
            assert all(top in one["state"] or top in one or top in kind.record.model_fields for one in records), column


def test_no_path_leads_out_of_the_tracker(tmp_path: Path) -> None:
    """Of a tracker that lies elsewhere every form names files below its folder, also those that cannot be read."""
    data = write(tmp_path / "somewhere" / "else" / "data", AWKWARD)
    (data / "measures" / "broken.yaml").write_text("id: [", "utf-8")
    view = View(load(WorkTree(data)), date(2024, 1, 1))
    document = export_json.write(view)
    assert json.loads(document)["incomplete"] == ["measures/broken.yaml"]
    assert {one["path"] for one in json.loads(document)["records"]} >= {"measures/m.yaml", "vocabulary/goals.yaml"}
    (tmp_path / "csv").mkdir()
    write_tables(Language("en"), view, tmp_path / "csv")
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(Language("en"), view)))
    cells = [str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert "measures/broken.yaml" in cells
    texts = [document, *cells, *(path.read_text("utf-8") for path in (tmp_path / "csv").iterdir())]
    assert not [text for text in texts if "somewhere" in text]
    assert b"somewhere" not in sqlite.write(view)


def test_no_cell_of_a_workbook_is_json() -> None:
    """What is a list or a mapping in the data is said in words in a sheet."""
    for view in (VIEW, View(load(WorkTree(ROOT / "data")), date(2026, 7, 1)), View(tracker(AWKWARD), date(2024, 1, 1))):
        book = openpyxl.load_workbook(io.BytesIO(xlsx.write(Language("fi", ("fi",)), view)))
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    assert not str(cell.value).startswith(("{", "[", '"')), (sheet.title, cell.coordinate, cell.value)
