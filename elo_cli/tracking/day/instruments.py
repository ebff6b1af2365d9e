"""Which instrument's rules a milestone is under: the one that it names, else the only one that has the RRF's."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Final

from elo_cli.model.records.milestone import Milestone, MilestoneType
from elo_cli.model.records.request import PaymentRequest
from elo_cli.model.records.vocabulary import Instrument
from elo_cli.store.tracker import Tracker

_RRF_TYPES: Final[frozenset[MilestoneType]] = frozenset({"rrf-milestone", "rrf-target"})


def rrf_instruments(tracker: Tracker) -> Iterator[Instrument]:
    """The instruments under the RRF's rules: one mostly; grants, loans or REPowerEU may each be one of their own."""
    return (instrument for instrument in tracker.of(Instrument) if instrument.rules == "rrf")


def instrument_of(tracker: Tracker, milestone: Milestone) -> Instrument | None:
    """The instrument whose rules hold for a milestone, given in its present state.

    None for one that is of no instrument, that names one which is not there, or that would have to name one of several.
    """
    if milestone.instrument is not None:
        return tracker.get(Instrument, milestone.instrument)
    if milestone.type not in _RRF_TYPES:
        return None
    several = list(islice(rrf_instruments(tracker), 2))
    return several[0] if len(several) == 1 else None


def is_rrf(tracker: Tracker, milestone: Milestone) -> bool:
    """Whether the RRF's rules hold for this milestone or target: by what it is, or by the instrument that it names."""
    if milestone.type in _RRF_TYPES:
        return True
    instrument = tracker.get(Instrument, milestone.instrument)
    return instrument is not None and instrument.rules == "rrf"


def last_day(tracker: Tracker, milestone: Milestone) -> date | None:
    """The last day on which a milestone can be reached under its instrument's rules; None where none is known."""
    instrument = instrument_of(tracker, milestone)
    return instrument.last_day if instrument is not None else None


def may_share_support(request: PaymentRequest, other: PaymentRequest | Milestone) -> bool:
    """Whether a payment request and another one, or a milestone, are of one support, or one of them states none."""
    return None in {request.support, other.support} or request.support == other.support
