"""The sums of money: tables for the screen, Markdown and CSV, and wholes with their parts."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from rich.cells import cell_len

from elo_cli.model.errors import N_, nN_
from elo_cli.model.money import Money
from elo_cli.model.records.funding import Funding
from elo_cli.render.forms.blocks import Block, Heading, Items, Pairs, Paragraph, Space, Table
from elo_cli.render.forms.csv import Cell, write_csv
from elo_cli.render.forms.screen import Screen
from elo_cli.render.words import terms
from elo_cli.render.words.fields import amount_text
from elo_cli.render.words.language import Language
from elo_cli.render.words.marked import fill
from elo_cli.render.words.names import Names
from elo_cli.tracking.day.view import View
from elo_cli.tracking.funding import SHARED, By, Stated, SumRow, Sums, Whole, stated
from elo_cli.tracking.overlaps import most_twice
from elo_cli.tracking.status import MoneyAt

TITLE: Final[dict[By, str]] = {
    "instrument": N_("Funding on {day}, by instrument"),
    "stage": N_("Funding on {day}, by stage"),
    "measure": N_("Funding on {day}, by measure"),
    "organisation": N_("Funding on {day}, by organisation"),
    "support": N_("Funding on {day}, by support"),
}
HEAD: Final[dict[By, str]] = {
    "instrument": N_("Instrument"),
    "stage": N_("Stage"),
    "measure": N_("Measure"),
    "organisation": N_("Organisation"),
    "support": N_("Support"),
}
NOBODY: Final[dict[By, str]] = {
    "instrument": N_("instrument not stated"),
    "stage": N_("stage not stated"),
    "measure": N_("measure not stated"),
    "organisation": N_("no shares stated"),
    "support": N_("grant or loan not stated"),
}


def hidden_texts(language: Language, row: SumRow | MoneyAt) -> Iterator[str]:
    """What a sum does not show: what was inferred, what may be in it twice, what is older than the strategy."""
    for number, texts in (
        (row.inferred, nN_("{n} with an inferred stage or basis", "{n} with an inferred stage or basis")),
        (row.overlapping, nN_("{n} that may overlap with another", "{n} that may overlap with another")),
        (row.older, nN_("{n} from before the strategy", "{n} from before the strategy")),
    ):
        if number:
            yield language.count(*texts, number)
    if isinstance(row, SumRow) and row.twice is not None:
        amount = amount_text(language, row.twice, row.basis)
        yield language.say(N_("at most {amount} of it twice"), amount=amount)


class _Teller:
    """Says the parts of a sum in the reader's language."""

    def __init__(self, language: Language, view: View, by: By) -> None:
        self.language = language
        self.view = view
        self.by = by
        self.names = Names(language, view)

    def key(self, row: SumRow) -> str:
        if row.key is None:
            return self.language.say(NOBODY[self.by])
        if self.by == "stage":
            return self.stage(row)
        if self.by == "support":
            return terms.word(self.language, self.by, row.key)
        if self.by == "measure" and row.key == SHARED:
            return self.language.say(N_("shared by several measures"))
        return self.names.short(row.key)

    def stage(self, row: SumRow) -> str:
        return terms.stage(self.language, row.stage, row.undecided)

    def amount(self, amount: Money | None, basis: str | None, *, approximate: bool = False) -> str:
        """An amount with its basis; a dash for none."""
        return amount_text(self.language, amount, basis, approximate=approximate) if amount is not None else "–"

    def said(self, line: Stated) -> str:
        """What a line states: the amount and, behind it, the stage."""
        return f"{self._stated(line)}, {terms.stage(self.language, line.stage, line.undecided)}"

    def line(self, record_id: str, *, stage: str = "") -> str:
        """A line by its name, with its amount, its years, and its stage unless it is this one."""
        record = self.view.tracker.entries[record_id].record
        assert isinstance(record, Funding)  # noqa: S101 - the sums are made of funding lines
        now = self.view.state(record).now
        said = stated(self.view, now)
        amount = self._stated(said) if said.stage == stage else self.said(said)
        text = fill("{}: {}", self.names.long(record_id), amount)
        return fill("{}, {}", text, self.language.period(now.period)) if now.period is not None else text

    def lines(self, row: SumRow) -> str:
        """How many lines an amount is made of, how many more state none, and what the sum hides."""
        return ", ".join((*filter(None, (self.made_of(row), self.without(row))), *self.hidden(row))) or "–"

    def hidden(self, row: SumRow) -> Iterator[str]:
        return hidden_texts(self.language, row)

    def made_of(self, row: SumRow) -> str:
        return self.language.count(*nN_("{n} line", "{n} lines"), row.lines) if row.lines else ""

    def without(self, row: SumRow) -> str:
        texts = nN_("{n} line without an amount", "{n} lines without an amount")
        return self.language.count(*texts, row.unstated) if row.unstated else ""

    def whole(self, whole: Whole) -> str:
        """`24,3 milj. €/vuosi, josta eritelty 24,2 milj. €/vuosi`, and what cannot be compared."""
        say, count = self.language.say, self.language.count
        said = Stated(whole.amount, whole.basis, whole.stage, whole.approximate, whole.undecided)
        stage = terms.stage(self.language, said.stage, said.undecided)
        text = fill("{} ({}): {}", self.names.long(whole.id), stage, self._stated(said))
        if whole.itemised is not None:
            about = whole.approximate or whole.parts_approximate
            itemised = self.amount(whole.itemised, whole.basis, approximate=about)
            if whole.amount is None:
                text = say(N_("{whole}; itemised {amount}"), whole=text, amount=itemised)
            elif whole.exceeds:
                text = say(N_("{whole}, itemised more: {amount}"), whole=text, amount=itemised)
            elif whole.not_compared:
                # The parts that stand beneath it may well add up to the whole; this sum is of some of them.
                text = say(N_("{whole}, of which itemised at the same stage {amount}"), whole=text, amount=itemised)
            else:
                text = say(N_("{whole}, of which itemised {amount}"), whole=text, amount=itemised)
        parts = []
        if whole.unstated:
            parts.append(
                count(*nN_("{n} part without an amount", "{n} parts without an amount"), whole.unstated),
            )
        if whole.not_compared:
            parts.append(
                count(
                    *nN_(
                        "besides, {n} part at another stage or on another basis",
                        "besides, {n} parts at another stage or on another basis",
                    ),
                    whole.not_compared,
                )
            )
        return fill("{} ({})", text, "; ".join(parts)) if parts else text

    def _stated(self, line: Stated) -> str:
        if line.amount is None:
            return self.language.say(N_("amount not stated"))
        return self.amount(line.amount, line.basis, approximate=line.approximate)


