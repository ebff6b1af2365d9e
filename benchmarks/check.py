"""How long `elo check` takes on many records, against a bare loop that reads and validates the same files."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.generate import generate
from benchmarks.measure import ELO, Cost, Row, compare, growth, interleaved

RECORDS = 10_000
AS_OF = "2026-03-01"
"""A day on which nothing generated is due, so that nothing is found: findings are looked up in their files."""
SIZES = (3_000, 6_000, 10_000, 30_000, 100_000)
"""From the first on a second process reads ahead: what it costs to start is in none of the slopes."""

LOOP = '''\
"""The least that reading a tracker can be: files read, parsed, validated, and the records kept."""

import gc
import sys
from pathlib import Path

import yaml_rs

from elo_cli.model.kinds import RECORD_KINDS, VOCABULARIES

gc.disable()
root = Path(sys.argv[1])
limits = yaml_rs.AliasLimits(max_total_replayed_events=0, max_alias_expansions_per_anchor=0)
records = []
for kind in RECORD_KINDS:
    validate = kind.record.model_validate
    for path in sorted((root / kind.folder).glob("*.yaml")):
        text = path.read_bytes().decode()
        records.append(validate(yaml_rs.loads(text, parse_datetime=False, alias_limits=limits)))
for kind in VOCABULARIES:
    text = (root / "vocabulary" / f"{kind.folder}.yaml").read_bytes().decode()
    for name, value in yaml_rs.loads(text, parse_datetime=False, alias_limits=limits).items():
        records.append(kind.record.model_validate({"id": name, **value}))
'''


def measured(folder: Path, records: int, *, runs: int) -> dict[str, Cost]:
    """Return the medians of `elo check` and of the bare loop on a tracker of so many records."""
    place = folder / str(records)
    # The size of the first row is among those of growth.
    data = place / "data" if place.exists() else generate(place, records)
    loop = folder / "loop.py"
    loop.write_text(LOOP, "utf-8")
    commands: dict[str, list[str | Path]] = {
        "elo check": [ELO, "check", "--as-of", AS_OF, "--data", data],
        "loop": [sys.executable, loop, data],
    }
    return interleaved(commands, runs=runs)


def rows(*, large: bool = False) -> Iterator[Row]:
    """Yield the ratio at 10,000 records; with `large` also how time and memory grow from there to 100,000."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield compare(f"elo check : bare loop, {RECORDS:,} records", measured(folder, RECORDS, runs=5), limit=1.9)
        if not large:
            return
        taken = {size: measured(folder, size, runs=3)["elo check"] for size in SIZES}
        for size, cost in taken.items():
            print(
                f"  {size:>7,} records: {cost.seconds:6.2f} s, {cost.seconds / size * 1e6:4.0f} µs a record; "
                f"{cost.memory / 1024:5.0f} MB, {(cost.memory - taken[SIZES[0]].memory) / size:4.1f} kB a record"
            )
        yield growth("elo check : time a record", *((size, cost.seconds) for size, cost in taken.items()), limit=1.1)
        yield growth("elo check : memory a record", *((size, cost.memory) for size, cost in taken.items()), limit=1.1)
