"""Tables of other people: CSV, XLSX and ODS into rows, and one clear message for whatever is none."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from elo_cli.model.errors import EloError, UsageProblem
from elo_cli.store.tables import package as import_package
from elo_cli.store.tables.rows import Merge, NoValue, Row, TableForm, TableProblem, with_merges
from elo_cli.store.tables.table import open_table
from tests import imports

FORM = TableForm()


def cells(path: Path, form: TableForm = FORM) -> list[tuple[object, ...]]:
    """Return the cells of the first sheet's rows."""
    return [row.cells for row in open_table(path, form)[0].rows()]


def written(folder: Path, data: bytes, name: str = "table.csv") -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(data)
    return path


TEXT = "Nimi;Määrä\r\nÄäni;1,5\r\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("cp1252"),
        TEXT.replace(";", "\t").encode(),
        TEXT.replace(";", "|").encode(),
        'Nimi,Määrä\nÄäni,"1,5"\n'.encode(),
    ],
)
def test_delimiter_and_encoding_are_found(tmp_path: Path, data: bytes) -> None:
    """Whatever an office computer saves as CSV gives the same cells."""
    assert cells(written(tmp_path, data)) == [("Nimi", "Määrä"), ("Ääni", "1,5")]


def test_declared_form_wins(tmp_path: Path) -> None:
    """A delimiter and an encoding that are named are not guessed."""
    path = written(tmp_path, "a;b,c\n1;2,3\n".encode("utf-16-be"))
    assert cells(path, TableForm(",", "utf-16-be")) == [("a;b", "c"), ("1;2", "3")]


def test_rows_have_the_numbers_of_a_spreadsheet(tmp_path: Path) -> None:
    """A cell with line breaks is one row, an empty row counts and is passed over."""
    path = written(tmp_path, b'a;b\n"one\ntwo";2\n;\n3;4\n')
    assert [(row.number, row.cells) for row in open_table(path, FORM)[0].rows()] == [
        (1, ("a", "b")),
        (2, ("one\ntwo", "2")),
        (4, ("3", "4")),
    ]


def test_workbook_gives_typed_cells(tmp_path: Path) -> None:
    """Days are days, numbers exact, and a formula is no value whatever its last result was."""
    path = imports.xlsx(
        tmp_path / "b.xlsx",
        {"Taulu": [["a", "b", "c", "d"], [date(2021, 12, 3), 0.1, 3.0, "=1+1"], [None, True, "x", None]]},
    )
    assert cells(path) == [
        ("a", "b", "c", "d"),
        (date(2021, 12, 3), Decimal("0.1"), 3, NoValue("=1+1")),
        (None, True, "x"),
    ]


def test_ods_gives_typed_cells(tmp_path: Path) -> None:
    """The same for ODS: repeated, covered and empty cells, paragraphs, days, numbers, formulas; comments are left."""
    rows = (
        imports.ods_row(["a", "b"])
        + "<table:table-row>"
        + '<table:table-cell office:value-type="date" office:date-value="2021-12-03T00:00:00"><text:p>3.12.</text:p>'
        + "</table:table-cell>"
        + '<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="0.1"/>'
        + "<table:covered-table-cell/>"
        + '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>'
        + '<table:table-cell><office:annotation><text:p>!</text:p></office:annotation><text:p>x<text:s text:c="2"/>y'
        + "</text:p><text:p>z</text:p></table:table-cell>"
        + '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        + '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
        + imports.ods_row(["last"])
    )
    path = imports.ods(tmp_path / "t.ods", rows)
    assert [(row.number, row.cells) for row in open_table(path, FORM)[0].rows()] == [
        (1, ("a", "b")),
        (2, (date(2021, 12, 3), Decimal("0.1"), Decimal("0.1"), None, NoValue("of:=1+1"), "x  y\nz")),
        (1048573, ("last",)),
    ]


def test_sheet_by_name(tmp_path: Path) -> None:
    """A sheet is asked for by its name, and a wrong name is answered with those that there are."""
    path = imports.xlsx(tmp_path / "b.xlsx", {"One": [[1]], "Two": [[2]]})
    assert cells(path, TableForm(sheet="two")) == [(2,)]
    with pytest.raises(UsageProblem, match="One, Two"):
        open_table(path, TableForm(sheet="Three"))


