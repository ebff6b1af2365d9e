"""20,000 mutated trackers over all verbs in three languages; SOAK_TRACKERS sets the number, SOAK_SEED a beginning."""

import os
from pathlib import Path

import pytest

from tests.mutations import Mutator

TRACKERS = int(os.environ.get("SOAK_TRACKERS", "20000"))
SEED = int(os.environ.get("SOAK_SEED", "0"))
EACH = 500


@pytest.mark.parametrize("seed", range(SEED, SEED + max(TRACKERS // EACH, 1)))
def test_no_mutated_tracker_is_a_fault_of_elo(tmp_path: Path, seed: int) -> None:
    """Whatever was changed, and in whatever language it is asked about, a verb answers or says why it cannot."""
    mutator = Mutator(tmp_path / "data", seed)
    for _ in range(min(EACH, TRACKERS)):
        mutator.next()
        assert list(mutator.faults(tmp_path, 3)) == []
