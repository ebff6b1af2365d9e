"""The plans that benchmarks measure are in order, so that what is measured is reading and not reporting."""

from datetime import date
from pathlib import Path

import pytest

from benchmarks.generate import AMENDMENTS, INSTALMENTS, PLAN_MEASURES, PLAN_MILESTONES, generate_plans
from elo_cli.checks.all_rules import RULES
from elo_cli.checks.run import check
from elo_cli.store.loading import load
from elo_cli.store.source import WorkTree
from elo_cli.tracking.day.view import View


@pytest.mark.slow
def test_generated_plan_is_in_order(tmp_path: Path) -> None:
    """A country's plan has what it says, nothing wrong in it, and each milestone in one request of its instrument."""
    tracker = load(WorkTree(generate_plans(tmp_path, 1)))
    view = View(tracker, date(2026, 1, 15))
    counts = [len(tracker.by_kind[kind]) for kind in ("measure", "milestone", "request", "instrument")]
    assert counts == [PLAN_MEASURES, PLAN_MILESTONES, INSTALMENTS, 1]
    assert sum(len(milestone.all_updates) for milestone in view.milestones) == 5 * PLAN_MILESTONES
    assert sum(len(milestones) for milestones in view.milestones_of_request.values()) == PLAN_MILESTONES
    moved = [milestone for milestone in view.milestones if view.state(milestone).now.due != milestone.due]
    assert (len(moved), len(AMENDMENTS)) == (PLAN_MILESTONES, 5)
    assert check(tracker, view.as_of, list(RULES.values())) == []
