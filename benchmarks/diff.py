"""How long `elo diff` takes for ten changed records among many: its cost follows the changes, not the records."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import ELO, ROOT, Cost, Row, interleaved
from benchmarks.repository import many

RECORDS = 50_000
CHANGED = 10


def rows(*, large: bool = False) -> Iterator[Row]:
    """Yield `elo diff HEAD~1` against 1.5 times `elo status` (of `data/`) and 5 times `git diff --name-only`."""
    with tempfile.TemporaryDirectory() as name:
        for records in (RECORDS, 100_000) if large else (RECORDS,):
            data = many(Path(name) / str(records), records, CHANGED)
            costs = interleaved(
                {
                    "elo diff": [ELO, "diff", "HEAD~1", "--data", data],
                    "elo status": [ELO, "status", "--data", ROOT / "data"],
                    "git diff": ["git", "-C", data, "diff", "--name-only", "HEAD~1"],
                },
                runs=7,
            )
            yield _row(f"elo diff HEAD~1 : allowance, {CHANGED} of {records:,} records", costs)


def _row(name: str, costs: dict[str, Cost]) -> Row:
    diff, status, git = (costs[one].seconds for one in ("elo diff", "elo status", "git diff"))
    detail = f"elo diff {diff * 1000:.0f} ms, elo status {status * 1000:.0f} ms, git diff {git * 1000:.0f} ms"
    return Row(name, diff / (1.5 * status + 5 * git), 1.0, detail)
