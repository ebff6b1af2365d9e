"""The patterns of a mapping, by the engine that pydantic brings (Rust's regex): it never goes back in the text.

Python's own engine needs an hour for `(a+)+$` and forty letters. This one takes time in proportion to text and pattern,
and knows no look-around and no references to what was found. It tells whether a text fits and not where, so what is
taken of a text is a word.
"""

import re
from functools import lru_cache
from typing import Final

from pydantic_core import SchemaError, SchemaValidator, core_schema

_WORD_ENDS: Final = re.compile(r"[\s:;,()–]+")
_WORDS: Final = 20
"""Words of a text that are looked at; a code stands at its beginning."""
_LONGEST: Final = 100


@lru_cache(maxsize=64)
def _engine(pattern: str) -> SchemaValidator | None:
    # A count is a pattern that is written out: thousands of states that each letter of each cell would meet.
    if "{" in pattern:
        return None
    try:
        return SchemaValidator(core_schema.str_schema(pattern=pattern, strict=True))
    except SchemaError:
        return None


def is_pattern(text: str) -> bool:
    """Whether a text is a pattern, without counts such as `{4}`."""
    return _engine(text) is not None and _engine(_whole(text)) is not None


def fits(pattern: str, text: str) -> bool:
    """Whether the pattern is found in the text; one that is none is found nowhere."""
    engine = _engine(pattern)
    return engine is not None and engine.isinstance_python(text)


def word_of(pattern: str, text: str) -> str | None:
    """The first word of a text that fits the pattern as a whole; with `^` before the pattern, the very first word.

    A word ends at a space and at `: ; , ( ) –`, and a point at its end is not part of it.
    """
    words = _WORD_ENDS.split(text.strip(), _WORDS)[: 1 if pattern.startswith("^") else _WORDS]
    candidates = (word.rstrip(".") for word in words if len(word) <= _LONGEST)
    return next((word for word in candidates if fits(_whole(pattern), word)), None)


def _whole(pattern: str) -> str:
    return rf"\A(?:{pattern})\z"
