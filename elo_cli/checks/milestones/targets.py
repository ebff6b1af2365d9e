"""Rules about targets, what they wait for, and when they are expected to be reached."""

from collections.abc import Iterator

from elo_cli.checks.rule import Context, Spot, rule
from elo_cli.model.errors import N_
from elo_cli.model.finding import Level, Phrase
from elo_cli.model.records.milestone import Milestone
from elo_cli.model.words import said
from elo_cli.tracking.day.forecast import forecast
from elo_cli.tracking.day.targets import same_unit
from elo_cli.tracking.day.waiting import waits_for


@rule(
    "target-direction",
    Level.WARNING,
    message=N_("“{direction}” is stated, and the goal {goal} lies on the other side of the baseline {baseline}"),
    meaning=N_("Baseline and goal show whether more or less is better; the word beside them says the opposite."),
    remedy=N_("Compare the three with the source, and put right the one that is wrong with elo set."),
)
def direction(context: Context) -> Iterator[Spot]:
    """Targets whose baseline is past their goal."""
    for entry, state in context.states(Milestone):
        indicator = state.now.indicator
        if indicator is None or indicator.direction is None or indicator.baseline is None or indicator.goal is None:
            continue
        if indicator.baseline != indicator.goal and indicator.falls != (indicator.direction == "down"):
            yield context.spot(
                entry,
                *context.place(state, "indicator"),
                at_key=True,
                direction=said("direction", indicator.direction),
                goal=indicator.goal,
                baseline=indicator.baseline,
            )


@rule(
    "target-stages",
    Level.WARNING,
    message=N_("it continues “{stage}”, and {problem}"),
    meaning=N_(
        "A target that continues another one counts on from it: the same unit, a goal farther on, and a later due."
    ),
    remedy=N_("Compare both with the source; mend the goal, the unit or the due, or take continues out."),
)
def stages(context: Context) -> Iterator[Spot]:
    """Stages that fall back, have another unit, come earlier, or continue what another one continues."""
    view = context.view
    for entry, milestone in context.of(Milestone):
        state = view.state(milestone)
        if state.now.continues is None:
            continue
        before = context.tracker.get(Milestone, state.now.continues)
        if before is None or before.id == milestone.id:
            continue
        problem = _problem(view.state(before).now, state.now)
        others = [other.id for other in view.continued_by[before.id] if other.id != milestone.id]
        if problem is None and others:
            problem = Phrase(N_("so does “{other}”"), {"other": others[0]})
        if problem is not None:
            yield context.spot(entry, *context.place(state, "continues"), stage=before.id, problem=problem)


def _problem(before: Milestone, now: Milestone) -> Phrase | None:
    """Why a target cannot be the next stage of another one."""
    first, then = before.indicator, now.indicator
    if first is not None and then is not None:
        if first.unit and then.unit and not same_unit(first.unit, then.unit):
            return Phrase(N_("the unit is another one"))
        if first.goal is not None and then.goal is not None:
            gone_on = then.goal < first.goal if first.falls or then.falls else then.goal > first.goal
            if not gone_on:
                return Phrase(
                    N_("its goal {goal} does not go beyond {earlier}"), {"goal": then.goal, "earlier": first.goal}
                )
    ends = [stage.due.end if stage.due is not None else None for stage in (before, now)]
    if ends[0] is not None and ends[1] is not None and ends[1] <= ends[0]:
        return Phrase(N_("its due {due} is not later than {earlier}"), {"due": now.due, "earlier": before.due})
    return None


@rule(
    "target-waits",
    Level.NOTE,
    message=N_("waits for “{other}”, which is {word}"),
    meaning=N_("What must be reached first is off track or overdue, and so this one is in doubt, whatever it says."),
    remedy=N_("Ask the responsible organisations what that means for this one, and record its forecast (expected)."),
)
def waits(context: Context) -> Iterator[Spot]:
    """Milestones that depend on one which is off track or overdue."""
    for entry, state in context.states(Milestone):
        for obstacle in waits_for(context.view, state.promise):
            field = "confidence" if obstacle.word == "off-track" else "timing"
            yield context.spot(
                entry, *context.place(state, "depends_on"), other=obstacle.id, word=said(field, obstacle.word)
            )


@rule(
    "forecast-late",
    Level.NOTE,
    message=N_("expected {expected}, after its due {due}"),
    meaning=N_("Those who do it say that it will be reached after its deadline. A forecast moves no deadline."),
    remedy=N_("Ask what can be done; a deadline moves only by an update with a reason and who decided it."),
)
def late(context: Context) -> Iterator[Spot]:
    """Forecasts that lie after the due."""
    for entry, state in context.states(Milestone):
        outlook = forecast(context.view, state.promise)
        if outlook is not None and outlook.is_late:
            yield context.spot(entry, *context.place(state, "expected"), expected=outlook.expected, due=state.now.due)


@rule(
    "forecast-passed",
    Level.NOTE,
    message=N_("expected {expected}, which has passed, and it is not reported as completed"),
    meaning=N_("A forecast that has itself passed says nothing any more."),
    remedy=N_("Ask the responsible organisations whether it was reached, or when it will be, and record the answer."),
)
def passed(context: Context) -> Iterator[Spot]:
    """Forecasts that have passed."""
    for entry, state in context.states(Milestone):
        outlook = forecast(context.view, state.promise)
        if outlook is not None and outlook.passed:
            yield context.spot(entry, *context.place(state, "expected"), expected=outlook.expected)
