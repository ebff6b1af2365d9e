"""Shares of a whole as parts of a bar; the numbers stand beside it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Part(NamedTuple):
    """A part of a bar of 100 units: where it begins and how wide it is; `word` says which colour repeats its name."""

    word: str
    start: str
    width: str


def parts_of(shares: Iterable[tuple[str, int]], whole: int) -> Sequence[Part]:
    """The parts of a bar, one after the other; what the shares leave of the whole stays empty."""
    parts, start = [], 0
    for word, share in shares:
        if share:
            parts.append(Part(word or "unstated", f"{100 * start / whole:.2f}", f"{100 * share / whole:.2f}"))
        start += share
    return parts