def screen(screen: Screen, view: View, sums: Sums) -> list[Block]:
    """The sums for the screen: keys with what they have at each stage, or a table where the screen is wide enough."""
    language = screen.language
    teller = _Teller(language, view, sums.by)
    parts: list[Block] = [Heading(language.say(TITLE[sums.by], day=language.day(view.as_of)), 1), Space()]
    if screen.is_wide:
        table = _table(teller, sums.rows)
        parts.append(table._replace(rows=list(_once(table.rows))))
    else:
        parts += _by_key(teller, sums)
    if sums.by != "stage":
        parts += [Space(), Heading(language.say(N_("All funding by stage"))), Pairs(_stages(teller, sums.totals), 1)]
    return [*parts, *_rest(teller, sums)]


def _by_key(teller: _Teller, sums: Sums) -> Iterator[Block]:
    if sums.by == "stage":
        yield Pairs(_stages(teller, sums.rows), 1)
        return
    width = max((cell_len(teller.stage(row)) for row in sums.rows), default=0)
    for key, rows in groupby(sums.rows, teller.key):
        yield Paragraph(key, style="bold")
        # All stages are of one width, so that the amounts of all keys stand beneath each other.
        pairs = [(stage + " " * (width - cell_len(stage)), amounts) for stage, amounts in _stages(teller, list(rows))]
        yield Pairs(pairs, 1)


def _stages(teller: _Teller, rows: Sequence[SumRow]) -> list[tuple[str, list[str]]]:
    """Each stage with its amounts, one a line, and how many lines state none."""
    return [
        (stage, [text for row in group for text in _amounts(teller, row)])
        for stage, group in groupby(rows, teller.stage)
    ]


def _amounts(teller: _Teller, row: SumRow) -> Iterator[str]:
    """An amount with what it is made of; what was first stated otherwise is listed beneath, line by line."""
    if row.amount is not None:
        amount = teller.amount(row.amount, row.basis, approximate=row.approximate)
        yield f"{amount} ({', '.join((teller.made_of(row), *teller.hidden(row)))})"
    if row.unstated:
        yield teller.without(row)


