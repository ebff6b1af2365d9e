"""The command line's frame: help, wrong use, exit codes, and what a user never sees."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final, NoReturn

import pytest
from pydantic import TypeAdapter
from typer import _adapters
from typer.models import ParameterInfo

from elo_cli import cli, version
from elo_cli.commands import status
from elo_cli.model.errors import Exit, UnreadableProblem
from elo_cli.model.languages import LANGUAGES
from tests import trackers
from tests.running import DATA, Runner


def test_version_is_that_of_the_package(elo: Runner) -> None:
    """`elo --version` gives the installed version first."""
    run = elo("--version")
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith(f"elo {version()}")


_READS: Final = {"pydantic", "yaml_rs", "elo_cli.model.kinds"}
_DRAWS: Final = {"rich.console", "rich.style", "rich.table"}
_EDITS: Final = {"ruamel", "yaml", "filelock", "slugify", "prompt_toolkit"}
_PUBLISHES: Final = {"jinja2", "markdown_it", "icalendar", "babel", "openpyxl", "docx", "duckdb", "typst"}
_HEAVY: Final = _READS | _DRAWS | _EDITS | _PUBLISHES | {"pygit2"}
_NEEDS: Final = {
    "--help": set[str](),
    "--version": {"pygit2"},
    "status --help": _READS,
    "status": _READS,
    "status --all --lang en": _READS,
    "status --format json": _READS,
    "check --format json": _READS | {"ruamel", "yaml"},
    "list measures": _READS | _DRAWS,
    "list measures --format json": _READS,
    "show dsp-services": _READS | _DRAWS,
    "show dsp-services --format json": _READS,
    "deadlines": _READS | _DRAWS,
    "funding --format csv": _READS,
    "completion bash": {"pydantic"},
}
"""What a call may import of what is slow to import: the rest would be waited for by everyone who does not need it."""


@pytest.mark.parametrize("words", _NEEDS)
def test_verbs_import_only_what_they_need(words: str) -> None:
    """A verb that asks nothing of a heavy library does not load it: starting is most of what a user waits for."""
    program = "import sys; from elo_cli.cli import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    environment = {**os.environ, "ELO_DATA": str(DATA), "COLUMNS": "80"}
    command = [sys.executable, "-c", program, *words.split()]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert set(run.stderr.split()) & _HEAVY <= _NEEDS[words]


def test_an_option_that_was_not_given_is_not_validated(elo: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """No validator is made for what has its default, and one is for what was given; a wrong value is still told."""
    made = []

    def adapter(annotation: object, parameter_info: ParameterInfo) -> TypeAdapter[Any] | None:
        made.append(annotation)
        return build(annotation, parameter_info)

    build = _adapters.try_build_adapter
    monkeypatch.setattr(_adapters, "try_build_adapter", adapter)
    assert elo("status").code == 0
    # The runner names the data folder.
    assert set(made) <= {Path, str}
    made.clear()
    assert elo("status", "--format", "json").code == 0
    assert len(made) > 0
    assert elo("status", "--format", "xml").code == Exit.USAGE
    assert elo("show").code == Exit.USAGE


@pytest.mark.parametrize("words", [("help",), ("--help",)])
def test_help_shows_examples_first(elo: Runner, words: tuple[str, ...]) -> None:
    """The help has exit code 0: examples, then every verb with what it does."""
    run = elo(*words, env={"ELO_LANG": "en"})
    assert run.code == 0
    assert run.lines[0] == "Examples:"
    told = {line.split()[0] for line in run.lines if line.startswith("  ")}
    assert set(cli.VERBS) <= told


@pytest.mark.parametrize("verb", cli.VERBS)
def test_help_of_each_verb(elo: Runner, verb: str) -> None:
    """Each verb's help begins with examples that call the verb itself, and fits 80 columns."""
    run = elo(verb, "--help", env={"ELO_LANG": "en"})
    assert (run.code, run.err) == (0, "")
    assert run.lines[0] == "Examples:"
    assert any(f"elo {verb}" in line for line in run.lines[1:10])
    assert f"elo {verb}" in run.out.partition("Usage: ")[2]
    # A command or the values of an option stand unbroken, so that they can be copied.
    assert [line for line in run.lines if len(line) > 80 and not line.startswith(("  elo ", "  git ", "  --"))] == []


@pytest.mark.parametrize("lang", ["fi", "sv"])
@pytest.mark.parametrize("verb", [*cli.VERBS, None])
def test_help_speaks_the_readers_language(elo: Runner, verb: str | None, lang: str) -> None:
    """No word of typer's own English is left in a help."""
    run = elo(*([verb] if verb else []), "--help", env={"ELO_LANG": lang})
    for english in ("Usage", "Options:", "Arguments:", "Show this", "[default", "[required", "Examples"):
        assert english not in run.out


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("stauts",), "status"),
        (("status", "--formt", "json"), "--format"),
        (("status", "--format", "pdf"), "table, json, csv, markdown"),
        (("status", "extra"), "extra"),
        (("status", "--as-of"), "--as-of"),
        (("show",), "ID"),
    ],
)
def test_wrong_use(elo: Runner, words: tuple[str, ...], told: str, lang: str) -> None:
    """Wrong words end with exit code 2, nothing on stdout, and what would be right on stderr, in one's own language."""
    run = elo(*words, env={"ELO_LANG": lang})
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("elo: ")
    assert told in run.err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UnreadableProblem("it cannot be read"), 3),
        (KeyboardInterrupt(), 130),
        (OSError(28, "No space left on device"), 3),
        (ZeroDivisionError("division by zero"), 4),
        (RecursionError(), 4),
    ],
    ids=lambda value: type(value).__name__,
)
def test_no_error_becomes_a_traceback(
    elo: Runner, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    """Whatever a verb raises becomes one message and its exit code."""

    def fail(*_: object, **__: object) -> NoReturn:
        raise error

    monkeypatch.setattr(status, "status", fail)
    run = elo("status")
    assert run.code == code
    assert run.err.startswith("elo: ")
    assert "Traceback" not in run.err
    assert len(run.err.splitlines()) == 1


def test_reader_of_the_pipe_may_leave(tmp_path: Path) -> None:
    """`elo list measures | head -1` is quiet: the answer's reader has what it wanted."""
    trackers.write(tmp_path, {f"measures/m{number}": "" for number in range(3000)})
    with subprocess.Popen(
        [sys.executable, "-m", "elo_cli", "list", "measures", "--format", "csv", "--data", tmp_path],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_is_told() -> None:
    """An answer that cannot be written ends with exit code 3 and one message."""
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(
            [sys.executable, "-m", "elo_cli", "status", "--data", DATA],
            stdout=full,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    assert run.returncode == 3
    assert run.stderr.count(b"\n") == 1
    assert b"Traceback" not in run.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_terminal_of_another_encoding(encoding: str) -> None:
    """A terminal that cannot show a sign or a letter gets its ASCII form, and no error."""
    run = subprocess.run(
        [sys.executable, "-m", "elo_cli", "status", "--data", DATA, "--lang", "fi"],
        env=os.environ | {"PYTHONIOENCODING": encoding},
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert run.returncode == 0
    assert run.stderr == b""
    text = run.stdout.decode(encoding)
    assert "RRF" in text
    if encoding == "utf-8":
        assert "€" in text
    else:
        assert "EUR" in text
