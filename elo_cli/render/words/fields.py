"""The value of any field as lines of text in the reader's language."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from pydantic import BaseModel

from elo_cli.model.errors import N_
from elo_cli.model.kinds import keyed_by_ids, referring
from elo_cli.model.money import Money, Percentage
from elo_cli.model.period import Period
from elo_cli.model.records.base import PersonYears, Retraction, Source, Update
from elo_cli.model.records.funding import Funding, Recipients
from elo_cli.model.records.measure import LegalBasis, Role
from elo_cli.model.records.meeting import Attendee
from elo_cli.model.records.milestone import Evidence
from elo_cli.model.records.request import Question
from elo_cli.model.records.vocabulary import ReportingDay
from elo_cli.render.words import terms
from elo_cli.render.words.language import Language
from elo_cli.render.words.marked import fill, joined, run_on
from elo_cli.render.words.names import Names

_TIMES: Final = frozenset({"starts", "ends"})
"""The fields that hold a time of the day."""


class FieldText:
    """Says the values of fields: one line or several, never with the id of a record alone."""

    def __init__(self, names: Names) -> None:
        """Say them with these names, in their language."""
        self.names = names
        self.language = names.language

    def one(self, field: str, value: object) -> str:
        """The value on one line."""
        return run_on(self.lines(field, value))

    def lines(self, field: str, value: object) -> list[str]:
        """The value as lines, one an item of a list or map."""
        language = self.language
        match value:
            case None:
                return ["–"]
            case bool():
                return [language.say(N_("yes") if value else N_("no"))]
            case Period():
                return [language.period(value)]
            case Money():
                return [language.money(value)]
            case Percentage():
                return [language.percentage(value)]
            case Decimal() | int():
                return [language.number(value)]
            case date():
                return [language.day(value)]
            case str() if field in _TIMES:
                return [language.clock(value)]
            case str():
                return [self.names.with_id(value) if field in referring() else terms.word(language, field, value)]
            case Source():
                return [self.source(value)]
            case BaseModel():
                return self._model(value)
            case Mapping():
                return self._mapping(field, value)
            case list() | tuple():
                return [line for item in value for line in self.lines(field, item)]
            case _:
                return [str(value)]

    def stage(self, line: Funding) -> str:
        """A line's stage; of a proposal whose meeting has passed in silence, when it was made."""
        view = self.names.view
        return terms.stage(self.language, view.stage(line), view.undecided(line))

    def amount(self, line: Funding) -> str:
        """A line's amount with “about” and “per year”, or the words for an amount that is not stated."""
        if line.amount is None:
            return self.language.say(N_("amount not stated"))
        return amount_text(self.language, line.amount, line.basis, approximate=bool(line.approximate))

    def source(self, source: Source) -> str:
        """A source as people cite it: the document, the place in it, and what is inferred."""
        place = self.place(source)
        name = self.names.long(source.document)
        located = source.slide or source.page or source.section
        return joined(", " if located else " ", (part for part in (name, place) if part))

    def place(self, source: Source) -> str:
        """Where in its document a source stands, and what is inferred from it; "" for the document as a whole."""
        say = self.language.say
        parts = []
        if source.slide is not None:
            parts.append(say(N_("slide {number}"), number=source.slide))
        if source.page is not None:
            parts.append(say(N_("page {number}"), number=source.page))
        if source.section is not None:
            parts.append(source.section)
        text = ", ".join(parts)
        if source.inferred:
            fields = ", ".join(terms.head(self.language, field).lower() for field in source.inferred)
            inferred = say(N_("(inferred: {fields})"), fields=fields)
            text = f"{text} {inferred}" if text else inferred
        note = self.language.text(source.note)
        return fill("{}: {}", text, note) if note else text

    def retracted(self, retraction: Retraction) -> str:
        """That an update was taken back, from which day and why."""
        return self.language.say(
            N_("retracted {day}: {reason}"), day=retraction.date, reason=self.language.text(retraction.reason)
        )

    def changes(self, update: Update, before: Mapping[str, object] | None = None) -> list[str]:
        """What an update sets, a line a field: its name, the value `before` it, where given, and its value."""
        changes, before, lines = update.changes(), before or {}, []
        for name in (name for name in type(update).model_fields if name in changes):
            value = self.stated(name, changes[name])
            was = self.stated(name, before[name]) if name in before else value
            told = joined(" → ", (was, value)) if was != value else value
            lines.append(fill("{}: {}", terms.head(self.language, name), told))
        return lines

    def grounds(self, update: Update) -> list[str]:
        """Why an update says what it says, and who decided it, a line each."""
        say, reason = self.language.say, self.language.text(update.reason)
        lines = [say(N_("Because: {text}"), text=reason)] if reason else []
        if update.decided_by is not None:
            lines.append(say(N_("Decided by: {text}"), text=self.names.long(update.decided_by)))
        return lines

    def sentence(self, word: Update, before: Mapping[str, object]) -> str:
        """An update in a sentence: what it changes and from what, its note and reason, the day and who said it."""
        language, names = self.language, self.names
        parts = self.changes(word, before)
        for field in ("note", "reason"):
            if text := language.text(getattr(word, field)):
                parts.append(fill("{}: {}", terms.head(language, field), text))
        who = names.short(word.by) if word.by is not None else ""
        if not who:
            who = joined(", ", (names.long(source.document) for source in word.sources or ()))
        said = {"changes": run_on(parts), "day": word.date, "who": who, "effective": word.effective}
        if word.effective is not None:
            return language.say(N_("{changes} (happened: {effective}; said: {day}, {who})"), **said)
        if word.by is None:
            return language.say(N_("{changes}, on {day}, according to {who}"), **said)
        return language.say(N_("{changes}, on {day}, said by {who}"), **said)

    def stated(self, field: str, value: object) -> str:
        """A value on one line; where an update takes it back, that it is not stated."""
        return self.language.say(N_("not stated")) if value is None else self.one(field, value)

    def _mapping(self, field: str, value: Mapping[str, object]) -> list[str]:
        if value and all(isinstance(inner, str) for inner in value.values()):
            texts = {key: str(inner) for key, inner in value.items()}
            # What a correction says of a list of texts has keys of its own, and no languages.
            return [self.language.text(texts)] if texts.keys() & set(self.language.preferred) else list(texts.values())
        if field in keyed_by_ids():
            return [joined(" ", (self.names.short(key), self.one(field, inner))) for key, inner in value.items()]
        if all(isinstance(inner, Question) for inner in value.values()):
            return [fill("{}: {}", key, self.one(field, inner)) for key, inner in value.items()]
        return [line for key, inner in value.items() for line in self.lines(key, inner)]

    def _model(self, value: BaseModel) -> list[str]:
        language = self.language
        match value:
            case Role():
                nobody = language.say(N_("organisation not legible"))
                if value.one_of:
                    either = self.names.shorts(value.one_of)
                    # Translators: one of several organisations, the source does not show which: one of (TEM, OKM)
                    nobody = language.say(N_("one of ({organisations})"), organisations=either)
                who = self.names.short(value.organisation) if value.organisation else nobody
                mark = " " + language.say(N_("(deduced)")) if value.inferred else ""
                where = self.names.long(value.function) + " · " if value.function else ""
                return [fill("{}{}{}: {}", where, who, mark, language.text(value.task))]
            case Attendee():
                who = self.names.short(value.organisation)
                return [fill("{} ({})", who, language.text(value.role)) if value.role else who]
            case LegalBasis():
                name = self.names.long(value.document)
                return [fill("{}, {}", name, value.section) if value.section else name]
            case Evidence():
                parts = [value.title, language.period(value.date) if value.date else "", value.uri or ""]
                text = " · ".join(part for part in (*parts, value.archive) if part)
                return [f"{value.label}: {text}" if value.label else text]
            case PersonYears():
                amount = language.number(value.amount)
                if value.approximate:
                    amount = language.say(N_("about {amount}"), amount=amount)
                if value.years is None:
                    return [amount]
                # Translators: person-years, and over how many years: 15 (years: 3.5)
                return [
                    language.say(N_("{amount} (years: {years})"), amount=amount, years=language.number(value.years))
                ]
            case ReportingDay():
                return [joined(" ", (language.month_day(value.day), language.text(value.name)))]
            case Recipients():
                count = language.number(value.count) if value.count is not None else ""
                return [joined(" · ", (part for part in (count, language.text(value.text)) if part))]
            case _:
                return [
                    fill("{}: {}", terms.head(language, name), self.one(name, getattr(value, name)))
                    for name in type(value).model_fields
                    if getattr(value, name) is not None
                ]


def amount_text(language: Language, amount: Money, basis: str | None, *, approximate: bool = False) -> str:
    """An amount with its basis, also where the source does not say whether it is a total or comes every year."""
    text = language.money(amount, approximate=approximate)
    if basis is None:
        return language.say(N_("{amount} (in total or per year?)"), amount=text)
    return language.say(N_("{amount}/year"), amount=text) if basis == "per-year" else text


def field_order(names: Iterable[str]) -> list[str]:
    """The fields of a record in the model's order, without those that have a place of their own."""
    apart = {"id", "name", "description", "note", "sources", "updates", "corrections", "formerly", "type"}
    return [name for name in names if name not in apart]
