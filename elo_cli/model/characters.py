"""The characters that no text of a record may hold, since a screen would obey them instead of showing them."""

import re
from typing import Final

CONTROL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]|\r(?!\n)"
)
"""C0, C1, bidirectional overrides and isolates, line separators, a BOM within, lone surrogates, a lone CR."""


def code_point(character: str) -> str:
    """A character by its number, as people look it up: U+202E."""
    return f"U+{ord(character[0]):04X}"
