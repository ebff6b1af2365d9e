"""The deadlines answer: groups of blocks for the screen, one table for Markdown and CSV."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from elo_cli.model.errors import N_, nN_
from elo_cli.render.forms.blocks import Block, Heading, Paragraph, Table, paragraphs
from elo_cli.render.forms.csv import Cell, write_csv
from elo_cli.render.forms.screen import Screen
from elo_cli.render.requests.words import clock_name
from elo_cli.render.words import terms
from elo_cli.render.words.filters import filter_options, filter_text
from elo_cli.render.words.language import Language
from elo_cli.render.words.marked import fill, joined
from elo_cli.render.words.names import NAMED_BY_MEASURE, Names
from elo_cli.render.words.timing import forecast_text, timing_text, waits_text
from elo_cli.tracking.day.timing import WAITING, Timing, TimingWord
from elo_cli.tracking.day.view import View
from elo_cli.tracking.deadlines import Deadline, Deadlines

COMING: Final[tuple[TimingWord, ...]] = ("due-soon", "upcoming")
GROUPS: Final[tuple[tuple[str, tuple[TimingWord, ...]], ...]] = (
    (N_("Coming"), COMING),
    (N_("Overdue: said to be unfinished"), ("overdue",)),
    (N_("Completed, and the EU objects"), ("contested",)),
    (N_("Passed, outcome not known"), ("unreported",)),
)
"""The groups of an answer under their heads: what can still be done first, then what presses in its order."""
FEW: Final = 12
"""As many that have passed are listed in any case."""
DAY_OF_INSTRUMENT: Final = {
    "last_day": N_("Last day for milestones and targets"),
    "last_payment_day": N_("Last day for payments"),
}


class Cells(NamedTuple):
    """A row of the table of deadlines."""

    due: str
    timing: str
    what: str
    measures: str
    responsible: str
    id: str


HEADS: Final = Cells(N_("Due"), N_("Timing"), N_("What"), N_("Measures"), N_("Responsible"), N_("Id"))


class Teller:
    """Says the parts of a deadline in the reader's language."""

    def __init__(self, language: Language, view: View, screen: Screen | None = None) -> None:
        self.language = language
        self.names = Names(language, view)
        self.screen = screen

    def name(self, deadline: Deadline) -> str:
        """What it is: the record's name, or which day of an instrument."""
        if deadline.kind == "instrument":
            day = DAY_OF_INSTRUMENT.get(deadline.item or "")
            what = self.language.say(day) if day is not None else self.language.text(deadline.name, deadline.id)
            return fill("{}: {}", self.names.short(deadline.id), what)
        if deadline.kind == "request":
            what = clock_name(self.language, deadline.item or "")
            name = fill("{}: {}", self.language.text(deadline.name, deadline.id), what)
            return fill("{} ({})", name, deadline.article) if deadline.article is not None else name
        return self.language.text(deadline.name, deadline.id)

    def due(self, deadline: Deadline) -> str:
        """When it is due, with the last day that counts where that is another."""
        text = self.language.period(deadline.due)
        if deadline.end is None or deadline.end == deadline.due.end:
            return text
        return self.language.say(N_("{due} (by {day})"), due=text, day=self.language.day(deadline.end))

    def timing(self, deadline: Deadline) -> str:
        """What the day asked about makes of it."""
        timing = Timing(deadline.timing, deadline.end, deadline.days)
        return timing_text(self.language, timing, deadline.due, meeting=deadline.kind == "meeting")

    def sign(self, deadline: Deadline) -> str:
        """The sign of its timing; nothing off the screen."""
        term = terms.TIMING[deadline.timing]
        return self.screen.sign(term.sign, f"[{term.plain}]") if self.screen is not None else ""

    def who(self, deadline: Deadline) -> str:
        """Who is to be asked, with a star where only the measure names them."""
        who = self.names.shorts(deadline.responsible)
        if deadline.responsible_from == "measures":
            return who + "*"
        return who

    def measures(self, deadline: Deadline) -> str:
        """The measures it belongs to."""
        return joined(", ", (self.names.long(measure) for measure in deadline.measures))

    def outlook(self, deadline: Deadline) -> list[str]:
        """When it is expected, and what it waits for, a sentence each."""
        expected = [forecast_text(self.language, deadline.forecast)] if deadline.forecast is not None else []
        return [*expected, *waits_text(self.names, deadline.waits_for)]

    def moved(self, deadline: Deadline) -> str:
        """`siirretty, luvattu IV/2024 (6 kuukautta myöhemmäksi): syy; päättäjä`; "" when the due is as promised."""
        if deadline.promised is None:
            return ""
        say, promised = self.language.say, self.language.period(deadline.promised)
        if not deadline.slip:
            text = say(N_("promised {due}"), due=promised)
        else:
            time = self.language.days(abs(deadline.slip))
            message = (
                N_("promised {due}, moved {time} later") if deadline.slip > 0 else N_("promised {due}, {time} earlier")
            )
            text = say(message, due=promised, time=time)
        if deadline.decided_by is not None:
            text = say(N_("{text}, decided by {who}"), text=text, who=self.names.long(deadline.decided_by))
        reason = self.language.text(deadline.reason)
        return fill("{}: {}", text, reason) if reason else text


