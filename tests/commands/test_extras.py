"""What only some answers need may be absent: the verbs that need it say what to install, the others do without."""

import os
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from elo_cli.commands.shared import usage
from elo_cli.commands.shared.usage import EXTRAS
from elo_cli.render.words.language import Language
from tests.running import DATA

BLOCKED = "import sys\nsys.modules.update(dict.fromkeys({names!r}))\nfrom elo_cli.cli import main\nsys.exit(main())"


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run elo where the packages of no extra can be imported."""
    program = BLOCKED.format(names=sorted(EXTRAS))
    return subprocess.run(
        [sys.executable, "-c", program, *words, "--data", str(DATA)],
        cwd=cwd,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "package"),
    [
        ("report summary -o x.docx", "python-docx"),
        ("report summary -o x.pdf", "typst"),
        ("export x.xlsx", "openpyxl"),
        ("export history.parquet", "duckdb"),
        ("export x --format parquet", "duckdb"),
    ],
)
def test_a_missing_package_is_named_with_the_command_that_brings_it(words: str, package: str, tmp_path: Path) -> None:
    """One sentence, the usage exit, and no file half written."""
    answer = run(*words.split(), "--lang", "en", cwd=tmp_path)
    assert answer.returncode == 2, answer.stderr
    assert f"-m pip install '{package}>=" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        "status",
        "check",
        "show okm",
        "deadlines",
        "funding",
        "diff HEAD",
        "report summary",
        "export x",
        "export x --format all",
        "site y",
        "find ohjaus",
    ],
)
def test_reading_verbs_do_without_the_extras(words: str, tmp_path: Path) -> None:
    """Who reads, checks and publishes needs none of them."""
    answer = run(*words.split(), cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr


def test_elo_that_is_not_installed_guesses_no_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without what an installation says of extras no command is told: a module's name may be a stranger's package."""

    def absent(name: str) -> list[str]:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(usage, "requires", absent)
    assert usage.lacking_message(Language("en"), ModuleNotFoundError("docx", name="docx")) is None
