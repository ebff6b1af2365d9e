"""Kills elo at steps taken by chance, in one verb after the other, and sees what each death has left.

Run by a test for a few kills, and by `make soak` for many: `python -m tests.long.killer VERB KILLS` prints one line of
JSON. Verbs are loaded once and run in forks, so that a kill costs little more than the verb.
"""

import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Final

from tests.imports import MADE_UP, italy
from tests.running import DATA

VERBS: Final[dict[str, list[str]]] = {
    "update": ["update", "onni", "--by", "okm", "--note", "word"],
    "set": ["set", "onni", "name", "sv=ONNI-projektet", "--reason", "…"],
    "mv": ["mv", "okm", "minedu"],
    "rm": ["rm", "regional-hearing", "--yes"],
    "import": ["import", str(MADE_UP / "pnrr-2.csv"), "--mapping", "italy-rrf", "--source", "list-2", "--yes"],
    "fmt": ["fmt"],
    "site": ["site", "{folder}/out"],
    "export": ["export", "{folder}/out"],
}
OUTPUTS: Final = frozenset({"site", "export"})
CHANGES: Final = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate"})
Files = dict[str, bytes]


def held(folder: Path) -> Files:
    """Return every file of a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Trial:
    """One verb, with what stands before it and what it makes."""

    def __init__(self, verb: str, place: Path) -> None:
        """Prepare the tracker, and let the verb run once to see what it makes."""
        self.verb, self.place = verb, place
        self.words = [word.format(folder=place) for word in VERBS[verb]]
        self.data = place / "data"
        self._keep = place.parent / "keep"
        shutil.copytree(italy(place.parent / "italy") if verb == "import" else DATA, self._keep / "data")
        if verb == "fmt":
            for path in sorted((self._keep / "data/milestones").glob("*.yaml")):
                path.write_bytes(path.read_bytes() + b"\n\n")
        self.prepare()
        if verb in OUTPUTS:
            # What is replaced is an older output.
            self.run(["--as-of", "2021-06-01"])
            for name in ("out", "state"):
                shutil.copytree(place / name, self._keep / name)
        self.old = self.held()
        self.run([])
        self.new = self.held()
        assert self.old != self.new, "the verb changes nothing"

    def prepare(self) -> None:
        """Make the old state anew."""
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self._keep, self.place)

    def held(self) -> Files:
        """Return what the verb may change."""
        return held(self.place / "out") if self.verb in OUTPUTS else held(self.data)

    def seen(self) -> Files:
        """Return what a reader sees of it: without drafts."""
        return {path: content for path, content in self.held().items() if "/.elo-" not in f"/{path}"}

    def run(self, more: list[str]) -> None:
        """Run the verb to its end in this process, so that the forks to come find it loaded."""
        from elo_cli.cli import main

        with Path(os.devnull).open("w", encoding="utf-8") as out, redirect_stdout(out), redirect_stderr(out):
            code = main([*self.words, "--data", str(self.data), *more])
        # An import with refused rows leaves with 1, and has written the others.
        assert code in {0, 1}, code

    def fork(self, before: Callable[[], object], more: list[str], after: Callable[[], object] = int) -> int:
        """Begin the verb in a process of its own."""
        from elo_cli.cli import main

        child = os.fork()
        if not child:
            quiet = os.open(os.devnull, os.O_RDWR)
            for number in (0, 1, 2):
                os.dup2(quiet, number)
            before()
            code = main([*self.words, "--data", str(self.data), *more])
            after()
            os._exit(code)
        return child

    def judge(self, how: str) -> list[str]:
        """Say what is wrong after a death, then let the next writer come and say what is wrong after it."""
        from elo_cli.store.disk.plan import unfinished
        from elo_cli.store.disk.writing import writing
        from elo_cli.store.loading import load
        from elo_cli.store.source import WorkTree

        wrong = []
        now = self.seen()
        paths = {*self.old, *self.new, *now}
        torn = [path for path in paths if now.get(path) not in (self.old.get(path), self.new.get(path))]
        if self.verb in OUTPUTS:
            # Who is killed at the moment of the swap leaves the old folder away, and the next run brings it back.
            away: list[Files] = [{}] if how in {"KILL", "TERM"} else []
            if now not in (self.old, self.new, *away):
                wrong.append("output is a mixture")
            self.run([])
            if self.held() != self.new:
                wrong.append("the next run did not write the output")
            rubbish = [path.name for path in self.place.iterdir() if path.name not in {"data", "out", "state"}]
            return wrong + [f"left: {name}" for name in rubbish]
        if torn:
            wrong.append(f"torn: {torn}")
        if load(WorkTree(self.data)).incomplete:
            wrong.append("the tracker is not readable")
        if bool(unfinished(self.data)) != (now not in (self.old, self.new)):
            wrong.append("a mixture is not told")
        with writing(self.data):
            pass
        if self.held() not in (self.old, self.new):
            wrong.append("the next writer did not mend it")
        return wrong


class Steps:
    """Counts how often a process is about to change something in a place, and sends it a signal at one of these."""

    def __init__(self, place: Path, at: int | None, signal_: int) -> None:
        """Count from now on; `at` is the step, from 0, None for only counting."""
        self.number = 0
        self._place, self._at, self._signal = str(place), at, signal_
        sys.addaudithook(self._count)

    def _count(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            flags = arguments[2]
            if not isinstance(flags, int) or not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                return
        elif event not in CHANGES:
            return
        if any(self._place in str(argument) for argument in arguments):
            self.number += 1
            if self.number - 1 == self._at:
                os.kill(os.getpid(), self._signal)


def steps_of(trial: Trial) -> int:
    """Count the steps of the verb when nothing stops it."""
    trial.prepare()
    told = trial.place.parent / "steps"
    counted: list[Steps] = []
    child = trial.fork(
        lambda: counted.append(Steps(trial.place, None, 0)),
        [],
        lambda: told.write_text(str(counted[0].number), "utf-8"),
    )
    os.waitpid(child, 0)
    return int(told.read_text("utf-8"))


def stop_at(trial: Trial, signal_: int, step: int) -> int:
    """Begin the verb anew and send it a signal at a step; give how it ended."""
    trial.prepare()
    child = trial.fork(lambda: Steps(trial.place, step, signal_), [])
    return os.waitpid(child, 0)[1]


def full_disk(trial: Trial, bytes_: int) -> int:
    """Begin the verb anew where no file may grow beyond so many bytes."""
    trial.prepare()
    child = trial.fork(lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_, bytes_)), [])
    return os.waitpid(child, 0)[1]


def main(verb: str, kills: int, how: str = "KILL") -> dict[str, object]:
    """Stop the verb so many times by SIGKILL, SIGINT, SIGTERM or a full disk; give what was seen."""
    chance = random.Random(f"{verb} {how}")  # noqa: S311 - steps, and the same ones in every run
    os.environ |= {"ELO_TODAY": "2026-11-24", "ELO_LANG": "en"}
    wrong: list[str] = []
    mixed = ended = 0
    with tempfile.TemporaryDirectory(prefix="elo-killer-") as name:
        os.environ["XDG_STATE_HOME"] = f"{name}/here/state"
        trial = Trial(verb, Path(name) / "here")
        steps = 0 if how == "FULL" else steps_of(trial)
        for number in range(kills):
            if how == "FULL":
                status = full_disk(trial, chance.choice((0, 1, 100, 1000, 4096, 20000)))
            else:
                status = stop_at(trial, getattr(signal, f"SIG{how}"), int(steps * chance.random() ** 0.5))
            ended += os.WIFEXITED(status)
            mixed += trial.seen() not in (trial.old, trial.new)
            wrong += [f"{number}: {one}" for one in trial.judge(how)]
    return {"verb": verb, "by": how, "runs": kills, "steps": steps, "ended": ended, "mixed": mixed, "wrong": wrong}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])))  # noqa: T201 - the answer
