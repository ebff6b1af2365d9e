"""The words for a strategy that is told by groups: a head for each count, and the counts of each group."""

from collections.abc import Sequence
from typing import NamedTuple

from elo_cli.model.errors import N_
from elo_cli.render.words import terms
from elo_cli.render.words.names import Names
from elo_cli.tracking.overviews.overview import Overview


class GroupTable(NamedTuple):
    """The groups as a table: of each its name, and its counts under the heads."""

    name_head: str
    names: Sequence[str]
    heads: Sequence[str]
    """The heads of measures and milestones; those of the timings, which some put as signs, follow them."""
    timings: Sequence[str]
    """The timings that a milestone has, in the order of their table."""
    numbers: Sequence[Sequence[str]]


def group_table(names: Names, plan: Overview) -> GroupTable:
    """The measures and milestones of each group, and how many of these the day makes what."""
    language, of_goals = names.language, plan.by == "goal"
    timings = [word for word in terms.TIMING if any(group.milestones.get(word) for group in plan.groups)]
    none = language.say(N_("Goal not stated") if of_goals else N_("Without a component"))
    return GroupTable(
        language.say(N_("Goal") if of_goals else N_("Component")),
        [names.long(group.key) if group.key is not None else none for group in plan.groups],
        [language.say(N_("Measures")), language.say(N_("Milestones"))],
        timings,
        [
            [
                language.number(number)
                for number in (
                    group.measures,
                    sum(group.milestones.values()),
                    *(group.milestones.get(word, 0) for word in timings),
                )
            ]
            for group in plan.groups
        ],
    )
