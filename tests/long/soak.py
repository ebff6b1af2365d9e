"""`make soak`: many deaths, full disks, writers at once and odd environments; minutes, and by hand.

`python -m tests.long.soak [RUNS]` prints a line of JSON for each trial, and leaves with 1 when one went wrong.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from tests.long.killer import VERBS
from tests.running import DATA

ELO: Final = [sys.executable, "-m", "elo_cli"]
ROOT: Final = Path(__file__).parents[2]
BY: Final = {"KILL": 1.0, "INT": 0.25, "TERM": 0.25, "FULL": 0.25}
ODD: Final[dict[str, dict[str, str | None]]] = {
    "no home": {"HOME": None, "XDG_STATE_HOME": None},
    "no such home": {"HOME": "/nonexistent/home", "XDG_STATE_HOME": None},
    "state in a file": {"XDG_STATE_HOME": "/dev/null"},
    "no TMPDIR": {"TMPDIR": "/nonexistent"},
    "C": {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"},
    **{f"COLUMNS {width!r}": {"COLUMNS": width} for width in ("0", "1", "-5", "x", "", "99999999")},
}
STREAMS: Final = ("", ">/dev/full", ">&-", "<&-", "2>&-", "2>/dev/full", ">&- 2>&- <&-")
WORDS: Final = (
    ["update", "onni", "--by", "okm", "--note", "word", "--lang", "fi"],
    ["status"],
    ["check"],
    ["mv", "okm", "minedu"],
    ["report", "summary"],
    ["nosuch"],
)


def environment(state: Path, odd: dict[str, str | None]) -> dict[str, str]:
    """Return the environment with what is odd about it; None takes a variable away."""
    given = os.environ | {"ELO_TODAY": "2026-11-24", "PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(state)} | odd
    return {name: value for name, value in given.items() if value is not None}


def one(words: list[str], odd: dict[str, str | None], stream: str) -> str | None:
    """Run a verb so; say what is wrong with how it left."""
    with tempfile.TemporaryDirectory(prefix="elo-soak-") as name:
        data = Path(shutil.copytree(DATA, f"{name}/data"))
        before = (data / "measures/onni.yaml").read_text("utf-8")
        run = subprocess.run(
            ["sh", "-c", f'exec "$@" {stream}', "sh", *ELO, *words],
            cwd=name, env=environment(Path(name) / "state", odd), capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        if run.returncode not in {0, 1, 2, 3} or "Traceback" in run.stderr:
            return f"left with {run.returncode}: {run.stderr[-300:]}"
        if words[0] == "update":
            written = (data / "measures/onni.yaml").read_text("utf-8").count("fi: word") - before.count("fi: word")
            if written != (run.returncode == 0):
                return f"left with {run.returncode} and has written {written} times"
        if any(path.name.startswith(".elo") for path in data.rglob("*")):
            return "left a draft"
    return None


def at_once(number: int) -> str | None:
    """Let so many processes update one record at once."""
    with tempfile.TemporaryDirectory(prefix="elo-soak-") as name:
        data = Path(shutil.copytree(DATA, f"{name}/data"))
        given, words = environment(Path(name) / "state", {}), [*ELO, "update", "onni", "--by", "okm"]
        quiet = subprocess.DEVNULL
        runs = [
            subprocess.Popen(
                [*words, "--date", f"2022-01-{day % 28 + 1:02}", "--note", f"word {day}"],
                cwd=name,
                env=given,
                stdout=quiet,
                stderr=quiet,
            )
            for day in range(number)
        ]
        codes = {run.wait() for run in runs}
        landed = (data / "measures/onni.yaml").read_text("utf-8").count("fi: word ")
        return None if (codes, landed) == ({0}, number) else f"left with {codes}, {landed} of {number} landed"


def main(runs: int) -> int:
    """Run everything; so many kills over all verbs."""
    failed = False
    each = max(1, runs // len(VERBS))
    for how, part in BY.items():
        for verb in VERBS:
            run = subprocess.run(
                [sys.executable, "-m", "tests.long.killer", verb, str(max(1, round(each * part))), how],
                cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
            )  # fmt: skip
            tell(run.stdout.strip() or run.stderr)
            failed |= run.returncode != 0 or bool(json.loads(run.stdout)["wrong"])
    cases = [(words, "", stream) for words in WORDS for stream in STREAMS]
    cases += [(words, odd, "") for words in WORDS for odd in ODD]
    wrong = {}
    for words, odd, stream in cases:
        if (said := one(words, ODD.get(odd, {}), stream)) is not None:
            wrong[" ".join((*words, odd, stream))] = said
    tell(json.dumps({"odd environments": len(cases), "wrong": wrong}))
    said = at_once(max(2, runs // 6))
    tell(json.dumps({"updates at once": max(2, runs // 6), "wrong": said}))
    return int(failed or bool(wrong) or said is not None)


def tell(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 300))
