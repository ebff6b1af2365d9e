"""Nothing is lost when a writer dies, the disk refuses, or two write at once."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from elo_cli.model.errors import UnreadableProblem
from elo_cli.store.writing import DRAFTS, PLAN, interrupted, writing
from tests.running import DATA

ROOT = Path(__file__).parents[2]
WRITERS = Path(__file__).with_name("writers.py")
NOBODY = 65534
pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are killed and forked as POSIX does")


@pytest.mark.parametrize("names", [["a.yaml"], ["b.yaml"], ["a.yaml", "b.yaml", "c.yaml"]])
def test_a_writer_killed_at_any_step_leaves_old_or_new(tmp_path: Path, names: list[str]) -> None:
    """One file is old or new at once; several are all old or all new after the next writer; nothing is left over."""
    run = subprocess.run(
        [sys.executable, WRITERS, tmp_path / "data", *names], cwd=ROOT, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    outcomes = json.loads(run.stdout)
    assert len(outcomes) > 5
    if len(names) == 1:
        assert all(at_once for at_once, _, _ in outcomes)
    assert all(after and not left_over for _, after, left_over in outcomes)


def test_a_change_by_someone_else_is_noticed(tmp_path: Path) -> None:
    """What was changed since it was read is not written over, and neither is a file that came into being."""
    (tmp_path / "a.yaml").write_bytes(b"old")
    with writing(tmp_path) as writer:
        writer.read("a.yaml")
        (tmp_path / "a.yaml").write_bytes(b"theirs")
        with pytest.raises(UnreadableProblem, match="changed by someone else"):
            writer.write({"a.yaml": b"ours"})
        (tmp_path / "b.yaml").write_bytes(b"theirs")
        with pytest.raises(UnreadableProblem, match="changed by someone else"):
            writer.write({"b.yaml": b"ours"})
    assert (tmp_path / "a.yaml").read_bytes() == (tmp_path / "b.yaml").read_bytes() == b"theirs"


def test_modes_stay_and_folders_are_made(tmp_path: Path) -> None:
    """A file keeps its permissions, and a new one gets its folder."""
    (tmp_path / "a.yaml").write_bytes(b"old")
    (tmp_path / "a.yaml").chmod(0o640)
    with writing(tmp_path) as writer:
        writer.read("a.yaml")
        writer.write({"a.yaml": b"new", "measures/m.yaml": b"new"})
    assert (tmp_path / "a.yaml").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "measures/m.yaml").read_bytes() == b"new"
    assert not (tmp_path / DRAFTS).exists()


def test_a_refusal_halfway_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk refuses the second of two files, the first is put back."""
    (tmp_path / "a.yaml").write_bytes(b"old")
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target.name == "b.yaml":
            raise OSError(5, "Input/output error")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with writing(tmp_path) as writer:
        writer.read("a.yaml")
        with pytest.raises(UnreadableProblem, match="as it was"):
            writer.write({"a.yaml": b"new", "b.yaml": b"new"})
    assert (tmp_path / "a.yaml").read_bytes() == b"old"
    assert not (tmp_path / "b.yaml").exists()
    assert not interrupted(tmp_path)


def test_a_plan_does_not_run_over_what_was_written_since(tmp_path: Path) -> None:
    """A file that someone changed after a writer died is not put back into the plan's state."""
    drafts = tmp_path / DRAFTS
    drafts.mkdir()
    (drafts / "0").write_bytes(b"new")
    (drafts / PLAN).write_text(json.dumps([{"path": "a.yaml", "draft": "0", "old": "x", "new": "y"}]), "utf-8")
    (tmp_path / "a.yaml").write_bytes(b"by hand")
    with pytest.raises(UnreadableProblem, match="remove that folder"), writing(tmp_path):
        pass
    assert (tmp_path / "a.yaml").read_bytes() == b"by hand"


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    """A link that leads out of the data folder is refused."""
    (tmp_path / "data").mkdir()
    (tmp_path / "outside.yaml").write_bytes(b"old")
    (tmp_path / "data/a.yaml").symlink_to(tmp_path / "outside.yaml")
    with writing(tmp_path / "data") as writer, pytest.raises(UnreadableProblem, match="leads out"):
        writer.read("a.yaml")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Yield a copy of the data that another user can reach, as pytest's own folders cannot be."""
    folder = Path(tempfile.mkdtemp(prefix="elo-test-"))
    folder.chmod(0o755)
    shutil.copytree(DATA, folder / "data")
    yield folder / "data"
    subprocess.run(["chmod", "-R", "u+w", folder], check=True)
    shutil.rmtree(folder)


LOAD = """
import os, resource, sys
import filelock
from elo_cli.cli import main

def update(number, *more):
    day = f"2022-01-{number % 28 + 1:02}"
    words = ["update", "onni", "--by", "okm", "--date", day, "--note", f"word {number}", "--data", sys.argv[1], *more]
    return main(words)

# Whatever the verb needs is loaded before the world changes: another user may not be able to read this Python.
assert update(0, "--dry-run") == 0
sys.stdout.flush()
"""


def in_a_process(data: Path, code: str) -> "subprocess.CompletedProcess[str]":
    """Run code in a process of its own that has elo loaded, with `update(number)` for one update of a record."""
    return subprocess.run(
        [sys.executable, "-c", LOAD + code, data],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT), "ELO_LANG": "en"},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip


FIFTY = """
children = []
for number in range(1, 51):
    child = os.fork()
    if not child:
        os._exit(update(number))
    children.append(child)
sys.exit(max(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children))
"""


def test_fifty_updates_at_once_all_land(open_folder: Path) -> None:
    """Fifty processes add an update to one record, and the record has fifty more."""
    run = in_a_process(open_folder, FIFTY)
    assert run.returncode == 0, run.stderr
    text = (open_folder / "measures/onni.yaml").read_text("utf-8")
    assert all(f"fi: word {number}\n" in text for number in range(1, 51))
    assert text.count("fi: word") == 50


def test_a_full_disk_is_told_and_changes_nothing(open_folder: Path) -> None:
    """When the file cannot be written whole, elo leaves with 3 and the file is as it was."""
    before = (open_folder / "measures/onni.yaml").read_bytes()
    run = in_a_process(open_folder, "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)); sys.exit(update(1))")
    assert run.returncode == 3, run.stderr
    assert "could not be written" in run.stderr
    assert (open_folder / "measures/onni.yaml").read_bytes() == before
    assert not (open_folder / DRAFTS).exists()


def test_a_read_only_folder_is_told_and_changes_nothing(open_folder: Path) -> None:
    """Where nothing may be written, elo leaves with 3 and says why."""
    before = (open_folder / "measures/onni.yaml").read_bytes()
    subprocess.run(["chmod", "-R", "a-w", open_folder], check=True)
    # Modes do not bind root, so root becomes somebody whom they bind.
    run = in_a_process(open_folder, f"if os.geteuid() == 0:\n    os.setuid({NOBODY})\nsys.exit(update(1))")
    assert run.returncode == 3, run.stderr
    assert "cannot be written to" in run.stderr
    assert (open_folder / "measures/onni.yaml").read_bytes() == before
