"""Installs clients, each in an environment of its own below build/ecosystem, and runs them there.

What is installed stays for the next run. What cannot be installed skips the test with the installer's own last word.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from tests.ecosystem.clients import CLIENTS, DEBIAN, NODE

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / "build" / "ecosystem"
Command = Sequence[str | Path]
QUIET: Final = {
    # No browser of their own is downloaded: the system's is driven.
    "PUPPETEER_SKIP_DOWNLOAD": "1",
    "NO_UPDATE_NOTIFIER": "1",
    "NO_COLOR": "1",
}


class Installed(NamedTuple):
    """A client that can be run."""

    name: str
    path: Sequence[Path]
    """The folders with its programs, the client's own first."""
    modules: Path
    """Its node_modules, where it came from npm."""

    def run(
        self,
        program: str,
        *words: str | Path,
        codes: Sequence[int] = (0,),
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run one of its programs; another exit code than these fails the test with what it said."""
        found = shutil.which(program, path=self.environment["PATH"])
        assert found is not None, f"{self.name} brings no {program}"
        run = subprocess.run(
            [found, *words],
            capture_output=True,
            text=True,
            check=False,
            cwd=cwd,
            env=self.environment | dict(env or {}),
            stdin=subprocess.DEVNULL,
            timeout=300,
        )
        assert run.returncode in codes, f"{program} left with {run.returncode}\n{(run.stdout + run.stderr)[-6000:]}"
        return run

    @property
    def environment(self) -> dict[str, str]:
        """The variables that its programs get."""
        path = os.pathsep.join([*map(str, self.path), os.environ["PATH"]])
        return os.environ | QUIET | {"PATH": path}


def install(name: str) -> Installed:
    """Make a client ready; skips the test with the reason where that cannot be done."""
    client = CLIENTS[name]
    for program in client.programs:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not here; on Debian: apt-get install {DEBIAN[program]}")
    home, path = FOLDER / name.lower(), []
    if client.python:
        path.append(_python(home / "python", client.python))
    if client.node:
        node = _python(FOLDER / "node", [NODE])
        npm: Command = [
            node / "npm",
            "install",
            "--silent",
            "--no-save",
            "--no-package-lock",
            "--no-audit",
            "--no-fund",
        ]
        _once(home / "npm", client.node, [[*npm, "--prefix", home / "npm", *client.node]], [node])
        path += [home / "npm" / "node_modules" / ".bin", node]
    return Installed(name, path, home / "npm" / "node_modules")


def _python(folder: Path, requirements: Sequence[str]) -> Path:
    """Install packages of Python into an environment, and return the folder of its programs."""
    uv = ROOT / "build" / "tools" / "bin" / "uv"
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    make: Command = [uv, "--quiet", "venv", "--clear", "--seed", "--python", sys.executable, folder]
    _once(
        folder, requirements, [make, [uv, "--quiet", "pip", "install", "--python", programs / "python", *requirements]]
    )
    return programs


def _once(folder: Path, wanted: Sequence[str], commands: Sequence[Command], path: Sequence[Path] = ()) -> None:
    """Run the commands that install what is wanted, unless the folder holds that already."""
    stamp = folder / "installed.txt"
    if stamp.exists() and stamp.read_text("utf-8").split() == list(wanted):
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    env = os.environ | QUIET | {"PATH": os.pathsep.join([*map(str, path), os.environ["PATH"]])}
    for command in commands:
        run = subprocess.run(command, capture_output=True, text=True, check=False, env=env, stdin=subprocess.DEVNULL)
        if run.returncode:
            said = (run.stderr or run.stdout).strip().splitlines() or ["the installer says nothing"]
            pytest.skip(f"{' '.join(wanted)} could not be installed: {said[-1].strip()}")
    stamp.write_text("\n".join(wanted), "utf-8")
