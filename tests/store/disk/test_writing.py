"""Nothing is lost when a writer dies, the disk refuses, or two write at once."""

import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from elo_cli.model.errors import UnreadableProblem
from elo_cli.store.disk import files
from elo_cli.store.disk.memory import make_memory, memory_of
from elo_cli.store.disk.plan import Step, digest_of, keep_plan, unfinished
from elo_cli.store.disk.writing import Writer, writing
from tests.running import DATA
from tests.store.disk.writers import Outcome

ROOT = Path(__file__).parents[3]
WRITERS = Path(__file__).with_name("writers.py")
NOBODY = 65534
pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are killed and forked as POSIX does")


@pytest.mark.parametrize("names", [["a.yaml"], ["b.yaml"], ["a.yaml", "b.yaml", "c.yaml"]])
def test_a_writer_killed_at_any_step_leaves_old_or_new(tmp_path: Path, names: list[str]) -> None:
    """Each file is old or new at once; several are all old or all new after the next writer; nothing is left over.

    A reader is told when it sees some old and others new, and only then.
    """
    run = subprocess.run(
        [sys.executable, WRITERS, tmp_path / "data", *names],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(tmp_path / "state")},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    outcomes = [Outcome(*outcome) for outcome in json.loads(run.stdout)]
    assert len(outcomes) > 5
    assert [number for number, outcome in enumerate(outcomes) if outcome != Outcome(True, True, True, [])] == []  # noqa: FBT003
    assert not [path for path in (tmp_path / "state").rglob("*") if path.is_file() and path.name != "plan"]


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
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml", "measures"]


@pytest.mark.parametrize("number", [1, 2])
def test_a_change_while_drafts_are_made_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """What someone writes by hand between the comparison and the rename stays, and no file of the change lands."""
    names = ["a.yaml", "b.yaml"][-number:]
    for name in names:
        (tmp_path / name).write_bytes(b"old")
    draft = files.write_draft

    def write_draft(*arguments: Any, **named: Any) -> None:  # noqa: ANN401 - stands for the real one
        draft(*arguments, **named)
        (tmp_path / "b.yaml").write_bytes(b"by hand")

    with writing(tmp_path) as writer:
        for name in names:
            writer.read(name)
        monkeypatch.setattr(files, "write_draft", write_draft)
        with pytest.raises(UnreadableProblem, match="changed by someone else"):
            writer.write(dict.fromkeys(names, b"new"))
    assert (tmp_path / "b.yaml").read_bytes() == b"by hand"
    assert held(tmp_path) == {**dict.fromkeys(names, b"old"), "b.yaml": b"by hand"}


@pytest.mark.parametrize("text", ["[]", "null", "5", '{"tracker.yaml": 5}', '{"a.yaml": [[], 5]}', "[" * 100_000])
def test_a_plan_of_another_shape_counts_for_nothing(tmp_path: Path, text: str) -> None:
    """Neither a reader nor a writer stumbles over a plan that no elo has written."""
    (make_memory(tmp_path) / "plan").write_text(f"{sha256(text.encode()).hexdigest()}\n{text}", "utf-8")
    assert unfinished(tmp_path) == []
    with writing(tmp_path) as writer:
        writer.write({"b.yaml": b"new"})
    assert (tmp_path / "b.yaml").read_bytes() == b"new"


def test_a_writer_at_work_is_not_told_as_cut_off(tmp_path: Path) -> None:
    """While someone holds the lock, what is old still is being written; once the lock is free it was cut off."""
    (tmp_path / "a.yaml").write_bytes(b"new")
    (tmp_path / "b.yaml").write_bytes(b"old")
    with writing(tmp_path):
        keep_plan(tmp_path, {name: Step(sha256(b"old").hexdigest(), b"new") for name in ("a.yaml", "b.yaml")})
        assert unfinished(tmp_path) == []
    assert unfinished(tmp_path) == ["b.yaml"]


FILES = {"a.yaml": b"old a", "b.yaml": b"old b", "measures/c.yaml": b"old c"}
CHANGE: dict[str, bytes | None] = {"a.yaml": b"new a", "b.yaml": None, "measures/c.yaml": b"new c", "d.yaml": b"new d"}