def _once(rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    """The rows with a key only where it is another than above."""
    before = None
    for row in rows:
        yield row if row[0] != before else ["", *row[1:]]
        before = row[0]


class Parts(NamedTuple):
    """The sums for a page, in parts that a page may put apart."""

    title: Heading
    table: Table
    """Every row whole."""
    rest: Sequence[Block]
    """What explains the rows."""


def parts(language: Language, view: View, sums: Sums) -> Parts:
    """The sums for Markdown, reports and pages."""
    teller = _Teller(language, view, sums.by)
    title = Heading(language.say(TITLE[sums.by], day=language.day(view.as_of)), 1)
    return Parts(title, _table(teller, sums.rows), list(_rest(teller, sums)))


def blocks(language: Language, view: View, sums: Sums) -> list[Block]:
    """The sums for Markdown: every row whole, then what explains them."""
    title, table, rest = parts(language, view, sums)
    return [title, table, *rest]


def _table(teller: _Teller, rows: Sequence[SumRow]) -> Table:
    say = teller.language.say
    heads = [
        say(HEAD[teller.by]),
        *([say(N_("Stage"))] if teller.by != "stage" else []),
        say(N_("Amount")),
        say(N_("First stated")),
        say(N_("Lines")),
    ]
    cells = [
        [
            teller.key(row),
            *([teller.stage(row)] if teller.by != "stage" else []),
            teller.amount(row.amount, row.basis, approximate=row.approximate),
            teller.amount(row.promised, row.basis, approximate=row.approximate),
            teller.lines(row),
        ]
        for row in rows
    ]
    return Table(heads, cells, (len(heads) - 3, len(heads) - 2))


def _rest(teller: _Teller, sums: Sums) -> Iterator[Block]:
    """What explains the sums: what has changed, wholes with their parts, what is left out, and what may be twice in."""
    say, names = teller.language.say, teller.names
    changes = [
        say(
            N_("{name}: {now}; first stated {promised}"),
            name=names.long(change.id),
            now=teller.said(change.now),
            promised=teller.said(change.promised),
        )
        for change in sums.changes
    ]
    overlaps = [_pair(teller, line, other) for line, others in sums.overlaps for other in others if line < other]
    for head, lines in (
        (N_("Otherwise than first stated"), changes),
        (N_("Not counted: not the strategy's funding"), [teller.line(line) for line in sums.uncounted]),
        (N_("May be the same funding, and both are in the sums"), overlaps),
    ):
        if lines:
            yield from (Space(), Heading(say(head)), Items(lines))
    if sums.wholes:
        yield from (Space(), Heading(say(N_("Wholes and their parts"))))
        yield from _wholes(teller, sums.wholes)
    yield Space()
    yield Paragraph(say(N_("A part is in the sums as part of its whole, once.")), style="dim")
    if any(row.inferred for row in sums.rows):
        yield Paragraph(
            say(N_("Inferred: what follows from the source and does not stand in its words.")),
            style="dim",
        )


def _pair(teller: _Teller, line: str, other: str) -> str:
    """Two lines that may hold the same money, and how much of it at most."""
    text = fill("{} – {}", teller.names.long(line), teller.names.long(other))
    records = [teller.view.tracker.get(Funding, line_id) for line_id in (line, other)]
    states = [teller.view.state(record).now for record in records if record is not None]
    amount = most_twice(*states)
    if amount is None:
        return text
    return teller.language.say(
        N_("{lines}: at most {amount}"), lines=text, amount=teller.amount(amount, states[0].basis)
    )


def _wholes(teller: _Teller, wholes: Sequence[Whole]) -> Iterator[Block]:
    """Each whole with its parts beneath; a part that has parts of its own is a whole itself, one step in."""
    own = {whole.id for whole in wholes}
    for whole in wholes:
        yield Paragraph(teller.whole(whole), whole.depth + 1)
        yield Items([teller.line(part, stage=whole.stage) for part in whole.parts if part not in own], whole.depth + 1)


def csv(language: Language, view: View, sums: Sums) -> str:
    """Every row for spreadsheets: the key's id and name, words as elo writes them in files, euros as numbers."""
    teller = _Teller(language, view, sums.by)
    heads = [
        language.say(head)
        for head in (
            N_("Id"),
            HEAD[sums.by],
            N_("Stage"),
            N_("Basis"),
            N_("Euros"),
            N_("Euros first stated"),
            N_("Lines"),
            N_("Lines without an amount"),
        )
    ]
    return write_csv(heads, _csv_rows(teller, sums.rows))


def _csv_rows(teller: _Teller, rows: Sequence[SumRow]) -> Iterator[list[Cell]]:
    for row in rows:
        yield [
            row.key,
            teller.key(row),
            teller.stage(row),
            terms.word(teller.language, "basis", row.basis) if row.basis is not None else None,
            row.amount.euros if row.amount is not None else None,
            row.promised.euros if row.promised is not None else None,
            row.lines,
            row.unstated,
        ]
