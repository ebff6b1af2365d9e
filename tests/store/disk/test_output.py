"""A file or folder is written whole or not at all, and never over something that is not ours."""

import os
import shutil
import signal
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from elo_cli.model.errors import UnreadableProblem, UsageProblem
from elo_cli.store.disk import files
from elo_cli.store.disk.output import write_file, write_folder


def names(folder: Path) -> list[str]:
    """Return everything in a folder, so that nothing left beside goes unseen."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_file_is_written_and_replaced(tmp_path: Path) -> None:
    """A file is written with the mode that the process gives; a second one takes its place, and nothing is left."""
    path = tmp_path / "a.txt"
    write_file(path, b"one")
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask
    path.chmod(0o640)
    write_file(path, b"two")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode), names(tmp_path)) == (b"two", 0o640, ["a.txt"])


def test_file_of_others_stays(tmp_path: Path) -> None:
    """Only what elo wrote here and nobody changed is replaced unasked: not what looks like it, nor what was edited."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"ours")
    for _ in range(2):
        with pytest.raises(UsageProblem, match="--force"):
            write_file(path, b"ours")
        write_file(path, b"ours", force=True)
        write_file(path, b"ours too")
        path.write_bytes(b"ours too, and edited")
    assert path.read_bytes() == b"ours too, and edited"


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("leads", ["real", "nowhere", "/dev/null"])
def test_nothing_is_written_through_a_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leads: str, force: bool
) -> None:
    """A link is refused, whether it leads to a file, to nothing or to a device, and so is a folder that is one."""
    monkeypatch.chdir(tmp_path)
    Path("real").write_bytes(b"old")
    Path("link").symlink_to(leads)
    Path("folder").mkdir()
    Path("folder/deep").mkdir()
    Path("way").symlink_to("folder/deep")
    write_file(Path("way/../plain"), b"here")
    assert Path("plain").read_bytes() == b"here"
    Path("plain").unlink()
    for path in ("link", "way/a", "way/x/../a"):
        with pytest.raises(UsageProblem, match="through no link"):
            write_file(Path(path), b"new", force=force)
        with pytest.raises(UsageProblem, match="through no link"), write_folder(Path(path), force=force):
            pass
    assert names(tmp_path) == ["folder", "folder/deep", "link", "real", "way"]
    assert Path("real").read_bytes() == b"old"


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    """What is written to a named pipe arrives there, and the pipe stays one."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE)
    write_file(pipe, b"through")
    assert reader.communicate()[0] == b"through"
    assert pipe.is_fifo()


def test_file_on_a_full_disk_or_in_no_folder() -> None:
    """What the system says is passed on with exit code 3."""
    with pytest.raises(UnreadableProblem, match="No space left"):
        write_file(Path("/dev/full"), b"x")
    with pytest.raises(UnreadableProblem, match="No such file"):
        write_file(Path("/nowhere/at/all.txt"), b"x")


def test_file_where_a_folder_stands(tmp_path: Path) -> None:
    """A folder is not overwritten by a file, nor a file by a folder."""
    with pytest.raises(UsageProblem, match="is a folder"):
        write_file(tmp_path, b"x")
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(UsageProblem, match="is a file"), write_folder(tmp_path / "a"):
        pass


def test_folder_is_swapped(tmp_path: Path) -> None:
    """A folder that elo wrote is replaced as a whole, old files included; nothing stays beside."""
    target = tmp_path / "out"
    for name in ("a", "b"):
        with write_folder(target) as fresh:
            (fresh / "sub").mkdir()
            (fresh / "sub" / name).write_text(name, "utf-8")
            assert not (target / "sub" / name).exists()
    assert names(tmp_path) == ["out", "out/sub", "out/sub/b"]


def test_folder_stays_whole_when_writing_fails(tmp_path: Path) -> None:
    """An error midway leaves the old folder as it was, and nothing beside it."""
    target = tmp_path / "out"
    with write_folder(target) as fresh:
        (fresh / "a").write_text("old", "utf-8")
    with pytest.raises(UnreadableProblem, match="No space left"), write_folder(target) as fresh:
        _fill_disk(fresh)
    assert (target / "a").read_text("utf-8") == "old"
    assert names(tmp_path) == ["out", "out/a"]


def _fill_disk(folder: Path) -> None:
    (folder / "a").write_text("new", "utf-8")
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("when", ["before", "since"])
def test_folder_with_files_of_others_is_refused(tmp_path: Path, when: str) -> None:
    """A folder with a file that elo did not write is left alone, also when elo wrote the rest."""
    target = tmp_path / "out"
    if when == "before":
        target.mkdir()
    else:
        with write_folder(target) as fresh:
            (fresh / "a").write_text("ours", "utf-8")
    (target / "thesis.docx").write_text("mine", "utf-8")
    with pytest.raises(UsageProblem, match=r"thesis\.docx"), write_folder(target):
        pass
    assert (target / "thesis.docx").read_text("utf-8") == "mine"
    with write_folder(target, force=True) as fresh:
        (fresh / "b").write_text("ours", "utf-8")
    assert names(target) == ["b"]


@pytest.mark.parametrize("name", [".git", "tracker.yaml", "data/tracker.yaml"])
def test_force_spares_what_would_be_a_disaster(tmp_path: Path, name: str) -> None:
    """Not even --force replaces a folder that holds a repository or a tracker."""
    (tmp_path / "kept" / name).parent.mkdir(parents=True)
    (tmp_path / "kept" / name).write_text("mine", "utf-8")
    with pytest.raises(UsageProblem, match="not even --force"), write_folder(tmp_path / "kept", force=True):
        pass
    assert (tmp_path / "kept" / name).read_text("utf-8") == "mine"


@pytest.mark.parametrize("target", ["data/measures", "data/new", "repository/.git", "bare", "above"])
def test_force_spares_parts_of_a_tracker_or_repository(tmp_path: Path, target: str) -> None:
    """Not even --force replaces a folder of records, a part of a repository, or what has one of these further down."""
    for path in ("data/tracker.yaml", "data/measures/a.yaml", "data/new/a.yaml", "repository/.git/HEAD", "bare/HEAD",
                 "bare/objects/a", "bare/refs/a", "above/deep/down/.git/HEAD"):  # fmt: skip
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("mine", "utf-8")
    before = names(tmp_path)
    with pytest.raises(UsageProblem, match="not even --force"), write_folder(tmp_path / target, force=True):
        pass
    assert names(tmp_path) == before


def test_a_mark_in_the_folder_proves_nothing(tmp_path: Path) -> None:
    """A folder that bears the mark of an earlier version, or is a copy of an output, is not taken for elo's own."""
    with write_folder(tmp_path / "out") as fresh:
        (fresh / "a").write_text("ours", "utf-8")
    (tmp_path / "marked").mkdir()
    (tmp_path / "marked/a").write_text("theirs", "utf-8")
    (tmp_path / "marked/.elo-output").write_text("a\n", "utf-8")
    shutil.copytree(tmp_path / "out", tmp_path / "copy")
    (tmp_path / "out/a").write_text("edited", "utf-8")
    for name in ("marked", "copy", "out"):
        with pytest.raises(UsageProblem, match="did not write here"), write_folder(tmp_path / name):
            pass


