"""XLSX as rows of typed cells: a formula is not its last result, a date is a date, and nothing in it ever runs."""

import posixpath
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Final

from elo_cli.store.tables.package import Package, PartReader, number_in
from elo_cli.store.tables.rows import MAX_ROWS, Cell, Merge, NoValue, Row, Sheet, TableLimits, with_merges

_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_STRICT_RELATION: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships id"
_PHONETIC: Final = "rPh"
"""How a text is read aloud; no part of it."""
_TRUE: Final = frozenset({"1", "true"})
_LONGEST_FORMAT: Final = 255
_LAST_ROW: Final = 1_048_576
_LAST_COLUMN: Final = 16_384
_RANGE: Final = re.compile(r"[A-Z]{1,3}(?P<first>[0-9]{1,7}):[A-Z]{1,3}(?P<last>[0-9]{1,7})")


def xlsx_sheets(package: Package, bounds: TableLimits) -> list[Sheet]:
    """The sheets that show, in their order, each read when it is asked for. Raises TableProblem when damaged."""
    book = _Book(package, bounds)
    return [Sheet(title, lambda part=part: book.rows(part)) for title, part in book.sheets]  # type: ignore[misc]


class _Relations(PartReader):
    """The parts that a part of the package refers to, by the id of the relation: kind and path."""

    def __init__(self, package: Package, part: str) -> None:
        self._folder, name = posixpath.split(part)
        self.targets: dict[str, tuple[str, str]] = {}
        package.parse(posixpath.join(self._folder, "_rels", f"{name}.rels"), self)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship":
            target = posixpath.normpath(posixpath.join("/", self._folder, attributes["Target"])).lstrip("/")
            self.targets[attributes["Id"]] = posixpath.basename(attributes["Type"]), target

    def part(self, kind: str) -> str | None:
        return next((target for relation, target in self.targets.values() if relation == kind), None)


class _Book(PartReader):
    """The workbook: its sheets by title and part, and what they share, which is read when the first of them is."""

    def __init__(self, package: Package, bounds: TableLimits) -> None:
        self._package, self._bounds = package, bounds
        book = _Relations(package, "").part("officeDocument") or ""
        self._relations = _Relations(package, book)
        self.sheets: list[tuple[str, str]] = []
        self._old_days = False
        package.parse(book, self)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "workbookPr":
            self._old_days = attributes.get("date1904") in _TRUE
        elif name == "sheet" and attributes.get("state", "visible") == "visible":
            relation = attributes.get(_RELATION) or attributes.get(_STRICT_RELATION, "")
            kind, part = self._relations.targets.get(relation, ("", ""))
            if kind == "worksheet":
                self._bounds.sheet()
                self.sheets.append((attributes.get("name", ""), part))

    def rows(self, part: str) -> Iterable[Row]:
        sheet = _Sheet(self, self._bounds)
        self._package.parse(part, sheet, skip=_PHONETIC)
        return with_merges(sheet.rows, sheet.merges)

    @cached_property
    def texts(self) -> list[str]:
        shared = _SharedTexts()
        if (part := self._relations.part("sharedStrings")) is not None:
            self._package.parse(part, shared, skip=_PHONETIC)
        return shared.texts

    @cached_property
    def formats(self) -> "list[str | None]":
        styles = _Styles()
        if (part := self._relations.part("styles")) is not None:
            self._package.parse(part, styles)
        return styles.kinds()

    def shown(self, number: int | Decimal, style: int) -> Cell:
        """What a number is in this style: a day with a time of 0:00 is how a spreadsheet keeps a day."""
        kind = self.formats[style] if style < len(self.formats) else None
        if kind is None:
            return number
        from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

        epoch = MAC_EPOCH if self._old_days else WINDOWS_EPOCH
        try:
            day = from_excel(float(number), epoch, timedelta=kind == "duration")
        except (OverflowError, ValueError):
            return NoValue("#VALUE!")
        if isinstance(day, datetime):
            return day.date()
        return day if isinstance(day, date) else str(day)


