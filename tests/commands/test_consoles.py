"""Consoles that show little, and systems that are not POSIX: what programs read is the same bytes everywhere."""

import io
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from elo_cli import FOLDER
from elo_cli.cli import main
from tests.commands.test_forms import FORMS, WORDS
from tests.consoles import ENVIRONMENTS
from tests.running import DATA

SCREENS: Final = {"table", "text"}
FILES: Final = {"docx", "pdf", "xlsx", "sqlite", "parquet"}
"""Forms that are no text; they reach stdout as bytes in any case."""
FOLDERS: Final = {("export", "csv"), ("export", "all")}
"""Forms that are several files, and never reach it."""
CASES: Final = [
    *(
        [*WORDS.get(verb, [verb]), "--format", form]
        for verb, forms in FORMS.items()
        for form in forms
        if verb != "import" and form not in FILES and (verb, form) not in FOLDERS
    ),
    ["calendar"],
    ["schema", "measure"],
]
CONSOLES: Final = ["ascii", "cp1252", "cp437", "utf-16"]


def bytes_of(monkeypatch: pytest.MonkeyPatch, words: list[str], encoding: str, newline: str) -> tuple[int, bytes]:
    """What a run gives to a console of this encoding that ends its lines so."""
    held = io.BytesIO()
    with monkeypatch.context() as patch:
        patch.setenv("ELO_DATA", str(DATA))
        patch.setenv("ELO_LANG", "fi")
        patch.setenv("ELO_TODAY", "2026-11-24")
        patch.setattr("sys.stdout", io.TextIOWrapper(held, encoding=encoding, newline=newline))
        code = main(words)
        sys.stdout.flush()
        return code, held.getvalue()


@pytest.mark.parametrize("words", CASES, ids=" ".join)
def test_a_form_is_the_same_bytes_on_every_console(monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    """A form for programs is UTF-8 with the line ends of its own; a screen replaces what the console cannot print."""
    code, right = bytes_of(monkeypatch, words, "utf-8", "\n")
    assert code == 0
    for encoding in CONSOLES:
        code, answer = bytes_of(monkeypatch, words, encoding, "\r\n")
        assert code == 0
        if words[-1] in SCREENS:
            text = answer.decode(encoding)
            assert len(text.splitlines()) >= len(right.decode().splitlines()), encoding
        else:
            assert answer == right, encoding


@pytest.mark.parametrize("environment", [*ENVIRONMENTS.values(), {"PYTHONIOENCODING": "ascii:strict"}], ids=str)
@pytest.mark.parametrize("words", ["status", "status --format json", "check --format sarif", "report summary"])
def test_a_real_console(environment: dict[str, str], words: str) -> None:
    """The same in a process of its own, whose console is as the environment says: an answer, and no traceback."""
    common = {"ELO_DATA": str(DATA), "ELO_LANG": "fi", "ELO_TODAY": "2026-11-24"}
    command = [sys.executable, "-m", "elo_cli", *words.split()]
    runs = [
        subprocess.run(command, env={**common, **more}, capture_output=True, check=False)
        for more in (environment, {"PYTHONIOENCODING": "utf-8"})
    ]
    assert [run.returncode for run in runs] == [0, 0], runs[0].stderr
    if words != "status":
        assert runs[0].stdout == runs[1].stdout


ONLY_POSIX: Final = ("fcntl", "grp", "pwd", "resource", "termios", "tty")
IMPORTER: Final = f"""
import pkgutil, sys
for name in {ONLY_POSIX}:
    sys.modules[name] = None
import elo_cli
for module in pkgutil.walk_packages(elo_cli.__path__, "elo_cli."):
    if not module.name.endswith(("__main__", "catalogues")):
        __import__(module.name)
"""


def test_no_module_needs_posix() -> None:
    """Every module of elo comes in where Python has none of the modules that only POSIX systems have."""
    run = subprocess.run([sys.executable, "-c", IMPORTER], capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()


def test_what_elo_writes_as_text_says_its_line_ends() -> None:
    """No file is opened as text to write without `newline`, which on Windows would make CR LF of each line end."""
    opened = re.compile(r"\.write_text\([^\n]*|\bopen\([^\n]*[\"'][wax][\"'][^\n]*")
    silent = [
        f"{path.relative_to(FOLDER)}: {call}"
        for path in sorted(Path(FOLDER).rglob("*.py"))
        if path.name != "catalogues.py"  # a tool of development
        for call in opened.findall(path.read_text("utf-8"))
        if "newline=" not in call and "closefd=False" not in call  # a stream of the process is no file
    ]
    assert not silent
