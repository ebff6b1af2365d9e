"""Walks through the guide for a secretariat in a copy of the data: runs its commands, and fills its screens in."""

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from elo_cli.cli import main

ROOT = Path(__file__).parents[1]
SCREEN = ("<!-- screen: made by `make docs` -->", "<!-- end of screen -->")
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)

# What a walk acts on; all else is text. The day is when a situation plays, for elo and for git.
_PARTS = re.compile(
    rf"<!-- day: (?P<day>[0-9-]+) -->|{CONSOLE.pattern}|(?P<screen>{re.escape(SCREEN[0])}.*?{re.escape(SCREEN[1])})",
    re.DOTALL,
)
_BEGAN = "2026-12-01"
"""The day on which the data that the guide begins with was committed."""


class CommandFailed(Exception):
    """A command of the guide left with another code than 0."""

    def __init__(self, command: str, said: str) -> None:
        """Name the command, and what it said."""
        super().__init__(f"{command}\n{said}")


def walk(text: str, language: str) -> str:
    """Return a guide with its screens as they are now: each shows what the command before it gave.

    Raises CommandFailed at the first command that fails.
    """
    done, day, seen, parts = 0, _BEGAN, "", []
    with tempfile.TemporaryDirectory() as folder:
        clone = _begin(Path(folder))
        for part in _PARTS.finditer(text):
            new = part[0]
            if part["day"]:
                day = part["day"]
            elif part["screen"]:
                new = f"{SCREEN[0]}\n\n```text\n{seen}\n```\n\n{SCREEN[1]}"
            else:
                with contextlib.chdir(clone), _environment(day, language, Path(folder)):
                    for command in part[2].splitlines():
                        seen = _run(command)
            parts += [text[done : part.start()], new]
            done = part.end()
    return "".join(parts) + text[done:]


def _begin(folder: Path) -> Path:
    """Return a clone, which may be pushed from, of a repository that holds the data alone."""
    first, shared, clone = folder / "first", folder / "shared.git", folder / "clone"
    for name in ("data", "schemas"):
        shutil.copytree(ROOT / name, first / name)
    setup: list[list[str | Path]] = [
        ["init", "-q", "-b", "main", first],
        ["-C", first, "add", "-A"],
        ["-C", first, "commit", "-q", "-m", "Data"],
        ["clone", "-q", "--bare", first, shared],
        ["clone", "-q", shared, clone],
    ]
    with _environment(_BEGAN, "en", folder):
        for words in setup:
            subprocess.run(["git", *words], check=True)
    return clone


@contextlib.contextmanager
def _environment(day: str, language: str, folder: Path) -> Iterator[None]:
    """Hold the day, the screen and the names of git to what gives the same answers everywhere."""
    before = dict(os.environ)
    for name in [name for name in before if name.startswith(("ELO_", "GIT_"))]:
        del os.environ[name]
    os.environ |= {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "xterm", "ELO_TODAY": day, "ELO_LANG": language}
    os.environ |= {"XDG_STATE_HOME": str(folder / "state"), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for role in ("GIT_AUTHOR", "GIT_COMMITTER"):
        os.environ |= {f"{role}_NAME": "Elo", f"{role}_EMAIL": "elo@example.org", f"{role}_DATE": f"{day}T12:00:00Z"}
    try:
        yield
    finally:
        os.environ.clear()
        os.environ |= before


def _run(command: str) -> str:
    """Return both streams of a command, as they stand in a terminal."""
    program, *words = shlex.split(command)
    code, seen = {"elo": _elo, "git": _git}[program](words)
    if code:
        raise CommandFailed(command, seen)
    return "\n".join(line.rstrip() for line in seen.strip("\n").splitlines())


def _git(words: list[str]) -> tuple[int, str]:
    run = subprocess.run(["git", *words], capture_output=True, encoding="utf-8", check=False)
    return run.returncode, run.stdout + run.stderr


def _elo(words: list[str]) -> tuple[int, str]:
    # In this process: a guide has dozens of commands, and starting is most of what each costs.
    seen = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    stdin, sys.stdin = sys.stdin, io.StringIO()
    try:
        with contextlib.redirect_stdout(seen), contextlib.redirect_stderr(seen):
            code = main(words)
    finally:
        sys.stdin = stdin
    seen.seek(0)
    return code, seen.read()
