"""The report on the recovery facility in words: figures by instalment, rows, what is missing."""

from collections.abc import Iterator, Mapping, Sequence

from elo_cli.model.errors import N_, nN_
from elo_cli.model.records.milestone import Milestone
from elo_cli.model.records.request import PaymentRequest
from elo_cli.render.reports.facts import Facts, days_to
from elo_cli.render.requests.words import milestone_amounts, step_text
from elo_cli.render.words import terms
from elo_cli.render.words.marked import fill, joined
from elo_cli.render.words.milestones import missing_lines, value_rows
from elo_cli.render.words.timing import forecast_text, waits_text
from elo_cli.tracking.day.evidence import pieces
from elo_cli.tracking.day.filters import Filters
from elo_cli.tracking.day.responsibility import responsible
from elo_cli.tracking.reports import Instalment, RrfRow, rrf


def rrf_values(facts: Facts, filters: Filters) -> Mapping[str, object]:
    """What the template of the report is given."""
    language, view = facts.language, facts.view
    answer = rrf(view, filters)
    rows = [row for instalment in answer.instalments for row in instalment.rows]
    told = _Rows(facts, rows)
    return {
        "title": language.say(
            N_("Recovery and Resilience Facility: milestones and targets on {day}"), day=language.day(view.as_of)
        ),
        "last_days": [
            (
                language.day(day),
                days_to(language, day, view.as_of),
                # One day for all needs no names.
                facts.names.shorts(instruments) if len(answer.last_days) > 1 else "",
            )
            for day, instruments in answer.last_days
        ],
        "days": [facts.due(row) for row in answer.days],
        "figures": [(_name(facts, instalment), *_figures(facts, instalment)) for instalment in answer.instalments],
        "heads": told.heads,
        "instalments": [
            (_name(facts, instalment), _request(facts, instalment), [told.row(row) for row in instalment.rows])
            for instalment in answer.instalments
        ],
        "missing": [(told.name(row), list(_pieces(facts, row))) for row in rows if row.missing or row.proof_missing],
        "unproven": sum(row.missing == () and not row.proof_missing for row in rows),
        "late_forecasts": [
            fill("{} ({})", told.name(row), forecast_text(language, row.forecast))
            for row in rows
            if row.forecast is not None and row.late_forecast
        ],
        "values": [(told.name(row), *value) for row in rows for value in value_rows(facts.fields, row.state)],
        "disagree": [told.name(row) for row in rows if row.disagree],
    }


def code(now: Milestone) -> str:
    """The plan's measures and the number in the decision's annex; "" where neither is known."""
    if now.rrf is None:
        return ""
    plan = ", ".join(now.rrf.plan_measure or ())
    return " ".join(part for part in (plan, now.rrf.cid_number) if part)


def _name(facts: Facts, instalment: Instalment) -> str:
    language, number = facts.language, instalment.number
    name = (
        language.say(N_("Instalment {number}"), number=number)
        if number is not None
        else language.say(N_("Instalment not known"))
    )
    if instalment.support is None:
        return name
    return f"{name} ({terms.word(language, 'support', instalment.support)})"


def _figures(facts: Facts, instalment: Instalment) -> tuple[str, ...]:
    rows = instalment.rows
    numbers = (
        len(rows),
        sum(row.ready for row in rows),
        sum(row.proof_missing for row in rows),
        sum(row.under_goal for row in rows),
        sum(row.contested for row in rows),
        sum(row.late_forecast for row in rows),
    )
    return tuple(facts.language.number(number) for number in numbers)


def _request(facts: Facts, instalment: Instalment) -> str:
    """The payment request that asks for it, and how far it is; "" without one."""
    request = facts.view.tracker.get(PaymentRequest, instalment.request)
    if request is None:
        return ""
    step = step_text(facts.language, facts.view.state(request).now)
    return facts.language.say(N_("Payment request: {name} ({step})."), name=facts.names.long(request.id), step=step)


