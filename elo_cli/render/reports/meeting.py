"""The values of the brief for a meeting and of its minutes: counts first, each thing once, the rest by command."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from elo_cli.model.errors import N_, UsageProblem
from elo_cli.model.period import Period
from elo_cli.model.records.funding import Stage
from elo_cli.model.records.meeting import Meeting
from elo_cli.model.records.vocabulary import Document, Organisation
from elo_cli.render.answers.funding import hidden_texts
from elo_cli.render.reports.facts import AskFact, Facts, GoalFact
from elo_cli.render.words import terms
from elo_cli.render.words.changes import Sentences
from elo_cli.render.words.fields import amount_text
from elo_cli.render.words.groups import group_table
from elo_cli.render.words.marked import fill, joined
from elo_cli.render.words.names import NAMED_BY_MEASURE
from elo_cli.tracking.changes.news import Recorded
from elo_cli.tracking.day.timing import PRESSING, WAITING
from elo_cli.tracking.funding import SumRow, funding
from elo_cli.tracking.overviews.meeting import SharedQuestions, asked_once, decided, documents_read
from elo_cli.tracking.overviews.overview import Overview, overview
from elo_cli.tracking.reports import Brief, Pending, brief

_STAGES: tuple[Stage, ...] = ("granted", "paid", "pending", "proposed", "to-be-proposed")
"""The stages of which a meeting is told the sums, in this order: what there is, and what is asked for."""


def meeting_values(
    facts: Facts, meeting: Meeting, since: Period | None, recorded: Recorded | None, *, minutes: bool
) -> Mapping[str, object]:
    """What the template of the brief is given. UsageProblem for minutes of a meeting without a decision."""
    language = facts.language
    told = brief(facts.view, meeting, since, recorded)
    now = told.meeting.now
    if minutes and not now.decisions:
        raise UsageProblem(
            N_("no decision of {meeting} is recorded by {day}; right would be first: elo update {id} --decisions …"),
            meeting=facts.names.long(now.id),
            day=language.day(facts.view.as_of),
            id=now.id,
        )
    pending = [facts.pending(waiting) for waiting in told.pending if waiting.meeting != now.id]
    return {
        "title": facts.names.long(now.id),
        "minutes": minutes,
        "id": now.id,
        "type": terms.word(language, "type", now.type),
        "date": _held(facts, now),
        "place": language.text(now.place),
        "attendees": facts.fields.one("attendees", now.attendees) if now.attendees else "",
        "organisers": facts.names.shorts(now.organisers),
        "description": language.text(now.description),
        "note": language.text(now.note),
        "agenda": [language.text(text) for text in (now.agenda or {}).values()],
        "decisions": [language.text(text) for text in (now.decisions or {}).values()],
        "words": _words(facts, told) if minutes else [],
        "decided": _decided(facts, meeting) if minutes else [],
        "before": (now.date.start - timedelta(days=1)).isoformat(),
        "today": _undecided(facts, told),
        "pending": pending,
        **_standing(facts, told),
        **_news(facts, told),
        **_ahead(facts, told),
        "slips": [facts.slip(slip) for slip in told.slips],
        "asks": [_asked(facts, questions) for questions in asked_once(told.chased)],
        "sources": [_source(facts, document) for document in documents_read(facts.view)],
    }


def _held(facts: Facts, now: Meeting) -> str:
    """The day of a meeting, and its hours where they are known."""
    language = facts.language
    day = language.period(now.date)
    hours = {name: language.clock(text) for name in ("starts", "ends") if (text := getattr(now, name)) is not None}
    if len(hours) == 2 and now.date.start == now.date.end:  # noqa: PLR2004 - both
        return language.say(N_("{day} at {starts}–{ends}"), day=day, **hours)
    # Of several days, the first begins at the one hour and the last ends at the other.
    said = {"starts": N_("begins at {time}"), "ends": N_("ends at {time}")}
    return joined(", ", [day, *(language.say(said[name], time=time) for name, time in hours.items())])


def _undecided(facts: Facts, told: Brief) -> list[str]:
    """What the meeting is to decide and has not decided: items of its own, and lines of money that name it."""
    now = told.meeting.now
    lines = [line for waiting in told.pending if waiting.meeting == now.id for line in waiting.lines]
    # An item that goes by the id of a line is that line.
    apart = {*(now.decisions or {}), *(line.id for line in lines)}
    items = [facts.language.text(text) for key, text in (now.decides or {}).items() if key not in apart]
    return [*items, *facts.pending(Pending(now.id, tuple(lines), ())).lines]


def _standing(facts: Facts, told: Brief) -> Mapping[str, object]:
    """Numbers, the table by goal with its measures, and the money."""
    # Where none is a key measure, all are told.
    goals = facts.goals(told.standing, related=not told.standing.totals.key_measures)
    whole = overview(facts.view, told.standing)
    sums = [row for row in funding(facts.view, "stage").rows if row.stage in _STAGES]
    stages = dict.fromkeys((row.stage, row.undecided) for row in sorted(sums, key=lambda row: _STAGES.index(row.stage)))
    return {
        "numbers": facts.numbers(told.standing),
        "by": whole.by,
        "groups": _groups(facts, whole),
        "money": [_money(facts, [row for row in sums if (row.stage, row.undecided) == stage]) for stage in stages],
        "goals": goals,
        "rows": _rows(goals),
        "legend": facts.marks.legend(),
    }


def _rows(goals: Sequence[GoalFact]) -> list[tuple[str, ...]]:
    return [
        (goal.name, measure.name, measure.who or "–", measure.status, measure.money or "–", measure.next_due or "–")
        for goal in goals
        for measure in goal.measures
    ]


def _groups(facts: Facts, plan: Overview) -> list[tuple[str, ...]]:
    """Of each goal or component its measures and how they stand, its milestones and how many wait for a word."""
    language, table = facts.language, group_table(facts.names, plan)
    statuses = {**terms.STATUS, "unstated": terms.NO_STATUS}
    waiting: dict[str, terms.Term] = {word: term for word, term in terms.TIMING.items() if word in WAITING}
    return [
        (
            name,
            numbers[0],
            terms.counted(language, statuses, group.status) or "–",
            numbers[1],
            terms.counted(language, waiting, group.milestones) or "–",
        )
        for name, numbers, group in zip(table.names, table.numbers, plan.groups, strict=True)
    ]


def _money(facts: Facts, of_stage: Sequence[SumRow]) -> tuple[str, ...]:
    """The sums of a stage: its total, its yearly amount, and how many lines state none."""
    language = facts.language
    sums: dict[bool, list[str]] = {True: [], False: []}
    unstated = 0
    for row in of_stage:
        unstated += row.unstated
        if row.amount is not None:
            yearly = row.basis == "per-year"
            amount = (
                language.money(row.amount, approximate=row.approximate)
                if yearly
                else amount_text(language, row.amount, row.basis, approximate=row.approximate)
            )
            hidden = ", ".join(hidden_texts(language, row))
            sums[yearly].append(f"{amount} ({hidden})" if hidden else amount)
    cells = ("; ".join(sums[yearly]) or "–" for yearly in (False, True))
    stage = terms.stage(language, of_stage[0].stage, of_stage[0].undecided)
    return (stage, *cells, language.number(unstated) if unstated else "–")


def _news(facts: Facts, told: Brief) -> Mapping[str, object]:
    """What was recorded or said since the meeting before, and which command tells all of it."""
    language, news = facts.language, told.news
    previous = told.previous.now if told.previous is not None else None
    name = facts.names.long(previous.id) if previous is not None else ""
    day = language.period(previous.date) if previous is not None else ""
    return {
        "previous": name,
        "previous_day": day,
        "previous_named": previous is not None and day in name,
        "since": language.period(news.since) if news is not None else "",
        "since_day": news.since.word_day.isoformat() if news is not None else "",
        "clock": news.clock if news is not None else "",
        "changes": facts.changes(news) if news is not None else [],
        "added": facts.added(news) if news is not None else [],
    }


def _ahead(facts: Facts, told: Brief) -> Mapping[str, object]:
    """What has passed, what presses most first, and what comes."""
    late = sorted(told.late, key=lambda row: (PRESSING.index(row.timing), row.end or date.max, row.id))
    named_by_measures = any(row.responsible_from == "measures" for row in (*late, *told.coming))
    return {
        "late": [facts.due(row) for row in late],
        "coming": [facts.due(row) for row in told.coming],
        "until": facts.language.day(told.until),
        "responsible_note": facts.language.say(NAMED_BY_MEASURE) if named_by_measures else "",
    }


def _asked(facts: Facts, questions: SharedQuestions) -> AskFact:
    """Some bodies and what they are asked together."""
    names = [facts.names.long(organisation) for organisation in questions.organisations]
    records = [facts.view.tracker.get(Organisation, organisation) for organisation in questions.organisations]
    return AskFact(
        questions.organisations[0] if questions.organisations else "",
        joined(", ", names) or facts.language.say(N_("Nobody is named")),
        ", ".join(record.contact for record in records if record is not None and record.contact),
        [facts.ask(asked) for asked in questions.asked],
    )


def _decided(facts: Facts, meeting: Meeting) -> list[str]:
    """What the meeting's decisions changed, a record a line."""
    sentences = Sentences(facts.names)
    by_record: dict[str, list[str]] = {}
    for change in decided(facts.view, meeting):
        by_record.setdefault(change.record, []).append(sentences.say(change, grounds=False))
    return [fill("{}: {}", facts.names.long(record), joined("; ", lines)) for record, lines in by_record.items()]


def _words(facts: Facts, told: Brief) -> list[str]:
    """When and by whom the decisions were said, with the note of each word."""
    sentences = Sentences(facts.names)
    said = [word for word in told.meeting.updates if "decisions" in word.changes()]
    return [joined(": ", filter(None, (sentences.about(word), facts.language.text(word.note)))) for word in said]


def _source(facts: Facts, document: Document) -> str:
    """A document with what finds it again: publisher, date, number and address."""
    name = facts.names.long(document.id)
    day = facts.language.period(document.date) if document.date is not None else ""
    publisher = facts.names.short(document.publisher) if document.publisher is not None else ""
    parts = [part for part in (publisher, day, document.reference, document.address) if part and part not in name]
    return joined(", ", (name, *parts))
