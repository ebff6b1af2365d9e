"""What reports say, as small values with their words in the reader's language: the material of the templates."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from elo_cli.model.errors import N_, nN_
from elo_cli.model.kinds import KINDS
from elo_cli.model.records.base import Update
from elo_cli.model.records.funding import Funding
from elo_cli.model.records.milestone import Milestone
from elo_cli.model.records.vocabulary import Organisation
from elo_cli.render.answers.deadlines import Teller
from elo_cli.render.words import terms
from elo_cli.render.words.asks import question
from elo_cli.render.words.changes import Sentences
from elo_cli.render.words.fields import FieldText
from elo_cli.render.words.language import Language
from elo_cli.render.words.marked import fill, joined
from elo_cli.render.words.money import Marks, money_texts
from elo_cli.render.words.names import Names
from elo_cli.render.words.timing import heard_text, state_text, timing_text
from elo_cli.tracking.changes.news import News
from elo_cli.tracking.chase import Chased, ChaseItem
from elo_cli.tracking.day.responsibility import responsible
from elo_cli.tracking.day.timing import slip_days
from elo_cli.tracking.day.view import View
from elo_cli.tracking.deadlines import Deadline
from elo_cli.tracking.funding import is_inferred, is_older
from elo_cli.tracking.reports import Pending, Slip
from elo_cli.tracking.status import MeasureStatus, Status


class DueFact(NamedTuple):
    """A day that something is waited for on."""

    id: str
    name: str
    due: str
    timing: str
    who: str
    measures: str
    moved: str
    """From when it has moved, why and by whose decision; "" when it is as promised."""

    @property
    def what(self) -> str:
        """Its name, and how its due has moved."""
        return fill("{} ({})", self.name, self.moved) if self.moved else self.name

    @property
    def row(self) -> tuple[str, ...]:
        """The cells of a table: due, what, timing, who, measures."""
        return (self.due, self.what, self.timing, self.who or "–", self.measures or "–")

    @property
    def short(self) -> tuple[str, ...]:
        """The cells of a table for a first look: due, what, timing, who."""
        return (self.due, self.name, self.timing, self.who or "–")


class MeasureFact(NamedTuple):
    """A measure and how it stands."""

    id: str
    name: str
    description: str
    who: str
    status: str
    confidence: str
    money: str
    next_due: str
    last_update: str
    milestones: Sequence[DueFact]
    key: bool | None
    """Whether it is one of the key ones or a related one; None where nobody tells them apart."""


class GoalFact(NamedTuple):
    """A goal and its measures."""

    name: str
    measures: Sequence[MeasureFact]


class ChangeFact(NamedTuple):
    """A record that has changed, and how, a sentence each."""

    name: str
    kind: str
    lines: Sequence[str]


class PendingFact(NamedTuple):
    """A meeting and what it is to decide."""

    where: str
    lines: Sequence[str]


class SlipFact(NamedTuple):
    """A due that has moved."""

    name: str
    promised: str
    due: str
    time: str
    reason: str
    decided_by: str


class AskFact(NamedTuple):
    """An organisation and what it is asked."""

    id: str
    who: str
    contact: str
    lines: Sequence[str]


class Facts:
    """Says the facts of one view in one language."""

    def __init__(self, language: Language, view: View) -> None:
        """Say them in this language, as they were on the view's day."""
        self.language = language
        self.view = view
        self.names = Names(language, view)
        self.fields = FieldText(self.names)
        self.marks = Marks(language)
        """Of the sums of the measures that were told; what they mean is to stand on the same page."""
        self._dues = Teller(language, view)

    def goals(self, standing: Status, *, related: bool = True) -> list[GoalFact]:
        """The goals with their measures; goals that only state the vision have none and are left out."""
        say = self.language.say
        goals = []
        for goal in standing.goals:
            kept = [measure for measure in goal.measures if related or measure.state.now.key is not False]
            if kept:
                name = self.names.long(goal.goal.id) if goal.goal is not None else say(N_("Goal not stated"))
                goals.append(GoalFact(name, [self.measure(measure) for measure in kept]))
        return goals

    def measure(self, standing: MeasureStatus) -> MeasureFact:
        """A measure and how it stands."""
        now, language = standing.state.now, self.language
        term = terms.STATUS.get(now.status or "", terms.NO_STATUS)
        return MeasureFact(
            now.id,
            self.names.long(now.id),
            language.text(now.description),
            self.names.shorts(responsible(self.view, now).ids),
            state_text(language, standing.recency, language.say(term.word)),
            terms.word(language, "confidence", now.confidence) if now.confidence is not None else "",
            joined("; ", money_texts(language, self.names, standing.money, self.marks.mark)),
            self._next_due(standing),
            self._sentence(heard_text(self.names, standing.recency, now.id, self.view.as_of)),
            [self.milestone(milestone) for milestone in self.view.milestones_of.get(now.id, ())],
            now.key,
        )

    def milestone(self, milestone: Milestone) -> DueFact:
        """A milestone, done or not."""
        state, timing = self.view.state(milestone), self.view.timing(milestone)
        now, language = state.now, self.language
        return DueFact(
            now.id,
            self.names.long(now.id),
            language.period(now.due) if now.due is not None else language.say(N_("no due date stated")),
            timing_text(language, timing, now.due)
            if timing is not None and now.due is not None
            else language.say(N_("only possible"))
            if now.possible
            else terms.word(language, "status", now.status),
            self.names.shorts(responsible(self.view, now).ids),
            self.names.shorts(now.measures),
            self._moved(Slip(state, timing)),
        )

    def due(self, deadline: Deadline) -> DueFact:
        """A deadline."""
        teller = self._dues
        return DueFact(
            deadline.id,
            teller.name(deadline),
            teller.due(deadline),
            teller.timing(deadline),
            teller.who(deadline),
            teller.measures(deadline),
            teller.moved(deadline),
        )

    def pending(self, waiting: Pending) -> PendingFact:
        """What a meeting is to decide."""
        say = self.language.say
        if waiting.meeting is None:
            where = say(N_("No meeting is named"))
        else:
            held = self._meeting_day(waiting.meeting)
            name = self.names.long(waiting.meeting)
            where = name if held in name else say(N_("{meeting}, {day}"), meeting=name, day=held)
        return PendingFact(
            where,
            [*self._questions(waiting), *(self._with_parts(line) for line in waiting.lines)],
        )

    def _with_parts(self, line: Funding) -> str:
        parts = [self.view.state(part).now for part in self.view.parts_of.get(line.id, ())]
        if not parts:
            return self.line(line)
        shown = joined("; ", (fill("{}, {}", self.names.long(part.id), self.fields.amount(part)) for part in parts))
        return self.language.say(N_("{line}; of which {parts}"), line=self.line(line), parts=shown)

    def line(self, line: Funding) -> str:
        """A funding line in one line: name, amount, stage and instrument."""
        parts = [self.fields.amount(line), self.fields.stage(line)]
        if line.instrument is not None:
            parts.append(self.names.short(line.instrument))
        return fill("{}: {}", self.names.long(line.id), joined(", ", parts))

    def line_among(self, line: Funding) -> str:
        """A funding line among others, which are not to be added up: whose part it is, what it may hide."""
        now, say = self.view.state(line).now, self.language.say
        remarks = []
        if now.counted is False:
            remarks.append(say(N_("not the strategy's funding, in no sum")))
        if now.part_of is not None:
            remarks.append(say(N_("part of: {whole}"), whole=self.names.long(now.part_of)))
        if is_inferred(self.view, line):
            remarks.append(say(N_("stage or basis inferred")))
        if now.may_overlap:
            remarks.append(say(N_("may be the same funding as another line")))
        if is_older(self.view, now):
            remarks.append(say(N_("from before the strategy")))
        return fill("{} ({})", self.line(now), joined("; ", remarks)) if remarks else self.line(now)

    def slip(self, slip: Slip) -> SlipFact:
        """A due that has moved."""
        state = slip.state
        update = state.set_by.get("due")
        language = self.language
        days = slip_days(state.promise, self.view.as_of)
        return SlipFact(
            self.names.long(state.now.id),
            language.period(state.promise.due) if state.promise.due is not None else "–",
            language.period(state.now.due) if state.now.due is not None else "–",
            self._distance(days),
            language.text(update.reason, language.say(N_("no reason given"))) if update is not None else "",
            self.names.long(update.decided_by) if update is not None and update.decided_by else "–",
        )

    def changes(self, news: News) -> list[ChangeFact]:
        """What was said, record by record."""
        sentences = Sentences(self.names)
        by_record: dict[str, list[str]] = {}
        kinds = {change.record: change.kind for change in news.changes}
        for change in news.changes:
            by_record.setdefault(change.record, []).append(sentences.say(change))
        return [
            ChangeFact(self.names.long(record), terms.kind_word(self.language, kinds[record]), lines)
            for record, lines in by_record.items()
        ]

    def added(self, news: News) -> list[str]:
        """How many records of each kind are new, with their names when they are few, and how many only to the files."""
        lists = []
        for kind, ids in news.added.items():
            counted = self.language.count(*KINDS[kind].names.new, len(ids))
            names = joined("; ", (self.names.long(record) for record in ids))
            lists.append(fill("{}: {}", counted, names) if len(ids) <= _FEW else counted)
        if news.first_recorded:
            counts = [self.language.count(*KINDS[kind].names.counted, n) for kind, n in news.first_recorded.items()]
            lists.append(self.language.say(N_("recorded for the first time: {list}"), list=self.language.join(counts)))
        return lists

    def asks(self, chased: Chased) -> AskFact:
        """An organisation and what it is asked."""
        say, organisation = self.language.say, chased.organisation
        record = self.view.tracker.get(Organisation, organisation)
        return AskFact(
            organisation or "",
            self.names.long(organisation) if organisation is not None else say(N_("Nobody is named")),
            self.view.state(record).now.contact or "" if record is not None else "",
            [self.ask(asked) for asked in chased.asked],
        )

    def ask(self, asked: ChaseItem) -> str:
        """What is asked about one record, or several lines of money, in a sentence that names them."""
        names = self.language.join([self.names.long(record.id) for record in (asked.record, *asked.also)])
        return fill("{}: {}", names, question(self.fields, asked))

    def numbers(self, standing: Status) -> list[tuple[str, str]]:
        """The strategy in numbers: what is counted, and how many."""
        language, totals = self.language, standing.totals
        key, related = totals.key_measures, totals.related_measures
        counted = (
            (nN_("{n} key measure", "{n} key measures"), key),
            (nN_("{n} related measure", "{n} related measures"), related),
            (
                nN_("{n} other measure", "{n} other measures") if key or related else KINDS["measure"].names.counted,
                totals.measures - key - related,
            ),
        )
        measures = [language.count(*words, n) for words, n in counted if n]
        statuses = terms.counted(language, {**terms.STATUS, "unstated": terms.NO_STATUS}, totals.status)
        timings = terms.counted(language, terms.TIMING, totals.milestones)
        last = (
            language.period(totals.last_word)
            if totals.last_word
            else language.say(N_("none since the original entries"))
        )
        return [
            (language.say(N_("Measures")), ", ".join(measures) or language.number(0)),
            (language.say(N_("Status of the measures")), statuses or "–"),
            (language.say(N_("Milestones")), timings or "–"),
            (language.say(N_("Last update")), last),
        ]

    def said(self, update: Update, before: Mapping[str, object]) -> list[str]:
        """What a word says: what it changes and from what, its note, its reason, and who decided it."""
        note = self.language.text(update.note)
        return [*self.fields.changes(update, before), *([note] if note else []), *self.fields.grounds(update)]

    def _next_due(self, standing: MeasureStatus) -> str:
        if standing.next_due is None or standing.timing is None:
            return ""
        fact = self.milestone(standing.next_due)
        return fill("{} {} ({})", fact.due, fact.name, fact.timing)

    @staticmethod
    def _sentence(text: str) -> str:
        return fill("{}{}.", text[:1].upper(), text[1:])

    def _moved(self, slip: Slip) -> str:
        fact = self.slip(slip)
        if slip.state.promise.due is None or slip.state.now.due in {None, slip.state.promise.due}:
            return ""
        return self.language.say(N_("promised {due}: {reason}"), due=fact.promised, reason=fact.reason)

    def _distance(self, days: int | None) -> str:
        if not days:
            return "–"
        message = N_("{time} later") if days > 0 else N_("{time} earlier")
        return self.language.say(message, time=self.language.days(abs(days)))

    def _meeting_day(self, meeting: str) -> str:
        entry = self.view.tracker.entries.get(meeting)
        held = getattr(self.view.state(entry.record).now, "date", None) if entry is not None else None
        return self.language.period(held) if held is not None else ""

    def _questions(self, waiting: Pending) -> Iterator[str]:
        entry = self.view.tracker.entries.get(waiting.meeting or "")
        decides = getattr(self.view.state(entry.record).now, "decides", None) or {} if entry is not None else {}
        for key in waiting.questions:
            yield self.language.text(decides[key])


_FEW = 12


def days_to(language: Language, day: date, as_of: date) -> str:
    """How far a day lies ahead, or how long ago it was."""
    left = (day - as_of).days
    if left < 0:
        return language.count(*nN_("passed {n} day ago", "passed {n} days ago"), -left)
    return language.count(*nN_("in {n} day", "in {n} days"), left)
