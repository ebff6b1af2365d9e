"""What `elo export`, `elo report`, `elo calendar` and `elo timeline` write, in the programs that it is written for."""

import csv
import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import polars as pl
import pytest
import vobject
from rdflib import Graph
from rdflib.compare import isomorphic

from tests.ecosystem.conftest import DAY, script
from tests.ecosystem.installing import ROOT, Installed

BASE: Final = "https://example.org/strategy/"


def ids(exports: Path, table: str = "measures") -> list[str]:
    """Return the ids in a table of the CSV export, which two other readers have found right."""
    return sorted(pl.read_csv(exports / "all" / "tables" / f"{table}.csv", infer_schema_length=None)["id"].to_list())


@pytest.mark.client("Datasette")
def test_the_database_is_served(client: Installed, exports: Path) -> None:
    """The SQLite export is inspected and served: tables, foreign keys and the views of the day."""
    database = exports / "all" / "strategy.sqlite"
    found = json.loads(client.run("datasette", "inspect", database).stdout)["strategy"]["tables"]
    assert found["measures"]["count"] == len(ids(exports))
    rows = json.loads(client.run("datasette", database, "--get", "/strategy/measures_now.json?_shape=array").stdout)
    assert sorted(row["id"] for row in rows) == ids(exports)
    page = client.run("datasette", database, "--get", "/strategy/updates").stdout
    assert '<a href="/strategy/records/' in page


@pytest.mark.client("pandas")
def test_every_table_is_a_frame(client: Installed, exports: Path) -> None:
    """CSV, XLSX (by calamine), Parquet (by pyarrow), JSON and SQLite hold the same measures, and days are days."""
    program = """
import json, sqlite3, sys
import pandas as pd
folder = sys.argv[1]
book = pd.read_excel(f"{folder}/strategy.xlsx", sheet_name=1, skiprows=[1], engine="calamine")
milestones = pd.read_excel(f"{folder}/strategy.xlsx", sheet_name=3, skiprows=[1], engine="calamine")
records = pd.json_normalize(json.load(open(f"{folder}/strategy.json", encoding="utf-8"))["records"])
history = pd.read_parquet(f"{folder}/history.parquet", engine="pyarrow")
print(json.dumps({
    "csv": sorted(pd.read_csv(f"{folder}/tables/measures.csv")["id"]),
    "xlsx": sorted(book["id"]),
    "json": sorted(records[records["kind"] == "measure"]["id"]),
    "sqlite": sorted(pd.read_sql("SELECT id FROM measures_now", sqlite3.connect(f"{folder}/strategy.sqlite"))["id"]),
    "parquet": sorted(set(history[history["record_kind"] == "measure"]["present_id"].dropna())),
    "days": milestones.dtypes.astype(str).to_dict(),
}))
"""
    found = json.loads(client.run("python", "-c", program, exports / "all").stdout)
    days = found.pop("days")
    assert found == dict.fromkeys(found, ids(exports))
    assert any(kind.startswith("datetime64") for kind in days.values()), days


@pytest.mark.client("Spark")
def test_a_lake_is_read(client: Installed, run_elo: Callable[..., str], tmp_path: Path) -> None:
    """The Parquet folder is one table in local mode, with tracker and kind as columns and days as days."""
    run_elo("export", tmp_path / "lake", "--format", "parquet")
    program = """
import json, sys
from pyspark.sql import SparkSession
spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
frame = spark.read.option("basePath", sys.argv[1]).parquet(f"{sys.argv[1]}/*/kind=history")
held = frame.where("field = 'due' AND valid_to IS NULL AND revision_to IS NULL").count()
print(json.dumps({"rows": frame.count(), "held": held, "types": dict(frame.dtypes)}))
"""
    found = json.loads(client.run("python", "-c", program, tmp_path / "lake").stdout)
    expected = pl.read_parquet(tmp_path / "lake" / "**" / "kind=history" / "*.parquet")
    held = expected.filter((pl.col("field") == "due") & pl.col("valid_to").is_null() & pl.col("revision_to").is_null())
    assert (found["rows"], found["held"]) == (len(expected), len(held))
    assert set(found["types"]) >= {"tracker", "kind", *expected.columns}
    assert found["types"]["valid_from"] == "date"


# Said by rdflib of its own reader.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
@pytest.mark.client("PyLD")
def test_the_description_for_portals_is_linked_data(client: Installed, exports: Path) -> None:
    """It says of the downloads what rdflib, the other reader of dataset.jsonld, finds."""
    path = exports / "all" / "dataset.jsonld"
    program = """
import json, sys
from pyld import jsonld
document = json.load(open(sys.argv[1], encoding="utf-8"))
print(jsonld.to_rdf(document, {"format": "application/n-quads", "base": sys.argv[2]}))
"""
    statements = client.run("python", "-c", program, path, BASE).stdout
    expected = Graph().parse(path, format="json-ld", publicID=BASE)
    assert len(expected) > 50
    assert isomorphic(Graph().parse(data=statements, format="nt"), expected)