def held(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def faulty(monkeypatch: pytest.MonkeyPatch, folder: Path, faults: set[int]) -> list[int]:
    """Let these calls of the system that touch a folder or what elo remembers fail, counted from 0; give the count."""
    calls = [0]
    places = (str(folder), os.environ["XDG_STATE_HOME"])

    def wrap(module: object, name: str) -> None:
        real = getattr(module, name)

        def call(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - stands for any function
            if name == "fsync" or any(place in str(argument) for argument in arguments for place in places):
                calls[0] += 1
                if calls[0] - 1 in faults:
                    raise OSError(errno.EIO, "Input/output error")
            if name == "fsync":
                return None
            return real(*arguments, **named)

        monkeypatch.setattr(module, name, call)

    for name in ("open", "fsync"):
        wrap(os, name)
    for name in ("replace", "unlink", "mkdir", "chmod"):
        wrap(Path, name)
    return calls


def change(folder: Path) -> tuple[str | None, bool]:
    """Make CHANGE; return what was said when it was refused, and whether the writer says that it has written."""
    try:
        with writing(folder) as writer:
            for path in CHANGE:
                writer.read(path)
            try:
                writer.write(CHANGE)
            except UnreadableProblem as problem:
                return str(problem), writer.wrote
            return None, writer.wrote
    except UnreadableProblem as problem:
        return str(problem), False


def test_two_faults_of_the_disk_lose_nothing(tmp_path: Path) -> None:
    """Whichever two calls of the system fail: what is said is true, no record is lost, and the next writer mends it."""
    new = {path: content for path, content in {**FILES, **CHANGE}.items() if content is not None}
    with pytest.MonkeyPatch.context() as patch:
        total = faulty(patch, prepared(tmp_path / "count"), set())
        change(tmp_path / "count")
        number = total[0]
    assert number > 20
    pairs = [(one, other) for one in range(number) for other in range(one, min(number + 6, one + 9))]
    told: set[str] = set()
    for one, other in pairs:
        folder = prepared(tmp_path / f"{one}-{other}")
        with pytest.MonkeyPatch.context() as patch:
            faulty(patch, folder, {one, other})
            said, wrote = change(folder)
        now = {path: content for path, content in held(folder).items() if ".elo-" not in path}
        case = (one, other, said, now)
        assert all(now.get(path) in (FILES.get(path), CHANGE[path]) for path in CHANGE), case
        if said is None:
            assert (now, wrote) == (new, True), case
        elif "will finish it" not in said:
            assert (now, wrote) == (FILES, False), case
        else:
            assert now in (FILES, new) or unfinished(folder), case
        told.add((said or "written").rpartition("; ")[2])
        with writing(folder):
            pass
        assert held(folder) in (FILES, new), case
    assert {"written", "the tracker is as it was", "the next elo that writes here will finish it"} <= told


def prepared(folder: Path) -> Path:
    """Make a folder with FILES."""
    for path, content in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def cut_off(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a writer of CHANGE die after its first file."""
    replace = Path.replace

    def die(self: Path, target: Path) -> Path:
        if target.name == "c.yaml":
            raise SystemExit
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", die)
        patch.setattr(Writer, "_take_back", lambda *_: None)
        with pytest.raises(SystemExit):
            change(folder)


def test_what_was_written_since_is_not_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that someone changed after a writer died stays, the others are finished, and both is said."""
    folder = prepared(tmp_path / "data")
    cut_off(folder, monkeypatch)
    assert unfinished(folder) == ["measures/c.yaml", "d.yaml", "b.yaml"]
    (folder / "measures/c.yaml").write_bytes(b"by hand")
    with writing(folder) as writer:
        notes = [str(note) for note in writer.notes]
    assert held(folder) == {"a.yaml": b"new a", "measures/c.yaml": b"by hand", "d.yaml": b"new d"}
    assert ["finished" in note for note in notes] == [True, False]
    assert "measures/c.yaml changed" in notes[1]
    assert unfinished(folder) == []


@pytest.mark.parametrize("spoil", [lambda _: b"", lambda text: text[:-1], lambda text: text.replace(b"d.ya", b"../d")])
def test_a_plan_that_is_not_whole_counts_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[bytes], bytes]
) -> None:
    """An empty, cut or altered plan is dropped: it neither acts nor keeps anyone from writing."""
    folder = prepared(tmp_path / "data")
    cut_off(folder, monkeypatch)
    plan = memory_of(folder) / "plan"
    plan.write_bytes(spoil(plan.read_bytes()))
    before = held(folder)
    with writing(folder) as writer:
        writer.read("a.yaml")
        writer.write({"a.yaml": b"newer"})
    assert held(folder) == before | {"a.yaml": b"newer"}
    assert not plan.exists()


@pytest.mark.parametrize("path", ["../out.yaml", "measures/../../out.yaml", "a/b/c.yaml", ".git/x.yaml", "/x.yaml"])
def test_a_plan_reaches_only_records(tmp_path: Path, path: str) -> None:
    """A plan with a path that no record has touches nothing there, however whole it is."""
    folder = prepared(tmp_path / "data")
    keep_plan(folder, {"a.yaml": Step(None, b"old a"), path: Step(None, b"evil"), "b.yaml": Step("", b"new")})
    with writing(folder) as writer, pytest.raises(UnreadableProblem, match="leads out"):
        writer.read(path)
    assert not (folder / path).exists()


NAMES = [".elo-draft", ".elo-output", ".elo.lock", ".elo-0123456789abcdef0123456789abcdef-0", ".a.edit.yaml"]


@pytest.mark.parametrize("kind", ["file", "folder", "link", "dangling", "fifo", "plan"])
def test_what_a_stranger_commits_is_neither_obeyed_nor_touched(tmp_path: Path, kind: str) -> None:
    """Files named like elo's own change nothing about a write, do not keep it waiting, and stay as they are."""
    folder = prepared(tmp_path / "data")
    (tmp_path / "secret.yaml").write_bytes(b"secret")
    for name in NAMES:
        place = folder / name
        if kind == "file":
            place.write_bytes(b"theirs")
        elif kind == "folder":
            place.mkdir()
        elif kind == "fifo":
            os.mkfifo(place)
        elif kind == "plan":
            place.mkdir()
            steps = [{"path": "../secret.yaml", "draft": "../../secret.yaml", "old": None, "new": None}]
            (place / "plan.json").write_text(json.dumps(steps), "utf-8")
        else:
            place.symlink_to(tmp_path / ("secret.yaml" if kind == "link" else "nowhere"))
    before = sorted((path.name, path.is_symlink()) for path in folder.iterdir())
    with writing(folder, timeout=5) as writer:
        for path in CHANGE:
            writer.read(path)
        writer.write(CHANGE)
    after = sorted((path.name, path.is_symlink()) for path in folder.iterdir())
    assert after == sorted({*before, ("d.yaml", False)} - {("b.yaml", False)})
    assert (tmp_path / "secret.yaml").read_bytes() == b"secret"
    assert not (tmp_path / "nowhere").exists()
    if kind == "file":
        assert all((folder / name).read_bytes() == b"theirs" for name in NAMES)


@pytest.mark.parametrize("link", ["a.yaml", "measures", "dangling"])
def test_no_link_is_written_through(tmp_path: Path, link: str) -> None:
    """A record or a folder of records that is a link is refused, wherever it leads."""
    folder = prepared(tmp_path / "data")
    (tmp_path / "else").mkdir()
    (tmp_path / "else/c.yaml").write_bytes(b"theirs")
    if link == "measures":
        shutil.rmtree(folder / "measures")
        (folder / "measures").symlink_to(tmp_path / "else")
    else:
        (folder / "a.yaml").unlink()
        (folder / "a.yaml").symlink_to(tmp_path / "else" / ("c.yaml" if link == "a.yaml" else "nowhere.yaml"))
    path = "measures/c.yaml" if link == "measures" else "a.yaml"
    with writing(folder) as writer, pytest.raises(UnreadableProblem, match="through no link"):
        writer.write({path: b"new"})
    assert {name.name for name in (tmp_path / "else").iterdir()} == {"c.yaml"}
    assert (tmp_path / "else/c.yaml").read_bytes() == b"theirs"


def test_a_disk_that_does_not_confirm_is_told_and_the_change_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the flush of the folder fails after the rename, nobody hears that the tracker is as it was."""
    folder = prepared(tmp_path / "data")
    real = os.fsync

    def refuse(handle: int) -> None:
        if os.path.isdir(f"/dev/fd/{handle}"):  # noqa: PTH112 - a handle has no Path
            raise OSError(errno.EIO, "Input/output error")
        real(handle)

    monkeypatch.setattr(os, "fsync", refuse)
    with writing(folder) as writer:
        writer.read("a.yaml")
        writer.write({"a.yaml": b"new"})
    assert writer.wrote
    assert "is written, but the disk does not confirm" in str(writer.notes[0])
    assert (folder / "a.yaml").read_bytes() == b"new"


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
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8", check=False,
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
    assert not list(open_folder.rglob(".*"))


def test_a_read_only_folder_is_told_and_changes_nothing(open_folder: Path) -> None:
    """Where nothing may be written, elo leaves with 3 and says why."""
    before = (open_folder / "measures/onni.yaml").read_bytes()
    subprocess.run(["chmod", "-R", "a-w", open_folder], check=True)
    # Modes do not bind root, so root becomes somebody whom they bind.
    run = in_a_process(open_folder, f"if os.geteuid() == 0:\n    os.setuid({NOBODY})\nsys.exit(update(1))")
    assert run.returncode == 3, run.stderr
    assert "could not be written" in run.stderr
    assert (open_folder / "measures/onni.yaml").read_bytes() == before


def test_a_mixture_edited_by_hand_is_told_and_finished(tmp_path: Path) -> None:
    """What was written and then edited stays as it is; the rest is told as old, and written by the next writer."""
    (tmp_path / "a.yaml").write_bytes(b"new a, edited")
    steps = {
        "a.yaml": Step(digest_of(b"old a"), b"new a"),
        "measures/c.yaml": Step(None, b"new c"),
    }
    keep_plan(tmp_path, steps)
    (tmp_path / "measures").mkdir()
    assert unfinished(tmp_path) == ["measures/c.yaml"]
    (tmp_path / "measures").rmdir()
    with writing(tmp_path) as writer:
        assert len(writer.notes) == 2
    assert (tmp_path / "measures/c.yaml").read_bytes() == b"new c"
    assert (tmp_path / "a.yaml").read_bytes() == b"new a, edited"
    assert unfinished(tmp_path) == []
