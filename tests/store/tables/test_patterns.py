"""Patterns of a mapping: which there are, what of a text fits, and that none can be made to hang."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elo_cli.store.tables.patterns import fits, is_pattern, word_of


@pytest.mark.parametrize(
    ("pattern", "understood"),
    [
        ("^cid-", True),
        ("^m[0-9]c[0-9][ir][0-9]", True),
        ("(a+)+$", True),
        ("(", False),
        ("a)(b", False),
        ("(?=a)b", False),
        (r"(a)\1", False),
        ("[0-9]{4}", False),
        ("((a{90}){90}){90}", False),
        ("(?x)a # comment", False),
    ],
)
def test_what_is_a_pattern(pattern: str, *, understood: bool) -> None:
    """Look-around, references and counts are no patterns, and neither is what is none as a part of one."""
    assert is_pattern(pattern) is understood


@pytest.mark.parametrize(
    ("pattern", "text", "word"),
    [
        ("^[A-Z0-9]+[0-9]", "P3C2I1 Digital", "P3C2I1"),
        ("^[A-Z0-9]+[0-9]", "Reform P3C2I1", None),
        ("[A-Z0-9]+[0-9]", "Reform (P3C2I1): 2", "P3C2I1"),
        ("[A-Z0-9]+[0-9]", "P3.", "P3"),
        ("[A-Z]+[0-9.]*[0-9]", " P3.1.: x", "P3.1"),
        ("a|b", "ab b", "b"),
        ("x", "", None),
    ],
)
def test_word_that_fits(pattern: str, text: str, word: str | None) -> None:
    """A word is taken whole or not at all; with ^ only the first one."""
    assert word_of(pattern, text) == word


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", "(a*)*c", "(.*)*(.*)*(.*)*x", "^(([a-z])+.)+[A-Z]([a-z])+$"])
def test_no_pattern_hangs(pattern: str) -> None:
    """What keeps an engine that goes back busy for years is answered at once."""
    text = "a" * 100_000 + "!"
    assert fits(pattern, text) is False
    assert word_of(pattern, f"{text} {text}") is None


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_pattern_is_answered(pattern: str, text: str) -> None:
    """Whatever the pattern and the text, there is an answer, and what is taken is a part of the text."""
    if is_pattern(pattern):
        word = word_of(pattern, text)
        assert word is None or word in text
