"""Running commands in turns, and printing what came of it as ratios against limits."""

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).parents[1]

# The program as a user starts it, from the same environment as the benchmark.
ELO = Path(sys.executable).with_name("elo")

# Answers depend on the day; a fixed one makes two runs comparable.
TODAY = "2026-01-15"


class Cost(NamedTuple):
    """What a command took: seconds from start to end, its peak of resident memory in kB, and seconds on a processor."""

    seconds: float
    memory: float
    work: float


class Row(NamedTuple):
    """One line of the table: what is measured against what, the ratio, and the limit that it should keep."""

    name: str
    ratio: float
    limit: float
    detail: str = ""


def once(command: Sequence[str | Path], *, cwd: Path = ROOT, accept: Sequence[int] = (0,)) -> Cost:
    """Run a command whose output nobody reads; RuntimeError when it leaves with a code that is not accepted."""
    environment = os.environ | {"ELO_TODAY": TODAY, "PYTHONDONTWRITEBYTECODE": "", "COLUMNS": "80"}
    started = time.perf_counter()
    with subprocess.Popen(
        command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as child:
        said = child.stderr.read() if child.stderr else b""
        # wait4 alone says how much memory this one child took.
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - started
    if child.returncode not in accept:
        words = " ".join(map(str, command))
        message = f"{words} left with {child.returncode}: {said.decode(errors='replace').strip()}"
        raise RuntimeError(message)
    return Cost(seconds, usage.ru_maxrss, usage.ru_utime + usage.ru_stime)


def interleaved(
    commands: Mapping[str, Sequence[str | Path]], *, runs: int, warm: int = 1, accept: Sequence[int] = (0,)
) -> dict[str, Cost]:
    """Run the commands in turns, so that a slow minute of the machine slows all, and return each one's medians."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for turn in range(warm + runs):
        for name, command in commands.items():
            cost = once(command, accept=accept)
            if turn >= warm:
                costs[name].append(cost)
    return {name: Cost(*(median(values) for values in zip(*taken, strict=True))) for name, taken in costs.items()}


def compare(name: str, costs: Mapping[str, Cost], *, limit: float) -> Row:
    """Return the row for the first of two commands against the second."""
    (one, mine), (other, floor) = costs.items()
    detail = f"{one} {mine.seconds * 1000:.0f} ms, {other} {floor.seconds * 1000:.0f} ms"
    return Row(name, mine.seconds / floor.seconds, limit, detail)


def growth(name: str, *points: tuple[int, float], limit: float) -> Row:
    """Return the slope between the last two points against the one between the first and the middle one.

    What starting costs is in none of the slopes; a straight line has the same slope everywhere.
    """
    (low, first), (middle, second) = points[0], points[len(points) // 2]
    (high, third), (top, fourth) = points[-2:]
    early, late = (second - first) / (middle - low), (fourth - third) / (top - high)
    return Row(f"{name}, last to first", late / early, limit, f"from {low:,} to {top:,}")


def table(rows: Iterable[Row]) -> bool:
    """Print the rows as they come, and tell whether all keep their limits."""
    kept = True
    for row in rows:
        word = "kept" if row.ratio <= row.limit else "MISSED"
        kept = kept and row.ratio <= row.limit
        print(f"{row.name:<48} {row.ratio:5.2f}  limit {row.limit:4.2f}  {word:<6}  {row.detail}", flush=True)
    return kept
