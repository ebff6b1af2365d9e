"""Rules about what the records say together: gaps, contradictions, and words that are old."""

from collections.abc import Iterator
from typing import Any, Final

from elo_cli.checks.rule import Context, Spot, rule
from elo_cli.model.errors import N_
from elo_cli.model.finding import Level, Phrase
from elo_cli.model.records.measure import FINISHED, Measure
from elo_cli.model.records.milestone import Milestone
from elo_cli.model.records.vocabulary import Goal, Instrument
from elo_cli.model.words import said
from elo_cli.store.tracker import CONFIG_FILE, Entry
from elo_cli.tracking.day.evidence import Lack, lacks, missing_evidence
from elo_cli.tracking.day.heard import recency
from elo_cli.tracking.day.instruments import instrument_of, is_rrf, rrf_instruments
from elo_cli.tracking.day.state import State
from elo_cli.tracking.day.timing import ENDED, is_contested

_CLAIMED: Final = frozenset({"requested", "positive", "fulfilled"})
_UNSURE: Final = frozenset({"at-risk", "off-track"})


@rule(
    "meaning-completed-without-evidence",
    Level.WARNING,
    message=N_("completed, and the evidence required is missing or was returned: {missing}"),
    meaning=N_(
        "The verification mechanism of the operational arrangements names what shows that a milestone was reached. "
        "Without it a payment cannot be asked for."
    ),
    remedy=N_("Add the documents to evidence by an update, each with covers and the keys of what it shows."),
)
def completed_without_evidence(context: Context) -> Iterator[Spot]:
    """Completed milestones whose required evidence is not covered."""
    for entry, state in context.states(Milestone):
        if state.now.status == "completed" and (missing := missing_evidence(state)):
            yield context.spot(entry, *context.place(state, "status"), missing=", ".join(missing))


@rule(
    "meaning-eu-ahead",
    Level.WARNING,
    message=N_("the EU’s track says “{eu}”, and {lacking}"),
    meaning=N_(
        "A payment is asked for only when a milestone has been reached and can be shown (Regulation (EU) 2021/241, "
        "Article 24). Here the request is ahead of what the record says."
    ),
    remedy=N_("Record that it was completed, its value and its evidence; or mend the EU’s track."),
)
def eu_ahead(context: Context) -> Iterator[Spot]:
    """Milestones in a payment request that are not completed, under their goal, or whose evidence is missing."""
    for entry, state in context.states(Milestone):
        if state.now.eu not in _CLAIMED:
            continue
        gaps = lacks(state)
        if state.now.eu != "requested":
            # What the EU has accepted, it has seen: one gap is enough, and none is made of what was never written down.
            gaps = tuple(lack for lack in gaps if lack in {"not-completed", "missing"})[:1]
        for lack in gaps:
            yield context.spot(
                entry, *context.place(state, "eu"), eu=said("eu", state.now.eu), lacking=_lacking(state, lack)
            )


def _lacking(state: State[Milestone], lack: Lack) -> Phrase:
    """A gap as the second half of a sentence."""
    indicator = state.now.indicator
    match lack:
        case "not-completed":
            return Phrase(N_("it is not reported as completed"))
        case "none":
            return Phrase(N_("no evidence is recorded"))
        case "missing":
            return Phrase(
                N_("evidence is missing or was returned: {missing}"),
                {"missing": ", ".join(missing_evidence(state) or ())},
            )
        case "returned":
            return Phrase(N_("its evidence was returned"))
        case "under-goal":
            goal = indicator.goal if indicator is not None else None
            return Phrase(
                N_("its value {value} does not reach the goal {goal}"), {"value": state.now.value, "goal": goal}
            )


@rule(
    "meaning-tracks-contradict",
    Level.NOTE,
    message=N_("reported as completed, and the EU’s assessment is “{eu}”"),
    meaning=N_("Delivery and the EU’s assessment are two tracks. Where they disagree, money may be withheld."),
    remedy=N_("Find out what the assessment misses, and record what is done about it."),
)
def tracks_contradict(context: Context) -> Iterator[Spot]:
    """Completed milestones that the EU has not accepted."""
    for entry, state in context.states(Milestone):
        if is_contested(state.now) and state.now.eu is not None:
            yield context.spot(entry, *context.place(state, "eu"), eu=said("eu", state.now.eu))


