"""Tables made to take a reader's time or memory, or to be read as something else; each is small, or a few megabytes."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from typing import Final

from tests import imports

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES: Final = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}.sharedStrings+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
)


def _relations(**parts: str) -> str:
    rows = "".join(
        f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for kind, target in parts.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a package of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def parts(
    rows: str, *, texts: str = "", styles: str = "", book: str = "", prologue: str = ""
) -> dict[str, str | bytes]:
    """Return the parts of a workbook of one sheet, whose rows, shared texts and styles are given as XML."""
    return {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations(officeDocument="xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": _relations(
            worksheet="worksheets/sheet1.xml", sharedStrings="/xl/sharedStrings.xml", styles="styles.xml"
        ),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{book}<sheets>'
        '<sheet name="S" sheetId="1" r:id="worksheet"/></sheets></workbook>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{texts}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>',
        "xl/worksheets/sheet1.xml": f'{prologue}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    }


def xlsx(rows: str, *, texts: str = "", styles: str = "", book: str = "") -> bytes:
    """Return a workbook of one sheet, as `parts`."""
    return zipped(parts(rows, texts=texts, styles=styles, book=book))


def ods(rows: str) -> bytes:
    """Return an ODS document of one sheet whose rows are given as XML."""
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": imports.ods_xml(rows)})


def _cell(attributes: str, text: str = "x") -> str:
    return (
        f"<table:table-row><table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell></table:table-row>"
    )


def _repeated(rows: int, columns: int, text: str) -> bytes:
    cell = f'<table:table-cell table:number-columns-repeated="{columns}"><text:p>{text}</text:p></table:table-cell>'
    return ods(f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>')


_CELL: Final = '<row r="1"><c r="A1"><v>1</v></c></row>'


def _twice() -> bytes:
    """Return a package whose directory names one part twice, the second time with other bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in [*parts(_CELL).items(), ("xl/worksheets/sheet2.xml", "<a/>")]:
            package.writestr(name, content)
    return out.getvalue().replace(b"xl/worksheets/sheet2.xml", b"xl/worksheets/sheet1.xml")


def _overlapping() -> bytes:
    """Return a package whose directory names one stretch of bytes five hundred times, as small bombs do."""
    data = zipped({"content.xml": bytes(100_000)})
    begins = data.index(b"PK\x01\x02")
    local, entry = data[:begins], data[begins : data.index(b"PK\x05\x06")]
    entries = b"".join(entry.replace(b"content.xml", b"content.%03d" % number) for number in range(500))
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 500, 500, len(entries), len(local), 0)
    return local + entries + end


def _directory(offset: int, content: bytes) -> bytes:
    """Return a good ODS file with these bytes in the directory's entry of content.xml, and in its local header."""
    data = bytearray(ods(_cell("")))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + offset : entry + offset + len(content)] = content
    return bytes(data)


