"""Finding a mapping's columns in a table by their heads, wherever these stand and whatever they were called before."""

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from difflib import SequenceMatcher
from itertools import chain, islice
from pathlib import Path
from typing import Final, NamedTuple

from elo_cli.model.characters import first_of, short
from elo_cli.model.errors import N_, EloError, UsageProblem
from elo_cli.store.tables.cells import CellProblem, text_of
from elo_cli.store.tables.mapping import Mapping
from elo_cli.store.tables.rows import Cell, NoValue, Row, Sheet, TableForm
from elo_cli.store.tables.table import open_table

_LOOKED_AT: Final = 50
"""Rows among which the heads are looked for; above them a sheet has titles and explanations."""
_REPEATED: Final = 2
_COMPARED: Final = 60
"""Heads that are compared with those that are missing."""
_ALTERNATIVES: Final = 20
_SHOWN: Final = 24


class Located(NamedTuple):
    """A table whose columns are found: where each stands, what its head says, and the rows below."""

    sheet: str
    columns: dict[str, int]
    heads: dict[str, str]
    """What people see above each column."""
    rows: Iterator[Row]
    head_row: int = 0
    """The number of the row in which these heads stand."""
    others: tuple[tuple[int, str], ...] = ()
    """Where further heads stand, and what they say."""


def locate(sheets: Sequence[Sheet], mapping: Mapping, file: str) -> Located:
    """The first sheet that has every column that the mapping needs, and its rows below the heads.

    UsageProblem, with the columns that are missing in the sheet that has most of them, when there is none.
    """
    names: dict[str, list[str]] = {}
    for name, column in mapping.columns.items():
        for head in dict.fromkeys(map(_plain, column.heads)):
            names.setdefault(head, []).append(name)
    needed = {name for name, column in mapping.columns.items() if not column.optional}
    best = _Near(needed, ())
    seen = False
    for sheet in sheets:
        rows = iter(sheet.rows())
        first = list(islice(rows, _LOOKED_AT))
        seen = seen or bool(first)
        for index in range(len(first)):
            for cells in _candidates(first, index):
                columns, twice = _columns(cells, names)
                if needed <= columns.keys():
                    if twice:
                        raise UsageProblem(
                            N_("“{file}” has the column “{head}” twice"), file=file, head=_text(cells[columns[twice]])
                        )
                    return _located(sheet.name, cells, columns, first[index:], rows, names)
                best = min(best, _Near(needed - columns.keys(), _texts(cells)), key=_Near.rank)
    if not seen:
        raise UsageProblem(N_("“{file}” has no rows"), file=file)
    wanted = {name: column.heads for name, column in mapping.columns.items() if name in best.missing}
    raise HeadsProblem(
        N_(
            "“{file}” does not fit this mapping: there is no column {heads}. "
            "The file’s own heads, nearest first: {found}"
        ),
        len(wanted),
        file=file,
        heads="; ".join(" / ".join(f"“{head}”" for head in heads) for heads in wanted.values()),
        found=_shown(best.texts, list(wanted.values()), names),
    )


def _located(  # noqa: PLR0913, PLR0917 - what was found, and where
    sheet: str,
    cells: Sequence[Cell],
    columns: dict[str, int],
    first: Sequence[Row],
    rows: Iterator[Row],
    names: dict[str, list[str]],
) -> Located:
    """The table below its heads, which the `first` row holds; the last row that repeats them is what people see."""
    seen, number = cells, first[0].number
    for row in first[1:]:
        if not _repeats(row, columns, names):
            break
        seen, number = row.cells, row.number
    heads = {name: _text(_at(seen, place)) or _text(cells[place]) for name, place in columns.items()}
    used = set(columns.values())
    size = max(len(cells), len(seen))
    others = tuple((at, _text(_at(seen, at)) or _text(_at(cells, at))) for at in range(size) if at not in used)
    below = chain(first[1:], rows)
    return Located(
        sheet, columns, heads, _below(below, columns, names), number, tuple(other for other in others if other[1])
    )


class HeadsProblem(UsageProblem):
    """A table lacks columns that its mapping needs."""

    def __init__(self, message: str, missing: int, **args: object) -> None:
        """Keep how many columns are missing, by which several ways to read one file are compared."""
        super().__init__(message, **args)
        self.missing = missing


