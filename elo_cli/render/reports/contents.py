"""The reports by name: what each is for, and what its template is given."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from elo_cli.model.errors import N_
from elo_cli.model.money import Money
from elo_cli.model.period import Period
from elo_cli.model.records.meeting import Meeting
from elo_cli.render.answers.funding import hidden_texts
from elo_cli.render.reports.amendments import Amended, amendment_values
from elo_cli.render.reports.facts import Facts
from elo_cli.render.reports.meeting import meeting_values
from elo_cli.render.reports.progress import progress_values
from elo_cli.render.reports.rrf import rrf_values
from elo_cli.render.words import terms
from elo_cli.render.words.fields import amount_text
from elo_cli.render.words.filters import filter_options, filter_text
from elo_cli.render.words.groups import group_table
from elo_cli.render.words.language import Language
from elo_cli.tracking.changes.files import passing
from elo_cli.tracking.changes.news import Recorded
from elo_cli.tracking.chase import chase
from elo_cli.tracking.day.filters import EVERYTHING, OF_DUES, Filters
from elo_cli.tracking.day.view import View
from elo_cli.tracking.funding import SumRow, funding
from elo_cli.tracking.overviews.overview import MANY, Overview, overview
from elo_cli.tracking.status import lines_under, status

PRESSING: Final = 10
"""As many that press most are named."""


class Origin(NamedTuple):
    """What an auditor needs: the day, what the data is, the version of elo, and the command that makes it again."""

    as_of: date
    revision: str | None
    """The commit as people cite it; None when the data is not under git."""
    dirty: bool
    """Whether the files differ from the commit."""
    fingerprint: str
    """SHA-256 over the data's paths and bytes, which names the data with or without git."""
    version: str
    command: str
    with_revision: bool = True


class Wanted(NamedTuple):
    """What a report is about, besides the view."""

    meeting: Meeting | None = None
    filters: Filters = EVERYTHING
    since: Period | None = None
    """From the end of which day or period news is told, for a meeting."""
    recorded: Recorded | None = None
    everything: bool = False
    """For a summary: each measure, however many there are."""
    amended: Amended | None = None
    minutes: bool = False
    """For a meeting: what it decided, and not what it needs to know."""


class Report(NamedTuple):
    """A report: what it is for, and the function that gives its template's values."""

    does: str
    values: Callable[[Facts, Wanted], Mapping[str, object]]
    filters: Sequence[str] = ()
    """The filters that it can honour."""


def contents(name: str, language: Language, view: View, wanted: Wanted, origin: Origin) -> dict[str, object]:
    """Everything that the template of a report is given; docs/reports.md lists it."""
    facts = Facts(language, view)
    return {
        "language": language.code,
        "strategy": language.text(view.tracker.config.name),
        "day": language.day(view.as_of),
        "as_of": view.as_of.isoformat(),
        "translations": language.text(view.tracker.config.translations),
        "origin": origin_rows(language, origin),
        "command": origin.command,
        "filters": filter_text(facts.names, wanted.filters),
        "terms": {"id": terms.head(language, "id"), "name": terms.head(language, "name")},
        **REPORTS[name].values(facts, wanted),
    }


def origin_rows(language: Language, origin: Origin) -> list[tuple[str, str]]:
    """What an auditor needs, as heads and values; the command stands apart."""
    say = language.say
    rows = [(say(N_("As of")), language.day(origin.as_of))]
    if origin.with_revision:
        if origin.revision is None:
            revision = say(N_("not under git"))
        elif origin.dirty:
            revision = say(N_("{revision} with uncommitted changes"), revision=origin.revision)
        else:
            revision = origin.revision
        rows.append((say(N_("Revision of the data")), revision))
    rows.append((say(N_("Fingerprint of the data")), f"SHA-256 {origin.fingerprint[:16]}"))
    rows.append((say(N_("Made by")), f"elo {origin.version}"))
    return rows


def _summary(facts: Facts, wanted: Wanted) -> Mapping[str, object]:
    standing = status(facts.view, wanted.filters)
    measures = {measure.state.now.id for goal in standing.goals for measure in goal.measures}
    sums = funding(facts.view, "stage", lines_under(facts.view, wanted.filters, measures))
    language = facts.language
    many = len(measures) > MANY and not wanted.everything
    goals = [] if many else facts.goals(standing)
    return {
        **_groups(facts, overview(facts.view, standing) if many else None),
        "rest": f"elo report summary{filter_options(wanted.filters)} --all" if many else "",
        "title": language.say(N_("{strategy}: summary"), strategy=language.text(facts.view.tracker.config.name)),
        "numbers": facts.numbers(standing),
        "money": [
            (_stage(facts, row), *_sum(language, row.amount, row.basis, about=row.approximate))
            for row in sums.rows
            if row.amount is not None
        ],
        "without_amount": sum(row.unstated for row in sums.rows),
        "goals": goals,
        "legend": facts.marks.legend(),
        "repeated": _repeated(
            [measure.name for goal in goals for measure in goal.measures], [goal.name for goal in goals]
        ),
    }


