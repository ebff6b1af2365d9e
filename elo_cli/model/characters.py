"""The characters that no text may hold, since a screen would obey them, and those that nobody sees."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

END: Final = r"$(?!\n)"
"""The end of a text, in Python's patterns and in a JSON Schema's alike: Python's `$` alone lets a line break pass."""
CONTROL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]|\r(?!\n)"
)
"""C0, C1, bidirectional overrides and isolates, line separators, a BOM within, lone surrogates, a lone CR."""


_LETTERS: Final = "\u0590-\u1fff\u2190-\u2bff\u2e80-\ufdff\ufe70-\ufefe\uff01-\uff9f\U00010000-\U000dffff"
"""Letters of scripts that join, stand in two directions or have variants, and signs that make up an emoji."""
_MARKS: Final = "\u0300-\u034e\u0350-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_INVISIBLE: Final = (  # Compiled at its first use, which most runs never come to; `re` keeps it from then on.
    # First what has a use where it stands: a place to break a word, joiners and marks of direction beside a letter of
    # such a script, a variant of the sign before it, the flag of a part of a country.
    r"(?<=\w)\u00ad(?=\w)"
    rf"|(?<=[{_LETTERS}\ufe0f])[\u061c\u200c-\u200f]|[\u061c\u200e\u200f](?=[{_LETTERS}])"
    rf"|(?<=[0-9#*\u00a9\u00ae\u203c\u2049{_LETTERS}])[\ufe00-\ufe0f]"
    r"|(?<=[\u3400-\U0003ffff])[\U000e0100-\U000e01ef]"
    "|\U0001f3f4[\U000e0030-\U000e0079]{1,6}\U000e007f"
    r"|(?<=[\u1100-\u11ff])[\u115f\u1160]|(?<=[\u2801-\u28ff])\u2800"
    # Then the same anywhere else, and what has no use at all.
    r"|(?P<bad>[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u206a-\u206f\u2800"
    r"\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
    rf"|(?<=[{_MARKS}]{{5}})[{_MARKS}]+)"
)
_MAY_HIDE: Final = (b"\xcc", b"\xcd", b"\xd2", b"\xe1", b"\xe2\x83", b"\xe2\xa0", b"\xe3\x85", b"\xef", b"\xf3")
"""How the UTF-8 of those begins that Python calls printable: most files hold none of these bytes."""
_ORDINARY: Final = bytes([0x0A, *range(0x20, 0x7F), *range(0x80, 0xC0), 0xC3, 0xC4, 0xC5])
"""The bytes of which ASCII and the Latin letters U+00C0 to U+017F are made in UTF-8."""


def invisible(text: str) -> Iterator[tuple[int, str]]:
    """The characters of a text that nobody sees, each with its index: two texts that look alike may differ in them."""
    for match in re.finditer(_INVISIBLE, text):
        if match["bad"]:
            yield match.start("bad"), match["bad"]


def without_invisible(text: str) -> str:
    """The text without the characters that nobody sees; those that have a use where they stand stay."""
    while (rest := re.sub(_INVISIBLE, lambda match: "" if match["bad"] else match[0], text)) != text:
        # What stood beside such a character may be of no use without it.
        text = rest
    return text


def is_ordinary(data: bytes) -> bool:
    """Whether UTF-8 holds line feeds, ASCII that is printed and Latin letters alone, as most files do."""
    return not data.translate(None, _ORDINARY)


def may_hide(data: bytes) -> bool:
    """Whether printable text in UTF-8 may hold what `invisible` finds; quick, and sometimes true for nothing."""
    return any(start in data for start in _MAY_HIDE)


_ALONE: Final = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th"})
"""Letters that Unicode does not take apart into a letter and a mark."""


def folded(text: str) -> str:
    """A text as it is compared when someone looks for it: `Järvi` and `JARVI` alike, one space between words."""
    plain = text.casefold()
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain)
        plain = "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold().translate(_ALONE)
    return " ".join(plain.split())


def short(value: object, limit: int = 60) -> str:
    """The beginning of a text, for a message."""
    text = str(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def first_of(names: Sequence[str], most: int) -> str:
    """Names in a row for a message; of more than so many the first, and a sign that there are others."""
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")


def code_point(character: str) -> str:
    """A character by its number, as people look it up: U+202E."""
    return f"U+{ord(character[0]):04X}"
