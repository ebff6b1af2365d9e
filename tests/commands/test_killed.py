"""A verb that is killed, interrupted or meets a full disk leaves each file old or new; `make soak` does it longer."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are killed and forked as POSIX does")


@pytest.mark.parametrize(
    ("verb", "runs", "how"),
    [
        ("mv", 8, "KILL"),
        ("fmt", 10, "KILL"),
        ("import", 8, "KILL"),
        ("export", 4, "KILL"),
        ("mv", 2, "INT"),
        ("mv", 4, "FULL"),
    ],
)
def test_whatever_stops_a_verb_the_files_are_old_or_new(verb: str, runs: int, how: str) -> None:
    """Files are whole, a mixture is told, the next writer mends it, and nothing is left over."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.long.killer", verb, str(runs), how],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    seen = json.loads(run.stdout)
    assert seen["wrong"] == []
    assert seen["runs"] == runs
