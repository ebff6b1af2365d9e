"""A payment request for those who answer for it: its milestones, the times that run, the money and the questions."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from elo_cli.model.characters import short
from elo_cli.model.errors import N_, nN_
from elo_cli.model.period import Period
from elo_cli.model.records.request import PaymentRequest
from elo_cli.model.records.vocabulary import Instrument
from elo_cli.render.forms.blocks import Block, Heading, Pairs, Paragraph, Space, Table
from elo_cli.render.requests.words import ATTACHED, READINESS, clock_name, milestone_amounts
from elo_cli.render.words import terms
from elo_cli.render.words.language import Language
from elo_cli.render.words.names import Names
from elo_cli.render.words.timing import timing_text
from elo_cli.tracking.day.clocks import REGULATION, Clock
from elo_cli.tracking.day.timing import timing_of
from elo_cli.tracking.requests import (
    AMOUNTS,
    RequestAnswer,
    RequestMilestone,
    RequestSum,
    request_answer,
    sums,
)

APART: Final = frozenset({*AMOUNTS, *(f"{name}_for" for name in AMOUNTS), "sent", "observations", "questions"})
"""Fields that the tables below say, each with its day, and a list of fields need not."""
_DAYS: Final = (
    ("last_day", N_("last day for milestones and targets"), f"{REGULATION}18(4)(i), 20(5)(d)"),
    ("last_payment_day", N_("last day for payments"), f"{REGULATION}24(1)"),
)


class RequestText:
    """Says the parts of one payment request in the reader's language."""

    def __init__(self, names: Names, request: PaymentRequest) -> None:
        """The request as it stood on the view's day."""
        self.names = names
        self.language = names.language
        self.view = names.view
        self.answer: RequestAnswer = request_answer(names.view, request)

    def head(self) -> list[tuple[str, list[str]]]:
        """How far it is, and what is to be sent with it and is missing."""
        say = self.language.say
        rows = [(terms.head(self.language, "stage"), [terms.word(self.language, "request", self.answer.step)])]
        if self.answer.attached and self.answer.step != "withdrawn":
            missing = [say(ATTACHED[piece]) for piece in self.answer.attached]
            lines = [f"{self.language.join(missing)} ({REGULATION}22(2)(c))"]
            rows.append((say(N_("Documents missing")), lines))
        return rows

    def blocks(self) -> Iterator[Block]:
        """The tables: times, questions, money, milestones."""
        yield from self._clocks()
        yield from self._questions()
        yield from self._money()
        yield from self._milestones()

    def _clocks(self) -> Iterator[Block]:
        say, rows = self.language.say, [self._clock(clock) for clock in self.answer.clocks if clock.name != "question"]
        instrument = self.view.tracker.get(Instrument, self.answer.state.now.instrument)
        for field, name, article in _DAYS:
            last: date | None = getattr(instrument, field, None)
            if instrument is not None and last is not None:
                provision = article.removeprefix(REGULATION) if instrument.rules == "rrf" else "–"
                rows.append((say(name), "–", self.language.day(last), self._timing(last), provision))
        if rows:
            yield Space()
            yield Heading(say(N_("Time limits")))
            yield Table([say(head) for head in _CLOCK_HEADS], rows)

    def _clock(self, clock: Clock) -> tuple[str, ...]:
        return (
            clock_name(self.language, clock.item),
            self.language.period(clock.since) if clock.since is not None else "–",
            self.language.day(clock.due) if clock.due is not None else self.language.say(N_("no day named")),
            self._clock_state(clock),
            clock.article.removeprefix(REGULATION) or "–",
        )

    def _clock_state(self, clock: Clock) -> str:
        if clock.ended is not None:
            return self.language.say(N_("ended {day}"), day=self.language.period(clock.ended))
        if clock not in self.view.running(self.answer.state.promise):
            return self.language.say(N_("no longer waited for"))
        return self._timing(clock.due) if clock.due is not None else self.language.say(N_("running"))

    def _timing(self, day: date) -> str:
        return timing_text(self.language, timing_of(self.view.tracker, day, self.view.as_of), Period.of_day(day))

    def _questions(self) -> Iterator[Block]:
        questions, say = self.answer.state.now.questions or {}, self.language.say
        if not questions:
            return
        clocks = {clock.key: clock for clock in self.answer.clocks if clock.name == "question"}
        order = sorted(questions, key=lambda key: (clocks[key].ended is not None, clocks[key].due or date.max, key))
        number = sum(clock.ended is None for clock in clocks.values())
        yield Space()
        yield Heading(
            say(N_("{what}: {n} open"), what=terms.head(self.language, "questions"), n=self.language.number(number))
        )
        rows = [
            (
                key,
                self.language.text(questions[key].text, "–"),
                self._day(questions[key].asked),
                self._day(questions[key].due),
                self._clock_state(clocks[key]) if clocks[key].ended is None else self._day(questions[key].answered),
                self.names.short(by) if (by := questions[key].answered_by) is not None else "–",
            )
            for key in order
        ]
        fields = ("asked", "due", "answered", "answered_by")
        heads = [say(N_("Key")), terms.head(self.language, "text")]
        yield Table([*heads, *(terms.head(self.language, field) for field in fields)], rows)

    def _day(self, day: date | None) -> str:
        return self.language.day(day) if day is not None else "–"

    def _money(self) -> Iterator[Block]:
        say, money = self.language.say, self.answer.money
        rows = [
            (terms.head(self.language, name), [self.language.money(amount)])
            for name in AMOUNTS
            if (amount := getattr(money, name)) is not None
        ]
        if money.outstanding is not None:
            rows.append((say(N_("Neither paid nor reduced")), [self.language.money(money.outstanding)]))
        if rows:
            yield Space()
            yield Heading(say(N_("Money")))
            yield Pairs(rows, 1)

    def _milestones(self) -> Iterator[Block]:
        say, milestones = self.language.say, self.answer.milestones
        yield Space()
        if not milestones:
            yield Heading(say(N_("Milestones")))
            number = self.answer.state.now.number
            yield Paragraph(say(N_("No milestone names the instalment {number}."), number=number), 1)
            return
        waited = [milestone for milestone in milestones if milestone.readiness != "withdrawn"]
        ready = len(self.answer.ready("ready"))
        yield Heading(
            say(
                N_("Milestones: {ready} of {all} ready"),
                ready=self.language.number(ready),
                all=self.language.number(len(waited)),
            )
        )
        heads = [say(N_("Milestone")), say(N_("Due")), say(N_("Readiness")), terms.head(self.language, "eu")]
        with_money = any(amount is not None for milestone in milestones for amount in milestone.money)
        if with_money:
            heads.append(say(N_("Money")))
        # What keeps the request from being sent comes first.
        order = sorted(milestones, key=lambda milestone: _PRESSING.index(milestone.readiness))
        yield Table(heads, [self._milestone(milestone)[: len(heads)] for milestone in order])

    def _milestone(self, milestone: RequestMilestone) -> tuple[str, ...]:
        now, language = milestone.state.now, self.language
        readiness = language.say(READINESS[milestone.readiness])
        if milestone.readiness == "evidence-missing" and milestone.missing:
            readiness = language.say(N_("{what}: {list}"), what=readiness, list=", ".join(milestone.missing))
        if milestone.readiness == "evidence-missing" and "under-goal" in milestone.lacks:
            readiness += f"; {language.say(READINESS['under-goal'])}"
        return (
            self._name(now.id),
            language.period(now.due) if now.due is not None else "–",
            readiness,
            terms.word(language, "eu", now.eu),
            milestone_amounts(language, milestone.money) or "–",
        )

    def _name(self, milestone: str) -> str:
        """Names in a plan are whole sentences, so a table of twenty has their beginnings only; a link has it all."""
        if self.language.links:
            return self.names.with_id(milestone)
        return f"{milestone} {short(self.names.long(milestone), _NAME)}"


