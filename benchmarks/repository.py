"""Git repositories for the benchmarks: many records with a last commit of ten, and a record with a long life."""

import os
import subprocess
from pathlib import Path

from benchmarks.generate import generate, record_id

_WHO = ("-c", "user.name=Bench", "-c", "user.email=bench@example.org", "-c", "gc.auto=0", "-c", "commit.gpgsign=false")


def git(folder: Path, *arguments: str, given: bytes | None = None) -> None:
    """Run git in a folder, apart from the caller's own settings."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run(
        ["git", *_WHO, *arguments],
        cwd=folder,
        env=clean | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        input=given,
        check=True,
        capture_output=True,
    )


def many(folder: Path, records: int, changed: int) -> Path:
    """A tracker of so many records whose last commit changed a few, and its data folder."""
    data = generate(folder, records)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Everything")
    for number in range(changed):
        path = data / "milestones" / f"{record_id('milestones', number * 37)}.yaml"
        path.write_text(path.read_text("utf-8") + _word(number), "utf-8")
    git(folder, "commit", "-q", "-a", "-m", "Ten words")
    return data


def long_life(folder: Path, commits: int) -> Path:
    """A tracker in which one milestone was recorded so many times; written as one stream for `git fast-import`."""
    data = generate(folder, 100)
    path = data / "milestones" / f"{record_id('milestones', 0)}.yaml"
    text = path.read_text("utf-8")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Everything")
    stream = []
    for number in range(commits):
        body = (text + f"note:\n  fi: Kierros {number}\n  sv: Varv {number}\n  en: Round {number}\n").encode()
        start = "from refs/heads/main^0\n" if not number else ""
        stream.append(
            b"commit refs/heads/main\ncommitter Bench <bench@example.org> %d +0000\ndata 5\nRound\n"
            % (1_900_000_000 + number)
            + start.encode()
            + b"M 100644 inline data/milestones/%s\ndata %d\n" % (path.name.encode(), len(body))
            + body
            + b"\n"
        )
    git(folder, "fast-import", "--quiet", given=b"".join(stream))
    git(folder, "reset", "-q", "--hard")
    return data


def _word(number: int) -> str:
    return (
        "  - date: 2024-01-01\n    by: organisation-00\n    status: in-progress\n    note:\n"
        f"      fi: Sana {number}\n      sv: Ord {number}\n      en: Word {number}\n"
    )