BOMBS: Final[Mapping[str, tuple[Callable[[], bytes], str]]] = {
    "ods, a number of a billion digits": (
        lambda: ods(_cell('office:value-type="float" office:value="1e999999999"', "")),
        "",
    ),
    "ods, a number of a hundred thousand digits": (
        lambda: ods(_cell(f'office:value-type="float" office:value="{"9" * 100_000}"', "")),
        "",
    ),
    "ods, 300,000 sheets": (
        lambda: ods("</table:table><table:table>".join([_cell("")] * 300_000)),
        "more than 250 sheets",
    ),
    "ods, sheets without end": (lambda: ods("</table:table>" + "<table:table/>" * 500_000 + "<table:table>"), "sheets"),
    "ods, forty million empty rows": (
        lambda: ods('<table:table-row table:number-rows-repeated="40000000"/>' * 1_000 + _cell("")),
        "",
    ),
    "ods, rows that repeat": (lambda: _repeated(999_999_999, 1, "x"), "more than 100000 rows"),
    "ods, cells that repeat": (lambda: _repeated(1, 999_999_999, "x"), "more than 1000 columns"),
    "ods, cells and rows that repeat": (lambda: _repeated(90_000, 900, "x"), "more than 1000000 cells"),
    "ods, a long text that repeats": (lambda: _repeated(900, 900, "x" * 90_000), "more than 33554432 characters"),
    "ods, spaces that repeat": (
        lambda: ods(_cell("", '<text:s text:c="9999"/>' * 50_000)),
        "more than 100000 characters",
    ),
    "ods, a long formula that repeats": (
        lambda: ods(_cell(f'table:number-columns-repeated="900" table:formula="{"1+" * 40_000}1"')),
        "more than 33554432 characters",
    ),
    "ods, depth": (lambda: ods("<text:a>" * 100_000), "> 64 levels"),
    "ods, attributes": (
        lambda: ods("<text:a " + "".join(f"a{number}='' " for number in range(100_000)) + "/>"),
        "bytes in a tag",
    ),
    "ods, a tag without end": (lambda: ods(f'<text:a b="{"x" * 3_000_000}"/>'), "bytes in a tag"),
    "ods, not closed": (lambda: ods("<table:table-row>"), "damaged"),
    "xlsx, the last row": (lambda: xlsx('<row r="999999999999"><c r="A1"><v>1</v></c></row>'), "damaged"),
    "xlsx, the last row that there is": (lambda: xlsx('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), ""),
    "xlsx, the last column": (lambda: xlsx('<row r="1"><c r="XFD1"><v>1</v></c></row>'), "more than 1000 columns"),
    "xlsx, beyond the last column": (lambda: xlsx('<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>'), "damaged"),
    "xlsx, a column without a letter": (lambda: xlsx('<row r="1"><c r="1"><v>1</v></c></row>'), "damaged"),
    "xlsx, numbers": (
        lambda: xlsx(f"<row><c><v>1e999999999</v></c><c><v>{'9' * 90_000}</v></c><c><v>NaN</v></c></row>"),
        "",
    ),
    "xlsx, no number": (lambda: xlsx("<row><c><v>one</v></c></row>"), "damaged"),
    "xlsx, a date out of range": (
        lambda: xlsx('<row><c s="0"><v>99999999</v></c></row>', styles='<cellXfs><xf numFmtId="14"/></cellXfs>'),
        "",
    ),
    "xlsx, formats": (
        lambda: xlsx(
            '<row><c s="0"><v>1</v></c></row>',
            styles="".join(f'<numFmt numFmtId="{n}" formatCode="{"[" * 20_000}"/>' for n in range(200, 400))
            + "".join(f'<cellXfs><xf numFmtId="{n}"/></cellXfs>' for n in range(200, 400)),
        ),
        "",
    ),
    "xlsx, one text in every cell": (
        lambda: xlsx("<row>" + '<c t="s"><v>0</v></c>' * 900 + "</row>", texts=f"<si><t>{'x' * 90_000}</t></si>"),
        "more than 33554432 characters",
    ),
    "xlsx, a text that there is not": (lambda: xlsx('<row><c t="s"><v>7</v></c></row>'), "damaged"),
    "xlsx, a sheet that there is not": (
        lambda: zipped({name: part for name, part in parts(_CELL).items() if "sheet1" not in name}),
        "damaged",
    ),
    "xlsx, sheets without end": (
        lambda: zipped(
            parts(_CELL)
            | {
                "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
                + '<sheet name="S" sheetId="1" r:id="worksheet"/>' * 100_000
                + "</sheets></workbook>"
            }
        ),
        "more than 250 sheets",
    ),
    "xlsx, entities": (
        lambda: zipped(parts(_CELL, prologue='<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>')),
        "document type",
    ),
    "xlsx, an entity of another file": (
        lambda: zipped(parts(_CELL, prologue='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>')),
        "document type",
    ),
    "zip, a hundred thousand parts": (lambda: zipped({str(number): "" for number in range(100_000)}), "damaged"),
    "zip, a part twice": (_twice, "one part twice"),
    "zip, parts that overlap": (_overlapping, "overlap"),
    "zip, locked": (lambda: _directory(8, b"\x01\x00"), "a locked workbook"),
    "zip, a compression that nobody uses": (lambda: _directory(10, b"\x0e\x00"), "compression"),
    "zip, a size that is not so": (lambda: _directory(24, b"\x10\x00\x00\x00"), "damaged"),
    "zip, a size of four gigabytes": (lambda: _directory(24, b"\xf0\xff\xff\xff"), "unpacks to more than 64 MB"),
    "zip, a place outside": (lambda: _directory(42, b"\xf0\xff\xff\x0f"), "damaged"),
    "csv, a million columns": (lambda: b"a;b\n" + b"ab;" * 300_000, "more than 1000 columns"),
    "csv, a line of ten megabytes": (lambda: b"a;b\n" + b"ab;" * 3_000_000, "no CSV"),
    "csv, a quote never closed": (lambda: b'a;b\n"' + b"x\n" * 5_000_000, "no CSV"),
    "csv, cells of lines": (lambda: b"a;b\n" + b'"a\n";' * 50_000, "more than 1000 columns"),
    "csv, NUL": (lambda: b"a;b\n1;\x00\n", "neither CSV, XLSX nor ODS"),
    "csv, a million empty lines": (lambda: b"a;b\n" + b"\n" * 1_000_000, ""),
    "csv, a million short lines": (lambda: b"a;b\n" * 1_000_000, "more than 100000 rows"),
}
"""By its name: what makes the file, and what is said of it; nothing where it is read, and says nothing."""
