"""Which records an answer is about: one filter for every verb, and what a record must be on the day to pass it."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from elo_cli.model.kind import Kind
from elo_cli.model.kinds import KIND_OF
from elo_cli.model.period import Period
from elo_cli.model.records.base import Record
from elo_cli.model.records.funding import Funding
from elo_cli.model.records.measure import Measure
from elo_cli.model.records.milestone import Milestone, Rrf
from elo_cli.model.records.request import PaymentRequest
from elo_cli.tracking.day.instruments import instrument_of
from elo_cli.tracking.day.responsibility import responsible
from elo_cli.tracking.day.timing import effective_end
from elo_cli.tracking.day.view import View


class Filters(NamedTuple):
    """What a record must be on the day to be part of an answer; None asks for nothing. All that are given must hold."""

    goal: str | None = None
    """A goal that its measures serve."""
    measure: str | None = None
    owner: str | None = None
    """An organisation that leads or is responsible (for the measure, where the record names nobody), pays a share,
    proposed it or holds the meeting."""
    type: str | None = None
    component: str | None = None
    """How the plan's measure, or the number in the decision's annex, begins: `M1C1`, `P3C2`; what has neither lies
    where the milestones of its measures do."""
    instalment: int | None = None
    due: Period | None = None
    """The last day of its due lies in this period."""
    timing: str | None = None
    status: str | None = None
    confidence: str | None = None
    eu: str | None = None
    support: str | None = None
    """Grant or loan."""
    instrument: str | None = None
    stage: str | None = None

    @property
    def given(self) -> Mapping[str, Any]:
        """The filters that ask for something, by name."""
        return {name: value for name, value in self._asdict().items() if value is not None}

    def without(self, names: Iterable[str]) -> "Filters":
        """The same filters without some of them."""
        return self._replace(**dict.fromkeys(names))

    def only(self, names: Iterable[str]) -> "Filters":
        """These of the filters and no other."""
        return self.without(self.given.keys() - set(names))


EVERYTHING: Final = Filters()
"""Asks for nothing."""
OF_DUES: Final = (
    "goal",
    "measure",
    "owner",
    "type",
    "component",
    "instalment",
    "due",
    "timing",
    "status",
    "confidence",
    "eu",
    "support",
)
"""What an answer about measures and milestones can be filtered by."""
OF_MILESTONES: Final = ("type", "instalment", "due", "timing", "eu", "support")
"""What a measure has through its milestones alone."""
_OF_REQUESTS: Final = ("instalment", "support", "instrument")
"""What a payment request has itself; the rest, but for who sends it, it has through its milestones."""
_AS_FIELDS: Final = ("type", "due", "status", "confidence", "eu", "support", "instrument", "stage")
"""Filters that ask a field of the same name."""


def answered(kind: Kind) -> frozenset[str]:
    """The filters that records of a kind can pass, by the fields that they have themselves or through others."""
    fields = kind.record.model_fields
    names: set[str] = {name for name in _AS_FIELDS if name in fields}
    if "due" in fields:
        names.add("timing")
    if "rrf" in fields:
        names.add("instalment")
    if kind.record is PaymentRequest:
        names.update(OF_DUES)
    if kind.record is Measure:
        names.update(OF_MILESTONES)
    if kind.record is Measure or "measures" in fields:
        names.update({"goal", "measure", "component", "owner"})
    if kind.owners or "responsible" in fields:
        names.add("owner")
    return frozenset(names)


def passes(view: View, record: Record, filters: Filters) -> bool:
    """Whether a record passes every filter as it stands on the view's day; one that it cannot have lets nothing pass.

    What a measure has through its milestones alone must hold for one of them, all of it together; so must what is asked
    of a payment request besides its number, money and sender.
    """
    if filters == EVERYTHING:
        return True
    if isinstance(record, Measure) and (theirs := filters.only(OF_MILESTONES)) != EVERYTHING:
        milestones = view.milestones_of.get(record.id, ())
        if not any(passes(view, milestone, theirs) for milestone in milestones):
            return False
        filters = filters.without(OF_MILESTONES)
    now = view.state(record).now
    if isinstance(record, PaymentRequest):
        theirs = filters.without(_OF_REQUESTS)
        filters = filters.only(_OF_REQUESTS)
        milestones = view.milestones_of_request.get(record.id, ())
        if not _sent_by(record, view, theirs) and not any(passes(view, milestone, theirs) for milestone in milestones):
            return False
    return all(_TESTS[name](view, now, value) for name, value in filters.given.items())


def _sent_by(request: PaymentRequest, view: View, filters: Filters) -> bool:
    """Whether nothing more is asked of a payment request than who sends it."""
    return filters.without(("owner",)) == EVERYTHING and filters.owner in {None, view.state(request).now.lead}


def passes_apart(  # noqa: PLR0913, PLR0917 - what a day has that is no milestone's
    view: View,
    filters: Filters,
    owners: Collection[str],
    measures: Collection[str],
    end: date | None,
    timing: str | None = None,
) -> bool:
    """Whether a day that is no milestone's, such as a meeting's, passes: by whose it is, for which measures, and when.

    What it cannot have, such as an instalment, lets nothing pass.
    """
    return (
        filters.only(("owner", "measure", "goal", "due", "timing")) == filters
        and (filters.owner is None or filters.owner in owners)
        and (filters.measure is None or filters.measure in measures)
        and (filters.goal is None or filters.goal in goals_of(view, measures))
        and (filters.due is None or (end is not None and filters.due.covers(Period.of_day(end))))
        and (filters.timing is None or filters.timing == timing)
    )


def measures_of(record: Record) -> list[str]:
    """The measures that a record belongs to: itself for a measure."""
    return [record.id] if isinstance(record, Measure) else list(getattr(record, "measures", None) or ())


def owners_of(view: View, record: Record) -> Iterator[str]:
    """The organisations that answer for a record: those responsible, and those in what its kind names as owners."""
    yield from responsible(view, record).ids
    for name in KIND_OF[type(record)].owners:
        value = getattr(record, name) or ()
        yield from [value] if isinstance(value, str) else value


def goals_of(view: View, measures: Iterable[str]) -> Iterator[str]:
    """The goals that measures serve."""
    for measure_id in measures:
        measure = view.tracker.get(Measure, measure_id)
        if measure is not None and (goal := view.state(measure).now.goal) is not None:
            yield goal


def codes_of(view: View, record: Record) -> Iterator[str]:
    """The plan's measures and the decision's numbers of a milestone; of what has none, those of its measures'."""
    own = list(_own_codes(view, record))
    yield from own
    if not own:
        for measure in measures_of(view.state(record).now):
            for milestone in view.milestones_of.get(measure, ()):
                yield from _own_codes(view, milestone)


