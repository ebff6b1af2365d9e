"""What a milestone waits for: those that must be reached first and that are themselves off track or overdue."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from elo_cli.model.records.milestone import Milestone
from elo_cli.tracking.day.timing import is_done
from elo_cli.tracking.day.view import View


class Obstacle(NamedTuple):
    """A milestone that must be reached first, and what is known to be wrong with it."""

    id: str
    word: Literal["off-track", "overdue"]


def waits_for(view: View, milestone: Milestone) -> tuple[Obstacle, ...]:
    """The obstacles to a milestone, in its own order; none for what is done or withdrawn itself.

    What has passed in silence is no obstacle: it may have been reached.
    """
    now = view.state(milestone).now
    return () if is_done(now) else tuple(_obstacles(view, now))


def _obstacles(view: View, now: Milestone) -> Iterator[Obstacle]:
    for other_id in now.depends_on or ():
        other = view.tracker.get(Milestone, other_id)
        if other is None or not view.exists(other):
            continue
        its = view.state(other).now
        timing = view.timing(other)
        if is_done(its):
            continue
        if its.confidence == "off-track":
            yield Obstacle(other_id, "off-track")
        elif timing is not None and timing.word == "overdue":
            yield Obstacle(other_id, "overdue")
