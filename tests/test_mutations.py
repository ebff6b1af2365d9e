"""A few of the trackers that `tests/long` makes by the thousand: no verb ends with a fault of elo."""

from pathlib import Path

import pytest

from tests.mutations import Mutator


@pytest.mark.parametrize("seed", range(2))
def test_no_mutated_tracker_is_a_fault_of_elo(tmp_path: Path, seed: int) -> None:
    """Whatever was changed, and in whatever language it is asked about, a verb answers or says why it cannot."""
    mutator = Mutator(tmp_path / "data", seed)
    for _ in range(6):
        mutator.next()
        assert list(mutator.faults(tmp_path, 4)) == []
