"""The chase sheet: what an organisation answers for, with columns in which it says what has become of it.

It goes out by `elo export chase.xlsx --owner ID` and comes back by `elo import chase.xlsx --mapping chase`; the columns
stand in `store.tables.chase_columns`. Rows that are refused go back as a sheet, too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from elo_cli.model.errors import N_
from elo_cli.model.kinds import KIND_OF
from elo_cli.model.records.funding import Funding
from elo_cli.model.records.measure import FINISHED, Measure
from elo_cli.model.records.meeting import Meeting
from elo_cli.model.records.milestone import Milestone
from elo_cli.model.words import VALUES
from elo_cli.render.export.columns import Cell
from elo_cli.render.export.sheets import SheetColumn, Sheets
from elo_cli.render.words import terms
from elo_cli.render.words.asks import question
from elo_cli.render.words.fields import FieldText
from elo_cli.render.words.language import Language
from elo_cli.render.words.names import Names
from elo_cli.render.words.timing import forecast_text
from elo_cli.store.tables.chase_columns import CHASE_COLUMNS, REFUSED_HEAD, ChaseColumn
from elo_cli.store.tables.heads import Located
from elo_cli.store.tables.rows import NoValue, Row
from elo_cli.tracking.chase import chase
from elo_cli.tracking.day.filters import Filters, passes
from elo_cli.tracking.day.forecast import forecast
from elo_cli.tracking.day.view import PROPOSED, View
from elo_cli.tracking.importing.rows import Refusal

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

Chasable = Measure | Milestone | Funding
_NAMES: Final = 2
"""The row of the fields' names; above it stands what is asked, by when and where to send it."""
_FIRST: Final = 4
"""The first row of records, below the heads."""
_FIRST_DAY: Final = date(2000, 1, 1)
_LINE: Final = 15.0
"""Points of a line of text."""
_TITLE: Final = 32
"""As many characters as the title of a hint may have."""
_HELP: Final = (
    N_("Fill in the white cells of a row when there is news of it; leave the row empty when there is none."),
    N_(
        "When it happened and when you report it are two things: “Happened on” may be left empty when they are the "
        "same day."
    ),
    N_("When it is expected is a day, a month, a quarter or a year: 30 June 2025, June 2025, Q2 2025 or 2025."),
    N_("Evidence is a document that shows it: its title, and its address if it is published."),
    N_("The grey cells are the tracker’s and cannot be changed; if something in them is wrong, say so in the note."),
    N_("Add no rows or columns, and merge no cells: write what has no place into the note."),
    N_("Send the file back as it is. Filtering does no harm."),
)


def write(language: Language, view: View, filters: Filters, answer_by: date | None = None) -> bytes:
    """The sheet of the organisation that the filters name as an XLSX file; it says by when it is to be answered."""
    owner = filters.owner or ""
    names = Names(language, view)
    say = language.say
    title = say(N_("What is the news? {name}"), name=names.long(owner))
    sheets = Sheets(language, title)
    told = [title, *_sending(language, view, answer_by)]
    questions = _questions(FieldText(names), view, filters)
    rows = [(now, _known(FieldText(names), view, now, questions)) for now in records(view, filters)]
    columns = [column for column in CHASE_COLUMNS if _is_needed(column, rows)]
    heads = [SheetColumn(say(column.head)) for column in columns]
    cells = [[known.get(column.field) for column in columns] for _, known in rows]
    sheet = sheets.add(say(N_("News")), heads, cells)
    _Form(sheets, sheet, columns, [now for now, _ in rows]).make(" · ".join(told))
    texts = [*told, *(say(text) for text in _HELP)]
    sheets.add(say(N_("How to fill it in")), [SheetColumn(say(N_("How to fill it in")))], [[text] for text in texts])
    return sheets.content()


def records(view: View, filters: Filters) -> list[Chasable]:
    """What an organisation answers for, as it stands: first what it is asked about, then what else is not over."""
    wanted: dict[str, Chasable] = {}
    for chased in chase(view, filters):
        for asked in chased.asked:
            for record in (asked.record, *asked.also):
                wanted.setdefault(record.id, record)
    open_ones: list[Chasable] = [
        *(view.state(milestone).now for milestone in view.milestones),
        *(view.state(line).now for line in view.lines if view.is_top(line) and view.state(line).now.stage in PROPOSED),
        *(view.state(measure).now for measure in view.measures),
    ]
    for now in open_ones:
        if getattr(now, "status", None) not in FINISHED and passes(view, now, filters):
            wanted.setdefault(now.id, now)
    return list(wanted.values())


