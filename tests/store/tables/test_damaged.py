"""Files that were damaged on their way, or on purpose: whatever is wrong with the bytes is one sentence."""

import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from elo_cli.model.errors import EloError
from elo_cli.store.tables.package import number_in
from elo_cli.store.tables.rows import NoValue, TableForm
from elo_cli.store.tables.table import open_table
from tests import bombs

STYLES = (
    '<numFmts><numFmt numFmtId="200" formatCode="d.m.yyyy"/><numFmt numFmtId="201" formatCode="[h]:mm"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>'
    '<xf numFmtId="200"/><xf numFmtId="201"/><xf numFmtId="9"/></cellXfs>'
)
TEXTS = "<si><t>one</t></si><si><r><t>t</t></r><r><t>wo</t></r><rPh><t>too</t></rPh></si>"
BOOK = bombs.xlsx('<row><c t="s"><v>0</v></c><c s="1"><v>44533</v></c></row>', texts=TEXTS, styles=STYLES)
TEXT_ROW = '<table:table-row><table:table-cell office:value-type="float" office:value="1.5"/></table:table-row>'


def read(path: Path) -> list[tuple[object, ...]]:
    """Return the cells of all sheets."""
    return [row.cells for sheet in open_table(path, TableForm()) for row in sheet.rows()]


def said_of(path: Path) -> str:
    """Return what is said of a file that is refused, "" when it is read."""
    try:
        read(path)
    except EloError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c t="s"><v>1</v></c>', "two"),
        ('<c t="inlineStr"><is><t>a</t><rPh><t>b</t></rPh><r><t>c</t></r></is></c>', "ac"),
        ("<c><f>1+1</f><v>2</v></c>", NoValue("=1+1")),
        ("<c><f>1+1</f></c>", NoValue("=1+1")),
        ('<c><f t="shared" si="0"/><v>2</v></c>', NoValue("=")),
        ('<c t="e"><v>#REF!</v></c>', NoValue("#REF!")),
        ('<c t="b"><v>1</v></c>', True),
        ('<c t="d"><v>2021-12-03T00:00:00</v></c>', date(2021, 12, 3)),
        ('<c s="1"><v>44533</v></c>', date(2021, 12, 3)),
        ('<c s="2"><v>44533.75</v></c>', date(2021, 12, 3)),
        ('<c s="3"><v>1.25</v></c>', "1 day, 6:00:00"),
        ('<c s="1"><v>99999999</v></c>', NoValue("#VALUE!")),
        ('<c s="4"><v>0.1</v></c>', Decimal("0.1")),
        ("<c><v>0.10000000000000001</v></c>", Decimal("0.1")),
        ("<c><v>123456789012345678</v></c>", 123456789012345678),
        ("<c><v>3.0</v></c>", 3),
        ("<c><v>1e999999999</v></c>", "1e999999999"),
        ("<c><v>-1.5E-7</v></c>", Decimal("-1.5E-7")),
        ('<c t="str"><v>x</v></c>', "x"),
    ],
)
def test_cells_of_a_workbook(tmp_path: Path, cell: str, value: object) -> None:
    """Each kind of cell gives what someone wrote, by its type and its style."""
    path = tmp_path / "t.xlsx"
    path.write_bytes(bombs.xlsx(f"<row>{cell}</row>", texts=TEXTS, styles=STYLES))
    found = read(path)[0][0]
    assert found == value
    assert type(found) is type(value)


def test_days_of_1904(tmp_path: Path) -> None:
    """A workbook that counts its days from 1904 gives the days that it shows."""
    path = tmp_path / "t.xlsx"
    row = '<row><c s="1"><v>43071</v></c></row>'
    path.write_bytes(bombs.xlsx(row, styles=STYLES, book='<workbookPr date1904="1"/>'))
    assert read(path) == [(date(2021, 12, 3),)]


def test_hidden_sheets_are_passed_over_and_hidden_rows_are_not(tmp_path: Path) -> None:
    """What is hidden as a sheet was set aside; a row is hidden by a filter, and was filled in."""
    path = tmp_path / "t.xlsx"
    path.write_bytes(bombs.xlsx('<row r="2" hidden="1"><c r="B2"><v>1</v></c></row><row r="1"/>'))
    assert read(path) == [(None, 1)]
    parts = bombs.parts("<row><c><v>1</v></c></row>")
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace("<sheet ", '<sheet state="veryHidden" ')
    path.write_bytes(bombs.zipped(parts))
    assert read(path) == []


@pytest.mark.parametrize("good", [BOOK, bombs.ods(TEXT_ROW)], ids=["xlsx", "ods"])
def test_damaged_bytes_end_in_a_sentence(tmp_path: Path, good: bytes) -> None:
    """A thousand files with bytes changed, cut off or doubled: each is read or refused, and none ends otherwise."""
    chance = random.Random(7)  # noqa: S311 - nothing is kept secret by it
    path = tmp_path / "t"
    for _ in range(1_000):
        data = bytearray(good)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(data))
            match chance.randrange(4):
                case 0:
                    data[place] = chance.randrange(256)
                case 1:
                    data[place : place + 4] = chance.choice([b"\xff" * 4, bytes(4), b"\x00\x00\x00\x80"])
                case 2:
                    del data[place : place + chance.randint(1, 40)]
                case _:
                    data[place:place] = data[place : place + chance.randint(1, 40)]
            if not data:
                break
        path.write_bytes(data)
        assert len(said_of(path)) < 400


XML = st.text(alphabet="<>/=\"' abcrstvf0123456789&;!-[]:", max_size=60)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(XML, st.sampled_from(["row", "text", "style", "ods"]))
def test_any_xml_ends_in_a_sentence(tmp_path: Path, text: str, where: str) -> None:
    """Whatever stands in a part, it is read or refused."""
    cell = '<row><c t="s" s="0"><v>0</v></c></row>'
    path = tmp_path / "t"
    match where:
        case "row":
            path.write_bytes(bombs.xlsx(text))
        case "text":
            path.write_bytes(bombs.xlsx(cell, texts=text))
        case "style":
            path.write_bytes(bombs.xlsx(cell, texts=TEXTS, styles=text))
        case _:
            path.write_bytes(bombs.ods(text))
    said = said_of(path)
    assert not said or "damaged" in said


@given(st.text(max_size=50) | st.from_regex(r"-?[0-9]{1,25}(\.[0-9]{1,25})?([eE]-?[0-9]{1,12})?", fullmatch=True))
def test_numbers_are_exact_or_none(text: str) -> None:
    """A number is what the text says, to the last digit, and never one that takes more room than its text by far."""
    number = number_in(text)
    if number is not None:
        assert number == Decimal(text)
        assert len(str(number)) < 60