def _groups(facts: Facts, plan: Overview | None) -> Mapping[str, object]:
    """The counts by group of a strategy of many measures, and what presses most in it."""
    if plan is None:
        return {"group_heads": [], "groups": [], "pressing": []}
    table = group_table(facts.names, plan)
    timings = [facts.language.say(terms.TIMING[word].word) for word in table.timings]
    return {
        "group_heads": [table.name_head, *table.heads, *timings],
        "groups": [(name, *numbers) for name, numbers in zip(table.names, table.numbers, strict=True)],
        "pressing": [facts.due(row) for row in plan.pressing[:PRESSING]],
    }


def _meeting(facts: Facts, wanted: Wanted) -> Mapping[str, object]:
    assert wanted.meeting is not None  # noqa: S101 - the verb has found one
    return meeting_values(facts, wanted.meeting, wanted.since, wanted.recorded, minutes=wanted.minutes)


def _chase(facts: Facts, wanted: Wanted) -> Mapping[str, object]:
    return {
        "title": facts.language.say(N_("What we ask on {day}"), day=facts.language.day(facts.view.as_of)),
        "asks": [facts.asks(chased) for chased in chase(facts.view, wanted.filters)],
    }


def _rrf(facts: Facts, wanted: Wanted) -> Mapping[str, object]:
    return rrf_values(facts, wanted.filters)


def _progress(facts: Facts, wanted: Wanted) -> Mapping[str, object]:
    return progress_values(facts, wanted.filters)


def _funding(facts: Facts, _wanted: Wanted) -> Mapping[str, object]:
    from elo_cli.render.answers.funding import parts

    language, view = facts.language, facts.view

    # The title is the report's own.
    by_stage = parts(language, view, funding(view, "stage"))
    by_instrument = parts(language, view, funding(view, "instrument"))
    groups: dict[str, list[tuple[str, ...]]] = {}
    for line in sorted((view.state(line).now for line in view.lines), key=lambda line: line.instrument or "~"):
        instrument = facts.names.long(line.instrument) if line.instrument else language.say(N_("Instrument not stated"))
        groups.setdefault(instrument, []).append(
            (
                facts.names.long(line.id),
                facts.fields.amount(line),
                facts.fields.stage(line),
                language.period(line.period) if line.period is not None else "–",
                facts.names.long(line.part_of) if line.part_of is not None else "",
            )
        )
    return {
        "title": language.say(N_("Funding on {day}"), day=_day(facts)),
        "by_stage": [by_stage.table],
        "by_instrument": [by_instrument.table, *by_instrument.rest],
        "lines": list(groups.items()),
    }


def _amendments(facts: Facts, wanted: Wanted) -> Mapping[str, object]:
    assert wanted.amended is not None  # noqa: S101 - the verb has found them
    asked = wanted.amended
    if wanted.filters != EVERYTHING:
        asked = asked._replace(changes=passing(facts.view, asked.changes, wanted.filters))
    return amendment_values(facts, asked)


def _stage(facts: Facts, row: SumRow) -> str:
    """A stage, with what the sum at it hides."""
    word = terms.stage(facts.language, row.stage, row.undecided)
    hidden = ", ".join(hidden_texts(facts.language, row))
    return f"{word} ({hidden})" if hidden else word


def _sum(language: Language, amount: Money, basis: str | None, *, about: bool) -> tuple[str, str]:
    """An amount in the column of totals, or in that of yearly amounts; what is not said to be either is marked."""
    if basis == "per-year":
        return "", language.money(amount, approximate=about)
    return amount_text(language, amount, basis, approximate=about), ""


def _repeated(*groups: list[str]) -> list[str]:
    """The headings that stand twice, which readers and linters alike mistake for one."""
    seen: set[str] = set()
    twice = []
    for name in (name for group in groups for name in group):
        if name in seen:
            twice.append(name)
        seen.add(name)
    return twice


def _day(facts: Facts) -> str:
    return facts.language.day(facts.view.as_of)


REPORTS: Final[dict[str, Report]] = {
    "summary": Report(N_("the strategy by goal: status, funding and deadlines of each measure"), _summary, OF_DUES),
    "meeting": Report(N_("the brief for a meeting: agenda, standing, changes, deadlines, decisions"), _meeting),
    "amendments": Report(
        N_("what decisions changed between A..B: number, before, after, reason, decider"), _amendments, OF_DUES
    ),
    "chase": Report(N_("what each organisation is to be asked, ready for an e-mail"), _chase, OF_DUES),
    "rrf": Report(N_("the recovery facility: milestones by instalment, evidence, days left"), _rrf, OF_DUES),
    "progress": Report(
        N_("the progress report of 30 April and 15 October: reached, expected, delayed and why"), _progress, OF_DUES
    ),
    "funding": Report(N_("the funding by stage and instrument, with the lines beneath"), _funding),
}
