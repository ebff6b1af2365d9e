"""The status answer: one screen of blocks, and a flat table for CSV and Markdown."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from io import StringIO
from typing import Final

from elo_cli.model.errors import N_, nN_
from elo_cli.render.answers.deadlines import Teller
from elo_cli.render.forms.blocks import Table, paragraphs
from elo_cli.render.forms.screen import Screen, signed
from elo_cli.render.forms.text import cell_len, cut
from elo_cli.render.requests.words import clock_name
from elo_cli.render.words import terms
from elo_cli.render.words.filters import filter_options, filter_text
from elo_cli.render.words.groups import group_table
from elo_cli.render.words.language import Language
from elo_cli.render.words.money import Marks, money_texts
from elo_cli.render.words.names import Names
from elo_cli.render.words.timing import heard_text, state_text, timing_text
from elo_cli.tracking.day.timing import WAITING
from elo_cli.tracking.day.view import View
from elo_cli.tracking.overviews.overview import Overview, overview
from elo_cli.tracking.status import GoalStatus, MeasureStatus, MoneyAt, RequestStatus, Status

_FEW: Final = 3
"""More payment requests than this are no line, and are counted."""
ONE_SCREEN: Final = 48
"""More lines than this do not fit beside each other before a meeting."""
_WIDTH: Final = 80
"""The columns that the lines of one screen are counted at: a narrow terminal scrolls, and loses no measure."""
_MOST: Final = 10
"""As many milestones that press most are told as one remembers."""
_AROUND: Final = 11
"""Lines above, between and below the groups and the milestones, wrapped ones and the next prompt among them."""


class _Teller:
    """Says the parts of a measure's standing in the reader's language."""

    def __init__(self, screen: Screen, view: View, *, lean: bool = False) -> None:
        self.screen = screen
        self.lean = lean
        """Whether lines of money of which nothing is known are left to `elo funding`."""
        self.view = view
        self.language = screen.language
        self.names = Names(screen.language, view)
        self.marks = Marks(screen.language, screen.sign)

    def title(self, standing: MeasureStatus) -> str:
        term = _term(standing)
        sign = self.screen.sign(term.sign, f"[{term.plain}]")
        return f"{sign} {self.language.text(standing.state.now.name)}"

    def facts(self, standing: MeasureStatus) -> Iterator[str]:
        """Who, how far, how sure, how old the word is, and the money stage by stage."""
        now = standing.state.now
        yield self.names.shorts(now.responsible) or self.language.say(N_("no one responsible stated"))
        yield state_text(self.language, standing.recency, self.language.say(_term(standing).word))
        if now.confidence is not None:
            yield signed(self.screen, terms.CONFIDENCE[now.confidence])
        if (age := self.age(standing)) is not None:
            yield age
        if standing.money:
            yield from money_texts(self.language, self.names, standing.money, self.marks.mark, lean=self.lean)
        else:
            yield self.language.say(N_("no funding stated"))

    def age(self, standing: MeasureStatus) -> str | None:
        """When something was last heard; nothing of a promise that is itself news."""
        recency, as_of = standing.recency, self.view.as_of
        young = (
            recency.promised is not None and (as_of - recency.promised).days <= self.view.tracker.config.limits.stale
        )
        if recency.heard is None and young:
            return None
        if recency.heard is None and recency.promised is not None:
            # A short line for a small screen; pages say the same in a sentence.
            return self.language.say(N_("last heard {day}"), day=recency.promised)
        return heard_text(self.names, recency, standing.entry.id, self.view.as_of)

    def next_due(self, standing: MeasureStatus) -> Iterator[str]:
        """The next deadline: its date with the sign, how it stands, how many more wait, and what it is."""
        milestone, timing = standing.next_due, standing.timing
        if milestone is None or timing is None:
            return
        now = self.view.state(milestone).now
        assert now.due is not None  # noqa: S101 - a milestone with a timing has a due
        sign = self.screen.sign(terms.TIMING[timing.word].sign, f"[{terms.TIMING[timing.word].plain}]")
        # Since when nobody has said anything is the due itself; to say it again would break the line.
        silent = timing.word == "unreported"
        word = terms.word(self.language, "timing", timing.word)
        said = word if silent else timing_text(self.language, timing, now.due)
        yield f"{sign} {self.language.period(now.due)} {said}"
        more = standing.waiting - (timing.word in WAITING)
        if more > 0:
            yield self.language.count(*nN_("and {n} more", "and {n} more"), more)
        yield self.language.text(now.name)


def screen(screen: Screen, view: View, standing: Status, *, all_measures: bool) -> None:
    """The strategy on one screen: measure by measure where 48 lines hold that, two columns when it is wide.

    What would be longer at 80 columns is told by groups, and by what presses most; `all_measures` asks for everything.
    """
    if not all_measures:
        shown = sum(measure.state.now.key is not False for goal in standing.goals for measure in goal.measures)
        at_least = _Teller(Screen(screen.language, screen.file, max(screen.width, _WIDTH)), view, lean=True)
        most = max(ONE_SCREEN, screen.height or 0)
        if shown > ONE_SCREEN or _length(at_least, standing, all_measures=False) > most:
            _write_groups(_Teller(screen, view), standing)
            return
    full = _Teller(screen, view)
    lean = _length(full, standing, all_measures=all_measures) > ONE_SCREEN
    _write(_Teller(screen, view, lean=True) if lean else full, standing, all_measures=all_measures)


def _length(teller: _Teller, standing: Status, *, all_measures: bool) -> int:
    """How many lines the status has, measure by measure, on a screen like the teller's."""
    drawn = StringIO()
    aside = _Teller(Screen(teller.language, drawn, teller.screen.width), teller.view, lean=teller.lean)
    _write(aside, standing, all_measures=all_measures)
    return drawn.getvalue().count("\n")


