"""Runs tests where consoles, files and names are not UTF-8 by themselves: python -m tests.consoles [PYTEST’S WORDS]."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

ENVIRONMENTS: Final[Mapping[str, Mapping[str, str]]] = {
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "no UTF-8 mode": {"PYTHONUTF8": "0"},
    # Python would make C.UTF-8 of it, and mend what the test is to see.
    "C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}
"""What a shell has set there; cp1252 is a Windows console of Western Europe."""
CORE: Final = [f"tests/{room}" for room in ("model", "store", "checks", "tracking", "render", "commands")]


def run(environment: Mapping[str, str], words: Sequence[str]) -> int:
    """Run pytest under one of the environments; its exit code."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *words]
    return subprocess.run(command, cwd=Path(__file__).parents[1], env=os.environ | environment, check=False).returncode


def main(words: Sequence[str]) -> int:
    """Run the core, or what is named, under each of them; the gravest exit code."""
    worst = 0
    for name, environment in ENVIRONMENTS.items():
        sys.stderr.write(f"--- {name}: {' '.join(f'{key}={value}' for key, value in environment.items())}\n")
        worst = max(worst, run(environment, words or ["-n", "auto", "--dist", "loadgroup", *CORE]))
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
