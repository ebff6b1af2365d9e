"""Rules about instruments: that each milestone of the RRF has one whose rules and days can be looked up."""

from collections.abc import Iterator

from elo_cli.checks.rule import Context, Spot, rule
from elo_cli.model.errors import N_
from elo_cli.model.finding import Level
from elo_cli.model.records.milestone import Milestone
from elo_cli.model.records.vocabulary import Instrument
from elo_cli.store.tracker import CONFIG_FILE
from elo_cli.tracking.day.instruments import instrument_of, is_rrf, rrf_instruments


@rule(
    "meaning-rrf-without-instrument",
    Level.WARNING,
    message=N_("milestones and targets of the RRF: {count}, and no instrument says rules: rrf"),
    meaning=N_(
        "The RRF’s last days and its reporting calendar come from its instrument. Without one nothing here warns "
        "that 31 August 2026 is the last day (Regulation (EU) 2021/241, Articles 18(4)(i) and 20(5)(d))."
    ),
    remedy=N_(
        "Add rules: rrf to the instrument, with last_day, last_payment_day and reporting; elo init --rrf shows how."
    ),
)
def rrf_without_instrument(context: Context) -> Iterator[Spot]:
    """A tracker with RRF milestones that name no instrument, and no instrument with the RRF's rules; told once."""
    if next(rrf_instruments(context.tracker), None) is not None:
        return
    states = (context.view.state(milestone).now for _, milestone in context.of(Milestone))
    count = sum(1 for now in states if now.instrument is None and is_rrf(context.tracker, now))
    if not count:
        return
    instruments = context.tracker.by_kind["instrument"]
    # The one that was the RRF's by its id alone, while that was enough, is where to look first.
    probable = instruments.get("rrf") or next(iter(instruments.values()), None)
    if probable is not None:
        yield context.spot(probable, at_key=True, count=count)
    else:
        yield Spot(CONFIG_FILE, (), {"count": count}, line=1)


@rule(
    "meaning-rrf-instrument-unclear",
    Level.WARNING,
    message=N_("several instruments have the rules of the RRF ({instruments}), and the milestone names none of them"),
    meaning=N_("Grants, loans and REPowerEU may have days of their own, so of which of them this is must be said."),
    remedy=N_("Add instrument with the id of the one that it is paid from."),
)
def rrf_instrument_unclear(context: Context) -> Iterator[Spot]:
    """RRF milestones that name no instrument where several have its rules."""
    several = [instrument.id for instrument in rrf_instruments(context.tracker)]
    if len(several) < 2:  # noqa: PLR2004 - one alone is clear
        return
    for entry, milestone in context.of(Milestone):
        now = context.view.state(milestone).now
        if is_rrf(context.tracker, now) and instrument_of(context.tracker, now) is None and now.instrument is None:
            yield context.spot(entry, "type", instruments=", ".join(several))


@rule(
    "meaning-rrf-instrument-other",
    Level.WARNING,
    message=N_(
        "a milestone or target of the RRF, and the rules of the RRF do not hold for its instrument “{instrument}”"
    ),
    meaning=N_("What it is and what it is paid from contradict each other, and its last day may be a wrong one."),
    remedy=N_("Mend the type or the instrument; or add rules: rrf to that instrument, if its money is of the RRF."),
)
def rrf_instrument_other(context: Context) -> Iterator[Spot]:
    """Milestones of an RRF type whose own instrument is not under the RRF's rules."""
    for entry, milestone in context.of(Milestone):
        state = context.view.state(milestone)
        instrument = context.tracker.get(Instrument, state.now.instrument)
        if instrument is not None and instrument.rules != "rrf" and is_rrf(context.tracker, state.now):
            yield context.spot(entry, *context.place(state, "instrument"), instrument=instrument.id)
