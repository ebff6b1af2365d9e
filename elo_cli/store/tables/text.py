"""CSV as it comes: any delimiter, a byte order mark or none, UTF-8, UTF-16 or the code page of an office computer."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from elo_cli.model.errors import N_, UsageProblem
from elo_cli.store.tables.rows import MAX_CELL, MAX_COLUMNS, Row, TableForm, TableProblem

if TYPE_CHECKING:
    import _csv

DELIMITERS: Final = (";", ",", "\t", "|")
_LOOKED_AT: Final = 1_000
"""Bytes that are looked at to find UTF-16 without a mark."""
_SAMPLE: Final = 20
"""Records that are looked at to find the delimiter."""
MAX_RECORD: Final = 1_000_000
"""Characters of one record: what Python makes of a line of delimiters takes twenty times its bytes."""
_ENCODINGS: Final = re.compile(
    r"ascii|utf_?(?:8(?:_sig)?|16(?:_?[bl]e)?|32(?:_?[bl]e)?)|(?:cp|windows_?)[0-9]{3,4}"
    r"|(?:iso_?8859|latin)_?[0-9]{1,2}|mac_?[a-z]+|koi8_[ru]"
)
"""Codecs of text that read a byte once. Python has others, which unpack (`zlib`) or take the square of the length."""
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def text_rows(data: bytes, name: str, form: TableForm) -> Iterator[Row]:
    """The records of a CSV file as rows of texts; empty records keep their number and are passed over.

    Without an encoding: what a byte order mark says, else UTF-16 where every second byte is zero, else UTF-8, else
    what the mapping expects, else Windows-1252. Raises TableProblem.
    """
    text = _decoded(data, name, form)
    if "\0" in text:
        raise TableProblem(N_("“{file}” is neither CSV, XLSX nor ODS"), file=name)
    delimiter = form.delimiter or _delimiter(text)
    reader = _reader(text, delimiter)
    number = 0
    while True:
        number += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = f"> {MAX_CELL}" if "field limit" in str(error) else str(error)
            message = N_("“{file}”, line {line}: this is no CSV ({reason})")
            raise TableProblem(message, file=name, line=reader.line_num, reason=reason) from None
        if any(record):
            yield Row(number, tuple(record))


def _decoded(data: bytes, name: str, form: TableForm) -> str:
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None) or _unmarked(data)
    for named in (form.encoding, form.expected_encoding):
        if named and not _ENCODINGS.fullmatch(named.lower().replace("-", "_")):
            raise _no_encoding(named)
    sniffed = ("utf-8", form.expected_encoding or "cp1252")
    for encoding in (wanted := (form.encoding,) if form.encoding else (marked,) if marked else sniffed):
        try:
            return data.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
        except LookupError:
            raise _no_encoding(encoding) from None
    raise TableProblem(
        N_("“{file}” is not text in {encodings}; --encoding names another one"), file=name, encodings=", ".join(wanted)
    )


def _unmarked(data: bytes) -> str | None:
    """UTF-16 that says so by its zeros alone: in a table of mostly Latin letters every second byte is one."""
    sample = data[:_LOOKED_AT]
    zeros = sample[0::2].count(0), sample[1::2].count(0)
    if max(zeros) * 4 < len(sample) or min(zeros) > 0:
        return None
    return "utf-16-be" if zeros[0] else "utf-16-le"


def _no_encoding(encoding: str) -> UsageProblem:
    return UsageProblem(
        N_("there is no encoding “{encoding}”; right would be utf-8, utf-16 or cp1252"), encoding=encoding[:100]
    )


def _reader(text: str, delimiter: str) -> "_csv.Reader":
    csv.field_size_limit(MAX_CELL)
    return csv.reader(_lines(text), delimiter=delimiter, strict=True)


def _lines(text: str) -> Iterator[str]:
    """The lines of a text; csv.Error at one that is too long, before it is made into cells."""
    stream = io.StringIO(text, newline="")
    while line := stream.readline(MAX_RECORD + 1):
        if len(line) > MAX_RECORD:
            message = f"> {MAX_RECORD}"
            raise csv.Error(message)
        yield line


def _delimiter(text: str) -> str:
    """The sign that cuts most of the first records into equally many cells, and into the most."""

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            widths = [len(record) for record in islice(_reader(text, delimiter), _SAMPLE) if record]
        except csv.Error:
            return 0, 0
        if not widths or not 1 < max(widths) <= MAX_COLUMNS:
            return 0, 0
        most = max(set(widths), key=widths.count)
        return (widths.count(most), most) if most > 1 else (0, 0)

    return max(DELIMITERS, key=fit)
