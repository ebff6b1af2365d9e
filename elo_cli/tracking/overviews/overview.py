"""A strategy too large to be told measure by measure: counts by group, and what presses most."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, Literal, NamedTuple

from elo_cli.model.records.milestone import Milestone
from elo_cli.model.records.vocabulary import Goal
from elo_cli.model.values import by_number
from elo_cli.tracking.day.filters import codes_of, component_of, goals_of, measures_of
from elo_cli.tracking.day.timing import PRESSING, WAITING
from elo_cli.tracking.day.view import View
from elo_cli.tracking.deadlines import Deadline, deadlines
from elo_cli.tracking.status import Status, milestones_under

By = Literal["goal", "component"]
MANY: Final = 40
"""More measures than this are counted by group instead of being told one by one."""


class Group(NamedTuple):
    """The measures and milestones of a goal or of a component of the plan."""

    key: str | None
    """None for what has no goal, or lies in no component."""
    measures: int
    milestones: Mapping[str, int]
    """How many milestones have each timing; “undated” for those without a due."""
    status: Mapping[str, int] = {}
    """How many measures have each status; “unstated” for none."""

    @property
    def late(self) -> int:
        """How many of them wait for a word: overdue, contested or unreported."""
        return sum(self.milestones.get(word, 0) for word in WAITING)


class Overview(NamedTuple):
    """Groups with counts, and the milestones that press most."""

    by: By
    groups: tuple[Group, ...]
    pressing: tuple[Deadline, ...]
    """Every milestone that is not over, what presses most first."""


def overview(view: View, standing: Status) -> Overview:
    """The measures and milestones of a status by goal, or by component of the plan where no measure has a goal."""
    measures = [measure.state.now for goal in standing.goals for measure in goal.measures]
    milestones = milestones_under(view, standing.filters, [now.id for now in measures])
    by: By = "goal" if any(now.goal is not None for now in measures) else "component"
    counts: dict[str | None, Counter[str]] = {}
    of_group: Counter[str | None] = Counter()
    statuses: dict[str | None, Counter[str]] = {}
    for now in measures:
        keys = [now.goal] if by == "goal" else components(codes_of(view, now)) or [None]
        of_group.update(keys)
        for key in keys:
            counts.setdefault(key, Counter())
            statuses.setdefault(key, Counter())[now.status or "unstated"] += 1
    for milestone in milestones:
        # What is only possible is no milestone to count on, here as in the totals.
        if view.state(milestone).now.possible:
            continue
        timing = view.timing(milestone)
        word = timing.word if timing is not None else "undated"
        counts.setdefault(group_of(view, milestone, by), Counter())[word] += 1
    order = {goal.id: place for place, goal in enumerate(view.tracker.of(Goal))} if by == "goal" else {}
    keys = sorted(counts, key=lambda key: (key is None, order.get(key or "", 0), by_number(key or "")))
    kept = {milestone.id for milestone in milestones}
    rows = [row for row in deadlines(view, None).deadlines if row.kind == "milestone" and row.id in kept]
    rows.sort(key=lambda row: (PRESSING.index(row.timing), row.end or date.max, row.id))
    groups = (Group(key, of_group[key], dict(counts[key]), dict(statuses.get(key, {}))) for key in keys)
    return Overview(by, tuple(groups), tuple(rows))


def group_of(view: View, milestone: Milestone, by: By) -> str | None:
    """The group that a milestone is counted in: the first of its goals, or of its components."""
    keys = (
        goals_of(view, measures_of(view.state(milestone).now))
        if by == "goal"
        else iter(components(codes_of(view, milestone)))
    )
    return next(keys, None)


def components(codes: Iterable[str]) -> list[str | None]:
    """The components that codes lie in, each once."""
    return list(dict.fromkeys(component for code in codes if (component := component_of(code)) is not None))
