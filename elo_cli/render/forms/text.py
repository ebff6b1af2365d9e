"""Text of the data made safe for a screen: control characters shown, never obeyed; lines and widths counted rightly."""

import codecs
import re
import unicodedata
from io import TextIOWrapper
from typing import Final, TextIO

from elo_cli.model.characters import CONTROL, code_point

ASCII_HANDLER: Final = "elo-ascii"
"""The name of the codec error handler for streams that cannot show every character."""

_ASCII: Final = {
    "–": "-",
    "—": "-",
    "…": "...",
    "€": "EUR",
    "“": '"',
    "”": '"',
    "’": "'",
    "·": "-",
    "✓": "+",
    "▸": ">",
    "→": "->",
    "ß": "ss",
    "ø": "o",
    "Ø": "O",
    "æ": "ae",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "\u2212": "-",
    "≈": "~",
}

_NOT_ONE_CELL: Final = re.compile(
    "[^\\u0020-\\u02ff\\u0370-\\u0482\\u2010-\\u2027\\u2030-\\u205e\\u20a0-\\u20bf\\u2190-\\u21ff\\u2212\\u2248\\u2260\\u2298"
    "\\u2500-\\u25fc\\u2713\\u2717]"
)
"""Whatever is not sure to take one cell: letters of Latin, Greek and Cyrillic, signs of typography, currencies, arrows
and the signs of elo's own words are."""


_COMMAND: Final = re.compile(r"(?i):(?=:[a-z])|#(?=#[a-z]*\[)")
"""`::error::` at the beginning of a line of a log, wherever it was wrapped, and `##[error]` or `##vso[` anywhere."""


def visible(text: str, *, keep_lines: bool = False) -> str:
    """The text with every control character, override and lone surrogate written as its number: `<U+001B>`.

    A line break becomes a space unless `keep_lines`; tabs become spaces. What a CI service would take for a command
    when it reads the log gets a zero-width space inside.
    """
    text = text.replace("\r\n", "\n").replace("\t", " ")
    if not keep_lines:
        text = text.replace("\n", " ")
    if "::" in text or "##" in text:
        text = _COMMAND.sub("\\g<0>\u200b", text)
    if text.isprintable():
        # Nearly every text; this is a tenth of the time that looking for each character takes.
        return text
    return CONTROL.sub(lambda match: f"<{code_point(match[0])}>", text)


def wrapped(text: str, width: int) -> list[str] | None:
    """A text in lines of at most this many cells, broken at spaces; None for one that asks for more care.

    That is a text with characters to be made visible, of two cells or of none, or with a word longer than a line. A
    hundredth of what rich takes: most lines are of this kind.
    """
    if (
        "  " in text
        or "::" in text
        or "##" in text
        or not text.replace("\u00a0", "").isprintable()
        or _NOT_ONE_CELL.search(text)
    ):
        return None
    text = text.strip(" ")
    if len(text) <= width:
        return [text] if text else []
    lines: list[str] = []
    current = ""
    for word in text.split(" "):
        if len(word) > width:
            return None
        if current and len(current) + 1 + len(word) > width:
            lines.append(current)
            current = word
        else:
            current = f"{current} {word}" if current else word
    return [*lines, current] if current else lines


def cell_len(text: str) -> int:
    """How many cells of a terminal a text takes."""
    from rich.cells import cell_len as length

    return length(text)


def cut(text: str, width: int) -> str:
    """A text in one line of at most this many cells; an ellipsis where it goes on."""
    from rich.cells import set_cell_size

    line = " ".join(visible(text).split())
    return line if cell_len(line) <= width else set_cell_size(line, width - 1).rstrip() + "…"


def utf8(stream: TextIO) -> TextIO:
    """The stream, which writes UTF-8 from here on whatever the terminal shows: its answer is for programs."""
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8", newline="\n")
    return stream


def to_ascii(error: UnicodeError) -> tuple[str, int]:
    """A codec error handler that writes what an ASCII-only terminal can show: `ä` as `a`, `€` as `EUR`."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    out = []
    for character in error.object[error.start : error.end]:
        plain = _ASCII.get(character)
        if plain is None:
            plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode("ascii") or "?"
        out.append(plain)
    return "".join(out), error.end


codecs.register_error(ASCII_HANDLER, to_ascii)