@rule(
    "meaning-confidence-contradicts",
    Level.WARNING,
    message=N_("completed, and said to be “{confidence}”"),
    meaning=N_(
        "What is completed is no longer at risk; one of the two words is older than the other and was forgotten."
    ),
    remedy=N_("Record the right confidence, or the right status, by an update."),
)
def confidence_contradicts(context: Context) -> Iterator[Spot]:
    """Completed measures and milestones with a confidence that says they will not be."""
    for entry, state in _rated(context):
        if state.now.status == "completed" and state.now.confidence in _UNSURE:
            where = context.place(state, "confidence")
            yield context.spot(entry, *where, confidence=said("confidence", state.now.confidence))


@rule(
    "meaning-completed-under-goal",
    Level.WARNING,
    message=N_("completed, and its value {value} does not reach the goal {goal}"),
    meaning=N_("A target is completed when its goal is reached; one of the two words is a mistake."),
    remedy=N_("Compare the value with its source; record the right value, or the right status, by an update."),
)
def completed_under_goal(context: Context) -> Iterator[Spot]:
    """Completed targets whose last value does not reach the goal."""
    for entry, state in context.states(Milestone):
        now = state.now
        if now.status != "completed" or now.value is None or now.indicator is None:
            continue
        if now.indicator.reached(now.value) is False:
            yield context.spot(entry, *context.place(state, "value"), value=now.value, goal=now.indicator.goal)


@rule(
    "meaning-confidence-reason",
    Level.WARNING,
    message=N_("said to be “{confidence}”, and no reason is given"),
    meaning=N_(
        "The three words have no common definition, so whoever says that something will not be reached says why."
    ),
    remedy=N_("Add reason to the update; a promise that begins at risk says why in its note."),
)
def confidence_reason(context: Context) -> Iterator[Spot]:
    """A confidence other than on track without a reason."""
    for entry, state in _rated(context):
        record = state.promise
        if record.confidence in _UNSURE and record.note is None:
            yield context.spot(entry, "confidence", confidence=said("confidence", record.confidence))
    for entry, index, update in context.setting("confidence"):
        confidence = getattr(update, "confidence", None)
        if confidence in _UNSURE and update.reason is None:
            yield context.spot(entry, "updates", index, "confidence", confidence=said("confidence", confidence))


@rule(
    "meaning-eu-not-rrf",
    Level.ERROR,
    message=N_("“{field}” belongs to RRF milestones and targets, and this one is not of the RRF"),
    meaning=N_("Only RRF milestones and targets have a place in the plan and are assessed by the EU."),
    remedy=N_("Mend the type, or take the field out."),
)
def eu_not_rrf(context: Context) -> Iterator[Spot]:
    """RRF fields on milestones of another type."""
    for entry, state in context.states(Milestone):
        if is_rrf(context.tracker, state.now):
            continue
        for field in ("eu", "rrf"):
            if getattr(state.now, field) is not None:
                yield context.spot(entry, *context.place(state, field), at_key=True, field=field)


@rule(
    "meaning-goal-without-measure",
    Level.NOTE,
    message=N_("no measure serves this goal"),
    meaning=N_("The strategy names a goal, and nothing is promised that would reach it."),
    remedy=N_("Ask whether a measure is missing here, or whether one of them serves this goal too."),
)
def goal_without_measure(context: Context) -> Iterator[Spot]:
    """Strategic goals that no measure names."""
    served = {state.now.goal for _, state in context.states(Measure)}
    for entry, goal in context.of(Goal):
        if goal.type == "strategic-goal" and goal.id not in served:
            yield context.spot(entry, at_key=True)


@rule(
    "meaning-measure-without-lead",
    Level.NOTE,
    message=N_("no source says who leads this measure; responsible: {responsible}"),
    meaning=N_("Where several are responsible and nobody leads, nobody can be asked."),
    remedy=N_("Ask the responsible organisations who leads, and record it with its source."),
)
def measure_without_lead(context: Context) -> Iterator[Spot]:
    """Key measures without a lead, of which not just one organisation is responsible."""
    for entry, state in context.states(Measure):
        now = state.now
        if state.promise.key and now.lead is None and len(now.responsible or ()) != 1:
            yield context.spot(entry, "responsible", responsible=", ".join(now.responsible or ()) or "–")


