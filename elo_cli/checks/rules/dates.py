"""Rules about dates: that words stand in order, and dues within what they belong to."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from elo_cli.checks.rule import Context, Spot, rule
from elo_cli.model.errors import N_
from elo_cli.model.finding import Level
from elo_cli.model.records.measure import Measure
from elo_cli.model.records.meeting import Meeting
from elo_cli.model.records.milestone import Milestone
from elo_cli.store.tracker import Entry
from elo_cli.tracking.changes.change import canonical
from elo_cli.tracking.day.instruments import instrument_of, last_day
from elo_cli.tracking.day.timing import reached_in

if TYPE_CHECKING:
    from elo_cli.model.period import Period


@rule(
    "date-due-outside-period",
    Level.WARNING,
    message=N_("due {due}, and every measure it belongs to has another period: {periods}"),
    meaning=N_("A milestone that falls outside the time of its measure is a slip of the pen in one of the two."),
    remedy=N_("Compare the due and the measure’s period with their sources, and mend the one that is wrong."),
)
def due_outside_period(context: Context) -> Iterator[Spot]:
    """Dues that share no day with the period of any of their measures that has one."""
    view = context.view
    for entry, state in context.states(Milestone):
        if state.now.due is None:
            continue
        measures = [context.tracker.get(Measure, measure) for measure in state.now.measures or ()]
        periods = [period for m in measures if m is not None and (period := view.state(m).now.period) is not None]
        if periods and not any(period.overlaps(state.now.due) for period in periods):
            yield context.spot(
                entry,
                *context.place(state, "due"),
                due=state.now.due,
                periods=", ".join(period.text for period in periods),
            )


@rule(
    "date-after-instrument",
    Level.ERROR,
    message=N_("due {due} begins after {day}, the last day for milestones and targets of {instrument}"),
    meaning=N_(
        "RRF milestones and targets are reached by 31 August 2026 at the latest (Regulation (EU) 2021/241, "
        "Articles 18(4)(i) and 20(5)(d)). What comes later cannot be paid for."
    ),
    remedy=N_(
        "Mend the due, or the instrument; if both are right, the milestone is no longer one of that instrument’s."
    ),
)
def after_instrument(context: Context) -> Iterator[Spot]:
    """Dues whose period begins after the last day of the milestone's instrument."""
    for entry, state in context.states(Milestone):
        instrument, due = instrument_of(context.tracker, state.now), state.now.due
        if instrument is None or instrument.last_day is None or due is None:
            continue
        if due.start > instrument.last_day:
            name = next(iter((context.view.state(instrument).now.name or {}).values()), instrument.id)
            where = context.place(state, "due")
            yield context.spot(entry, *where, due=due, day=instrument.last_day, instrument=name)


@rule(
    "date-update-order",
    Level.ERROR,
    message=N_("the update of {date} stands after that of {before}; the oldest comes first"),
    meaning=N_(
        "Updates are a diary: each is added below the ones before it, and so two people’s additions can be joined."
    ),
    remedy=N_("Move the update to its place by date."),
)
def update_order(context: Context) -> Iterator[Spot]:
    """Updates that are older than the one above them."""
    for entry, days in context.once(_days):
        if days == sorted(days):
            continue
        updates = entry.record.all_updates
        for index in range(1, len(updates)):
            if days[index] < days[index - 1]:
                where = ("updates", index, "date")
                yield context.spot(entry, *where, date=updates[index].date, before=updates[index - 1].date)


@rule(
    "date-same-day-contradiction",
    Level.ERROR,
    message=N_("“{field}” has one value here, and another in an update of the same day"),
    meaning=N_("Which of two updates of one day holds, nobody can tell."),
    remedy=N_("Keep the one that holds, or give the later one its own day."),
)
def same_day_contradiction(context: Context) -> Iterator[Spot]:
    """Updates of one day that set a field to different values; what only adds does not contradict itself."""
    for entry in context.once(_with_a_shared_day):
        said: dict[tuple[object, str], object] = {}
        for index, update in context.standing(entry.record):
            for field, value in update.changes().items():
                if field in entry.record.grows:
                    continue
                if said.setdefault((update.said_on, field), value) != value:
                    yield context.spot(entry, "updates", index, field, field=field)


