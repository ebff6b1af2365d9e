"""How long `elo log` takes over a thousand commits of one record."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.generate import record_id
from benchmarks.measure import ELO, Row, interleaved
from benchmarks.repository import long_life

COMMITS = 1_000


def rows(*, large: bool = False) -> Iterator[Row]:
    """Yield `elo log ID` against three times `git log -p` of the file and start-up; `large` changes nothing."""
    del large
    with tempfile.TemporaryDirectory() as name:
        data = long_life(Path(name) / "repo", COMMITS)
        record = record_id("milestones", 0)
        costs = interleaved(
            {
                "elo log": [ELO, "log", record, "--data", data],
                "start-up": [ELO, "status", "--data", data],
                "git log -p": ["git", "-C", data, "log", "-p", "--", f"milestones/{record}.yaml"],
            },
            runs=5,
        )
        log, start, git = (costs[one].seconds for one in ("elo log", "start-up", "git log -p"))
        detail = f"elo log {log * 1000:.0f} ms, git log -p {git * 1000:.0f} ms, start-up {start * 1000:.0f} ms"
        yield Row(f"elo log : 3 git log -p + start-up, {COMMITS:,} commits", log / (3 * git + start), 1.0, detail)