def screen(screen: Screen, view: View, answer: Deadlines, *, past: bool) -> None:
    """What comes, then what has passed and is not done: blocks, or tables where the screen is wide enough.

    More than a dozen that have passed are counted, unless `past` asks for them.
    """
    language = screen.language
    teller = Teller(language, view, screen)
    screen.heading(_title(language, view, answer))
    screen.write(paragraphs(filter_text(teller.names, answer.filters)))
    late = [row for row in answer.deadlines if row.timing in WAITING]
    if not late:
        screen.line()
        screen.line(language.say(N_("No open deadline has passed.")))
    for head, words in GROUPS:
        rows = [row for row in answer.deadlines if row.timing in words]
        if words is not COMING and (not rows or (len(late) > FEW and not past)):
            continue
        screen.line()
        screen.heading(language.say(head))
        if not rows:
            screen.line(language.say(N_("Nothing comes in this time.")), indent=2)
        elif screen.is_wide:
            screen.write([_wide(teller, rows)])
        else:
            for row in rows:
                _narrow(teller, screen, row)
    if len(late) > FEW and not past:
        _counted(teller, screen, answer, late)
    _foot(teller, screen, answer)


def _counted(teller: Teller, screen: Screen, answer: Deadlines, late: Sequence[Deadline]) -> None:
    """What has passed, in numbers by timing, and the command that lists it."""
    language = teller.language
    counts: Counter[str] = Counter(row.timing for row in late)
    screen.line()
    screen.heading(language.say(N_("What has passed and waits for a word")))
    screen.line(terms.counted(language, terms.TIMING, counts), indent=2)
    screen.line(f"elo deadlines{filter_options(answer.filters)} --past", indent=2, style="dim")


def _title(language: Language, view: View, answer: Deadlines) -> str:
    day = language.day(view.as_of)
    if answer.until is None:
        return language.say(N_("Deadlines on {day}, and all that come"), day=day)
    return language.say(N_("Deadlines on {day}, and those until {until}"), day=day, until=language.day(answer.until))


def _narrow(teller: Teller, screen: Screen, row: Deadline) -> None:
    style = terms.TIMING[row.timing].style
    screen.line(f"{teller.sign(row)} {teller.due(row)}  {teller.name(row)}", hang=2)
    timing = " · ".join(part for part in (teller.timing(row), teller.who(row)) if part)
    screen.line(timing, indent=4, hang=4, style=style)
    for text in teller.outlook(row):
        screen.line(text, indent=4, hang=4)
    if moved := teller.moved(row):
        screen.line(moved, indent=4, hang=4)
    screen.line(" · ".join(part for part in (teller.measures(row), row.id) if part), indent=4, hang=4, style="dim")


