"""`elo schema`: prints a schema, lists them, and writes them beside the data."""

import json
from pathlib import Path

import pytest

from elo_cli.render.schemas.schemas import all_schemas
from tests import trackers
from tests.running import Runner


def test_without_a_name_every_name_is_listed(elo: Runner) -> None:
    """One name a line, so that each can be given back."""
    run = elo("schema")
    assert run.lines == list(all_schemas())
    assert {"milestone", "vocabulary-goals", "tracker", "output/status"} <= set(run.lines)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("milestone", "milestone"),
        ("milestones", "milestone"),
        ("goal", "vocabulary-goals"),
        ("goals", "vocabulary-goals"),
        ("vocabulary-goals", "vocabulary-goals"),
        ("output/status", "output/status"),
        ("measure.schema.json", "measure"),
    ],
)
def test_schema_of_a_name(elo: Runner, given: str, name: str) -> None:
    """A kind, its folder, the schema's or the file's own name: each gives the schema as its file holds it."""
    run = elo("schema", given)
    assert run.code == 0
    assert json.loads(run.out) == all_schemas()[name]


@pytest.mark.parametrize(("given", "nearest"), [("milestome", "milestone"), ("output/statu", "output/status")])
def test_unknown_name(elo: Runner, given: str, nearest: str) -> None:
    """A name that there is not ends with exit code 2 and the nearest one."""
    run = elo("schema", given)
    assert (run.code, run.out) == (2, "")
    assert nearest in run.err


def test_write_beside_the_data(elo: Runner, tmp_path: Path) -> None:
    """--write fills schemas/ beside the data folder, where each data file looks for its own, and says what changed."""
    data = trackers.write(tmp_path / "data", {"measures/m": ""})
    run = elo("schema", "--write", "--lang", "en", data=data)
    assert (run.code, run.out) == (0, "")
    written = {path.relative_to(tmp_path / "schemas").as_posix() for path in (tmp_path / "schemas").rglob("*.json")}
    assert written == {f"{name}.schema.json" for name in all_schemas()}
    assert run.err.count("written: ") == len(written)
    assert "is up to date" in elo("schema", "--write", "--lang", "en", data=data).err


def test_write_takes_no_name(elo: Runner, tmp_path: Path) -> None:
    """--write writes all; with a name it is wrong usage, and nothing is written."""
    data = trackers.write(tmp_path / "data", {"measures/m": ""})
    assert elo("schema", "measure", "--write", data=data).code == 2
    assert not (tmp_path / "schemas").exists()


def test_disk_that_refuses(elo: Runner, tmp_path: Path) -> None:
    """Where a file stands in the way the system's word is told with exit code 3."""
    data = trackers.write(tmp_path / "data", {"measures/m": ""})
    (tmp_path / "schemas").write_text("in the way", "utf-8")
    run = elo("schema", "--write", data=data)
    assert (run.code, run.out) == (3, "")
    assert "Traceback" not in run.err
