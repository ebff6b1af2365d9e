"""Text of the data made safe for a screen: control characters shown, never obeyed; lines and widths counted rightly."""

import codecs
import unicodedata
from typing import Final

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


def visible(text: str, *, keep_lines: bool = False) -> str:
    """The text with every control character, override and lone surrogate written as its number: `<U+001B>`.

    A line break becomes a space unless `keep_lines`; tabs become spaces.
    """
    text = text.replace("\r\n", "\n").replace("\t", " ")
    if not keep_lines:
        text = text.replace("\n", " ")
    return CONTROL.sub(lambda found: f"<{code_point(found[0])}>", text)


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
