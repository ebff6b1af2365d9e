"""A language that elo does not have, added by its recipe to a copy of the tree, speaks in every verb and format."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from elo_cli.cli import VERBS
from tests.model.test_toy_kind import DRIVER, ROOT

CODE = "eo"
RECORD = """        LanguageRecord(
            code="eo",
            name="Ĕšþéŕåñţö",
            locale="eo",
            tag="eo-FI",
            day="{day}/{month}/{year}",
            month_day="{day}/{month}",
            sheet_day="d/m/yyyy",
            months="ĵåñ ƒéb måŕ åþŕ måj ĵûñ ĵûļ åûğ šéþ öķţ ñöv ðéķ",
        ),
"""
ACCENTS = str.maketrans("aeiouAEIOUcnstyz", "åéîöûÅÉÎÖÛçñšţýž")
ACCENTED = re.compile("[åéîûçšţž]")
READING: tuple[tuple[str, ...], ...] = (
    *((verb,) for verb in ("status", "deadlines", "funding", "check", "rules", "timeline", "calendar")),
    *(("list", kind, "--format", form) for kind in ("measures", "funding") for form in ("table", "csv", "markdown")),
    *(("show", "onni", "--format", form) for form in ("table", "markdown")),
    *(("check", "--format", form) for form in ("github", "gitlab", "sarif")),
    *(("funding", "--by", by) for by in ("instrument", "stage", "measure", "organisation")),
    *(("timeline", "--chart", chart, "--format", "svg") for chart in ("measures", "money")),
    *(
        ("report", name, "--format", form)
        for name in ("summary", "chase", "rrf", "funding")
        for form in ("markdown", "html")
    ),
    ("report", "meeting", "--meeting", "forum-2021-04-09"),
    *((verb, "--help") for verb in VERBS),
)
MISTAKES: tuple[tuple[str, ...], ...] = (
    ("status", "--nope"),
    ("list", "mesures"),
    ("show", "no-such-record"),
    ("status", "--as-of", "someday"),
    ("list", "measures", "--format", "wrong"),
    ("show",),
    ("status", "word-too-many"),
)


def pseudo(text: str) -> str:
    """Accented and about 40 % longer English, with its places as they are."""
    parts = re.split(r"(\{[^}]*\})", text)
    said = "".join(part if part.startswith("{") else part.translate(ACCENTS) for part in parts)
    return f"[{said}{' š' * (len(text) // 5)}]"


class Copy:
    """A copy of the tree with the language, and the repository's data beside it."""

    def __init__(self, folder: Path) -> None:
        """Follow the recipe: a record, and a catalogue made from the sources and translated."""
        self.folder = folder
        for name in ("elo_cli", "data"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "hatch_build.py", folder)
        (folder / "driver.py").write_text(DRIVER, "utf-8")
        table = folder / "elo_cli" / "model" / "languages.py"
        head, end, tail = table.read_text("utf-8").partition("    )\n}\n")
        assert end
        table.write_text(head + RECORD + end + tail, "utf-8")
        self.python("elo_cli/locales/catalogues.py")
        catalogue = folder / "elo_cli" / "locales" / CODE / "LC_MESSAGES" / "elo.po"
        with catalogue.open("rb") as stream:
            messages = read_po(stream, locale=CODE)
        for message in messages:
            if message.id:
                texts = message.id
                message.string = pseudo(texts) if isinstance(texts, str) else tuple(pseudo(text) for text in texts)
        with catalogue.open("wb") as stream:
            write_po(stream, messages, width=0)
        self.python("hatch_build.py")

    def python(self, *words: str, given: str = "") -> str:
        """Run Python with the copy's elo, and give what it prints."""
        variables = {"PYTHONPATH": str(self.folder), "ELO_TODAY": "2026-11-24", "COLUMNS": "80"}
        run = subprocess.run(
            [sys.executable, *words],
            cwd=self.folder,
            input=given,
            capture_output=True,
            encoding="utf-8",
            check=False,
            env=os.environ | variables,
        )
        assert run.returncode == 0, run.stderr
        return run.stdout

    def ask(self, asked: Sequence[Sequence[str]]) -> list[tuple[int, str, str]]:
        """Give exit code, answer and words to people of each call in the language."""
        words = [(*call, "--lang", CODE) for call in asked]
        answers: list[tuple[int, str, str]] = json.loads(self.python("driver.py", given=json.dumps(words)))
        return answers


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Return the copy, made once."""
    return Copy(tmp_path_factory.mktemp("pseudo"))


def test_every_reading_verb(copy: Copy) -> None:
    """Each verb, format, report and help does its work and speaks the language."""
    for words, (code, out, err) in zip(READING, copy.ask(READING), strict=True):
        assert code <= 1, (words, err)
        assert ACCENTED.search(out) or not out, (words, out[:500])
        assert "{" not in out or words[-1] in {"svg", "html", "sarif", "gitlab", "--help"} or words == ("rules",), words


def test_mistakes(copy: Copy) -> None:
    """What is wrong with a call is said in the language."""
    for words, (code, _, err) in zip(MISTAKES, copy.ask(MISTAKES), strict=True):
        assert code == 2, (words, err)
        assert "[" in err.splitlines()[0], err
        assert ACCENTED.search(err), (words, err)


def test_files(copy: Copy) -> None:
    """Exports, the site and Word documents are written in the language."""
    asked = (
        *(("export", f"out.{form}", "--format", form) for form in ("csv", "xlsx", "json", "sqlite")),
        ("report", "summary", "--format", "docx", "-o", "summary.docx"),
    )
    for words, (code, _, err) in zip(asked, copy.ask(asked), strict=True):
        assert code == 0, (words, err)
    texts = []
    for name, part in (("summary.docx", "word/document.xml"), ("out.xlsx", "xl/workbook.xml")):
        with zipfile.ZipFile(copy.folder / name) as archive:
            texts.append(archive.read(part).decode())
            if name == "summary.docx":
                assert "eo-FI" in archive.read("word/styles.xml").decode()
    config = copy.folder / "data" / "tracker.yaml"
    kept = config.read_text("utf-8")
    config.write_text(kept.replace("\n  - sv\n", "\n  - sv\n  - eo\n", 1), "utf-8")
    ((code, _, err),) = copy.ask([("site", "pages")])
    config.write_text(kept, "utf-8")
    assert code <= 1, err
    texts.append((copy.folder / "pages" / CODE / "index.html").read_text("utf-8"))
    for text in texts:
        assert ACCENTED.search(text)
    assert "Ĕšþéŕåñţö" in (copy.folder / "pages" / "index.html").read_text("utf-8")