def _own_codes(view: View, record: Record) -> Iterator[str]:
    rrf = view.state(record).now.rrf if isinstance(record, Milestone) else None
    if rrf is not None:
        yield from codes_at(rrf)


def codes_at(place: Rrf) -> Iterator[str]:
    """The codes of a place in the plan: of its measure, and its number in the decision's annex."""
    yield from place.plan_measure or ()
    if place.cid_number is not None:
        yield place.cid_number


def component_of(code: str) -> str | None:
    """The component that a code of the plan lies in: `M1C1` of `M1C1-3`, `P3C2` of `P3C2I1`; None for another code."""
    match = re.match(r"[A-Z]+[0-9]+C[0-9]+", code)
    return match[0] if match is not None else None


def begins(code: str, component: str) -> bool:
    """Whether a code of the plan lies in a component: `M1C1I1` and `M1C1-3` in `M1C1`, and `M1C10` not."""
    code, component = code.casefold(), component.casefold()
    return code.startswith(component) and not (component[-1:].isdigit() and code[len(component) :][:1].isdigit())


def _is(name: str) -> Callable[[View, Any, Any], bool]:
    return lambda _view, now, value: getattr(now, name, None) == value


def _due(view: View, now: Any, period: Period) -> bool:  # noqa: ANN401 - a record of any kind
    end = effective_end(view.tracker, now) if isinstance(now, Milestone) else None
    return end is not None and period.covers(Period.of_day(end))


def _timing(view: View, now: Any, word: str) -> bool:  # noqa: ANN401 - a record of any kind
    timing = view.timing(now) if isinstance(now, Milestone) else None
    return timing is not None and timing.word == word


def _instalment(_view: View, now: Any, number: int) -> bool:  # noqa: ANN401 - a record of any kind
    if isinstance(now, PaymentRequest):
        return now.number == number
    rrf = getattr(now, "rrf", None)
    return rrf is not None and rrf.instalment == number


def _instrument(view: View, now: Any, instrument: str) -> bool:  # noqa: ANN401 - a record of any kind
    if isinstance(now, Milestone):
        own = instrument_of(view.tracker, now)
        return own is not None and own.id == instrument
    return getattr(now, "instrument", None) == instrument


def _stage(view: View, now: Any, stage: str) -> bool:  # noqa: ANN401 - a record of any kind
    # What a meeting will decide is still proposed too, and found under both words.
    return isinstance(now, Funding) and stage in {view.stage(now), now.stage or "unstated"}


_TESTS: Final[Mapping[str, Callable[[View, Any, Any], bool]]] = {
    "goal": lambda view, now, goal: goal in goals_of(view, measures_of(now)),
    "measure": lambda _view, now, measure: measure in measures_of(now),
    "owner": lambda view, now, owner: owner in owners_of(view, now),
    "type": _is("type"),
    "component": lambda view, now, component: any(begins(code, component) for code in codes_of(view, now)),
    "instalment": _instalment,
    "due": _due,
    "timing": _timing,
    "status": _is("status"),
    "confidence": _is("confidence"),
    "eu": _is("eu"),
    "support": _is("support"),
    "instrument": _instrument,
    "stage": _stage,
}