@pytest.mark.parametrize("moment", ["filling", "between", "after"])
def test_what_a_killed_run_leaves_goes_with_the_next(tmp_path: Path, moment: str) -> None:
    """After a kill the old folder or the new one is there at the latest with the next run, and nothing beside it."""
    target = tmp_path / "out"
    with write_folder(target) as fresh:
        (fresh / "a").write_text("old", "utf-8")
    child = os.fork()
    if not child:
        rename = Path.rename

        def die(self: Path, to: Path) -> Path:
            if moment == "between" and self.name == "new":
                os.kill(os.getpid(), signal.SIGKILL)
            found = rename(self, to)
            if moment == "after" and self.name == "new":
                os.kill(os.getpid(), signal.SIGKILL)
            return found

        Path.rename = die  # type: ignore[assignment,method-assign] # in this process only
        with write_folder(target) as fresh:
            (fresh / "a").write_text("new", "utf-8")
            if moment == "filling":
                os.kill(os.getpid(), signal.SIGKILL)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    assert len(names(tmp_path)) > 2
    with pytest.raises(KeyError), write_folder(target):
        raise KeyError
    assert names(tmp_path) == ["out", "out/a"]
    assert (target / "a").read_text("utf-8") == ("new" if moment == "after" else "old")
    with write_folder(target) as fresh:
        (fresh / "b").write_text("newer", "utf-8")
    assert names(tmp_path) == ["out", "out/b"]


@pytest.mark.parametrize("target", [".", ".."])
def test_force_spares_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str) -> None:
    """Not even --force replaces the folder that one works in, or one above it."""
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "thesis.docx").write_text("mine", "utf-8")
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(UsageProblem, match="not even --force"), write_folder(Path(target), force=True):
        pass
    assert (tmp_path / "here" / "thesis.docx").read_text("utf-8") == "mine"


