"""`elo schema`: prints a schema, lists them, and writes them beside the data."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

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
    assert written == {f"{name}.schema.json" for name in (*all_schemas(), "ids")}
    assert run.err.count("written: ") == len(written)
    assert "is up to date" in elo("schema", "--write", "--lang", "en", data=data).err


def test_an_editor_is_offered_what_the_tracker_has(elo: Runner, tmp_path: Path) -> None:
    """At a reference the ids of its kinds, in a text the tracker’s languages by name; a new id is allowed."""
    data = trackers.write(tmp_path / "data", {"measures/m": "", "measures/n": "", "milestones/d": "measures: [m]\n"})
    (data / "tracker.yaml").write_text("format: 1\nname: {de: Probe}\nlanguages: [de, sv]\n", "utf-8")
    elo("schema", "--write", data=data)
    schemas = {path.name: json.loads(path.read_text("utf-8")) for path in (tmp_path / "schemas").glob("*.schema.json")}
    assert schemas["ids.schema.json"]["$defs"]["measure"] == {"enum": ["m", "n"]}
    milestone = schemas["milestone.schema.json"]
    assert milestone["properties"]["measures"]["items"] == {
        "anyOf": [{"$ref": "ids.schema.json#/$defs/measure"}, {"type": "string"}],
        "$ref": "#/$defs/Reference",
    }
    names = milestone["$defs"]["LocalName"]["properties"]
    assert {code: text["description"] for code, text in names.items()} == {"de": "Deutsch", "sv": "Svenska"}
    registry = Registry().with_resources((name, Resource.from_contents(schema)) for name, schema in schemas.items())
    record = {"id": "d", "type": "national", "name": {"de": "Neu"}, "measures": ["m", "not-yet-written"], "sources": []}
    validator = Draft202012Validator(milestone, registry=registry)
    assert [error.message for error in validator.iter_errors(record) if "measures" in error.path] == []


def test_check_names_what_a_new_record_makes_old(elo: Runner, tmp_path: Path) -> None:
    """--check writes nothing, ends with 1 where --write would change a file, and names it; a new id changes one."""
    data = trackers.write(tmp_path / "data", {"measures/m": ""})
    assert elo("schema", "--check", data=data).code == 1
    assert not (tmp_path / "schemas").exists()
    elo("schema", "--write", data=data)
    assert elo("schema", "--check", data=data).code == 0
    trackers.write(tmp_path / "data", {"measures/n": ""})
    run = elo("schema", "--check", data=data)
    assert (run.code, [Path(line).name for line in run.lines]) == (1, ["ids.schema.json"])


SOURCED = "sources: [{document: d}]\n"
OLD: dict[str, Callable[[Path], object]] = {
    "the tracker has other ids": lambda data: trackers.write(data, {"measures/n": SOURCED}),
    "the tracker has other languages": lambda data: (data / "tracker.yaml").write_text(
        "format: 1\nname: {en: A strategy}\nlanguages: [en, sv]\n", "utf-8"
    ),
    "a file is not as it was written": lambda data: (data.parent / "schemas/measure.schema.json").write_text("{}"),
    "they are of another version of elo": lambda data: (data.parent / "schemas/ids.schema.json").write_text("{}"),
}
"""What makes schemas old, as `elo check` says it."""


@pytest.mark.parametrize("said", OLD)
def test_elo_check_says_that_schemas_are_old(elo: Runner, tmp_path: Path, said: str) -> None:
    """Without schemas nothing is said, nor where they are as they were written; old ones are a note that says why."""
    data = trackers.write(tmp_path / "data", {"measures/m": SOURCED, "vocabulary/documents": "d: {date: 2020}\n"})
    assert "file-schemas-old" not in elo("check", data=data).out
    elo("schema", "--write", data=data)
    assert "file-schemas-old" not in elo("check", data=data).out
    OLD[said](data)
    run = elo("check", "--lang", "en", data=data)
    (line,) = [line for line in run.lines if "file-schemas-old" in line]
    assert line.endswith(f"schemas/ids.schema.json:1:1: note file-schemas-old the schemas for editors are old: {said}")
    elo("schema", "--write", data=data)
    assert "file-schemas-old" not in elo("check", data=data).out


@pytest.mark.parametrize(
    "text",
    ["", "[" * 100_000, "[]", '{"x-written": 5}', '{"x-written": {"models": 1, "files": {"../data/tracker": ""}}}'],
)
def test_elo_check_bears_a_hostile_schema(elo: Runner, tmp_path: Path, text: str) -> None:
    """Whatever stands where elo wrote down its work, schemas are old, and nothing else comes of it."""
    data = trackers.write(tmp_path / "data", {"measures/m": ""})
    elo("schema", "--write", data=data)
    (tmp_path / "schemas/ids.schema.json").write_text(text, "utf-8")
    run = elo("check", "--lang", "en", data=data)
    assert "they are of another version of elo" in run.out
    assert "Traceback" not in run.err


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


@pytest.mark.parametrize("name", ["schemas", "schemas/ids.schema.json"])
def test_nothing_is_written_through_a_link(
    elo: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """schemas/ may come with a pull request: as a link it is refused, from whatever folder elo is called."""
    data, outside = trackers.write(tmp_path / "repository" / "data", {"measures/m": ""}), tmp_path / "outside"
    outside.mkdir()
    place = data.parent / name
    place.parent.mkdir(exist_ok=True)
    place.symlink_to(outside if name == "schemas" else outside / "x.json")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    run = elo("schema", "--write", "--lang", "en", data=data)
    assert run.code == 2
    assert "link" in run.err
    assert list(outside.iterdir()) == []
