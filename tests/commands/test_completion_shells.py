"""Completion where it happens: in bash, zsh and fish, with a terminal of their own."""

import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest

from tests.repositories import CLEAN, Repo

if sys.platform == "win32":
    pytest.skip("needs a POSIX terminal", allow_module_level=True)

START = {
    "bash": (["--noprofile", "--norc", "-i"], 'eval "$(elo completion bash)"'),
    "zsh": (["-f", "-i"], 'autoload -Uz compinit; compinit -u -D; eval "$(elo completion zsh)"'),
    "fish": (["--no-config", "--private", "-i"], "set -g fish_autosuggestion_enabled 0; elo completion fish | source"),
}
TYPED = {
    "elo stat": "us",
    "elo --data data --lang en sho": "w ",
    "elo show pil": "ots",
    "elo report prog": "ress",
    "elo schema output/dead": "lines",
    "elo import --mapping coun": "cil-annex",
    "elo diff v20": "21.1",
    "elo diff main..v20": "21.1",
    "elo report meeting --meeting for": "um-2021",
    "elo set pilots conf": "idence",
    "elo update pilots --status compl": "eted",
}
"""What is typed before a tab, and how it goes on."""
SECONDS = 10
"""Far more than an answer takes: the machine of a test is busy."""


class Shell:
    """A shell in a terminal, in a folder with a tracker."""

    def __init__(self, name: str, folder: Path) -> None:
        """Start it, with completion of elo."""
        words, ready = START[name]
        path = f"{Path(sys.executable).parent}{os.pathsep}{CLEAN['PATH']}"
        environment = {**CLEAN, "PATH": path, "HOME": str(folder), "TERM": "dumb"}
        # A terminal of UTF-8, whatever the tests are run in.
        environment |= {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8"}
        self.process: Any = pexpect.spawn(
            shutil.which(name) or name, words, cwd=str(folder), env=environment, encoding="utf-8", dimensions=(50, 200)
        )
        self.process.delaybeforesend = 0.05
        # Apart in what is typed, so that only the answer matches.
        self.process.send(f"{ready}; echo rea''dy\r")
        self.process.expect("\\bready", timeout=30)

    def told(self, typed: str, wanted: str) -> float:
        """Type words and a tab; the seconds until the wanted word stands there. The line is given up then."""
        self.process.send(typed)
        self.process.expect(re.escape(typed[-3:].strip()), timeout=SECONDS)
        start = time.monotonic()
        self.process.send("\t")
        self.process.expect(wanted, timeout=SECONDS)
        seconds = time.monotonic() - start
        # Ctrl-U takes the line away, and unlike Ctrl-C nothing that the shell is still doing.
        self.process.send("\x15")
        return seconds

    def said(self, typed: str) -> str:
        """Type words and two tabs, and run the line: everything that the terminal showed."""
        self.process.send(f"{typed}\t\t")
        time.sleep(2)
        self.process.send("\r")
        time.sleep(1)
        self.process.send("\x03")
        time.sleep(0.3)
        self.process.send("echo do''ne\r")
        self.process.expect("\\bdone", timeout=SECONDS)
        return str(self.process.before)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Give a repository with a few records, a tag, and what wants to be run: a branch, a file and a key."""
    repo = Repo(tmp_path / "repo")
    repo.commit(
        {"measures/pilots": "", "meetings/forum-2021": "", "vocabulary/documents": "'$(touch key)':\n  name: x\n"}
    )
    (repo.data / "measures/$(touch file).yaml").write_text("", "utf-8")
    repo.git("tag", "v2021.1")
    repo.git("update-ref", "refs/heads/$(touch${IFS}branch)", "HEAD")
    return repo


@pytest.fixture(params=START)
def shell(request: pytest.FixtureRequest, repo: Repo) -> Iterator[Shell]:
    """Each shell in turn, in a repository with a tracker."""
    if shutil.which(request.param) is None:
        pytest.skip(f"no {request.param} here")
    found = Shell(request.param, repo.root)
    yield found
    found.process.close(force=True)


def test_a_tab_completes(shell: Shell) -> None:
    """Each shell completes what has a list, before anyone would wait for it."""
    for typed, wanted in TYPED.items():
        assert shell.told(typed, wanted) < SECONDS


def test_a_hostile_name_is_neither_offered_nor_run(shell: Shell, repo: Repo) -> None:
    """What a branch, a file or a key is called never reaches the shell, and nothing of it is run."""
    for typed in ("elo status --rev ", "elo show "):
        assert "touch" not in shell.said(typed)
    assert not [name for name in ("branch", "file", "key") if (repo.root / name).exists()]
