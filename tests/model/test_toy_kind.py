"""A kind that elo does not have, added by its recipe to a copy of the tree, works in every verb and format."""

import csv
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.model import toy
from tests.repositories import Repo

ROOT = Path(__file__).parents[2]
BASE = ROOT / "tests" / "checks" / "base"
LANGUAGES = ("en", "fi", "sv")
ID = "no-counsellors"
SAID = toy.VALUES["high"]
"""What a reader is told where the file has `high`."""
MAPPING = """\
format: 1
title: {en: Risks of someone else}
columns:
  code: [Code]
  name: [Name]
  cost: [Cost]
records:
  - kind: risk
    id: {take: "{code}", form: id}
    fields:
      name: {take: "{name}", language: en}
      damage: {take: "{cost}", unit: "k€"}
"""
DRIVER = """\
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout
from elo_cli.cli import main

answers = []
for words in json.load(sys.stdin):
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        code = main(words)
    answers.append((code, *(stream.buffer.getvalue().decode() for stream in (out, err))))
json.dump(answers, sys.stdout)
"""
# What every reader of the tracker is asked, in each language.
READING: tuple[tuple[str, ...], ...] = (
    *(("list", "risks", "--format", form) for form in ("table", "json", "csv", "markdown")),
    *(("list", "risks", option, value) for option, value in (("--measure", "guidance"), ("--owner", "okm"))),
    *(("show", ID, "--format", form) for form in ("table", "json", "markdown")),
    *((verb, "--format", form) for verb in ("status", "deadlines", "funding") for form in ("table", "json", "csv")),
    *(("show", other) for other in ("guidance", "okm", "plan")),
    *(("check", "--format", form) for form in ("text", "json", "github", "gitlab", "sarif")),
    *(("timeline", "--format", form) for form in ("table", "json", "svg", "mermaid")),
    *(("report", name) for name in ("summary", "chase", "rrf", "funding")),
    *(("report", "meeting", "--meeting", "forum", "--format", form) for form in ("markdown", "html")),
    *(("diff", "v1..v2", "--by", by) for by in ("goal", "measure", "organisation")),
    *(("diff", "v1..v2", "--format", form) for form in ("markdown", "json", "html")),
    *(("log", ID, "--format", form) for form in ("table", "json", "csv", "markdown")),
    *(("schema", name) for name in ("risk", "risks", "output/list", "output/show")),
    ("check", "--against", "v1"),
    ("calendar",),
    ("rules",),
    ("new", "--help"),
    ("update", "--help"),
    ("fmt", "--check"),
)