class _Rows:
    """Says the rows; a goal, a value and a forecast have columns only where one of all rows has any."""

    def __init__(self, facts: Facts, rows: Sequence[RrfRow]) -> None:
        self.facts = facts
        now = [row.state.now for row in rows]
        self.goal = any(milestone.indicator is not None and milestone.indicator.goal is not None for milestone in now)
        self.value = any(milestone.value is not None for milestone in now)
        self.forecast = any(row.forecast is not None for row in rows)

    @property
    def heads(self) -> list[str]:
        texts = [
            N_("No."),
            N_("Milestone or target"),
            *([N_("Goal")] if self.goal else []),
            *([N_("Value")] if self.value else []),
            N_("Due"),
            *([N_("Forecast")] if self.forecast else []),
            N_("Delivery"),
            N_("EU assessment"),
            N_("Responsible"),
            N_("Evidence"),
        ]
        return [self.facts.language.say(text) for text in texts]

    def row(self, row: RrfRow) -> tuple[str, ...]:
        facts, language, now = self.facts, self.facts.language, row.state.now
        fact = facts.milestone(row.state.promise)
        stated = (("status", now.status), ("confidence", now.confidence))
        delivery = [terms.word(language, field, word) for field, word in stated if word is not None]
        forecast = forecast_text(language, row.forecast) if row.forecast is not None else "–"
        return (
            code(now) or "–",
            fact.name,
            *([self._goal(now)] if self.goal else []),
            *([self._value(row)] if self.value else []),
            joined("; ", (f"{fact.due}, {fact.timing}", *waits_text(facts.names, row.waits_for))),
            *([forecast] if self.forecast else []),
            ", ".join(delivery) or "–",
            self._eu(row),
            facts.names.shorts(responsible(facts.view, now).ids) or "–",
            _evidence(facts, row),
        )

    def name(self, row: RrfRow) -> str:
        """Number and name, since many names are alike."""
        return joined(" ", (part for part in (code(row.state.now), self.facts.names.long(row.state.now.id)) if part))

    def _eu(self, row: RrfRow) -> str:
        """The EU's track, and what its payment request says of its money."""
        said = [terms.word(self.facts.language, "eu", row.state.now.eu)] if row.state.now.eu is not None else []
        amounts = milestone_amounts(self.facts.language, row.money) if row.money is not None else ""
        return "; ".join((*said, *([amounts] if amounts else []))) or "–"

    def _goal(self, now: Milestone) -> str:
        if now.indicator is None or now.indicator.goal is None:
            return "–"
        unit = self.facts.language.text(now.indicator.unit)
        return joined(" ", (part for part in (self.facts.language.number(now.indicator.goal), unit) if part))

    def _value(self, row: RrfRow) -> str:
        now, language = row.state.now, self.facts.language
        if now.value is None:
            return "–"
        value = language.number(now.value)
        return language.say(N_("{value}, under the goal"), value=value) if row.under_goal else value


def _evidence(facts: Facts, row: RrfRow) -> str:
    language, brought = facts.language, pieces(row.state)
    if not brought and row.missing is None and not row.proof_missing:
        return language.say(N_("nothing required is known"))
    returned = sum(piece.standing == "returned" for piece in brought)
    text = language.count(*nN_("{n} document", "{n} documents"), len(brought) - returned)
    if returned:
        text += ", " + language.count(*nN_("{n} returned", "{n} returned"), returned)
    if row.missing:
        text += ", " + language.count(*nN_("{n} piece missing", "{n} pieces missing"), len(row.missing))
    return text


def _pieces(facts: Facts, row: RrfRow) -> Iterator[str]:
    yield from missing_lines(facts.fields, row.state)
    if not row.missing:
        brought = pieces(row.state)
        yield facts.language.say(N_("all that was brought was returned") if brought else N_("no document at all"))
