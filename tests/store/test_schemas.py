"""The schemas beside the data say what elo accepts, for editors and for checks without elo."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

from elo_cli.model.kinds import KINDS
from elo_cli.store.loading import load
from elo_cli.store.schemas import file_schemas, write_schemas
from elo_cli.store.source import WorkTree
from elo_cli.store.yaml.strict import parse
from tests.running import DATA

ROOT = DATA.parent
SCHEMAS = file_schemas()


def validator(name: str) -> Draft202012Validator:
    """Return what validates files of this schema."""
    return Draft202012Validator(SCHEMAS[name], format_checker=FormatChecker())


def problems(name: str, text: str) -> list[str]:
    """Return what a schema finds wrong in a file."""
    value = parse(text.encode(), "x.yaml").value
    assert value is not None, text
    return [error.message for error in validator(name).iter_errors(value)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_one(name: str) -> None:
    """Every schema is JSON Schema 2020-12 and refers to nothing outside itself."""
    Draft202012Validator.check_schema(SCHEMAS[name])
    text = json.dumps(SCHEMAS[name])
    assert text.count('"$ref"') == text.count('"$ref": "#/$defs/')


def test_every_kind_and_the_settings_have_one() -> None:
    """A file of the data folder has a schema, whatever its kind, under the name in its first line."""
    assert set(SCHEMAS) == {"tracker", *(kind.schema for kind in KINDS.values())}
    for path in DATA.rglob("*.yaml"):
        first = path.read_text("utf-8").partition("\n")[0]
        mode, _, target = first.partition("$schema=")
        assert mode == "# yaml-language-server: "
        assert (path.parent / target).resolve() == ROOT / "schemas" / Path(target).name
        assert Path(target).name.removesuffix(".schema.json") in SCHEMAS


def test_data_is_accepted() -> None:
    """Every file of the repository's data that elo reads is what its schema says."""
    found = []
    for path in sorted(DATA.rglob("*.yaml")):
        name = path.read_text("utf-8").partition("\n")[0].rpartition("/")[2].removesuffix(".schema.json")
        found += [f"{path.name}: {problem}" for problem in problems(name, path.read_text("utf-8"))]
    assert found == []
    assert load(WorkTree(DATA)).problems == []


def test_check_jsonschema_agrees() -> None:
    """The program that editors' users run accepts the schemas themselves, and the data by them."""
    program = [sys.executable, "-m", "check_jsonschema"]
    folder = ROOT / "schemas"
    runs: list[list[str | Path]] = [[*program, "--check-metaschema", *folder.rglob("*.schema.json")]]
    runs += [
        [*program, "--schemafile", folder / f"{kind}.schema.json", *(DATA / below).glob("*.yaml")]
        for kind, below in (("milestone", "milestones"), ("funding", "funding"), ("measure", "measures"))
    ]
    for words in runs:
        run = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
        assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("as_day", [lambda day: day, lambda _day: {}], ids=["PyYAML", "js-yaml"])
def test_a_reader_that_makes_days_agrees(as_day: Callable[[date], object]) -> None:
    """Where a bare day becomes a date, or an object without properties, a validator accepts the data all the same."""

    def read(value: object) -> object:
        match value:
            case dict():
                return {name: read(inner) for name, inner in value.items()}
            case list():
                return [read(inner) for inner in value]
            case date():
                return as_day(value)
            case _:
                return value

    found = []
    for path in sorted(DATA.rglob("*.yaml")):
        text = path.read_text("utf-8")
        name = text.partition("\n")[0].rpartition("/")[2].removesuffix(".schema.json")
        value = read(yaml.safe_load(text))
        found += [f"{path.name}: {error.message}" for error in Draft202012Validator(SCHEMAS[name]).iter_errors(value)]
    assert found == []


def _fields(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the fields of every object in a schema."""
    objects = [schema, *schema.get("$defs", {}).values()]
    return [field for one in objects for field in one.get("properties", {}).values()]


@pytest.mark.parametrize("name", SCHEMAS)
def test_editor_has_something_to_say_of_every_field(name: str) -> None:
    """Each field has a description to show, and no object takes a field that it does not know."""
    schema = SCHEMAS[name]
    texts = [schema["$defs"].get(text, {}).get("properties", {}).values() for text in ("LocalText", "LocalName")]
    languages = [field for fields in texts for field in fields]
    assert [field for field in _fields(schema) if "description" not in field and field not in languages] == []
    for one in (schema, *schema["$defs"].values()):
        assert "additionalProperties" in one or one.get("type") != "object"


def test_written_once_and_then_left_alone(tmp_path: Path) -> None:
    """Writing makes the folder what the models say and touches nothing the second time; what is stale is written."""
    folder = tmp_path / "schemas"
    assert len(write_schemas(folder, SCHEMAS)) == len(SCHEMAS)
    assert write_schemas(folder, SCHEMAS) == []
    (folder / "tracker.schema.json").write_text("{}", "utf-8")
    assert [path.name for path in write_schemas(folder, SCHEMAS)] == ["tracker.schema.json"]
