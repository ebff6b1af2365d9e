"""Small trackers for tests, made from YAML in memory."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

from elo_cli.store.loading import load
from elo_cli.store.source import FileType, ListedFile, is_of_elo
from elo_cli.store.tracker import Tracker

CONFIG = """\
format: 1
name:
  en: A strategy
languages:
  - en
"""


class Files:
    """A data folder in memory: the text or the bytes of each file by its path."""

    revision: str | None = None
    label = "data"

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        """Keep the files as bytes."""
        self.files = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}

    def listing(self, folder: str) -> list[ListedFile]:
        """List what lies directly in a folder."""
        below = [path.removeprefix(f"{folder}/") if folder else path for path in self.files if _inside(path, folder)]
        found: dict[str, ListedFile] = {}
        for path in below:
            name, slash, _ = path.partition("/")
            if not name.startswith(".") or is_of_elo(name):
                kind: FileType = "of-elo" if name.startswith(".") else "folder" if slash else "file"
                found[name] = ListedFile(f"{folder}/{name}" if folder else name, kind)
        return sorted(found.values())

    def read(self, path: str) -> bytes:
        """Give the bytes of a file."""
        return self.files[path]


def tracker(files: Mapping[str, str]) -> Tracker:
    """Read a tracker from `{"milestones/m": yaml, …}`; `id:` and an English name are put in where they are missing.

    A path without a folder is tracker.yaml itself; "vocabulary/goals" is a file of entries and gets nothing put in.
    """
    read = load(Files(texts_of(files)))
    assert not read.problems, read.problems
    return read


def texts_of(files: Mapping[str, str]) -> dict[str, str]:
    """Give the text of each file of such a tracker by its path."""
    texts = {"tracker.yaml": CONFIG}
    for path, text in files.items():
        body = dedent(text)
        folder, _, name = path.rpartition("/")
        if folder and folder != "vocabulary":
            if "\nname:" not in f"\n{body}":
                body = f"name:\n  en: {name.capitalize()}\n{body}"
            if "\nid:" not in f"\n{body}":
                body = f"id: {name}\n{body}"
        texts[f"{path.removesuffix('.yaml')}.yaml"] = body
    return texts


def _inside(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write such a tracker to the disk below `folder`, which is returned; `data` of a repository, say."""
    for path, text in texts_of(files).items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8", newline="")
    return folder


def large(folder: Path, components: int = 20, measures: int = 4, milestones: int = 5) -> Path:
    """Write a plan of components with measures and milestones to the disk; the first of each measure is overdue.

    The milestones of a measure `c1-m1` are `c1-m1-1` due at the end of 2024, `c1-m1-2` a year later, and so on.
    """
    files = {"vocabulary/organisations": "okm:\n  name:\n    en: Ministry\n  type: ministry\n"}
    for component in range(1, components + 1):
        for measure in range(1, measures + 1):
            name = f"c{component}-m{measure}"
            files[f"measures/{name}"] = f"responsible: [okm]\nname:\n  en: {name} {'with a long name ' * 8}\n"
            for number in range(1, milestones + 1):
                said = "updates:\n  - date: 2026-01-15\n    status: in-progress\n" if number == 1 else ""
                files[f"milestones/{name}-{number}"] = (
                    f"type: rrf-milestone\nmeasures: [{name}]\ndue: 202{3 + number}-Q4\n"
                    f"rrf:\n  plan_measure: P1C{component}I{measure}\n  instalment: {number}\n{said}"
                )
    return write(folder, files)