@rule(
    "date-update-before-promise",
    Level.ERROR,
    message=N_("the update of {date} is older than the promise, which is of {promised}"),
    meaning=N_(
        "An update says what became of a promise, so it comes after it. An older word belongs into the promise."
    ),
    remedy=N_("Mend the date; or write what was already known into the promise itself, with its source."),
)
def update_before_promise(context: Context) -> Iterator[Spot]:
    """Updates said before the record's first dated source."""
    for entry, days in context.once(_days):
        promised = context.view.exists_from(entry.record)
        if promised is None or min(days) >= promised:
            continue
        for index, update in context.standing(entry.record):
            if update.said_on < promised:
                where = ("updates", index, "date")
                yield context.spot(entry, *where, date=update.date, promised=promised)


@rule(
    "date-decision-older",
    Level.ERROR,
    message=N_(
        "decided by “{decision}” of {date}, which is older than the decision that it amends, “{amended}” of {day}"
    ),
    meaning=N_("A decision changes what was decided before it, and never what was decided after it."),
    remedy=N_(
        "Compare the dates of both documents with the documents themselves; name the decision that made this change, "
        "or take the update out if the later decision has overtaken it."
    ),
)
def older_decision(context: Context) -> Iterator[Spot]:
    """Changed promises whose decision is older than the one in force: that of the plan, or of the same field before."""
    for entry in {entry.id: entry for entry, _, _ in context.setting("decided_by")}.values():
        promised = getattr(entry.record, "rrf", None)
        version: str | None = promised.cid_version if promised is not None else None
        decided: dict[str, str] = {}
        for index, update in context.standing(entry.record):
            changes = update.changes()
            fields = entry.record.promise_fields & changes.keys()
            said = context.day_of(update.decided_by)
            if fields and update.decided_by is not None and said is not None and said.end is not None:
                for amended in dict.fromkeys([version, *(decided.get(field) for field in sorted(fields))]):
                    day = context.day_of(amended)
                    if day is not None and said.end < day.start:
                        where = ("updates", index, "decided_by")
                        decision = update.decided_by
                        yield context.spot(entry, *where, decision=decision, date=said, amended=amended, day=day)
                        break
                decided |= dict.fromkeys(fields, update.decided_by)
            version = getattr(changes.get("rrf"), "cid_version", None) or version


@rule(
    "date-after-document",
    Level.ERROR,
    message=N_("said on {date}, and the document that it rests on is of {document}"),
    meaning=N_(
        "A document cannot say what came after it. The day of a word is that of the document in which it stands."
    ),
    remedy=N_("Give the update the document’s date, and put the day on which it happened into effective."),
)
def after_document(context: Context) -> Iterator[Spot]:
    """Updates without a reporter that begin after the end of every dated document they cite."""
    for entry, index, update in context.setting("sources"):
        if update.by is not None or not update.sources:
            continue
        dates = [day for source in update.sources if (day := context.day_of(source.document)) is not None]
        ends = [day.end for day in dates if day.end is not None]
        if dates and len(ends) == len(dates) and update.date.start > max(ends):
            latest = max(dates)
            yield context.spot(entry, "updates", index, "date", date=update.date, document=latest)


@rule(
    "date-in-future",
    Level.WARNING,
    message=N_("“{field}” is {date}, and that day has not come yet"),
    meaning=N_("An update tells what was said and what happened, and of a day to come nobody can tell."),
    remedy=N_("Compare the day with the source, and mend it; what is planned for a day to come is a due."),
)
def in_future(context: Context) -> Iterator[Spot]:
    """Updates said, or about something that happened, on a day that has not come."""
    for where in ("date", "effective"):
        for entry, index, update in context.setting(where):
            day: Period | None = getattr(update, where)
            if day is not None and day.start > context.today:
                yield context.spot(entry, "updates", index, where, field=where, date=day)


