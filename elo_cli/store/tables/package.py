"""The package that a spreadsheet or a document is: judged before it is unpacked, and its XML read as a stream.

Nothing of the file is believed: sizes, counts and places are held to limits here, and expat is given no document type,
so that there are no entities. Elements are told to a reader one by one; no tree is built.
"""

import io
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Final
from xml.parsers import expat

from elo_cli.model.errors import N_
from elo_cli.store.tables.rows import LOCKED, TableProblem

MAX_UNPACKED: Final = 64 * 1024 * 1024
"""Bytes of all parts together when they are unpacked; sheets of 50,000 rows stay far below it."""
MAX_PARTS: Final = 2_000
MAX_ELEMENTS: Final = 4_000_000
"""Elements of all parts that are read; a cell is two. So many take some seconds."""
MAX_DEPTH: Final = 64
_CHUNK: Final = 256 * 1024
"""Bytes that are parsed at a time, and at most in one tag: expat makes all attributes of an element at once."""
_TOO_DEEP: Final = f"> {MAX_DEPTH} levels"
_TOO_MANY: Final = f"> {MAX_ELEMENTS} elements"
_TOO_LONG: Final = f"> {_CHUNK} bytes in a tag"
_DOCUMENT_TYPE: Final = "document type"
_ENTRY: Final = b"PK\x01\x02"
_LOCAL_HEADER: Final = 30
_ENCRYPTED: Final = 0x1
_LONGEST_NUMBER: Final = 40
_LARGEST_POWER: Final = 20


class Package:
    """A zip file by the names of its parts."""

    def __init__(self, data: bytes, name: str) -> None:
        """Judge the package. Raises TableProblem when it is damaged, locked, or made to grow."""
        self.name = name
        self._elements = 0
        try:
            # Counted in the bytes first: a list of a million parts would be large itself.
            parts = [] if data.count(_ENTRY) > MAX_PARTS else self._opened(data)
        except Exception as error:  # noqa: BLE001 - zipfile raises whatever it meets in a damaged file
            raise self.damaged(error) from None
        self.parts = frozenset(part.filename for part in parts)
        if any(part.flag_bits & _ENCRYPTED for part in parts):
            raise TableProblem(LOCKED, file=name)
        if (wrong := self._wrong(parts)) is not None:
            raise self.damaged(wrong)
        if sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise TableProblem(
                N_("“{file}” unpacks to more than {limit} MB"),
                file=name,
                limit=MAX_UNPACKED // (1024 * 1024),
            )

    def _opened(self, data: bytes) -> list[zipfile.ZipInfo]:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        return sorted(self._zip.infolist(), key=lambda part: part.header_offset)

    def _wrong(self, parts: list[zipfile.ZipInfo]) -> str | None:
        """What no program that writes spreadsheets does, in words for whoever looks into the file."""
        if not parts:
            return f"parts: 0, or > {MAX_PARTS}"
        if len(self.parts) < len(parts):
            return "one part twice"
        if any(part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in parts):
            return "compression"
        if any(
            part.header_offset + _LOCAL_HEADER + part.compress_size > following.header_offset
            for part, following in pairwise(parts)
        ):
            return "parts overlap"
        return None

    def damaged(self, reason: object) -> TableProblem:
        """What to say of a package that does not hold what it should."""
        said = f"{type(reason).__name__}: {reason}" if isinstance(reason, Exception) else str(reason)
        return TableProblem(N_("“{file}” is damaged and cannot be read ({reason})"), file=self.name, reason=said[:120])

    def parse(self, part: str, reader: "PartReader", *, skip: str = "") -> None:
        """Tell the elements of a part's XML to a reader, but for those called `skip` and what they hold.

        No more is unpacked than the size that the part states, which counts towards the limit: zipfile stops there, and
        finds that the checksum does not fit. Raises TableProblem, whatever is wrong with the part.
        """
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        depth = skipped = 0

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            nonlocal depth, skipped
            depth += 1
            self._elements += 1
            if depth > MAX_DEPTH or self._elements > MAX_ELEMENTS:
                raise self.damaged(_TOO_DEEP if depth > MAX_DEPTH else _TOO_MANY)
            name = tag.rpartition(" ")[2]
            if skipped or name == skip:
                skipped += 1
                parser.CharacterDataHandler = None
            else:
                reader.start(name, attributes)

        def end(tag: str) -> None:
            nonlocal depth, skipped
            depth -= 1
            if not skipped:
                reader.end(tag.rpartition(" ")[2])
            else:
                skipped -= 1
                if not skipped:
                    parser.CharacterDataHandler = reader.text

        def document_type(*_: object) -> None:
            raise self.damaged(_DOCUMENT_TYPE)

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.StartDoctypeDeclHandler, parser.CharacterDataHandler = document_type, reader.text
        try:
            self._feed(part, parser)
        except TableProblem:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            raise self.damaged(error) from None

    def _feed(self, part: str, parser: expat.XMLParserType) -> None:
        fed = 0
        with self._zip.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk)
                fed += len(chunk)
                if fed - parser.CurrentByteIndex > _CHUNK:
                    raise self.damaged(_TOO_LONG)
        parser.Parse(b"", True)  # noqa: FBT003 - it has no names for its parameters


class PartReader:
    """Takes the elements of a part: local names, and attributes whose name is a namespace, a space and a local name.

    An attribute without a namespace has its name alone. Whatever a reader raises means that the part is damaged.
    """

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """A piece of text."""


def number_in(text: str) -> int | Decimal | None:
    """The number that an attribute or element states, exactly; None for what is none, or none that people write.

    `1e999999999` is ten characters, and as a whole number a billion digits.
    """
    if len(text) > _LONGEST_NUMBER or not text.isascii():
        return None
    try:
        number = Decimal(text)
    except ArithmeticError:
        return None
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_POWER:
        return None
    return int(number) if number == number.to_integral_value() else number
