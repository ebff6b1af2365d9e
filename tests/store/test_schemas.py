"""The schemas beside the data say what elo accepts, for editors and for checks without elo."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
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


MILESTONE = "id: m\ntype: national\nname:\n  fi: Nimi\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("milestone", f"{MILESTONE}owner: okm\n"),
        ("milestone", "id: m\nname:\n  fi: Nimi\n"),
        ("milestone", f"{MILESTONE}due: 2021-Q5\n"),
        ("milestone", f"{MILESTONE}due: 9.4.2021\n"),
        ("milestone", f"{MILESTONE}status: done\n"),
        ("milestone", f"{MILESTONE}measures: []\n"),
        ("milestone", f"{MILESTONE}lead: null\n"),
        ("milestone", f"{MILESTONE}updates:\n  - date: 2022-01-01\n    type: null\n"),
        ("milestone", f"{MILESTONE}description: Text without a language\n"),
        ("milestone", f"{MILESTONE}description:\n  finnish: Teksti\n"),
        ("milestone", f"{MILESTONE}updates:\n  - status: completed\n"),
        ("milestone", f"{MILESTONE}evidence:\n  - title: T\n    uri: javascript:alert(1)\n"),
        ("milestone", "id: Bad_id\ntype: national\n"),
        ("funding", "id: f\namount: 1,5 M€\n"),
        ("funding", "id: f\namount: 5\n"),
        ("funding", "id: f\nown_contribution: 30\n"),
        ("measure", "id: m\nactions:\n  Bad Key:\n    fi: Teksti\n"),
        ("vocabulary-goals", "g:\n  id: g\n  type: strategic-goal\n"),
        ("vocabulary-goals", "Bad Id:\n  type: strategic-goal\n"),
        ("vocabulary-goals", "g:\n  type: wish\n"),
        ("vocabulary-instruments", "i:\n  reporting:\n    r:\n      name:\n        fi: R\n      day: 4-30\n"),
        ("tracker", "format: 2\nname:\n  fi: T\nlanguages:\n  - fi\n"),
        ("tracker", "format: 1\nname:\n  fi: T\nlanguages: []\n"),
    ],
)
def test_what_elo_refuses_is_refused(name: str, text: str) -> None:
    """What is wrong by itself, without looking at other files, a schema finds too."""
    assert problems(name, text) != []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("milestone", f"{MILESTONE}due: 2021\nrrf:\n  cid_number: null\n"),
        ("milestone", f"{MILESTONE}updates:\n  - date: 2022-01-01\n    lead: null\n    confidence: null\n"),
        ("milestone", f"{MILESTONE}updates:\n  - date: 2022-01-01\n    rrf: {{plan_measure: null}}\n"),
        ("milestone", f"{MILESTONE}updates:\n  - date: 2022-01-01\n    type: rrf-target\n"),
        ("funding", "id: f\namount: 24.3 M€\nown_contribution: 20-30 %\nperiod: 2021/..\n"),
        ("vocabulary-goals", "g:\n  type: strategic-goal\n  name:\n    se: Ulbmil\n"),
    ],
)
def test_what_elo_reads_is_accepted(name: str, text: str) -> None:
    """A bare year, an open period, another language, null where it takes something back: what is right passes."""
    assert problems(name, text) == []


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
