"""How long `elo report summary` takes on the repository's data, against `elo status` on the same."""

from collections.abc import Iterator

from benchmarks.measure import ELO, ROOT, Row, compare, interleaved


def rows(*, large: bool = False, runs: int = 15) -> Iterator[Row]:
    """Yield the one row; `large` changes nothing."""
    del large
    data = ROOT / "data"
    costs = interleaved(
        {
            "elo report summary": [ELO, "report", "summary", "--data", data],
            "elo status": [ELO, "status", "--data", data],
        },
        runs=runs,
        warm=2,
    )
    yield compare("elo report summary : elo status", costs, limit=2.0)