@rule(
    "date-retracted-before-said",
    Level.ERROR,
    message=N_("retracted on {retracted}, and said on {date}: what had not been said cannot be taken back"),
    meaning=N_("A retraction says from which day an update counts nowhere; before that day the update still counts."),
    remedy=N_("Mend the date of the retraction: the day on which somebody found that the update was wrong."),
)
def retracted_before_said(context: Context) -> Iterator[Spot]:
    """Updates that were retracted before the day from which they count."""
    for entry, index, retracted, update in context.retracted:
        if retracted.date.word_day < update.said_on:
            where = ("updates", index, "retracted", "date")
            yield context.spot(entry, *where, date=update.date, retracted=retracted.date)


@rule(
    "date-retracted-ahead",
    Level.ERROR,
    message=N_("retracted from {day} on, which has not come yet: until then the update counts"),
    meaning=N_(
        "What was wrong counts nowhere from the day on which somebody says so. Until a day to come the update would "
        "count, and elo check --against does not judge what a retracted update changes."
    ),
    remedy=N_("Mend the date of the retraction: the day on which somebody found that the update was wrong."),
)
def retracted_ahead(context: Context) -> Iterator[Spot]:
    """Updates whose retraction is of a day to come, or of a period that has not ended."""
    for entry, index, retracted, _ in context.retracted:
        if retracted.date.word_day > context.today:
            where = ("updates", index, "retracted", "date")
            yield context.spot(entry, *where, day=retracted.date.word_day)


@rule(
    "date-update-twice",
    Level.ERROR,
    message=N_("the same update stands above already"),
    meaning=N_("An update is what it says. The same one twice is one that was recorded twice."),
    remedy=N_("Take one of the two out."),
)
def update_twice(context: Context) -> Iterator[Spot]:
    """Updates that say on the same day exactly what another one says."""
    for entry in context.once(_with_a_shared_day):
        said: set[str] = set()
        for index, update in enumerate(entry.record.all_updates):
            content = canonical(update)
            if content in said:
                yield context.spot(entry, "updates", index)
            said.add(content)


@rule(
    "date-decider-to-meet",
    Level.WARNING,
    message=N_("said on {date} to be decided by “{meeting}”, which meets {day}"),
    meaning=N_("A meeting cannot have decided before it met."),
    remedy=N_("Name the meeting that decided, or record the decision when it has been taken."),
)
def decider_to_meet(context: Context) -> Iterator[Spot]:
    """Updates decided by a meeting that begins after the update was said."""
    for entry, index, update in context.setting("decided_by"):
        meeting = context.tracker.get(Meeting, update.decided_by)
        held = context.view.state(meeting).now.date if meeting is not None else None
        if meeting is not None and held is not None and held.start > update.said_on:
            where = ("updates", index, "decided_by")
            yield context.spot(entry, *where, date=update.date, meeting=meeting.id, day=held)


@rule(
    "date-completed-after-instrument",
    Level.WARNING,
    message=N_("completed {date}, after {day}, the last day for milestones and targets"),
    meaning=N_(
        "What the RRF pays for is reached by the instrument’s last day (Regulation (EU) 2021/241, Articles 18(4)(i) "
        "and 20(5)(d)). What is completed later cannot be paid for."
    ),
    remedy=N_("Compare the day with the evidence; if it is right, ask what it means for the payment request."),
)
def completed_after_instrument(context: Context) -> Iterator[Spot]:
    """Milestones and targets that were completed after the last day of their instrument."""
    for entry, state in context.states(Milestone):
        update, last = state.set_by.get("status"), last_day(context.tracker, state.now)
        if last is None or update is None or state.now.status != "completed":
            continue
        reached = reached_in(update)
        if reached.start > last:
            yield context.spot(entry, *context.place(state, "status"), date=reached, day=last)


def _with_a_shared_day(context: Context) -> list[Entry]:
    """The records of which two updates were said on one day."""
    return [entry for entry, days in context.once(_days) if len(set(days)) < len(days)]


def _days(context: Context) -> list[tuple[Entry, list[date]]]:
    """The records that have updates, with the day from which each of these counts."""
    return [(entry, [update.said_on for update in entry.record.all_updates]) for entry in context.with_updates]
