"""Closed, full and foreign streams, as the shell hands them to a real process: a right exit code and no traceback."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest

from tests.running import DATA

ELO: Final = f"{sys.executable} -m elo_cli"
ENVIRONMENT: Final = {**os.environ, "ELO_DATA": str(DATA), "ELO_LANG": "en", "ELO_TODAY": "2026-11-24"}
posix = pytest.mark.skipif(sys.platform == "win32", reason="these are streams of a POSIX shell")
full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk here")


def shell(command: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of the shell, in which `elo` is this elo."""
    line = command.replace("elo ", f"{ELO} ")
    return subprocess.run(["/bin/sh", "-c", line], env={**ENVIRONMENT, **more}, capture_output=True, check=False)


@posix
@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        ("elo status >&-", 3, b"could not be written"),
        ("elo --version >&-", 3, b"could not be written"),
        ("elo list measures --format json >&-", 3, b"could not be written"),
        ("elo report summary >&-", 3, b"could not be written"),
        ("elo calendar >&- 2>&-", 3, b""),
        ("elo nosuch 2>&-", 2, b""),
        ("elo nosuch <&- >&- 2>&-", 2, b""),
        ("elo check 2>&-", 0, b""),
        ("elo update onni <&-", 2, b"elo: "),
        ("elo new measure <&-", 2, b"elo: "),
        ("elo __complete stat >&-", 0, b""),
        pytest.param("elo status >/dev/full", 3, b"could not be written", marks=full),
        pytest.param("elo check --format sarif >/dev/full", 3, b"could not be written", marks=full),
        pytest.param("elo calendar >/dev/full", 3, b"could not be written", marks=full),
        pytest.param("elo nosuch 2>/dev/full", 2, b"", marks=full),
    ],
)
def test_a_stream_that_is_not_there(command: str, code: int, told: bytes) -> None:
    """The exit code is the one that it would be, the word that can be said is one line, and nothing is a traceback."""
    run = shell(command)
    assert run.returncode == code, run.stderr
    assert told in run.stderr
    assert b"Traceback" not in run.stderr
    assert b"Exception" not in run.stderr


@posix
@pytest.mark.parametrize("words", ["status", "check", "list measures", "show okm", "status --format json", "--help"])
def test_a_reader_that_leaves_early_is_no_finding(words: str) -> None:
    """`elo … | head` ends with 0 and without a word: 1 would say that something was found."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        run = subprocess.run(
            [*ELO.split(), *words.split()], env=ENVIRONMENT, stdout=writer, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(writer)
    assert run.returncode == 0
    assert b"Traceback" not in run.stderr
    assert b"Exception" not in run.stderr


@posix
def test_a_closed_stream_is_not_the_next_file(tmp_path: Path) -> None:
    """No file that elo writes gets the number of a stream that was closed, and with it what is meant for the stream."""
    target = tmp_path / "out.json"
    assert shell(f"elo export {target} <&- >&- 2>&-").returncode in {0, 3}
    assert target.read_bytes().startswith(b'{\n  "schema": "elo/export/1"')


@posix
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16"])
@pytest.mark.parametrize("words", ["list measures --format json", "list measures --format csv", "report summary"])
def test_a_form_for_programs_is_utf_8(words: str, encoding: str) -> None:
    """Whatever the terminal shows, an answer for programs is the same bytes."""
    assert shell(f"elo {words} --lang fi", PYTHONIOENCODING=encoding).stdout == shell(f"elo {words} --lang fi").stdout


@posix
@pytest.mark.parametrize("columns", ["0", "1", "-5", "abc", "100000", "9" * 30])
def test_odd_widths(columns: str) -> None:
    """A width that cannot be meant gives a screen that can be read."""
    run = shell("elo status", COLUMNS=columns, TERM="dumb", NO_COLOR="", PYTHONIOENCODING="utf-8")
    assert run.returncode == 0, run.stderr
    assert max(map(len, run.stdout.decode().splitlines())) <= 160


@posix
def test_an_empty_environment() -> None:
    """Without a home, a folder for temporary files, a language or a terminal there is an answer all the same."""
    words = (sys.executable, "-m", "elo_cli", "status", "--data", str(DATA))
    run = subprocess.run(words, env={}, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr
    run = subprocess.run(words, env={"LC_ALL": "C", "PYTHONUTF8": "0"}, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr


BEGINNING = """
import sys
from elo_cli.__main__ import script

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name == "elo_cli.cli":
            print(flush=True)

sys.meta_path.insert(0, Watch())
script()
"""
"""Says when elo has begun to import what it is made of; before that an interruption is Python's own."""


@posix
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
def test_a_signal_at_any_moment(number: signal.Signals, code: int) -> None:
    """From the first import to the last line a signal ends elo by its own code, without a traceback."""
    for wait in (0.08, 0.14, 0.2, 0.3):
        with subprocess.Popen(
            (sys.executable, "-c", BEGINNING, "check"),
            env=ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as running:
            assert running.stdout is not None
            running.stdout.readline()
            time.sleep(wait - 0.08)
            running.send_signal(number)
            _, told = running.communicate()
        assert running.returncode in {code, 0}, told
        assert b"Traceback" not in told, told