class _Near(NamedTuple):
    """A row that may be the heads: the columns that it lacks, and its texts."""

    missing: set[str]
    texts: tuple[str, ...]

    def rank(self) -> tuple[int, int]:
        """The fewest missing columns first, then the most texts."""
        return len(self.missing), -len(self.texts)


def _texts(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for cell in cells if (text := _text(cell))))


def _shown(texts: Sequence[str], wanted: Sequence[Sequence[str]], names: Map[str, object]) -> str:
    """The heads of a file that no column of the mapping has: those nearest to each missing one, then the next."""
    unused = [short(text) for text in texts if _plain(text) not in names][:_COMPARED]

    def ranked(heads: Sequence[str]) -> list[str]:
        def likeness(text: str) -> float:
            return max(
                SequenceMatcher(None, _plain(text), _plain(short(head))).ratio() for head in heads[:_ALTERNATIVES]
            )

        return sorted(unused, key=likeness, reverse=True)

    near = list(dict.fromkeys(chain.from_iterable(zip(*map(ranked, wanted), strict=True))))
    return first_of([f"“{text}”" for text in near], _SHOWN) or "–"


def _candidates(first: Sequence[Row], index: int) -> Iterator[Sequence[Cell]]:
    """A row as heads: on its own, and with the row above where heads stand in two rows and some span both."""
    cells = first[index].cells
    yield cells
    if index:
        above = first[index - 1].cells
        size = max(len(cells), len(above))
        yield [_at(cells, place) if _text(_at(cells, place)) else _at(above, place) for place in range(size)]


def _columns(cells: Sequence[Cell], names: dict[str, list[str]]) -> tuple[dict[str, int], str | None]:
    """Where each column stands, and one that stands there twice."""
    columns: dict[str, int] = {}
    twice = None
    for place, cell in enumerate(cells):
        for name in names.get(_plain(_text(cell)), ()):
            twice = name if name in columns else twice
            columns.setdefault(name, place)
    return columns, twice


def _below(rows: Iterator[Row], columns: dict[str, int], names: dict[str, list[str]]) -> Iterator[Row]:
    """The rows below the heads, without those that repeat them in other words, as a chase sheet's row of heads does."""
    for row in rows:
        told = any(_text(_at(row.cells, place)) for place in columns.values())
        if told and not _repeats(row, columns, names):
            yield row


def _repeats(row: Row, columns: dict[str, int], names: dict[str, list[str]]) -> bool:
    """Whether most of what a row says are the heads of the columns in which it says it; some may have been renamed."""
    told = {name: text for name, place in columns.items() if (text := _text(_at(row.cells, place)))}
    same = sum(name in names.get(_plain(text), ()) for name, text in told.items())
    return same >= _REPEATED and 2 * same >= len(told)


def _at(cells: Sequence[Cell], place: int) -> Cell:
    return cells[place] if place < len(cells) else None


def _text(cell: Cell) -> str:
    try:
        return text_of(cell)
    except CellProblem:
        return cell.text if isinstance(cell, NoValue) else ""


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


# The file, which is not always as its mapping expects

_DELIMITERS: Final = (None, ";", ",", "\t", "|")
"""None: the one that cuts the first records most evenly."""


def find_table(path: Path, given: TableForm, mapping: Mapping) -> Located:
    """The table of a file, by the mapping's heads; what the mapping says of the file's form is only expected of it.

    What the command says holds. Raises TableProblem or UsageProblem: of several tries the one that came nearest.
    """
    nearest: EloError | None = None
    for form in _forms(given, mapping):
        sheets = open_table(path, form)
        try:
            return locate(sheets, mapping, path.name)
        except EloError as problem:
            if any(sheet.name for sheet in sheets):
                # The sign between cells is a matter of CSV alone.
                raise
            if nearest is None or _missing(problem) < _missing(nearest):
                nearest = problem
    assert nearest is not None  # noqa: S101 - there is at least one form to try
    raise nearest


def _forms(given: TableForm, mapping: Mapping) -> Iterator[TableForm]:
    expected = mapping.table
    form = given._replace(sheet=given.sheet or expected.sheet, expected_encoding=expected.encoding)
    if given.delimiter is not None:
        yield form
        return
    for delimiter in dict.fromkeys((expected.delimiter, *_DELIMITERS)):
        yield form._replace(delimiter=delimiter)


def _missing(problem: EloError) -> float:
    """How many columns a try has not found; what is no table at all comes last."""
    return problem.missing if isinstance(problem, HeadsProblem) else float("inf")