@rule(
    "meaning-measure-without-money",
    Level.NOTE,
    message=N_("no funding line names this measure"),
    meaning=N_("Nobody has said how this measure is paid for."),
    remedy=N_("Ask the responsible organisations; record a line, if only at the stage “to be proposed”."),
)
def measure_without_money(context: Context) -> Iterator[Spot]:
    """Key measures without any funding line."""
    for entry, measure in context.of(Measure):
        if measure.key and not context.view.lines_of.get(measure.id):
            yield context.spot(entry)


@rule(
    "meaning-measure-without-next-step",
    Level.NOTE,
    message=N_("nothing is due any more, and the measure is not reported as completed"),
    meaning=N_("No milestone of this measure is still to come, so nothing will show whether it advances."),
    remedy=N_("Ask what comes next, and record it as a milestone with its date."),
)
def measure_without_next_step(context: Context) -> Iterator[Spot]:
    """Key measures that are not over and have no milestone that is still to be reached."""
    view = context.view
    for entry, measure in _open_measures(context):
        timings = [view.timing(milestone) for milestone in view.milestones_of.get(measure.id, ())]
        if not any(timing is not None and timing.word not in ENDED for timing in timings):
            yield context.spot(entry)


@rule(
    "meaning-word-old",
    Level.NOTE,
    message=N_("the last update on this measure is of {day}, {days} days ago"),
    meaning=N_("What was said so long ago need not hold any more. The tracker cannot know; it can only say so."),
    remedy=N_("Ask the responsible organisations for news; elo report chase says what to ask of whom."),
)
def word_old(context: Context) -> Iterator[Spot]:
    """Key measures that are not over and about which nothing was said for longer than the tracker's limit."""
    limit = context.tracker.config.limits.stale
    for entry, measure in _open_measures(context):
        age = recency(context.view, measure)
        if age.last_day is not None and (days := (context.as_of - age.last_day).days) > limit:
            # A period is named as one, and its last day only counted from.
            yield context.spot(entry, day=age.last_said, days=days)


@rule(
    "meaning-due-unreported",
    Level.NOTE,
    message=N_("due {due}, {ago}, and nobody has said since whether it was reached"),
    meaning=N_("Silence is not lateness: it may have been reached long ago. Only the responsible organisations know."),
    remedy=N_("Ask them, and record the answer by an update with its day."),
)
def due_unreported(context: Context) -> Iterator[Spot]:
    """Milestones whose due has passed in silence."""
    for entry, state in context.states(Milestone):
        timing = context.view.timing(state.promise)
        if timing is not None and timing.word == "unreported" and timing.days is not None:
            days = -timing.days
            if state.now.due is not None and not state.now.due.has_day:
                ago = Phrase(N_("already past"))
            else:
                ago = Phrase(N_("yesterday")) if days == 1 else Phrase(N_("{days} days ago"), {"days": days})
            yield context.spot(entry, *context.place(state, "due"), due=state.now.due, days=days, ago=ago)


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
    milestones = (state.now for _, state in context.states(Milestone))
    count = sum(now.instrument is None and is_rrf(context.tracker, now) for now in milestones)
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
    for entry, state in context.states(Milestone):
        now = state.now
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
    for entry, state in context.states(Milestone):
        instrument = context.tracker.get(Instrument, state.now.instrument)
        if instrument is not None and instrument.rules != "rrf" and is_rrf(context.tracker, state.now):
            yield context.spot(entry, *context.place(state, "instrument"), instrument=instrument.id)


def _open_measures(context: Context) -> Iterator[tuple[Entry, Measure]]:
    """The key measures that are not over."""
    for entry, state in context.states(Measure):
        if state.promise.key and state.now.status not in FINISHED:
            yield entry, state.promise


def _rated(context: Context) -> Iterator[tuple[Entry, State[Any]]]:
    """The records that have a status and a confidence."""
    yield from context.states(Measure)
    yield from context.states(Milestone)