def of_instrument(names: Names, instrument: Instrument) -> Iterator[Block]:
    """The payment requests of an instrument: what is asked, suspended, lost and paid, by support."""
    language = names.language
    rows = [row for row in sums(names.view) if row.instrument == instrument.id]
    if not rows:
        return
    heads = [terms.head(language, "support"), language.say(N_("Payment requests"))]
    heads += [terms.head(language, name) for name in ("amount", *AMOUNTS)]
    yield Space()
    yield Heading(language.say(N_("Payment requests")))
    yield Table(
        heads,
        [
            (
                terms.word(language, "support", row.support),
                _counted(language, row),
                *(language.money(amount) if amount is not None else "–" for amount in row.money),
            )
            for row in rows
        ],
        right=tuple(range(2, len(heads))),
    )


def _counted(language: Language, row: RequestSum) -> str:
    number = language.number(len(row.requests))
    if not row.unstated:
        return number
    unstated = language.count(*nN_("no amount requested yet", "{n} without a requested amount"), row.unstated)
    return f"{number} ({unstated})"


_NAME: Final = 40
"""Characters of a milestone's name beside its id: two lines of a screen of 80."""
_PRESSING: Final = ("unfinished", "evidence-missing", "under-goal", "ready", "withdrawn")
_CLOCK_HEADS: Final = (N_("What"), N_("From"), N_("Last day"), N_("Timing"), N_("Article of 2021/241"))
