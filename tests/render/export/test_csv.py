"""The CSV folder: what is described is what is there, and a spreadsheet runs none of it."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from elo_cli.model.kinds import KINDS
from elo_cli.render.export.csv import write_tables
from elo_cli.render.words.language import Language
from elo_cli.store.loading import load
from elo_cli.store.source import WorkTree
from elo_cli.tracking.day.view import View
from tests.render.export.test_lossless import AWKWARD
from tests.tools import ROOT
from tests.trackers import tracker

DAY = date(2021, 4, 9)


def ours(day: date = DAY) -> View:
    """Return the repository's own tracker on a day."""
    return View(load(WorkTree(ROOT / "data")), day)


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """Read one file as a program would."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("view", [ours(), View(tracker(AWKWARD), date(2024, 1, 1))], ids=["ours", "awkward"])
def test_folder_is_a_valid_data_package(view: View, tmp_path: Path) -> None:
    """Frictionless finds every file as described: types, closed lists, keys and references, sizes and sums."""
    from frictionless import Package

    write_tables(Language("fi", ("en",)), view, tmp_path)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])
    described = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))["resources"]
    assert {resource["path"] for resource in described} == {path.name for path in tmp_path.glob("*.csv")}
    assert {f"{kind.folder}.csv" for kind in KINDS.values()} <= {resource["path"] for resource in described}


def test_rows_hold_how_things_stand(tmp_path: Path) -> None:
    """A record that did not exist on the day has no row, and one that has moved shows the promised due too."""
    view = View(tracker(AWKWARD), date(2022, 6, 1))
    write_tables(Language("en"), view, tmp_path)
    (milestone,) = rows(tmp_path, "milestones")
    assert (milestone["due"], milestone["due_end"], milestone["promised_due"]) == ("2022-Q1", "2022-03-31", "2021-Q4")
    assert (milestone["status"], milestone["timing"], milestone["last_word"]) == (
        "in-progress",
        "unreported",
        "2022-01-10",
    )
    assert rows(tmp_path, "funding")[0]["amount"] == "0"
    assert rows(tmp_path, "funding")[0]["promised_amount"] == "750000.55"
    assert rows(tmp_path, "meetings") == []
    assert [row["number"] for row in rows(tmp_path, "updates") if row["record"] == "s"] == ["1", "2"]


def test_formulas_are_text(tmp_path: Path) -> None:
    """A name that a spreadsheet would run gets an apostrophe before it."""
    write_tables(Language("en"), View(tracker(AWKWARD), DAY), tmp_path)
    assert rows(tmp_path, "goals")[0]["name_en"] == "'=1+1 <b>&amp; ';'--"


def test_files_have_no_mark_and_are_the_same_twice(tmp_path: Path) -> None:
    """The files are UTF-8 without a byte order mark, and two exports of one state are equal to the byte."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_tables(Language("fi"), ours(), tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        content = path.read_bytes()
        assert not content.startswith(b"\xef\xbb\xbf")
        assert content == (tmp_path / "two" / path.name).read_bytes()


def test_every_column_is_described(tmp_path: Path) -> None:
    """Each column of a kind has a title and a description in the reader's language."""
    write_tables(Language("fi"), ours(), tmp_path)
    for resource in json.loads((tmp_path / "datapackage.json").read_text("utf-8"))["resources"]:
        assert resource["description"]
        for field in resource["schema"]["fields"]:
            assert field["title"], field