def bomb(folder: Path) -> Path:
    """Write a workbook of some kilobytes that unpacks to hundreds of megabytes."""
    path = folder / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("xl/sharedStrings.xml", "w", force_zip64=True) as member:
            for _ in range(import_package.MAX_UNPACKED // 1_000_000 + 2):
                member.write(bytes(1_000_000))
    return path


def no_workbook(folder: Path) -> Path:
    """Write a package that is no workbook."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("hello.txt", "hello")
    return written(folder, out.getvalue(), "x.xlsx")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: written(folder, b""), "is empty"),
        (lambda folder: written(folder, b"\x00\x01\x02;\x03"), "neither CSV, XLSX nor ODS"),
        (lambda folder: written(folder, b"\xd0\xcf\x11\xe0rest"), "old or a locked workbook"),
        (lambda folder: written(folder, b"PK\x03\x04rest"), "damaged"),
        (no_workbook, "neither CSV, XLSX nor ODS"),
        (bomb, "unpacks to more than"),
        (lambda folder: written(folder, b'a;b\n"never closed;1\n' * 3), "no CSV"),
        (lambda folder: written(folder, b"a;b\n1;" + b"x" * 10_000_000), "no CSV"),
        (lambda folder: written(folder, b"a;b\n" + b"1;" * 300_000), "more than 1000 columns"),
        (
            lambda folder: imports.ods(
                folder / "t.ods",
                '<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
                'table:number-columns-repeated="16000"><text:p>x</text:p></table:table-cell></table:table-row>',
            ),
            "more than 1000 columns",
        ),
        (
            lambda folder: imports.ods(
                folder / "t.ods",
                '<table:table-row table:number-rows-repeated="999999999"><table:table-cell><text:p>x</text:p>'
                "</table:table-cell></table:table-row>",
            ),
            "more than 100000 rows",
        ),
        (
            lambda folder: imports.ods(
                folder / "t.ods", "", before='<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
            ),
            "damaged",
        ),
        (lambda folder: folder / "nowhere.csv", "cannot be read"),
        (lambda folder: folder, "cannot be read"),
    ],
)
def test_hostile_files_get_one_clear_message(tmp_path: Path, make: object, said: str) -> None:
    """No file makes elo run out of memory or fall over: each is refused with one sentence, before anything is taken."""
    path = make(tmp_path)  # type: ignore[operator]

    def read_all() -> None:
        for sheet in open_table(path, FORM):
            for _ in sheet.rows():
                pass

    with pytest.raises(EloError, match=said):
        read_all()


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    """A workbook whose XML grows by entities is damaged, and not read."""
    good = imports.xlsx(tmp_path / "good.xlsx", {"S": [["a"]]})
    bad = tmp_path / "bad.xlsx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/"):
                data = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + data
            target.writestr(name, data)
    with pytest.raises(TableProblem, match="damaged"):
        cells(bad)


def test_unknown_encoding_is_named(tmp_path: Path) -> None:
    """An encoding that does not exist, or does not fit, is said as such."""
    path = written(tmp_path, "ä;b\n".encode("cp1252"))
    with pytest.raises(UsageProblem, match="no encoding “klingon”"):
        cells(path, TableForm(encoding="klingon"))
    with pytest.raises(TableProblem, match="not text in utf-8"):
        cells(path, TableForm(encoding="utf-8"))


def test_merged_rows_are_known(tmp_path: Path) -> None:
    """Rows that share a cell say which cells these are, in XLSX and in ODS; cells merged within one row do not."""
    path = imports.xlsx(tmp_path / "b.xlsx", {"S": [["a", "b"], ["c", "d"], ["e", "f"], ["g", "h"]]})
    book = load_workbook(path)
    book.worksheets[0].merge_cells("B2:B3")
    book.worksheets[0].merge_cells("A4:B4")
    book.save(path)
    merged = "".join(
        f"<table:table-row><table:table-cell><text:p>{name}</text:p></table:table-cell>{cell}</table:table-row>"
        for name, cell in (
            ("a", ""),
            ("c", '<table:table-cell table:number-rows-spanned="2"><text:p>d</text:p></table:table-cell>'),
            ("e", "<table:covered-table-cell/>"),
            ("g", '<table:table-cell table:number-columns-spanned="2"/>'),
        )
    )
    for table in (path, imports.ods(tmp_path / "t.ods", merged)):
        assert [row.merged for row in open_table(table, FORM)[0].rows()] == ["", "B2:B3", "B2:B3", ""]


SPANS = st.lists(st.tuples(st.integers(1, 30), st.integers(1, 8)), max_size=12)


@given(SPANS, st.sets(st.integers(1, 40)))
def test_row_has_a_merge_exactly_where_one_covers_it(spans: list[tuple[int, int]], numbers: set[int]) -> None:
    """Whatever the merges and the rows that are there: a row has one when some merge has a part of it, and its own."""
    merges = [Merge(first, first + more, f"A{first}:A{first + more}") for first, more in spans]
    texts = {merge.text: merge for merge in merges}
    for row in with_merges([Row(number, ("x",)) for number in sorted(numbers)], merges):
        covering = [merge for merge in merges if merge.first <= row.number <= merge.last]
        assert bool(row.merged) == bool(covering)
        assert not row.merged or texts[row.merged] in covering
