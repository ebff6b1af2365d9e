"""Real git repositories with small trackers in them, for tests."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

CONFIG = """\
format: 1
name:
  en: A strategy
languages:
  - en
"""
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Test",
    "GIT_AUTHOR_EMAIL": "test@example.org",
    "GIT_COMMITTER_NAME": "Test",
    "GIT_COMMITTER_EMAIL": "test@example.org",
}


class Repo:
    """A repository with a data folder; each commit lies a day after the one before, from 1 January 2022, noon UTC."""

    def __init__(self, root: Path, data: str = "data") -> None:
        """Make an empty repository in a folder."""
        self.root = root
        self.data = root / data
        self._day = 0
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, **variables: str) -> str:
        """Run git here and give what it says; a failure is an error of the test."""
        run = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            capture_output=True,
            encoding="utf-8",
            check=False,
            env=CLEAN | variables,
        )
        assert run.returncode == 0, run.stderr
        return run.stdout.strip()

    def write(self, files: Mapping[str, str | bytes | None]) -> None:
        """Write files below the data folder; None removes one. `.yaml`, `id:` and `name:` are put in if missing."""
        self.data.mkdir(parents=True, exist_ok=True)
        if not (self.data / "tracker.yaml").exists():
            (self.data / "tracker.yaml").write_text(CONFIG, "utf-8")
        for name, text in files.items():
            path = self.data / (name if "." in name.rpartition("/")[2] else f"{name}.yaml")
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.unlink()
            elif isinstance(text, bytes):
                path.write_bytes(text)
            else:
                path.write_text(whole(name, text), "utf-8")

    def commit(self, files: Mapping[str, str | bytes | None] | None = None, message: str = "A change") -> str:
        """Write files and commit everything; gives the commit."""
        if files is not None:
            self.write(files)
        self._day += 1
        when = f"2022-01-{self._day:02d}T12:00:00Z"
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)
        return self.git("rev-parse", "HEAD")


def whole(name: str, text: str) -> str:
    """The text of a record with the id of its file and a name, where it has none."""
    body = dedent(text)
    folder, _, stem = name.removesuffix(".yaml").rpartition("/")
    if folder and folder != "vocabulary":
        if "\nname:" not in f"\n{body}":
            body = f"name:\n  en: {stem.capitalize()}\n{body}"
        if "\nid:" not in f"\n{body}":
            body = f"id: {stem}\n{body}"
    return body
