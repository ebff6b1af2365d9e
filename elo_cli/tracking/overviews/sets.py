"""The rows of a list that belong together in one way: by goal, status, timing, stage, or who answers for them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from elo_cli.model.records.base import Record
from elo_cli.model.records.funding import Funding
from elo_cli.model.records.measure import Measure
from elo_cli.model.records.milestone import Milestone
from elo_cli.model.records.vocabulary import Goal, Instrument, Organisation
from elo_cli.model.values import by_number
from elo_cli.model.words import VALUES
from elo_cli.tracking.day.filters import codes_of, goals_of, measures_of, owners_of
from elo_cli.tracking.day.view import View
from elo_cli.tracking.deadlines import Deadline
from elo_cli.tracking.overviews.overview import components

SetBy = Literal["timing", "status", "stage", "goal", "instrument", "instalment", "component", "owner"]
Keys = Mapping[SetBy, Sequence[str]]
"""For each way in which a row can belong to a set, the sets that it is in; "" for what nothing is stated of."""
UNSTATED: Final = "unstated"
"""The status that nobody has stated."""
MOST: Final = 60
"""Sets of one kind: more links than that are no help."""


class RowSet(NamedTuple):
    """Rows of a list that one filter lets pass."""

    by: SetBy
    key: str
    """The word, number, component or id; "" for the rows of which nothing is stated."""
    places: tuple[int, ...]
    """Which rows of the list they are, counted from 0."""


def keys_of(view: View, record: Record) -> Keys:
    """The sets that a measure, a milestone or a funding line is in; of any other record none."""
    now = view.state(record).now
    match now:
        case Measure():
            timings = (view.timing(milestone) for milestone in view.milestones_of.get(now.id, ()))
            return {
                "status": [now.status or UNSTATED],
                "goal": [now.goal or ""],
                "timing": list(dict.fromkeys(timing.word for timing in timings if timing is not None)),
                "owner": _owners(view, now),
            }
        case Milestone():
            timing = view.timing(record) if isinstance(record, Milestone) else None
            instalment = now.instalment
            return {
                "timing": [timing.word] if timing is not None else [],
                "goal": _goals(view, measures_of(now)),
                "instalment": [str(instalment)] if instalment is not None else [],
                "component": [name for name in components(codes_of(view, now)) if name is not None],
                "owner": _owners(view, now),
            }
        case Funding():
            return {
                "stage": [view.stage(now)],
                "instrument": [now.instrument or ""],
                "goal": _goals(view, measures_of(now)),
                "owner": _owners(view, now),
            }
        case _:
            return {}


def keys_of_deadline(view: View, deadline: Deadline) -> Keys:
    """The sets that a deadline is in."""
    return {
        "timing": [deadline.timing],
        "goal": _goals(view, deadline.measures),
        "owner": list(dict.fromkeys(deadline.responsible)) or [""],
    }


def row_sets(view: View, rows: Sequence[Keys]) -> tuple[RowSet, ...]:
    """Every set of a list's rows, in the order of its words; one that all rows are in tells nothing and is left out.

    Of a kind with more than MOST sets the largest are kept.
    """
    found: dict[SetBy, dict[str, list[int]]] = {}
    for place, keys in enumerate(rows):
        for by, names in keys.items():
            for name in names:
                found.setdefault(by, {}).setdefault(name, []).append(place)
    sets: list[RowSet] = []
    for by, groups in found.items():
        useful = [key for key, places in groups.items() if len(places) < len(rows)]
        largest = sorted(useful, key=lambda key, groups=groups: -len(groups[key]))[:MOST]  # type: ignore[misc]
        known = {key: number for number, key in enumerate(_order(view, by))}
        largest.sort(key=lambda key, known=known: (key == "", known.get(key, len(known)), by_number(key)))  # type: ignore[misc]
        sets += [RowSet(by, key, tuple(groups[key])) for key in largest]
    return tuple(sets)


def _owners(view: View, record: Record) -> list[str]:
    return list(dict.fromkeys(owners_of(view, record))) or [""]


def _goals(view: View, measures: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(goals_of(view, measures))) or [""]


def _order(view: View, by: SetBy) -> Iterable[str]:
    match by:
        case "timing" | "status" | "stage":
            return VALUES[by]
        case "goal":
            return (goal.id for goal in view.tracker.of(Goal))
        case "owner":
            return (body.id for body in view.tracker.of(Organisation))
        case "instrument":
            return (instrument.id for instrument in view.tracker.of(Instrument))
        case _:
            return ()
