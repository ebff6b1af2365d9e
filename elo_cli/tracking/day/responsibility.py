"""Who is to be asked about a record: those whom it names itself, else those of the measures that it belongs to."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from elo_cli.model.records.base import Record
from elo_cli.model.records.measure import Measure
from elo_cli.tracking.day.view import View


class Responsible(NamedTuple):
    """Organisations that answer for a record, the lead first, and whether the record itself names them."""

    ids: tuple[str, ...]
    named_by: Literal["record", "measures"] | None
    """None when nobody is named."""


def responsible(view: View, now: Record) -> Responsible:
    """Who answers for a record in its present state; what only the measures say is told apart, since it is derived.

    Whoever carries a milestone out answers for it where nobody is called responsible.
    """
    lead = getattr(now, "lead", None)
    own = unique([lead] if lead else [], getattr(now, "responsible", None) or ())
    body = getattr(now, "implementing_body", None)
    own = own or unique([body] if body else [])
    if own or isinstance(now, Measure):
        return Responsible(own, "record" if own else None)
    measures = [view.tracker.get(Measure, measure) for measure in getattr(now, "measures", None) or ()]
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