def _sending(language: Language, view: View, answer_by: date | None) -> Iterator[str]:
    """By when to answer and to which mailbox, as far as that is known."""
    contact = view.tracker.config.contact
    if answer_by is not None:
        yield language.say(N_("Please answer by {day}."), day=language.day(answer_by))
    if contact is not None:
        yield language.say(N_("Send the file to {mailbox}."), mailbox=contact)


def _questions(texts: FieldText, view: View, filters: Filters) -> Mapping[str, str]:
    """What is asked about each record, one question a line."""
    found: dict[str, list[str]] = {}
    for chased in chase(view, filters):
        for asked in chased.asked:
            text = question(texts, asked)
            for record in (asked.record, *asked.also):
                found.setdefault(record.id, []).append(f"{text[:1].upper()}{text[1:]}")
    return {record_id: "\n".join(lines) for record_id, lines in found.items()}


def _known(texts: FieldText, view: View, now: Chasable, questions: Mapping[str, str]) -> Mapping[str, Cell]:
    """What the tracker knows of a record, by the columns that it fills itself."""
    language = texts.language
    cells: dict[str, Cell] = {
        "id": now.id,
        "kind": terms.kind_word(language, KIND_OF[type(now)].name),
        "name": language.text(now.name, now.id),
        "ask": questions.get(now.id),
    }
    if isinstance(now, Funding):
        meeting = view.tracker.get(Meeting, now.decided_at)
        cells["due"] = texts.names.long(meeting.id) if meeting is not None else None
        cells["status"] = f"{texts.stage(now)}, {texts.amount(now)}"
        return cells
    cells["status"] = language.say(terms.STATUS.get(now.status or "", terms.NO_STATUS).word)
    if isinstance(now, Milestone):
        its_forecast = forecast(view, now)
        dues = [language.period(now.due)] if now.due is not None else []
        dues += [forecast_text(language, its_forecast)] if its_forecast is not None else []
        cells["due"] = "; ".join(dues) or None
        cells["number"] = now.rrf.cid_number if now.rrf is not None else None
        if now.indicator is not None:
            cells["unit"] = language.text(now.indicator.unit) or None
            cells["goal"] = now.indicator.goal
    return cells


def _is_needed(column: ChaseColumn, rows: Sequence[tuple[Chasable, Mapping[str, Cell]]]) -> bool:
    """Whether a column belongs into the sheet: some row can be answered there, or says something."""
    if column.asked:
        return any(_is_asked(column, now) for now, _ in rows) or not column.sets
    return column.field not in {"number", "unit", "goal"} or any(known.get(column.field) for _, known in rows)


def _is_asked(column: ChaseColumn, now: Chasable) -> bool:
    """Whether an organisation can answer in this column of this record's row."""
    if not column.asked or (column.sets and column.sets not in KIND_OF[type(now)].changeable):
        return False
    if column.sets != "value":
        return True
    measured = isinstance(now, Milestone) and now.indicator is not None
    return measured and (now.indicator.unit is not None or now.indicator.goal is not None)  # type: ignore[union-attr]


def refused_rows(language: Language, located: Located, rows: Iterable[Row], refused: Sequence[Refusal]) -> bytes:
    """The rows of a table that were refused as an XLSX file: all their cells, and why; to be mended and sent again."""
    reasons: dict[int, list[str]] = {}
    for refusal in refused:
        place = ", ".join(part for part in (refusal.cell, refusal.column) if part)
        reason = language.say_all(*refusal.reason)
        reasons.setdefault(refusal.row, []).append(f"{place}: {reason}" if place else reason)
    heads = {place: located.heads[name] for name, place in located.columns.items()} | dict(located.others)
    kept = [row for row in rows if row.number in reasons]
    size = max([*(place + 1 for place in heads), *(len(row.cells) for row in kept)])
    said = language.say(REFUSED_HEAD)
    # Of a table that was given back before, the old reasons go.
    places = [place for place in range(size) if heads.get(place) != said]
    columns = [SheetColumn(said), *(SheetColumn(heads.get(place, "")) for place in places)]
    elsewhere = sorted(reasons.keys() - {row.number for row in kept})
    lines: list[list[Cell]] = [["\n".join(reasons[number]), *(None for _ in places)] for number in elsewhere]
    for row in kept:
        cells = (row.cells[place] if place < len(row.cells) else None for place in places)
        texts = (cell.text if isinstance(cell, NoValue) else cell for cell in cells)
        lines.append(["\n".join(reasons[row.number]), *texts])
    sheets = Sheets(language, said)
    sheets.add(located.sheet or said, columns, lines)
    return sheets.content()


