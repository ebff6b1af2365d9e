"""Signs: one has one meaning, in Unicode and where a terminal has only ASCII."""

from collections import defaultdict

import pytest

from elo_cli.render.pictures.timeline import SIGNS
from elo_cli.render.words.money import MARKS
from elo_cli.render.words.terms import CONFIDENCE, LEVEL, NO_STATUS, STATUS, TIMING

NAMED_BY_THE_MEASURE = "*"
"""Stands beside a body for which only the measure names it."""


@pytest.mark.parametrize("ascii_only", [False, True], ids=["unicode", "ascii"])
def test_one_sign_has_one_meaning(*, ascii_only: bool) -> None:
    """No two words, marks of sums or strokes of a chart share a sign; what is withdrawn is that for all."""
    meanings: dict[str, set[str]] = defaultdict(set, {NAMED_BY_THE_MEASURE: {"named by the measure"}})
    for term in (*STATUS.values(), NO_STATUS, *CONFIDENCE.values(), *TIMING.values(), *LEVEL.values()):
        meanings[term.plain if ascii_only else term.sign].add(term.word)
    for sign, meaning in MARKS.values():
        meanings[sign[ascii_only]].add(meaning)
    for stroke, sign in SIGNS.items():
        meanings[sign[ascii_only]].add(stroke)
    assert {sign: words for sign, words in meanings.items() if len(words) > 1} == {}
    assert all(not sign.isalnum() or len(sign) == 1 for sign in meanings)
    assert not ascii_only or all(sign.isascii() for sign in meanings)
