"""Who is to be asked about a record: those whom it names itself, else those of the measures that it belongs to."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from elo_cli.model.funding import Funding
from elo_cli.model.measure import Measure
from elo_cli.model.milestone import Milestone
from elo_cli.tracking.view import View


class Responsible(NamedTuple):
    """Organisations that answer for a record, the lead first, and whether the record itself names them."""

    ids: tuple[str, ...]
    named_by: Literal["record", "measures"] | None
    """None when nobody is named."""


def responsible(view: View, now: Measure | Milestone | Funding) -> Responsible:
    """Who answers for a record in its present state; what only the measures say is told apart, since it is derived."""
    own = () if isinstance(now, Funding) else unique([now.lead] if now.lead else [], now.responsible or ())
    if own or isinstance(now, Measure):
        return Responsible(own, "record" if own else None)
    measures = [view.tracker.get(Measure, measure) for measure in now.measures or ()]
    derived = unique(
        *(
            responsible(view, view.state(measure).now).ids
            for measure in measures
            if measure is not None and view.exists(measure)
        )
    )
    return Responsible(derived, "measures" if derived else None)


def unique(*groups: Iterable[str]) -> tuple[str, ...]:
    """The ids of all groups, each once, where it came first."""
    return tuple(dict.fromkeys(item for group in groups for item in group))
