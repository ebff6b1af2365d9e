"""Files are read from the data folder and from nowhere else, without waiting, and no more of them than the limit."""

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Final

import pytest

from elo_cli.model.errors import UnreadableProblem
from elo_cli.store.source import MAX_BYTES, ListedFile, NotFollowedError, WorkTree, find_data, path_from, read_regular
from tests.running import Runner

BASE: Final = Path(__file__).parents[1] / "checks" / "base"
HIDDEN: Final = "TOPSECRET"
VERBS: Final = (
    ("check",),
    ("status",),
    ("list", "measures"),
    ("show", "guidance"),
    ("report", "summary"),
    ("funding",),
    ("deadlines",),
    ("fmt", "--check"),
    ("set", "guidance", "note.en", "x", "--reason", "y", "--dry-run"),
    ("update", "guidance", "--note", "x", "--by", "okm", "--dry-run"),
    ("mv", "guidance", "other", "--dry-run"),
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a copy of the base with a secret beside it."""
    folder = tmp_path / "data"
    shutil.copytree(BASE, folder)
    secret = tmp_path / "secret"
    shutil.copytree(BASE, secret)
    for path in secret.rglob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("en: ", f"en: {HIDDEN} "), "utf-8")
    return folder


def _put(make: Callable[[Path], object], path: str) -> Callable[[Path], None]:
    """Give a function that puts something else in the place of a file or folder."""

    def put(data: Path) -> None:
        place = data / path
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink()
        make(place)

    return put


def _link(target: str) -> Callable[[Path], object]:
    return lambda place: place.symlink_to(target)


def _socket(place: Path) -> None:
    here = Path.cwd()
    # The name of a socket may have a hundred bytes.
    os.chdir(place.parent)
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(place.name)
    os.chdir(here)


def _chain(data: Path) -> None:
    (data / "measures" / "way.yaml").symlink_to("../../secret/measures/guidance.yaml")
    _put(_link("way.yaml"), "measures/guidance.yaml")(data)


HOSTILE: Final = {
    "a record": _put(_link("../../secret/measures/guidance.yaml"), "measures/guidance.yaml"),
    "a folder": _put(_link("../secret/measures"), "measures"),
    "the settings": _put(_link("../secret/tracker.yaml"), "tracker.yaml"),
    "a vocabulary": _put(_link("../../secret/vocabulary/goals.yaml"), "vocabulary/goals.yaml"),
    "a chain": _chain,
    "a loop": _put(_link("guidance.yaml"), "measures/guidance.yaml"),
    "a device": _put(_link("/dev/zero"), "measures/guidance.yaml"),
    "the settings as a device": _put(_link("/dev/zero"), "tracker.yaml"),
    "a pipe": _put(os.mkfifo, "measures/guidance.yaml"),
    "the settings as a pipe": _put(os.mkfifo, "tracker.yaml"),
    "a vocabulary as a pipe": _put(os.mkfifo, "vocabulary/goals.yaml"),
    "a socket": _put(_socket, "measures/guidance.yaml"),
    "a file without end": _put(lambda place: os.truncate(os.open(place, os.O_CREAT | os.O_WRONLY), 1 << 40),
                               "measures/guidance.yaml"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_nothing_outside_is_read_or_waited_for(data: Path, elo: Runner, kind: str) -> None:
    """With a link, pipe, device, socket or endless file in the place of a file, each verb answers without it."""
    HOSTILE[kind](data)
    for verb in VERBS:
        run = elo(*verb, "--lang", "en", data=data)
        assert run.code in {0, 1, 2, 3}, (verb, run.err)
        assert HIDDEN not in run.out + run.err, verb
    assert elo("check", "--lang", "en", data=data).code == 1


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("link.yaml", NotFollowedError),
        ("folder/guidance.yaml", NotFollowedError),
        ("measures", IsADirectoryError),
        ("pipe.yaml", OSError),
        ("nothing.yaml", FileNotFoundError),
        ("../secret/tracker.yaml", FileNotFoundError),
        ("measures/../../secret/tracker.yaml", FileNotFoundError),
        ("..", FileNotFoundError),
    ],
)
def test_only_plain_files_below_the_folder(data: Path, path: str, error: type[OSError]) -> None:
    """What is no plain file in the folder, or lies behind a link or above, is refused with its reason."""
    (data / "link.yaml").symlink_to("measures/guidance.yaml")
    (data / "folder").symlink_to("measures")
    os.mkfifo(data / "pipe.yaml")
    with pytest.raises(error):
        read_regular(data, path)


def test_no_more_than_the_limit_and_one_byte(data: Path) -> None:
    """Of a file that is too large as much is read as tells that it is."""
    (data / "large.yaml").write_bytes(b"x" * (MAX_BYTES + 5))
    (data / "exact.yaml").write_bytes(b"x" * MAX_BYTES)
    assert len(read_regular(data, "large.yaml")) == MAX_BYTES + 1
    assert len(read_regular(data, "exact.yaml")) == MAX_BYTES
    assert read_regular(data, "exact.yaml", 2) == b"xxx"


def test_a_linked_folder_holds_nothing(data: Path) -> None:
    """A link to a folder is listed as a link, and nothing is listed below it, wherever it leads."""
    (data / "funding-too").symlink_to("funding")
    tree = WorkTree(data)
    assert ListedFile("funding-too", "link-outside") in tree.listing("")
    assert tree.listing("funding-too") == []


def test_the_data_folder_may_be_a_link_only_when_it_is_named(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder `data` that is a link is not stumbled into, and is followed when whoever asks gives it."""
    here = tmp_path / "clone"
    here.mkdir()
    (here / "data").symlink_to(data)
    monkeypatch.chdir(here)
    with pytest.raises(UnreadableProblem, match="is a link"):
        find_data(None)
    assert WorkTree(find_data(here / "data")).listing("measures")


@pytest.mark.parametrize(
    ("here", "path", "label"),
    [
        (PureWindowsPath(r"C:\office"), PureWindowsPath(r"C:\office\data"), "data"),
        (PureWindowsPath(r"C:\Office"), PureWindowsPath(r"c:\office\a\data"), "a/data"),
        (PureWindowsPath(r"C:\office"), PureWindowsPath(r"C:\office"), "."),
        (PureWindowsPath(r"C:\office"), PureWindowsPath(r"D:\office\data"), "D:/office/data"),
        (PureWindowsPath(r"C:\office\data"), PureWindowsPath(r"C:\office"), "C:/office"),
        (PureWindowsPath(r"C:\office"), PureWindowsPath(r"\\server\share\data"), "//server/share/data"),
        (PurePosixPath("/office"), PurePosixPath("/office/..data"), "..data"),
        (PurePosixPath("/office"), PurePosixPath("/officers/data"), "/officers/data"),
    ],
)
def test_paths_have_slashes_on_windows_too(here: PurePath, path: PurePath, label: str) -> None:
    """What findings, annotations and SARIF begin a path with: a runner of Windows gives the same as any other."""
    assert path_from(here, path) == label
