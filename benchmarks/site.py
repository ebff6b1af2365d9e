"""How long `elo site` takes for a page on many records, against 3 ms, and how its memory grows."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.generate import generate
from benchmarks.measure import ELO, Cost, Row, once

RECORDS = 5_000
PAGE = 0.003
"""Seconds that a page may take."""


def made(folder: Path, records: int) -> tuple[Cost, int]:
    """Return what the site of so many records costs, and how many pages it has."""
    data, site = generate(folder / f"data-{records}", records), folder / f"site-{records}"
    cost = once([ELO, "site", site, "--data", data])
    return cost, sum(1 for _ in site.rglob("*.html"))


def rows(*, large: bool = False) -> Iterator[Row]:
    """Yield the time for a page at 5,000 records; with `large` also how memory grows to twice as many."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cost, pages = made(folder, RECORDS)
        detail = f"{pages:,} pages in {cost.seconds:.1f} s, {cost.memory / 1024:.0f} MB"
        yield Row(f"elo site : 3 ms a page, {RECORDS:,} records", cost.seconds / pages / PAGE, 1.0, detail)
        if not large:
            return
        half, twice = made(folder, RECORDS // 2)[0], made(folder, 2 * RECORDS)[0]
        early, late = (cost.memory - half.memory) / (RECORDS / 2), (twice.memory - cost.memory) / RECORDS
        yield Row("elo site : memory a record, last to first", late / early, 1.25)
