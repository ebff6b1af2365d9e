"""What `elo update` costs on ten records and on ten thousand, and completion on five thousand beside `elo --help`."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.generate import generate
from benchmarks.measure import ELO, Row, compare, interleaved


def rows(*, large: bool = False, runs: int = 15) -> Iterator[Row]:
    """Yield one row for updates and one for completion; `large` changes nothing."""
    del large
    with tempfile.TemporaryDirectory() as folder:
        words = ("update", "milestone-000001", "--by", "organisation-1", "--note", "x", "--dry-run", "--data")
        small, big = (str(generate(Path(folder) / str(count), count)) for count in (10, 10_000))
        yield compare(
            "update: 10,000 records against 10",
            interleaved({"10,000": (ELO, *words, big), "10": (ELO, *words, small)}, runs=runs),
            limit=1.1,
        )
        middle = str(generate(Path(folder) / "5000", 5_000))
        yield compare(
            "completion of an id among 5,000",
            interleaved(
                {
                    "completion": (ELO, "__complete", ":milestone-0000", "show", "--data", middle),
                    "help": (ELO, "--help"),
                },
                runs=runs,
            ),
            limit=1.2,
        )