class Copy:
    """A copy of the tree with the kind, and a repository with a record of it."""

    def __init__(self, folder: Path) -> None:
        """Make both below a folder."""
        self.tree = folder / "tree"
        shutil.copytree(ROOT / "elo_cli", self.tree / "elo_cli", ignore=shutil.ignore_patterns("__pycache__"))
        (self.tree / "docs").mkdir()
        for page in (ROOT / "docs").glob("*.py"):
            shutil.copy(page, self.tree / "docs")
        toy.add(self.tree)
        (self.tree / "driver.py").write_text(DRIVER, "utf-8")
        self.repo = Repo(folder / "repo")
        shutil.copytree(BASE, self.repo.data)
        self.repo.commit()
        self.repo.git("tag", "v1")
        self.repo.commit({f"risks/{ID}": toy.RECORD})
        self.repo.git("tag", "v2")

    def python(self, *words: str, given: str = "") -> str:
        """Run Python with the copy's elo in the repository, and give what it prints."""
        run = subprocess.run(
            [sys.executable, *words],
            cwd=self.repo.root,
            input=given,
            capture_output=True,
            encoding="utf-8",
            check=False,
            env=os.environ | {"PYTHONPATH": str(self.tree), "ELO_TODAY": "2021-06-01", "COLUMNS": "200"},
        )
        assert run.returncode == 0, run.stderr
        return run.stdout

    def ask(self, *asked: Sequence[str]) -> dict[tuple[str, ...], str]:
        """Give the answers by what was asked, and hold that each verb did its work."""
        answers = json.loads(self.python(str(self.tree / "driver.py"), given=json.dumps(asked)))
        failed = {" ".join(words): err for words, (code, _, err) in zip(asked, answers, strict=True) if code > 1}
        assert failed == {}
        return {tuple(words): out for words, (_, out, _) in zip(asked, answers, strict=True)}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Return the copy, made once."""
    return Copy(tmp_path_factory.mktemp("toy"))


def test_every_reading_verb(copy: Copy) -> None:
    """No verb, format or language stumbles over the kind, and its words are shown where the file has only values."""
    asked = [(*words, "--lang", language) for words in READING for language in LANGUAGES if words[-1] != "--help"]
    answers = copy.ask(*asked, *(words for words in READING if words[-1] == "--help"))
    for form in ("table", "csv", "markdown"):
        listed = answers["list", "risks", "--format", form, "--lang", "en"]
        assert SAID in listed
        assert "Guidance" in listed
        assert "Window of time" in listed
    shown = answers["show", ID, "--format", "table", "--lang", "en"]
    for text in ("risk", "Watched by", "Guidance (guidance)", "promised: €2 million", SAID, "More are trained"):
        assert text in shown
    assert "Damage: €3 million" in shown
    for option, value in (("--measure", "guidance"), ("--owner", "okm")):
        assert ID in answers["list", "risks", option, value, "--lang", "en"]
    assert "Too few counsellors" in answers["show", "guidance", "--lang", "en"]
    assert "Too few counsellors" in answers["diff", "v1..v2", "--by", "measure", "--lang", "en"]
    found = json.loads(answers["check", "--format", "json", "--lang", "en"])["findings"]
    assert [finding for finding in found if finding["record"] == ID] == []


def test_exports_and_site(copy: Copy) -> None:
    """Its table is in every export and its pages in the site, described by the words of the tables."""
    copy.ask(
        *(("export", f"out.{form}", "--format", form) for form in ("csv", "xlsx", "json", "sqlite")),
        ("site", "pages"),
        ("report", "summary", "--format", "docx", "-o", "summary.docx"),
    )
    root = copy.repo.root
    with (root / "out.csv" / "risks.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["likelihood"], row["damage"], row["promised_window"]) == ("high", "3000000", "2021/2023")
    assert (root / "out.csv" / "risk_losses.csv").exists()
    package = json.loads((root / "out.csv" / "datapackage.json").read_text("utf-8"))
    (described,) = [resource for resource in package["resources"] if resource["name"] == "risks"]
    assert described["description"] == "The risks, as they stand on the day."
    book = load_workbook(root / "out.xlsx")
    assert [cell.value for cell in book["Losses"][2]] == ["Record", "Organisation", "Amount"]
    sheet = list(book["Risks"].values)
    assert dict(zip(sheet[1], sheet[2], strict=True))["Likelihood"] == SAID
    with closing(sqlite3.connect(root / "out.sqlite")) as database:
        assert database.execute("SELECT likelihood, damage FROM risks_now").fetchall() == [("high", 3_000_000)]
    page = (root / "pages" / "en" / "risks" / f"{ID}.html").read_text("utf-8")
    assert SAID in page
    assert (root / "pages" / "en" / "risks" / "index.html").exists()


def test_every_writing_verb(copy: Copy, tmp_path: Path) -> None:
    """A record of the kind is made, updated, put right, renamed, imported and taken out; init shows its example."""
    (tmp_path / "m.yaml").write_text(MAPPING, "utf-8")
    (tmp_path / "t.csv").write_text("Code,Name,Cost\nFire,A fire,20\n", "utf-8")
    note = ("--note", "Said so", "--by", "okm", "--date", "2021-05-20")
    also = ("--likelihood", "low", "--losses", "okm=1 M€", "--source", "plan")
    answers = copy.ask(
        ("new", "risk", "--id", "rumour", "--name", "A rumour"),
        ("new", "risk", "--id", "strike", "--name", "A strike", "--measures", "guidance", "--damage", "1 M€", *also),
        ("update", "strike", "--likelihood", "high", *note),
        ("set", "strike", "damage", "2 M€", "--reason", "A slip of the pen"),
        ("mv", "strike", "long-strike"),
        ("show", "long-strike", "--format", "json"),
        ("import", str(tmp_path / "t.csv"), "--mapping", str(tmp_path / "m.yaml"), "--source", "report", "--yes"),
        ("show", "fire", "--format", "json"),
        ("fmt",),
        ("rm", "fire", "--yes"),
        ("init", str(tmp_path / "fresh"), "--name", "Fresh", "--languages", "en"),
        ("list", "risks", "--data", str(tmp_path / "fresh" / "data"), "--format", "json"),
        ("check", "--data", str(tmp_path / "fresh" / "data")),
        ("schema", "--write"),
    )
    record = json.loads(answers["show", "long-strike", "--format", "json"])["record"]
    assert (record["likelihood"], record["damage"], record["losses"]) == ("high", "2000000", {"okm": "1000000"})
    assert json.loads(answers["show", "fire", "--format", "json"])["record"]["damage"] == "20000"
    assert not (copy.repo.data / "risks" / "fire.yaml").exists()
    # It names no source, and no source is no fact.
    assert not (copy.repo.data / "risks" / "rumour.yaml").exists()
    (first,) = json.loads(answers["list", "risks", "--data", str(tmp_path / "fresh" / "data"), "--format", "json"])[
        "records"
    ]
    assert first["id"] == "first-risk"
    assert (copy.repo.root / "schemas" / "risk.schema.json").exists()


def test_manual_and_completion(copy: Copy) -> None:
    """`make docs` describes the kind, and a shell completes its folder, its ids and its words."""
    printed = copy.python(
        "-c",
        "from docs.completion_table import completion_table; from elo_cli.commands.complete import TABLE;"
        "TABLE.write_text(completion_table(), 'utf-8'); from docs.records_page import _kind;"
        "from elo_cli.model.kinds import KINDS; print(_kind(KINDS['risk'], set()))",
    )
    assert "| `damage` | money | yes | What it would cost. |" in printed
    answers = copy.ask(
        *(
            ("__complete", f":{current}", *words)
            for current, *words in (("ri", "list"), ("no-", "show"), ("", "update", ID, "--likelihood"))
        )
    )
    assert [out.split() for out in answers.values()] == [["risks"], [ID], ["high", "low", "none"]]
