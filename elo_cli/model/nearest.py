"""The names that a mistyped one may have meant."""

from collections.abc import Iterable
from typing import Final

_LONGEST: Final = 100
"""Characters of an id; to compare a longer name with many takes long, and it is near to none."""


def nearest(given: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant; None when none is near enough."""
    return next(iter(all_near(given, known, 1)), None)


def all_near(given: str, known: Iterable[str], most: int) -> list[str]:
    """The known names that are near enough to be meant, at most so many, the nearest first."""
    if len(given) > _LONGEST:
        return []
    # Nearly every run does without.
    from difflib import get_close_matches

    return get_close_matches(given, list(known), n=most)
