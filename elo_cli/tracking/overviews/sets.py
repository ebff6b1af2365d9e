"""The milestones that belong together in one way: by timing, instalment, component, or who answers for them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final, Literal, NamedTuple

from elo_cli.model.records.milestone import Milestone
from elo_cli.model.values import by_number
from elo_cli.model.words import VALUES
from elo_cli.tracking.day.filters import codes_of, owners_of
from elo_cli.tracking.day.view import View
from elo_cli.tracking.overviews.overview import components

SetBy = Literal["timing", "instalment", "component", "owner"]


class MilestoneSet(NamedTuple):
    """Milestones that one filter lets pass."""

    by: SetBy
    key: str
    """The word, number, component or id."""
    milestones: tuple[Milestone, ...]
    """By due; those without one come last."""


def by_due(view: View, milestones: Iterable[Milestone]) -> tuple[Milestone, ...]:
    """Milestones by their last day, those without one last."""

    def order(milestone: Milestone) -> tuple[date, str]:
        timing = view.timing(milestone)
        return (timing.end if timing is not None and timing.end is not None else date.max, milestone.id)

    return tuple(sorted(milestones, key=order))


def milestone_sets(view: View) -> Iterator[MilestoneSet]:
    """Every set that has a milestone, in the order of its words; a milestone may be in several of one kind."""
    by_sort: dict[SetBy, dict[str, list[Milestone]]] = {by: {} for by in _ORDERS}
    for milestone in view.milestones:
        for by, keys in _keys(view, milestone).items():
            for key in keys:
                by_sort[by].setdefault(key, []).append(milestone)
    for by, sets in by_sort.items():
        known = {key: place for place, key in enumerate(_order(view, by))}
        for key in sorted(sets, key=lambda key: (known.get(key, len(known)), by_number(key))):
            yield MilestoneSet(by, key, by_due(view, sets[key]))


def _keys(view: View, milestone: Milestone) -> Mapping[SetBy, list[str]]:
    now, timing = view.state(milestone).now, view.timing(milestone)
    instalment = now.instalment
    return {
        "timing": [timing.word] if timing is not None else [],
        "instalment": [str(instalment)] if instalment is not None else [],
        "component": [component for component in components(codes_of(view, milestone)) if component is not None],
        "owner": list(dict.fromkeys(owners_of(view, now))),
    }


_ORDERS: Final[tuple[SetBy, ...]] = ("timing", "instalment", "component", "owner")


def _order(view: View, by: SetBy) -> Iterable[str]:
    if by == "timing":
        return VALUES["timing"]
    return view.tracker.by_kind["organisation"] if by == "owner" else ()