def _foot(teller: Teller, screen: Screen, answer: Deadlines) -> None:
    language = teller.language
    notes = []
    if any(row.responsible_from == "measures" for row in answer.deadlines):
        notes.append(language.say(NAMED_BY_MEASURE))
    late = sum(row.forecast is not None and row.forecast.is_late for row in answer.deadlines)
    if late:
        notes.append(language.count(*nN_("{n} late forecast", "{n} late forecasts"), late))
    if answer.later:
        notes.append(
            language.count(
                *nN_("{n} more later: {command}", "{n} more later: {command}"),
                answer.later,
                command=f"elo deadlines{filter_options(answer.filters)} --within all",
            )
        )
    if notes:
        screen.line()
    for note in notes:
        screen.line(note, style="dim")


def _wide(teller: Teller, rows: Sequence[Deadline]) -> Table:
    """The rows with the id below the name, where it has room."""
    heads = Cells(*(teller.language.say(head) for head in HEADS))
    return Table(
        (heads.due, heads.timing, heads.what, heads.measures, heads.responsible),
        [
            (row.due, row.timing, f"{row.what}\n{row.id}", row.measures, row.responsible)
            for row in (_cells(teller, row) for row in rows)
        ],
    )


def blocks(language: Language, view: View, answer: Deadlines) -> list[Block]:
    """Every deadline as one row, for Markdown."""
    teller = Teller(language, view)
    parts: list[Block] = [
        Heading(_title(language, view, answer), 1),
        *paragraphs(filter_text(teller.names, answer.filters)),
        _table(teller, answer.deadlines),
    ]
    if any(row.responsible_from == "measures" for row in answer.deadlines):
        parts.append(Paragraph(language.say(NAMED_BY_MEASURE)))
    return parts


def _table(teller: Teller, rows: Sequence[Deadline]) -> Table:
    return Table(Cells(*(teller.language.say(head) for head in HEADS)), [_cells(teller, row) for row in rows])


def _cells(teller: Teller, row: Deadline) -> Cells:
    what = teller.name(row)
    moved = teller.moved(row)
    timing = " ".join(part for part in (teller.sign(row), teller.timing(row)) if part)
    return Cells(
        teller.due(row),
        joined("; ", (timing, *teller.outlook(row))),
        fill("{} ({})", what, moved) if moved else what,
        teller.measures(row),
        teller.who(row),
        row.id,
    )


def csv(language: Language, view: View, answer: Deadlines) -> str:
    """Every deadline as one row for spreadsheets: ids as they are, days as numbers, dates ISO."""
    teller = Teller(language, view)
    heads = [
        language.say(head)
        for head in (
            N_("Id"),
            N_("Kind"),
            N_("What"),
            N_("Due"),
            N_("Last day"),
            N_("Timing"),
            N_("Days"),
            N_("Measures"),
            N_("Responsible"),
            N_("Promised"),
            N_("Moved by days"),
            N_("Reason"),
            N_("Expected"),
            N_("Waits for"),
        )
    ]
    return write_csv(heads, _csv_rows(teller, answer.deadlines))


def _csv_rows(teller: Teller, rows: Sequence[Deadline]) -> Iterator[list[Cell]]:
    for row in rows:
        yield [
            row.id,
            terms.kind_word(teller.language, row.kind),
            teller.name(row),
            row.due.text,
            row.end.isoformat() if row.end is not None else None,
            terms.word(teller.language, "timing", row.timing),
            row.days,
            " ".join(row.measures),
            " ".join(row.responsible),
            row.promised.text if row.promised is not None else None,
            row.slip,
            teller.language.text(row.reason) or None,
            row.forecast.expected.text if row.forecast is not None else None,
            " ".join(obstacle.id for obstacle in row.waits_for) or None,
        ]
