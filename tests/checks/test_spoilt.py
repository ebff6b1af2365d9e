"""Rules whose examples git or an editor would spoil: bytes, links and permissions, made here."""

import errno
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from elo_cli.checks.run import check
from elo_cli.store.loading import load
from elo_cli.store.source import WorkTree
from tests.checks.spoilt import SPOILT, record

BASE = Path(__file__).parent / "base"
DAY = date(2021, 6, 1)
_DEEP: Final = 10_000


def _found(folder: Path) -> list[str]:
    tracker = load(WorkTree(folder))
    start = f"{tracker.source.label}/"
    return [
        f"{one.path.removeprefix(start)}:{one.line}:{one.column}: {one.level} {one.rule}"
        for one in check(tracker, DAY)
        if one.level != "note"
    ]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a copy of the base on the disk."""
    for path in BASE.rglob("*.yaml"):
        copy = tmp_path / "data" / path.relative_to(BASE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    return tmp_path / "data"


def _failing_at(name: str) -> Callable[[WorkTree, str], bytes]:
    """Give a way of reading that fails at the files of a name."""
    read = WorkTree.read

    def fail(source: WorkTree, path: str) -> bytes:
        if path.endswith(f"/{name}"):
            raise OSError(errno.EIO, os.strerror(errno.EIO), path)
        return read(source, path)

    return fail


@pytest.mark.parametrize("rule", sorted(set(SPOILT) - {"file-repository-inside", "file-schemas-old"}))
def test_spoilt_file_is_named(data: Path, rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The spoilt file has its one finding, and the file that only looks like it has none."""
    spoilt = SPOILT[rule]
    file = data / "milestones" / "a.yaml"
    shown = file.name
    if spoilt.bad is not None:
        file.write_bytes(spoilt.bad)
    elif rule == "file-link-outside":
        outside = data.parent / "outside.yaml"
        outside.write_bytes(spoilt.good)
        file.symlink_to(outside)
    elif rule == "file-name":
        file, shown = file.with_name("\udce4.yaml"), "\\xe4.yaml"
        file.write_bytes(spoilt.good)
    else:
        # root reads what nobody may read, so a disk that fails stands for the file that cannot be opened.
        file.write_bytes(spoilt.good)
        monkeypatch.setattr(WorkTree, "read", _failing_at(file.name))
    assert _found(data) == [f"milestones/{shown}:{spoilt.place}: error {rule}"]
    monkeypatch.undo()
    file.unlink()
    file.with_name("a.yaml").write_bytes(spoilt.good)
    assert _found(data) == []


@pytest.mark.parametrize(
    ("files", "place"),
    [
        (("HEAD", "objects/k", "refs/k"), "HEAD"),
        (("measures/HEAD", "measures/objects/k", "measures/refs/k"), "measures/HEAD"),
        (("measures/deep/er/HEAD", "measures/deep/er/objects/k", "measures/deep/er/refs/k"), "measures/deep/er/HEAD"),
        (("measures/.git",), "measures/.git"),
        ((".hidden/.git/HEAD",), ".hidden/.git"),
    ],
)
def test_a_repository_inside_a_data_folder_is_named(data: Path, files: tuple[str, ...], place: str) -> None:
    """Whatever git would take for a repository is an error, wherever it lies below; the tracker's own `.git` is not."""
    (data / ".git").mkdir()
    (data / ".git" / "HEAD").write_text("ref: refs/heads/main\n", "utf-8")
    assert _found(data) == []
    for name in files:
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text("ref: refs/heads/main\n", "utf-8")
    found = [line for line in _found(data) if "file-unexpected" not in line]
    assert found == [f"{place}:1:1: error file-repository-inside"]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        pytest.param(b"\xef\xbb\xbf" + record("x"), [], id="a byte order mark"),
        pytest.param(record("x").replace(b"\n", b"\r\n"), [], id="line ends of Windows"),
        pytest.param(record("x")[:-1], [], id="no final newline"),
        pytest.param(record("one [/b] two"), [], id="markup"),
        pytest.param(record("w" * 10_000), [], id="10,000 characters"),
        pytest.param(record("a\0b"), ["5:8: error yaml-control-character"], id="NUL"),
        pytest.param(record("a\x1b[31mb"), ["5:8: error yaml-control-character"], id="an escape sequence"),
        pytest.param(record("a\u202eb"), ["5:8: error yaml-control-character"], id="a bidirectional override"),
        pytest.param(record('"\\e[31m"'), ["5:7: error yaml-control-character", "6:7: error yaml-control-character"],
                     id="an escaped escape"),
        pytest.param(record('"\\ud800"'), ["5:7: error yaml-control-character"], id="a lone surrogate"),
        pytest.param(b"id: a\nx: " + b"9" * 6_000 + b"\n", ["2:4: error yaml-number"], id="6,000 digits"),
        pytest.param(b"x: " + b"[" * _DEEP + b"]" * _DEEP, ["1:1: error yaml-too-deep"], id="depth 10,000 in a line"),
        pytest.param(b"".join(b" " * n + b"x:\n" for n in range(1_000)), ["1:1: error yaml-too-deep"],
                     id="depth 1,000 in blocks"),
        pytest.param(b"id: a\ntype: national\ndue: 2024-02-30\n", ["3:6: error schema-value"], id="no such day"),
        pytest.param(b"\xff\xfei\0d\0", ["1:1: error file-not-utf8"], id="UTF-16"),
    ],
)  # fmt: skip
def test_bad_input_has_one_clear_place(data: Path, content: bytes, found: list[str]) -> None:
    """Each thing that may come in a pull request is accepted, or named by one rule at its place."""
    (data / "milestones" / "a.yaml").write_bytes(content)
    told = [line.removeprefix("milestones/a.yaml:") for line in _found(data)]
    if content.startswith(b"id: a\ntype: national\ndue"):
        told = [line for line in told if "source-missing" not in line]
    assert told == found


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_not_waited_for(data: Path) -> None:
    """A named pipe in the data folder is no file, and elo does not hang on it."""
    os.mkfifo(data / "milestones" / "a.yaml")
    assert _found(data) == ["milestones/a.yaml:1:1: warning file-unexpected"]
