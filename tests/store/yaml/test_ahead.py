"""Reading ahead in a second process: the same answer as without, in whatever way that process fares."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from elo_cli.store.loading import load
from elo_cli.store.source import WorkTree
from elo_cli.store.tracker import Tracker
from elo_cli.store.yaml import ahead
from tests import trackers

FILES = 800
BAD = {
    521: b"id: [\n",
    542: b"id: m\nid: m\n",
    563: b"name: \xff\n",
    584: "id: m-584\ntype: national\nname:\n  en: a\u00adb \u00ad\n".encode(),
    605: b"",
    626: b"id: m-001\ntype: national\n",
    647: b"id: m-647\ntype: national\nnote: 5\n",
    668: b"id: m-668\ntype: national\nname: {en: '1 \\ud83d'}\n",
    689: b"id: m-689\ntype: national\nsources: [{document: d, page: 10000000000000000000}]\n",
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a tracker of some hundred files, a few of which have something wrong with them."""
    folder = trackers.write(tmp_path / "data", {f"milestones/m-{n:03}": "type: national\n" for n in range(FILES)})
    for number, content in BAD.items():
        (folder / f"milestones/m-{number:03}.yaml").write_bytes(content)
    (folder / "milestones/m-710.yaml").unlink()
    (folder / "milestones/m-710.yaml").mkdir()
    (folder / "milestones/notes.txt").write_bytes(b"x")
    return folder


@pytest.fixture
def second(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let a second process read ahead also of few files, and on a machine with one processor."""
    monkeypatch.setattr(ahead, "LEAST", FILES // 2)
    monkeypatch.setattr(ahead, "_processors", lambda: 2)
    return monkeypatch


def said(tracker: Tracker) -> tuple[object, ...]:
    """Everything that a tracker has read."""
    return list(tracker.entries.items()), tracker.problems, tracker.broken, tracker.incomplete


def answered(data: Path) -> int:
    """How many files the second process answers for."""
    source = WorkTree(data)
    listing = {"milestones": source.listing("milestones")}
    with ahead.read_ahead(source, listing) as read:
        return sum(read.value(listed.path) is not None for listed in listing["milestones"])


def test_both_ways_read_the_same(data: Path, second: pytest.MonkeyPatch) -> None:
    """With a second process a tracker has the same records in the same order, and the same problems."""
    both = said(load(WorkTree(data)))
    assert answered(data) > FILES / 4
    second.setattr(ahead, "_processors", lambda: 1)
    assert answered(data) == 0
    assert both == said(load(WorkTree(data)))


@pytest.mark.skipif(os.name == "nt", reason="a text that begins with #! is no program there")
@pytest.mark.parametrize(
    "does",
    ["raise SystemExit(1)", "print('{', end='')", "print('[]')", "print('{}')", "print(0)", "import os; os.abort()"],
)
def test_a_second_process_that_fails_costs_nothing_but_time(
    data: Path, second: pytest.MonkeyPatch, tmp_path: Path, does: str
) -> None:
    """Where the second process says nothing, or nonsense, everything is read here."""
    program = tmp_path / "python"
    program.write_text(f"#!{sys.executable}\n{does}\n", "utf-8")
    program.chmod(0o755)
    second.setattr(sys, "executable", str(program))
    failed = said(load(WorkTree(data)))
    second.setattr(sys, "executable", str(tmp_path / "absent"))
    assert said(load(WorkTree(data))) == failed
    second.setattr(ahead, "_processors", lambda: 1)
    assert said(load(WorkTree(data))) == failed


def test_it_runs_nothing_of_the_working_folder(data: Path, second: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file there that is called as a module of Python or of elo is not run."""
    work = tmp_path / "work"
    work.mkdir()
    for name in ("json.py", "elo_cli.py", "yaml_rs.py"):
        (work / name).write_text("open('run', 'w')\nraise SystemExit\n", "utf-8")
    second.chdir(work)
    assert answered(data) > FILES / 4
    assert not (work / "run").exists()


def test_it_ends_with_the_one_that_asked(data: Path, second: pytest.MonkeyPatch) -> None:
    """An interruption leaves no process behind."""
    started: list[subprocess.Popen[bytes]] = []

    class Started(subprocess.Popen[bytes]):
        def __init__(self, *words: Any, **options: Any) -> None:  # noqa: ANN401 - handed on
            super().__init__(*words, **options)
            started.append(self)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    second.setattr(subprocess, "Popen", Started)
    second.setattr(ahead.Ahead, "value", interrupted)
    with pytest.raises(KeyboardInterrupt):
        load(WorkTree(data))
    (one,) = started
    assert one.returncode is not None