def office(client: Installed, form: str, path: Path, folder: Path) -> None:
    """Let LibreOffice write a file in another form into a folder, with a profile of its own."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    client.run("soffice", "--headless", profile, "--convert-to", form, "--outdir", folder, path)


@pytest.mark.client("LibreOffice")
def test_a_word_report_is_opened(client: Installed, exports: Path, tmp_path: Path) -> None:
    """The Word report becomes a text with every heading that the page has, and a PDF."""
    for form in ("txt:Text (encoded):UTF8", "pdf"):
        office(client, form, exports / "reports" / "rrf.docx", tmp_path)
    if not (tmp_path / "rrf.txt").exists():
        pytest.skip("LibreOffice is here without Writer; on Debian: apt-get install libreoffice-writer-nogui")
    text = (tmp_path / "rrf.txt").read_text("utf-8-sig")
    headings = Headings.of(exports / "reports" / "rrf.html")
    assert headings
    assert [head for head in headings if head not in text] == []
    assert (tmp_path / "rrf.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.client("LibreOffice Calc")
def test_the_workbook_is_opened(client: Installed, exports: Path, tmp_path: Path) -> None:
    """Every sheet of the workbook is there, with the measures in theirs and no cell that is an error."""
    # The last number asks for every sheet, a file each.
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    office(client, form, exports / "all" / "strategy.xlsx", tmp_path)
    sheets = {path.stem: list(csv.reader(path.open(encoding="utf-8", newline=""))) for path in tmp_path.glob("*.csv")}
    if not sheets:
        pytest.skip("LibreOffice is here without Calc; on Debian: apt-get install libreoffice-calc-nogui")
    names, _, *rows = sheets["strategy-Toimenpiteet"]
    assert sorted(row[names.index("id")] for row in rows) == ids(exports)
    assert not [cell for rows in sheets.values() for row in rows for cell in row if cell.startswith(("#", "Err:"))]


class Headings(HTMLParser):
    """Collects the headings of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser’s
        """Note where a heading begins."""
        self._inside = tag in {"h2", "h3"}
        if self._inside:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        """Note where one ends."""
        self._inside = self._inside and tag not in {"h2", "h3"}

    def handle_data(self, data: str) -> None:
        """Note its words."""
        if self._inside:
            self.found[-1] += data

    @classmethod
    def of(cls, path: Path) -> list[str]:
        """Return those of a file."""
        page = cls()
        page.feed(path.read_text("utf-8"))
        return page.found


@pytest.mark.client("mammoth")
def test_a_word_report_has_a_structure(client: Installed, exports: Path) -> None:
    """The Word reports have the headings and the tables that the same reports have as pages."""
    for name in ("rrf", "summary"):
        html = client.run("mammoth", exports / "reports" / f"{name}.docx").stdout
        page = (exports / "reports" / f"{name}.html").read_text("utf-8")
        for tag in ("<table", "<tr"):
            assert html.count(tag) == page.count(tag) > 0, (name, tag)
        assert [html.count(f"<h{level}>") for level in (1, 2)] == [page.count(f"<h{level + 1}") for level in (1, 2)]


@pytest.mark.client("ical.js")
def test_the_calendar_is_read_as_thunderbird_does(client: Installed, exports: Path) -> None:
    """Every event has the summary, the day and the identity that vobject finds."""
    path = exports / "all" / "strategy.ics"
    found = json.loads(script(client, "calendar.mjs", path))
    events = vobject.readOne(path.read_text("utf-8")).vevent_list
    expected = [[event.uid.value, event.summary.value, event.dtstart.value.isoformat()[:10]] for event in events]
    assert sorted(found) == sorted(expected)
    assert len({uid for uid, _, _ in found}) == len(found) > 10


@pytest.mark.client("Mermaid")
def test_every_diagram_is_parsed(client: Installed, run_elo: Callable[..., str], tmp_path: Path) -> None:
    """Both charts of `elo timeline` in every language, and the diagrams of docs/, are what Mermaid draws."""
    charts = [("measures",), ("money",), *(("money", "--basis", basis) for basis in ("total", "per-year"))]
    for lang in ("fi", "sv", "en"):
        for chart in charts:
            words = ("timeline", "--format", "mermaid", "--chart", *chart, "--lang", lang, "--as-of", DAY)
            (tmp_path / f"{lang}-{'-'.join(chart)}.mmd").write_text(run_elo(*words), "utf-8")
    for page in (ROOT / "docs").glob("*.md"):
        for number, part in enumerate(page.read_text("utf-8").split("\n```mermaid\n")[1:]):
            (tmp_path / f"{page.stem}-{number}.mmd").write_text(part.partition("\n```")[0], "utf-8")
    paths = sorted(tmp_path.glob("*.mmd"))
    found = json.loads(script(client, "mermaid.mjs", *paths))
    assert len(found) == len(paths)
    assert set(found.values()) <= {"gantt", "xychart", "flowchart-v2"}, found