def _write_groups(teller: _Teller, standing: Status) -> None:
    """Counts by group, then what presses most, in no more lines than the screen has, and the commands for the rest."""
    screen, language = teller.screen, teller.language
    plan = overview(teller.view, standing)
    room = min(ONE_SCREEN, (screen.height or ONE_SCREEN + 1) - 1)
    pressing = plan.pressing[: min(_MOST, max(3, (room - 8) // 4))]
    _head(teller, standing)
    most = max(3, room - _AROUND - 2 * len(pressing))
    *lines, legend = _group_lines(teller, plan, most)
    for line in lines:
        # Spaces that hold columns apart would be lost in a line that is wrapped.
        screen.file.write(line.rstrip() + "\n")
    left = len(plan.groups) - most
    if left > 0:
        screen.line(language.count(*nN_("and {n} more", "and {n} more"), left), style="dim")
    screen.line(legend, style="dim")
    if pressing:
        screen.line()
        screen.heading(language.say(N_("What presses most")))
    told = Teller(language, teller.view, screen)
    for row in pressing:
        style = terms.TIMING[row.timing].style
        parts = (f"{told.sign(row)} {row.id}", f"{told.due(row)} {told.timing(row)}", told.who(row))
        screen.line(cut(" · ".join(part for part in parts if part), screen.width), style=style)
        screen.line(cut(told.name(row), screen.width - 2), indent=2)
    rest = language.say(
        N_("each measure: {measures} · each deadline: {deadlines}"),
        measures=f"elo status{filter_options(standing.filters)} --all",
        deadlines=f"elo deadlines{filter_options(standing.filters)} --past",
    )
    screen.line(rest, style="dim")


def _group_lines(teller: _Teller, plan: Overview, most: int) -> Iterator[str]:
    """A line a group: its measures, its milestones, and how many of them the day makes what, under signs."""
    screen, language = teller.screen, teller.language
    table = group_table(teller.names, plan)
    signs = [screen.sign(terms.TIMING[word].sign, terms.TIMING[word].plain) for word in table.timings]
    heads = [head[:4] if screen.width < _WIDTH else head for head in table.heads]
    cells = [[*heads, *signs], *table.numbers[:most]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    room = max(8, screen.width - sum(widths) - 2 * len(widths))
    left = [cut(name, room) for name in (table.name_head, *table.names[:most])]
    wide = max(cell_len(name) for name in left)
    for name, row in zip(left, cells, strict=True):
        padded = name + " " * (wide - cell_len(name))
        yield padded + "".join(f"  {cell:>{width}}" for cell, width in zip(row, widths, strict=True))
    legend = (
        f"{sign} {language.say(terms.TIMING[word].word)}" for sign, word in zip(signs, table.timings, strict=True)
    )
    yield "   ".join(legend)


def _write(teller: _Teller, standing: Status, *, all_measures: bool) -> None:
    screen = teller.screen
    _head(teller, standing)
    for goal in standing.goals:
        measures = [measure for measure in goal.measures if all_measures or measure.state.now.key is not False]
        if measures:
            screen.heading(_goal_name(screen.language, goal))
            for measure in measures:
                (_wide if screen.is_wide else _narrow)(teller, measure)
    _foot(teller, standing, all_measures=all_measures)


def _head(teller: _Teller, standing: Status) -> None:
    language, totals = teller.language, standing.totals
    name = language.text(teller.view.tracker.config.name)
    screen = teller.screen
    screen.heading(
        language.say(N_("{strategy}: how it stands on {day}"), strategy=name, day=language.day(teller.view.as_of))
    )
    screen.write(paragraphs(filter_text(teller.names, standing.filters)))
    parts = [
        language.say(
            N_("milestones: {list}"),
            list=terms.counted(language, terms.TIMING, totals.milestones) or language.say(N_("none")),
        ),
    ]
    if totals.last_word is None:
        parts.append(language.say(N_("no update since the original entries")))
    else:
        parts.append(language.say(N_("last update {day}"), day=totals.last_word))
    screen.line(" · ".join(parts))
    if standing.requests:
        screen.line("; ".join(_requests(language, standing.requests)))


def _requests(language: Language, requests: Sequence[RequestStatus]) -> Iterator[str]:
    """Those of which a day comes first, and how many more there are."""
    first = sorted(requests, key=lambda request: (request.due or date.max, request.number))
    yield from (_request(language, request) for request in first[:_FEW])
    if more := len(first[_FEW:]):
        yield language.count(
            *nN_("{n} more payment request: elo list requests", "{n} more payment requests: elo list requests"), more
        )


def _request(language: Language, request: RequestStatus) -> str:
    """`payment request 3: sent, preliminary assessment by the Commission 31.5.2024 (2021/241 art. 24(3)), open …`."""
    parts = [
        # Translators: a payment request by the number of its instalment, and how far it is
        language.say(
            N_("payment request {number}: {step}"),
            number=request.number,
            step=terms.word(language, "request", request.step),
        )
    ]
    if request.item is not None and request.due is not None:
        what = clock_name(language, request.item)
        told = language.say(N_("{what} {day}"), what=what, day=language.day(request.due))
        parts.append(f"{told} ({request.article})" if request.article is not None else told)
    if request.questions:
        parts.append(language.count(*nN_("{n} open question", "{n} open questions"), request.questions))
    return ", ".join(parts)


def _narrow(teller: _Teller, standing: MeasureStatus) -> None:
    screen = teller.screen
    screen.line(teller.title(standing), style="bold" if screen.colour else "", indent=1, hang=3)
    screen.line(" · ".join(teller.facts(standing)), indent=3)
    if due := " · ".join(teller.next_due(standing)):
        screen.line(due, indent=3, hang=5, style=_due_style(standing))


def _wide(teller: _Teller, standing: MeasureStatus) -> None:
    from rich.table import Table as Grid
    from rich.text import Text

    screen = teller.screen
    left, right = Text(), Text()
    left.append(screen.glued(teller.title(standing)), style="bold" if screen.colour else "")
    who, how, *rest = teller.facts(standing)
    left.append("\n  " + screen.glued(f"{who} · {how} · {standing.entry.id}"))
    right.append(screen.glued(" · ".join(rest)))
    if due := screen.glued(" · ".join(teller.next_due(standing))):
        right.append("\n" + due, style=_due_style(standing) if screen.colour else "")
    grid = Grid.grid(padding=(0, 2), expand=True)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row(left, right)
    screen.print(grid)


def _foot(teller: _Teller, standing: Status, *, all_measures: bool) -> None:
    language = teller.language
    related = standing.totals.related_measures
    parts = []
    if related and not all_measures:
        parts.append(
            language.count(
                *nN_("{n} related measure: elo status --all", "{n} related measures: elo status --all"), related
            )
        )
    if teller.lean:
        parts.append(language.say(N_("funding of unknown amount and stage: elo funding")))
    parts.append(language.say(N_("ids: elo list measures")))
    if legend := teller.marks.legend():
        teller.screen.line(legend, style="dim")
    teller.screen.line(" · ".join(parts), style="dim")


def _goal_name(language: Language, goal: GoalStatus) -> str:
    return language.text(goal.goal.name) if goal.goal is not None else language.say(N_("Goal not stated"))


def _term(standing: MeasureStatus) -> terms.Term:
    return terms.STATUS.get(standing.state.now.status or "", terms.NO_STATUS)


def _due_style(standing: MeasureStatus) -> str:
    return terms.TIMING[standing.timing.word].style if standing.timing is not None else ""


def table(language: Language, view: View, standing: Status) -> Table:
    """Every measure as one row, for spreadsheets and Markdown."""
    names = Names(language, view)
    heads = [
        language.say(head)
        for head in (
            N_("Goal"),
            N_("Id"),
            N_("Measure"),
            N_("Responsible"),
            N_("Status"),
            N_("Confidence"),
            N_("Funding"),
            N_("Deadline"),
            N_("Timing"),
            N_("Status as of"),
            N_("Last update"),
        )
    ]
    return Table(heads, list(_rows(language, view, names, standing)))


def _said(language: Language, at: MoneyAt) -> str:
    """What a sum hides, in words, for a form that has no legend."""
    from elo_cli.render.answers.funding import hidden_texts

    texts = list(hidden_texts(language, at))
    return f" [{', '.join(texts)}]" if texts else ""


def _rows(language: Language, view: View, names: Names, standing: Status) -> Iterator[Sequence[str]]:
    for goal in standing.goals:
        for measure in goal.measures:
            now, recency = measure.state.now, measure.recency
            due = view.state(measure.next_due).now if measure.next_due is not None else None
            yield (
                _goal_name(language, goal),
                now.id,
                language.text(now.name),
                names.shorts(now.responsible),
                language.say(_term(measure).word),
                terms.word(language, "confidence", now.confidence),
                "; ".join(money_texts(language, names, measure.money, partial(_said, language))),
                f"{language.period(due.due)} {language.text(due.name)}"
                if due is not None and due.due is not None
                else "",
                timing_text(language, measure.timing, due.due)
                if measure.timing is not None and due is not None and due.due is not None
                else "",
                language.period(recency.state_as_of) if recency.state_as_of is not None else "",
                language.period(recency.heard.said) if recency.heard is not None else "",
            )
