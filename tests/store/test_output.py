"""A file or folder is written whole or not at all, and never over something that is not ours."""

import os
import stat
from pathlib import Path

import pytest

from elo_cli.model.errors import UnreadableProblem, UsageProblem
from elo_cli.store.output import MARK, write_file, write_folder


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
    """A file that does not look like ours is not replaced, and its first bytes decide."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"theirs")
    with pytest.raises(UsageProblem, match="--force"):
        write_file(path, b"ours", replace=lambda head: head.startswith(b"ours"))
    assert path.read_bytes() == b"theirs"
    write_file(path, b"ours", replace=lambda head: head == b"theirs")
    assert path.read_bytes() == b"ours"


def test_file_through_a_link_keeps_the_link(tmp_path: Path) -> None:
    """A link stays a link, and what it points to gets the new content."""
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    write_file(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


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
    assert names(tmp_path) == ["out", f"out/{MARK}", "out/sub", "out/sub/b"]


def test_folder_stays_whole_when_writing_fails(tmp_path: Path) -> None:
    """An error midway leaves the old folder as it was, and nothing beside it."""
    target = tmp_path / "out"
    with write_folder(target) as fresh:
        (fresh / "a").write_text("old", "utf-8")
    with pytest.raises(UnreadableProblem, match="No space left"), write_folder(target) as fresh:
        _fill_disk(fresh)
    assert (target / "a").read_text("utf-8") == "old"
    assert names(tmp_path) == ["out", f"out/{MARK}", "out/a"]


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
    assert names(target) == [MARK, "b"]


@pytest.mark.parametrize("name", [".git", "tracker.yaml", "data/tracker.yaml"])
def test_force_spares_what_would_be_a_disaster(tmp_path: Path, name: str) -> None:
    """Not even --force replaces a folder that holds a repository or a tracker."""
    (tmp_path / "kept" / name).parent.mkdir(parents=True)
    (tmp_path / "kept" / name).write_text("mine", "utf-8")
    with pytest.raises(UsageProblem, match="not even --force"), write_folder(tmp_path / "kept", force=True):
        pass
    assert (tmp_path / "kept" / name).read_text("utf-8") == "mine"


@pytest.mark.parametrize("target", [".", ".."])
def test_force_spares_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str) -> None:
    """Not even --force replaces the folder that one works in, or one above it."""
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "thesis.docx").write_text("mine", "utf-8")
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(UsageProblem, match="not even --force"), write_folder(Path(target), force=True):
        pass
    assert (tmp_path / "here" / "thesis.docx").read_text("utf-8") == "mine"


def test_two_runs_at_once_leave_one_whole(tmp_path: Path) -> None:
    """Of two runs that overlap, the one that ends last stands whole."""
    target = tmp_path / "out"
    with write_folder(target) as first:
        (first / "one").write_text("1", "utf-8")
        with write_folder(target) as second:
            (second / "two").write_text("2", "utf-8")
        assert names(target) == [MARK, "two"]
    assert names(tmp_path) == ["out", f"out/{MARK}", "out/one"]
