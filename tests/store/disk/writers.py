"""Writers that die, run by test_writing.py in a process of its own: one fork a step, killed at that step."""

import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import NamedTuple

from elo_cli.store.disk.plan import unfinished
from elo_cli.store.disk.writing import writing

OLD = {"a.yaml": b"old a", "b.yaml": b"old b", "c.yaml": None}
NEW = {"a.yaml": b"new a", "b.yaml": None, "c.yaml": b"new c"}
EVENTS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "shutil.rmtree"}


class Outcome(NamedTuple):
    """What one death left."""

    each_whole: bool
    """Whether each file was old or new at once."""
    told: bool
    """Whether a reader was told when some were old and others new, and only then."""
    mended: bool
    """Whether all were old or all new after the next writer."""
    left: list[str]
    """What lay in the folder then and does not belong there."""


def files(folder: Path) -> dict[str, bytes | None]:
    """Return what the three files hold."""
    return {name: (folder / name).read_bytes() if (folder / name).exists() else None for name in OLD}


def prepare(folder: Path) -> None:
    """Make the old state anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in OLD.items():
        if content is not None:
            (folder / name).write_bytes(content)


def write(folder: Path, names: list[str]) -> None:
    """Write the new contents of these files as a writing verb does."""
    with writing(folder) as writer:
        for name in names:
            writer.read(name)
        writer.write({name: NEW[name] for name in names})


def die_at(step: int, folder: Path) -> None:
    """Kill this process when it is about to touch the folder, or what elo remembers, for the `step`th time."""
    left = step
    places = (str(folder), os.environ["XDG_STATE_HOME"])

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event in EVENTS and any(place in str(argument) for argument in arguments for place in places):
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def main(folder: Path, names: list[str]) -> list[Outcome]:
    """Kill at each step in turn; return what each death left."""
    outcomes = []
    step = 0
    while True:
        prepare(folder)
        child = os.fork()
        if not child:
            die_at(step, folder)
            write(folder, names)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        wanted = {**OLD, **{name: NEW[name] for name in names}}
        now = files(folder)
        each_whole = all(now[name] in (OLD[name], wanted[name]) for name in OLD)
        told = bool(unfinished(folder)) == (now not in (OLD, wanted))
        with writing(folder):
            pass
        after = files(folder)
        left = [path.name for path in folder.iterdir() if path.name not in OLD]
        outcomes.append(Outcome(each_whole, told, after in (OLD, wanted), left))
        if os.WIFEXITED(status):
            return outcomes
        step += 1


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2:])))  # noqa: T201 - the answer to the test
