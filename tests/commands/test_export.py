"""elo export and elo calendar as a person calls them: which format, what is replaced and what is left alone."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests import hostile
from tests.running import Runner

TARGETS = ["out.json", "out.sqlite", "out.xlsx", "tables"]


@pytest.mark.parametrize("name", TARGETS)
def test_target_says_the_format(elo: Runner, tmp_path: Path, name: str) -> None:
    """The target's name says the format; stdout stays empty, and stderr says how many records went where."""
    run = elo("export", str(tmp_path / name), "--lang", "en")
    assert (run.code, run.out) == (0, ""), run.err
    assert "records written to" in run.err
    head = (tmp_path / name / "measures.csv" if name == "tables" else tmp_path / name).read_bytes()[:16]
    assert head.startswith({"out.json": b"{", "out.sqlite": b"SQLite", "out.xlsx": b"PK", "tables": b"id,name"}[name])


@pytest.mark.parametrize("name", TARGETS)
def test_a_second_export_takes_the_place_of_the_first(elo: Runner, tmp_path: Path, name: str) -> None:
    """An earlier export is replaced as long as nobody has changed it, a workbook too; --force replaces any."""
    target = str(tmp_path / name)
    assert elo("export", target).code == 0
    assert elo("export", target).code == 0
    file = tmp_path / name / "goals.csv" if name == "tables" else tmp_path / name
    file.write_bytes(file.read_bytes() + b"mine")
    assert elo("export", target).code == 2
    assert file.read_bytes().endswith(b"mine")
    assert elo("export", target, "--force").code == 0
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["out.json", "out.sqlite", "out.ics"])
def test_a_file_of_others_is_left_alone(elo: Runner, tmp_path: Path, name: str) -> None:
    """A file that elo did not write stays as it is, with exit code 2 and a word on --force."""
    target = tmp_path / name
    target.write_text("mine", "utf-8")
    words = ("calendar", "-o", str(target)) if name == "out.ics" else ("export", str(target))
    run = elo(*words, "--lang", "en")
    assert run.code == 2
    assert "--force" in run.err
    assert target.read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("export", "out.pdf"), 2),
        (("export", "out.json", "--owner", "okm"), 2),
        (("export", "out.xlsx", "--owner", "nobody"), 2),
        (("export", "-", "--format", "csv"), 2),
        (("export", "nowhere/at/all.json"), 3),
        (("export", "/dev/full", "--format", "json"), 3),
        (("calendar", "-o", "/dev/full"), 3),
        (("calendar", "-o", "nowhere/at/all.ics"), 3),
        (("calendar", "--only", "party"), 2),
        (("calendar", "--alarm", "-1"), 2),
        (("timeline", "-o", "/dev/full", "--format", "svg"), 3),
    ],
)
def test_wrong_use_and_a_disk_that_refuses(
    elo: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: int
) -> None:
    """Wrong use leaves with 2 and a refusing disk with 3, each with one message and nothing written."""
    monkeypatch.chdir(tmp_path)
    run = elo(*words, "--lang", "en")
    assert (run.code, run.out) == (code, "")
    assert run.err.startswith("elo: ")
    assert list(tmp_path.iterdir()) == []


def test_json_can_go_to_a_pipe(elo: Runner) -> None:
    """With - for the target the document is the answer on stdout, and nothing is said beside it."""
    run = elo("export", "-", "--format", "json", "--as-of", "2021-04-09")
    assert json.loads(run.out)["as_of"] == "2021-04-09"
    assert run.err == ""


@pytest.mark.parametrize("name", TARGETS)
def test_data_that_means_no_good_is_exported_as_text(elo: Runner, tmp_path: Path, name: str) -> None:
    """Records full of markup, formulas and directives go out in every format, and come to no harm."""
    data = hostile.write(tmp_path / "data")
    target = tmp_path / name
    run = elo("export", str(target), "--lang", "en", data=data)
    assert run.code == 0, run.err
    if name == "out.json":
        records = {record["id"]: record for record in json.loads(target.read_text("utf-8"))["records"]}
        assert records["measure-x0"]["data"]["name"]["en"] == hostile.ATTACKS[0]
    elif name == "out.sqlite":
        with closing(sqlite3.connect(target)) as database:
            found = database.execute("SELECT name_en FROM measures_now WHERE id = 'measure-x0'").fetchone()
        assert found == (hostile.ATTACKS[0],)


def test_what_could_not_be_read_is_said(elo: Runner, tmp_path: Path) -> None:
    """An export of a tracker with a broken file names the file, in the document too, and leaves with 1."""
    data = hostile.write(tmp_path / "data")
    (data / "measures" / "measure-x0.yaml").write_text("id: [", "utf-8")
    run = elo("export", str(tmp_path / "out.json"), "--lang", "en", data=data)
    assert run.code == 1
    assert "measure-x0.yaml" in run.err
    document = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert len(document["incomplete"]) == 1
    assert document["unread"] == {"measure-x0": "measure"}
