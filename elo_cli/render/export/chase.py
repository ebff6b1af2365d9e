"""The chase sheet: what an organisation answers for, with columns in which it says what has become of it.

It goes out by `elo export chase.xlsx --owner ID` and comes back by `elo import chase.xlsx --mapping chase`; the columns
stand in `store.chase_columns`.
"""

from datetime import date
from typing import TYPE_CHECKING, Final

from elo_cli.model.errors import N_
from elo_cli.model.records.measure import FINISHED, Measure
from elo_cli.model.records.milestone import Milestone
from elo_cli.render.export.columns import Cell
from elo_cli.render.export.sheets import SheetColumn, Sheets
from elo_cli.render.words import terms
from elo_cli.render.words.language import Language
from elo_cli.render.words.names import Names
from elo_cli.render.words.timing import forecast_text
from elo_cli.store.tables.chase_columns import CHASE_COLUMNS, ChaseColumn
from elo_cli.tracking.chase import chase
from elo_cli.tracking.day.filters import Filters, passes
from elo_cli.tracking.day.forecast import forecast
from elo_cli.tracking.day.view import View

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FIRST: Final = 3
"""The first row of records: the fields' names and the heads stand above."""
_SPARE: Final = 2
_FIRST_DAY: Final = date(2000, 1, 1)
_HELP: Final = (
    N_("Fill in the white columns of a row when there is news of it; leave the row empty when there is none."),
    N_("The status is chosen from a list. The date is the day on which it happened or was reported."),
    N_("When it is expected is a day, a month, a quarter or a year: 2025-06-30, 2025-06, 2025-Q2 or 2025."),
    N_("Evidence is a document that shows it: its title, and its address if it is published."),
    N_("The grey columns are the tracker’s and cannot be changed; if something in them is wrong, say so in the note."),
    N_("Send the file back as it is. Sorting and filtering do no harm."),
)


def write(language: Language, view: View, filters: Filters) -> bytes:
    """The sheet of the organisation that the filters name as an XLSX file."""
    owner = filters.owner or ""
    names = Names(language, view)
    say = language.say
    sheets = Sheets(language, say(N_("What is the news? {name}"), name=names.long(owner)))
    columns = [SheetColumn(say(column.head)) for column in CHASE_COLUMNS]
    sheet = sheets.add(say(N_("News")), columns, [_row(language, view, record) for record in records(view, filters)])
    _make_form(sheets, sheet)
    texts = [names.long(owner), *(say(text) for text in _HELP)]
    sheets.add(say(N_("How to fill it in")), [SheetColumn(say(N_("How to fill it in")))], [[text] for text in texts])
    return sheets.content()


def records(view: View, filters: Filters) -> list[Measure | Milestone]:
    """What an organisation answers for, as it stands: first what it is asked about, then what else is not over."""
    wanted: dict[str, Measure | Milestone] = {}
    for chased in chase(view, filters):
        for asked in chased.asked:
            if isinstance(asked.record, Measure | Milestone):
                wanted.setdefault(asked.record.id, asked.record)
    open_ones: list[Measure | Milestone] = [
        *(view.state(milestone).now for milestone in view.milestones),
        *(view.state(measure).now for measure in view.measures),
    ]
    for now in open_ones:
        if now.status not in FINISHED and passes(view, now, filters):
            wanted.setdefault(now.id, now)
    return list(wanted.values())


def _row(language: Language, view: View, now: Measure | Milestone) -> list[Cell]:
    due = language.period(now.due) if isinstance(now, Milestone) and now.due is not None else None
    if isinstance(now, Milestone) and (outlook := forecast(view, now)) is not None:
        due = "; ".join(part for part in (due, forecast_text(language, outlook)) if part)
    return [
        now.id,
        terms.kind_word(language, "milestone" if isinstance(now, Milestone) else "measure"),
        language.text(now.name, now.id),
        due,
        terms.word(language, "status", now.status) if now.status is not None else None,
        *(None for column in CHASE_COLUMNS if column.asked),
    ]


def _make_form(sheets: Sheets, sheet: "Worksheet") -> None:
    """Turn a sheet of records into a form: names of fields above, hidden; the tracker's cells locked; choices."""
    from openpyxl.styles import Protection
    from openpyxl.utils import get_column_letter

    sheet.insert_rows(1)
    sheet.row_dimensions[1].hidden = True
    last = max(sheet.max_row, _FIRST) + _SPARE
    for index, column in enumerate(CHASE_COLUMNS, 1):
        sheets.fill(sheet.cell(1, index), column.field)
        letter = get_column_letter(index)
        if column.asked:
            sheet.column_dimensions[letter].width = 24
            _choices(sheets, sheet, column, f"{letter}{_FIRST}:{letter}{last}")
        for number in range(_FIRST, last + 1):
            cell = sheet.cell(number, index)
            cell.protection = Protection(locked=not column.asked)
            if not column.asked:
                cell.fill = sheets.grey
            elif column.holds == "date":
                cell.number_format = sheets.language.record.sheet_day
    sheet.freeze_panes = f"D{_FIRST}"
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(CHASE_COLUMNS))}{last}"
    sheet.print_title_rows = "2:2"
    # No password: the lock keeps fingers off, not somebody who wants to write there, and the import looks at ids.
    sheet.protection.sheet = True
    for allowed in ("formatColumns", "formatRows", "sort", "autoFilter"):
        setattr(sheet.protection, allowed, False)


def _choices(sheets: Sheets, sheet: "Worksheet", column: ChaseColumn, cells: str) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    say = sheets.language.say
    if column.holds == "status":
        words = ",".join(say(term.word) for term in terms.STATUS.values())
        rule = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
        rule.error = say(N_("Choose one of the list."))
    elif column.holds == "date":
        rule = DataValidation(type="date", operator="greaterThan", formula1=f"DATE({_FIRST_DAY.year},1,1)")
        rule.error = say(N_("This is not a day."))
    elif column.holds == "number":
        rule = DataValidation(type="decimal", operator="between", formula1="-1E+15", formula2="1E+15")
        rule.error = say(N_("This is not a number."))
    else:
        return
    rule.allow_blank = True
    rule.showErrorMessage = True
    sheet.add_data_validation(rule)
    rule.add(cells)
