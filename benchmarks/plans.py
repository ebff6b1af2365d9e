"""How what elo takes grows with the plans of the RRF, from one country's 1,200 milestones to the Union's 32,400."""

import pstats
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.generate import AMENDMENTS, NEXT_AMENDMENT, PLAN_MILESTONES, generate_plans
from benchmarks.measure import ELO, Cost, Row, growth, once
from benchmarks.repository import git

FLAT = 1.1
"""By how much a milestone may cost more in the largest plans than in the first ones."""
SIZES = (1, 3, 9)
LARGE = (1, 9, 27)
SITES = (1, 2, 4)
"""Countries of whose plans a site is made: a country publishes its own, so this begins with one and ends with few."""
VERBS: Mapping[str, Sequence[str]] = {"check": ("check",), "status": ("status",), "report rrf": ("report", "rrf")}
CHANGED = "at"
"""The country whose plan the last commit changes."""


def rows(*, large: bool = False) -> Iterator[Row]:
    """Yield the growth of work, memory and calls a milestone by verb; with `large` up to the whole Union."""
    sizes = LARGE if large else SIZES
    with tempfile.TemporaryDirectory() as name:
        data = {size: amended(Path(name) / str(size), size) for size in sizes}
        for verb, words in VERBS.items():
            yield from grown(f"elo {verb}", {size: [*words, "--data", str(data[size])] for size in sizes}, Path(name))
        diff = {size: ["diff", "HEAD~1", "--data", str(data[size])] for size in sizes}
        yield from grown(f"elo diff, {PLAN_MILESTONES // len(AMENDMENTS)} changed", diff, Path(name))
        if large:
            further = {size: data.get(size) or generate_plans(Path(name) / str(size), size) for size in SITES}
            site = {size: ["site", f"{name}/site-{size}", "--data", str(further[size])] for size in SITES}
            # A site is written once: its second writing would also take the first one away.
            yield from grown("elo site", site, Path(name), calls=False, runs=1)


def grown(
    name: str, commands: Mapping[int, Sequence[str]], folder: Path, *, calls: bool = True, runs: int = 2
) -> Iterator[Row]:
    """Yield how the command's work, memory and calls a milestone grow with the number of countries."""
    taken: dict[int, list[Cost]] = {size: [] for size in commands}
    for _ in range(runs):
        for size, words in commands.items():
            taken[size].append(once([ELO, *words]))
    best = {size: min(costs, key=lambda cost: cost.work) for size, costs in taken.items()}
    for size, cost in best.items():
        print(
            f"  {name}, {size * PLAN_MILESTONES:>6,} milestones: {cost.work:6.2f} s of work, {cost.seconds:6.2f} s, "
            f"{cost.memory / 1024:5.0f} MB"
        )
    points = [(size * PLAN_MILESTONES, cost) for size, cost in best.items()]
    yield growth(f"{name} : work a milestone", *((size, cost.work) for size, cost in points), limit=FLAT)
    yield growth(f"{name} : memory a milestone", *((size, cost.memory) for size, cost in points), limit=FLAT)
    if calls:
        counted = [(size * PLAN_MILESTONES, called(words, folder)) for size, words in commands.items()]
        yield growth(f"{name} : calls a milestone", *counted, limit=FLAT)


def called(words: Sequence[str], folder: Path) -> int:
    """Return how many calls of functions a command makes: the same on every machine, however busy it is."""
    profile = folder / "profile"
    once([sys.executable, "-m", "cProfile", "-o", profile, ELO, *words])
    stats = pstats.Stats(str(profile))
    return int(stats.total_calls)  # type: ignore[attr-defined]  # typeshed does not know it


def amended(folder: Path, countries: int) -> Path:
    """A tracker of the plans of so many countries whose last commit is an amendment of one, and its data folder."""
    data = generate_plans(folder, countries)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "The plans")
    decision = f"{CHANGED}-decision-{len(AMENDMENTS) + 1}"
    for number in range(0, PLAN_MILESTONES, len(AMENDMENTS)):
        path = data / "milestones" / f"{CHANGED}-{number:04}.yaml"
        with path.open("a", encoding="utf-8") as file:
            file.write(
                f"  - date: {NEXT_AMENDMENT}\n    sources:\n      - document: {decision}\n    due: 2026-Q2\n"
                f"    reason:\n      fi: Syy\n      sv: Skäl\n      en: Reason\n    decided_by: {decision}\n"
            )
    git(folder, "commit", "-q", "-a", "-m", "An amendment")
    return data