def _lines(text: str, width: int) -> int:
    """About how many lines a text takes in a column of this width."""
    return sum(max(1, -(-len(line) // (width - 2))) for line in text.split("\n"))


class _Form:
    """Makes a form of a sheet of records: names of fields above, hidden; the tracker's cells locked; choices, hints."""

    def __init__(
        self, sheets: Sheets, sheet: "Worksheet", columns: Sequence[ChaseColumn], rows: Sequence[Chasable]
    ) -> None:
        self.sheets, self.sheet, self.columns, self.rows = sheets, sheet, columns, rows
        self.say = sheets.language.say

    def make(self, told: str) -> None:
        """Turn the sheet into the form; what is `told` stands above everything."""
        from openpyxl.utils import get_column_letter

        sheet, sheets = self.sheet, self.sheets
        sheet.insert_rows(1, amount=_FIRST - 2)
        sheets.fill(sheet.cell(1, 1), told)
        sheet.cell(1, 1).font = sheets.bold
        # On one line, over the empty cells beside it.
        sheet.cell(1, 1).alignment = sheets.top
        sheet.row_dimensions[_NAMES].hidden = True
        last = max(_FIRST + len(self.rows) - 1, _FIRST)
        for index, column in enumerate(self.columns, 1):
            sheets.fill(sheet.cell(_NAMES, index), column.field)
            sheet.column_dimensions[get_column_letter(index)].width = column.width
            self.column(index, column)
        for number in range(_FIRST - 1, last + 1):
            # Not every program finds out by itself how high wrapped text is.
            texts = [str(sheet.cell(number, index).value or "") for index in range(1, len(self.columns) + 1)]
            widths = [column.width for column in self.columns]
            bold = number < _FIRST
            sheet.row_dimensions[number].height = _LINE * (max(map(_lines, texts, widths)) + bold)
        sheet.freeze_panes = f"D{_FIRST}"
        sheet.auto_filter.ref = f"A{_FIRST - 1}:{get_column_letter(len(self.columns))}{last}"
        sheet.print_title_rows = f"{_FIRST - 1}:{_FIRST - 1}"
        # No password: the lock keeps fingers off, not somebody who wants to write there, and the import looks at ids.
        sheet.protection.sheet = True
        for allowed in ("formatColumns", "formatRows", "autoFilter"):
            setattr(sheet.protection, allowed, False)

    def column(self, index: int, column: ChaseColumn) -> None:
        """Lock the cells of a column that nobody can answer in, and say in the others what to write."""
        from openpyxl.styles import Protection
        from openpyxl.utils import get_column_letter

        rule = self.rule(column) if column.asked else None
        letter, begun = get_column_letter(index), 0
        for number, now in enumerate(self.rows, _FIRST):
            cell, asked = self.sheet.cell(number, index), _is_asked(column, now)
            cell.protection = Protection(locked=not asked)
            cell.alignment = self.sheets.wrapped
            if not asked:
                cell.fill = self.sheets.grey
            elif column.holds == "day":
                cell.number_format = self.sheets.language.record.sheet_day
            begun = begun or (number if asked else 0)
            last = number == _FIRST + len(self.rows) - 1
            if rule is not None and begun and (last or not asked):
                rule.add(f"{letter}{begun}:{letter}{number if asked else number - 1}")
                begun = 0
        if rule is not None and rule.sqref:
            self.sheet.add_data_validation(rule)

    def rule(self, column: ChaseColumn) -> "DataValidation":
        """What a cell of a column takes, with a hint for whoever stands on it."""
        from openpyxl.worksheet.datavalidation import DataValidation

        if column.holds == "word":
            rule = DataValidation(type="list", formula1=f'"{",".join(map(self.say, VALUES[column.sets].values()))}"')
            rule.error = self.say(N_("Choose one of the list."))
        elif column.holds == "day":
            first = f"DATE({_FIRST_DAY.year},{_FIRST_DAY.month},{_FIRST_DAY.day})"
            rule = DataValidation(type="date", operator="between", formula1=first, formula2="TODAY()")
            rule.error = self.say(N_("This is not a day up to today."))
        elif column.holds == "number":
            rule = DataValidation(type="decimal", operator="between", formula1="-1E+15", formula2="1E+15")
            rule.error = self.say(N_("This is not a number."))
        else:
            rule = DataValidation()
        rule.allow_blank = True
        rule.showErrorMessage = True
        rule.showInputMessage = True
        rule.promptTitle = self.say(column.head)[:_TITLE]
        rule.prompt = self.say(column.hint) if column.hint else None
        return rule
