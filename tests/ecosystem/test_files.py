"""The records in an editor, and the schemas in validators of others."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from elo_cli.render.schemas.schemas import ANSWERS
from tests.ecosystem.installing import ROOT, Installed
from tests.ecosystem.language_server import Editor
from tests.repositories import Repo

SCHEMAS: Final = ROOT / "schemas"
MILESTONE: Final = ROOT / "data" / "milestones" / "dsp-services.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with our data and schemas, for an editor to open."""
    for name in ("data", "schemas"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.mark.client("yaml-language-server")
def test_an_editor_completes_explains_and_finds(client: Installed, folder: Path) -> None:
    """A record has no finding, a wrong due has one in words; ids and languages are offered, fields explained."""
    server = shutil.which("yaml-language-server", path=client.environment["PATH"])
    path = folder / MILESTONE.relative_to(ROOT)
    lines = MILESTONE.read_text("utf-8").splitlines()
    due = next(number for number, line in enumerate(lines) if line.startswith("due:"))
    with Editor([str(server), "--stdio"], folder, client.environment) as editor:
        assert editor.open(path, "\n".join(lines) + "\n") == []
        hover = editor.at("hover", path, due, 1)
        schema = json.loads((SCHEMAS / "milestone.schema.json").read_text("utf-8"))
        assert schema["properties"]["due"]["description"] in str(hover["contents"])

        (wrong,) = editor.open(
            path.with_stem("wrong"), "\n".join([*lines[:due], "due: 2021-Q5", *lines[due + 1 :], ""])
        )
        assert wrong["range"]["start"]["line"] == due
        assert "2021-Q4" in wrong["message"], wrong

        asked = path.with_stem("asked")
        editor.open(
            asked, "\n".join([lines[0], "id: asked", "type: national", "name:", "  ", "lead: ", "measures:", "  - "])
        )
        for line, character, expected in ((4, 2, {"fi", "sv", "en"}), (5, 6, {"okm", "tem"}), (7, 4, {"onni"})):
            offered = editor.at("completion", asked, line, character)["items"]
            assert expected <= {item["label"] for item in offered}, (line, [item["label"] for item in offered])


@pytest.mark.client("check-jsonschema")
def test_every_file_is_what_its_schema_says(client: Installed) -> None:
    """Every file of the data is what the schema in its first line says, and the schemas are what JSON Schema says."""
    client.run("check-jsonschema", "--check-metaschema", *SCHEMAS.rglob("*.json"))
    by_schema: dict[str, list[Path]] = {}
    for path in sorted((ROOT / "data").rglob("*.yaml")):
        name = path.read_text("utf-8").partition("\n")[0].rpartition("/")[2]
        by_schema.setdefault(name, []).append(path)
    assert len(by_schema) > 5
    for name, paths in by_schema.items():
        client.run("check-jsonschema", "--schemafile", SCHEMAS / name, *paths)


DRAFT: Final = ("--spec=draft2020", "-c", "ajv-formats")


@pytest.mark.client("ajv")
def test_schemas_compile(client: Installed) -> None:
    """Every schema of records and of answers compiles, those of answers in the strict mode."""
    answers = [word for path in sorted((SCHEMAS / "output").glob("*.json")) for word in ("-s", path)]
    client.run("ajv", "compile", *DRAFT, "--strict=true", *answers)
    # Schemas of records have words for editors, which strict mode does not know. ajv finds another schema by its $id.
    records = [
        word for path in sorted(SCHEMAS.glob("*.json")) if path.name != "ids.schema.json" for word in ("-s", path.name)
    ]
    client.run("ajv", "compile", *DRAFT, "--strict=false", "-r", "ids.schema.json", *records, cwd=SCHEMAS)


WORDS: Final = {
    "deadlines": ("--within", "all"),
    "diff": ("HEAD~1..HEAD",),
    "export": ("-",),
    "find": ("okm",),
    "list": ("milestones",),
    "log": ("dsp-services",),
    "show": ("dsp-services",),
}


@pytest.mark.client("ajv")
def test_answers_are_what_their_schemas_say(client: Installed, run_elo: Callable[..., str], tmp_path: Path) -> None:
    """The JSON of every verb that answers in it is what its schema says."""
    repo = Repo(tmp_path / "repo")
    shutil.copytree(ROOT / "data", repo.data)
    repo.commit()
    path = repo.data / MILESTONE.relative_to(ROOT / "data")
    path.write_text(
        path.read_text("utf-8").replace("due: 2023", "due: 2022").replace("due: 2024", "due: 2022"), "utf-8"
    )
    repo.commit()
    sheet = tmp_path / "chase.xlsx"
    run_elo("export", sheet, "--owner", "okm", data=repo.data)
    words = WORDS | {"import": (str(sheet), "--mapping", "chase", "--by", "okm")}
    for verb in ANSWERS:
        answer = tmp_path / f"{verb}.json"
        answer.write_text(run_elo(verb, *words.get(verb, ()), "--format", "json", data=repo.data), "utf-8")
        client.run("ajv", "validate", *DRAFT, "-s", SCHEMAS / "output" / f"{verb}.schema.json", "-d", answer)
