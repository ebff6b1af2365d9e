"""Every download is read by programs of others, and the description for portals says what is there."""

import json
import sqlite3
import sys
from contextlib import closing
from datetime import date
from hashlib import sha256
from pathlib import Path

import duckdb
import jsonschema
import openpyxl
import polars as pl
import pytest
import vobject
from frictionless import Package
from python_calamine import CalamineWorkbook
from rdflib import DCAT, DCTERMS, Graph, Namespace, URIRef

from elo_cli.render.export.history import history_of
from elo_cli.render.export.published.downloads import DESCRIPTION, write_downloads
from elo_cli.render.export.tables import tables
from elo_cli.render.schemas.schemas import answer_schema
from elo_cli.render.words.language import Language
from elo_cli.store.loading import load
from elo_cli.store.source import WorkTree
from elo_cli.tracking.day.view import View
from tests import hostile
from tests.running import Runner
from tests.tools import ROOT

SPDX = Namespace("http://spdx.org/rdf/terms#")
BASE = "https://example.org/strategy/downloads/"
HOSTILE = date(2022, 1, 1)


@pytest.fixture(scope="module", params=["ours", "hostile"])
def view(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> View:
    """Return our own tracker, and one whose texts mean no good."""
    if request.param == "ours":
        return View(load(WorkTree(ROOT / "data")), date(2021, 4, 9))
    return View(load(WorkTree(hostile.write(tmp_path_factory.mktemp("hostile") / "data"))), HOSTILE)


@pytest.fixture(scope="module")
def folder(view: View, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return all downloads of it."""
    folder = tmp_path_factory.mktemp("downloads")
    write_downloads(Language("en", ("fi",)), view, folder, base=BASE)
    return folder


def names(view: View, table: str) -> list[str]:
    """Return the ids in a table."""
    return [str(row[0]) for one in tables(view) if one.name == table for row in one.rows]


def test_csv_is_read_by_frictionless_and_polars(view: View, folder: Path) -> None:
    """The package is valid under version 2 of its standard, and polars reads the same ids."""
    descriptor = json.loads((folder / "tables" / "datapackage.json").read_text("utf-8"))
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert {resource["type"] for resource in descriptor["resources"]} == {"table"}
    assert Package(str(folder / "tables" / "datapackage.json")).validate().valid
    frame = pl.read_csv(folder / "tables" / "measures.csv", infer_schema_length=None)
    assert frame["id"].to_list() == names(view, "measures")


def test_the_workbook_is_read_by_calamine_and_openpyxl(view: View, folder: Path) -> None:
    """Both find the same sheets and, in the hidden row, the same names of columns."""
    book = openpyxl.load_workbook(folder / "strategy.xlsx", read_only=True)
    other = CalamineWorkbook.from_path(folder / "strategy.xlsx")
    assert other.sheet_names == book.sheetnames
    rows = other.get_sheet_by_name("Measures").to_python()
    assert rows[0] == [cell.value for cell in next(book["Measures"].iter_rows())]
    assert len(rows) == len(names(view, "measures")) + 2


def test_the_database_is_read_by_sqlite_and_polars(view: View, folder: Path) -> None:
    """SQLite finds it sound, and polars reads a view of it."""
    with closing(sqlite3.connect(folder / "strategy.sqlite")) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        frame = pl.read_database("SELECT id FROM measures_now ORDER BY id", opened)
    assert frame["id"].to_list() == sorted(names(view, "measures"))


def test_json_is_read_by_its_schema_and_duckdb(view: View, folder: Path) -> None:
    """The document is what the schema of elo/export/1 says, and DuckDB unfolds its records."""
    document = json.loads((folder / "strategy.json").read_text("utf-8"))
    jsonschema.validate(document, answer_schema("export"))
    with duckdb.connect() as opened:
        found = opened.execute(
            "SELECT json_extract_string(r, '$.id') FROM (SELECT unnest(json_extract(json, '$.records[*]')) AS r "
            "FROM read_json_objects(?, maximum_object_size = 100000000))",
            [str(folder / "strategy.json")],
        ).fetchall()
    assert {name for (name,) in found} == set(view.tracker.entries)


def test_the_calendar_is_read(folder: Path) -> None:
    """A foreign reader takes it too; what it holds is tested with the calendar."""
    assert vobject.readOne((folder / "strategy.ics").read_text("utf-8")).name == "VCALENDAR"


# Said by rdflib of its own reader.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
def test_linked_data_describes_every_file(view: View, folder: Path) -> None:
    """Read as linked data the description is a dataset with what DCAT-AP asks for, and each file with size and sum."""
    graph = Graph().parse(data=(folder / DESCRIPTION).read_text("utf-8"), format="json-ld")
    (dataset,) = graph.subjects(predicate=None, object=DCAT.Dataset)
    assert dataset == URIRef(f"{BASE}#dataset")
    config = view.tracker.config
    assert {(str(title), title.language) for title in graph.objects(dataset, DCTERMS.title)} == {  # type: ignore[attr-defined]  # a literal
        (text, code.lower()) for code, text in config.name.items()
    }
    assert list(graph.objects(dataset, DCTERMS.description))
    found: set[Path] = {folder / DESCRIPTION}
    for distribution in graph.objects(dataset, DCAT.distribution):
        (address,) = graph.objects(distribution, DCAT.accessURL)
        path = folder / str(address).removeprefix(BASE)
        (checksum,) = graph.objects(distribution, SPDX.checksum)
        (value,) = graph.objects(checksum, SPDX.checksumValue)
        (size,) = graph.objects(distribution, DCAT.byteSize)
        assert str(value).lower() == sha256(path.read_bytes()).hexdigest()
        assert int(str(size)) == path.stat().st_size
        found.add(path)
    assert {path for path in folder.rglob("*") if path.suffix != ".csv" and path.is_file()} == found
    # Neither is known, and neither is made up.
    assert not list(graph.objects(dataset, DCTERMS.publisher)) + list(graph.objects(dataset, DCTERMS.license))


def test_history_is_among_them(elo: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The verb writes all of them, the history too; without DuckDB all but Parquet."""
    if not (ROOT / ".git").exists():
        pytest.skip("not in a git repository: this is an unpacked source distribution")
    assert elo("export", str(tmp_path / "all"), "--format", "all").code == 0
    frame = pl.read_parquet(tmp_path / "all" / "history.parquet")
    expected = history_of(load(WorkTree(ROOT / "data")))
    assert len(frame) == len(expected.values.rows)
    with closing(sqlite3.connect(tmp_path / "all" / "strategy.sqlite")) as opened:
        assert opened.execute("SELECT count(*) FROM history").fetchone() == (len(frame),)
    assert "dataset" in (tmp_path / "all" / DESCRIPTION).read_text("utf-8")
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert elo("export", str(tmp_path / "all"), "--format", "all").code == 0
    assert not (tmp_path / "all" / "history.parquet").exists()
    assert elo("export", "-", "--format", "all").code == 2