def test_an_interrupted_swap_brings_the_old_folder_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C between the two renames does not take the old folder away."""
    with write_folder(tmp_path / "out") as fresh:
        (fresh / "a").write_text("old", "utf-8")
    rename = Path.rename

    def interrupt(self: Path, to: Path) -> Path:
        if self.name == "new":
            raise KeyboardInterrupt
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", interrupt)
    with pytest.raises(KeyboardInterrupt), write_folder(tmp_path / "out") as fresh:
        (fresh / "a").write_text("new", "utf-8")
    assert (tmp_path / "out/a").read_text("utf-8") == "old"
    assert names(tmp_path) == ["out", "out/a"]


def test_two_runs_at_once_leave_one_whole(tmp_path: Path) -> None:
    """Of two runs that overlap, the one that ends last stands whole."""
    target = tmp_path / "out"
    with write_folder(target) as first:
        (first / "one").write_text("1", "utf-8")
        with write_folder(target) as second:
            (second / "two").write_text("2", "utf-8")
        assert names(target) == ["two"]
    assert names(tmp_path) == ["out", "out/one"]


@pytest.mark.parametrize("force", [False, True])
def test_a_file_changed_while_elo_writes_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, force: bool) -> None:
    """What someone writes between the judging of a file and its rename is not written over, not even by force."""
    path = tmp_path / "a.txt"
    write_file(path, b"old")
    draft = files.write_draft

    def write_draft(*arguments: Any, **named: Any) -> None:  # noqa: ANN401 - stands for the real one
        draft(*arguments, **named)
        path.write_bytes(b"by hand")

    monkeypatch.setattr(files, "write_draft", write_draft)
    with pytest.raises(UnreadableProblem, match="changed by someone else"):
        write_file(path, b"new", force=force)
    assert (path.read_bytes(), names(tmp_path)) == (b"by hand", ["a.txt"])


def fill(fresh: Path, target: Path, what: str) -> None:
    """Fill the new folder, while a hand adds a file to the old one, changes one in it, or puts a file in its place."""
    (fresh / "a").write_text("new", "utf-8")
    if what == "file":
        shutil.rmtree(target)
        target.write_text("by hand", "utf-8")
    else:
        (target / {"added": "b", "changed": "a"}[what]).write_text("by hand", "utf-8")


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("what", ["added", "changed", "file"])
def test_what_is_put_into_a_folder_while_elo_writes_is_kept(tmp_path: Path, what: str, force: bool) -> None:
    """The new folder takes its place, and the one that someone changed in the meantime lies beside it, and is told."""
    target = tmp_path / "out"
    with write_folder(target) as fresh:
        (fresh / "a").write_text("old", "utf-8")
    with pytest.raises(UnreadableProblem, match=r"kept in .*out\.kept-1"), write_folder(target, force=force) as fresh:
        fill(fresh, target, what)
    assert (target / "a").read_text("utf-8") == "new"
    kept = tmp_path / "out.kept-1"
    assert "by hand" in [path.read_text("utf-8") for path in (kept, *kept.rglob("*")) if path.is_file()]
    with write_folder(target) as fresh:
        (fresh / "a").write_text("newer", "utf-8")
    assert [name for name in names(tmp_path) if "/" not in name] == ["out", "out.kept-1"]


def test_what_a_killed_run_took_away_is_judged_by_the_next(tmp_path: Path) -> None:
    """A file that someone added before a run swapped and died is kept beside by the next run."""
    target = tmp_path / "out"
    with write_folder(target) as fresh:
        (fresh / "a").write_text("old", "utf-8")
    child = os.fork()
    if not child:
        rename = Path.rename

        def die(self: Path, to: Path) -> Path:
            found = rename(self, to)
            if self.name == "new":
                os.kill(os.getpid(), signal.SIGKILL)
            return found

        Path.rename = die  # type: ignore[assignment,method-assign] # in this process only
        with write_folder(target) as fresh:
            (target / "b").write_text("by hand", "utf-8")
        os._exit(0)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    with pytest.raises(UnreadableProblem, match="kept in"), write_folder(target) as fresh:
        (fresh / "a").write_text("new", "utf-8")
    assert names(tmp_path) == ["out", "out.kept-1", "out.kept-1/a", "out.kept-1/b", "out/a"]