class _SharedTexts(PartReader):
    """The texts that cells name by their number."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._open = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        del attributes
        self._open = name == "t"

    def text(self, data: str) -> None:
        if self._open:
            self._pieces.append(data)

    def end(self, name: str) -> None:
        self._open = False
        if name == "si":
            self.texts.append("".join(self._pieces))
            self._pieces = []


class _Styles(PartReader):
    """Which styles of cells show a number as a date or a duration."""

    def __init__(self) -> None:
        from openpyxl.styles.numbers import BUILTIN_FORMATS

        self._codes: dict[int, str] = dict(BUILTIN_FORMATS)
        self._used: list[int] = []
        self._of_cells = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            # Longer ones are allowed to nobody, and cost more than their length to judge.
            self._codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")[:_LONGEST_FORMAT]
        elif name == "cellXfs":
            self._of_cells = True
        elif name == "xf" and self._of_cells:
            self._used.append(int(attributes.get("numFmtId", "0")))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._of_cells = False

    def kinds(self) -> "list[str | None]":
        """For each style of cells: date, duration, or None for a plain number."""
        from openpyxl.styles.numbers import is_date_format, is_timedelta_format

        kinds = {
            number: "duration" if is_timedelta_format(code) else "date" if is_date_format(code) else None
            for number in set(self._used)
            if (code := self._codes.get(number)) is not None
        }
        return [kinds.get(number) for number in self._used]


class _Sheet(PartReader):
    """The rows of one sheet; empty ones count and are not given."""

    def __init__(self, book: _Book, bounds: TableLimits) -> None:
        self.rows: list[Row] = []
        self.merges: list[Merge] = []
        self._book, self._bounds = book, bounds
        self._number = self._column = 0
        self._row: dict[int, Cell] = {}
        self._cell: Mapping[str, str] = {}
        self._pieces: dict[str, list[str]] = {}
        self._into: list[str] | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._cell, self._pieces = attributes, {}
            self._column = _column(attributes["r"]) if "r" in attributes else self._column + 1
        elif name in {"v", "t", "f"}:
            self._into = self._pieces.setdefault(name, [])
        elif name == "row":
            self._number = int(attributes["r"]) if "r" in attributes else self._number + 1
            self._column = 0
            if not 0 < self._number <= _LAST_ROW:
                message = f"row {self._number}"
                raise ValueError(message)
        elif name == "mergeCell" and (place := _RANGE.fullmatch(attributes.get("ref", ""))):
            first, last = int(place["first"]), int(place["last"])
            if first < last and len(self.merges) < MAX_ROWS:
                self.merges.append(Merge(first, last, place[0]))

    def text(self, data: str) -> None:
        if self._into is not None:
            self._into.append(data)

    def end(self, name: str) -> None:
        if name in {"v", "t", "f"}:
            self._into = None
        elif name == "c":
            if (value := self._value()) is not None:
                self._row[self._column] = value
        elif name == "row" and self._row:
            cells = tuple(self._row.get(column) for column in range(1, max(self._row) + 1))
            self._row = {}
            self.rows.append(self._bounds.held(Row(self._number, cells)))

    def _value(self) -> Cell:
        kind, text = self._cell.get("t", "n"), "".join(self._pieces.get("v", ()))
        if (formula := self._pieces.get("f")) is not None:
            return NoValue("=" + "".join(formula))
        if kind == "inlineStr":
            return "".join(self._pieces.get("t", ())) or None
        if not text:
            return None
        match kind:
            case "s":
                return self._book.texts[int(text)]
            case "e":
                return NoValue(text)
            case "b":
                return text in _TRUE
            case "d":
                return date.fromisoformat(text[:10])
            case "n":
                # A number is kept in binary and written with up to 17 digits: 0.10000000000000001 is 0.1.
                number = number_in(text if text.removeprefix("-").isdecimal() else repr(float(text)))
                return text if number is None else self._book.shown(number, int(self._cell.get("s", "0")))
        return text


def _column(place: str) -> int:
    """The number of a column from the place of a cell: 28 for AB12. Raises ValueError when there is none such."""
    number = 0
    for letter in place[:4]:
        if not "A" <= letter <= "Z":
            break
        number = number * 26 + ord(letter) - ord("A") + 1
    if not 0 < number <= _LAST_COLUMN:
        message = f"cell {place[:20]}"
        raise ValueError(message)
    return number
