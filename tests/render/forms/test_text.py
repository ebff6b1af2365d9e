"""Text of the data is shown and never obeyed, on every kind of terminal."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from elo_cli.model.characters import CONTROL
from elo_cli.render.forms.text import ASCII_HANDLER, visible, wrapped


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Äänekoski – “R&D” 20 % €", "Äänekoski – “R&D” 20 % €"),
        ("\x1b[31mred\x1b[0m", "<U+001B>[31mred<U+001B>[0m"),
        ("a\x00b\x07c\x7f", "a<U+0000>b<U+0007>c<U+007F>"),
        ("\x9b31m\x85", "<U+009B>31m<U+0085>"),
        ("abc\u202edef\u2066", "abc<U+202E>def<U+2066>"),
        ("\u2028\u2029\ufeff", "<U+2028><U+2029><U+FEFF>"),
        ("\ud800", "<U+D800>"),
        ("over\rwritten", "over<U+000D>written"),
        ("one\r\ntwo\nthree\tfour", "one two three four"),
        ("👩\u200d🏫", "👩\u200d🏫"),
        ("[/b] [red]", "[/b] [red]"),
    ],
)
def test_control_characters_are_shown_by_their_number(text: str, shown: str) -> None:
    """What a terminal would obey is written as its code point; everything else stays, joined emoji among it."""
    assert visible(text) == shown


def test_lines_stay_where_they_may() -> None:
    """With `keep_lines` line breaks stay, of either kind, as one."""
    assert visible("one\r\ntwo\nthree", keep_lines=True) == "one\ntwo\nthree"


@given(st.text(st.one_of(st.characters(), st.sampled_from("\x1b\r\n\t\u202e\ud800\x00")), max_size=40), st.booleans())
def test_nothing_is_left_to_obey(text: str, keep_lines: bool) -> None:
    """Whatever the text, no control character is left, and no line break but those asked for; twice changes nothing."""
    shown = visible(text, keep_lines=keep_lines)
    assert CONTROL.search(shown) is None
    assert keep_lines or "\n" not in shown
    assert visible(shown, keep_lines=keep_lines) == shown
    shown.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Äänekoski", "Aanekoski"),
        ("24,3 milj.\u00a0€", "24,3 milj. EUR"),
        ("2021–2024 — …", "2021-2024 - ..."),
        ("“ne” → ’x’", "\"ne\" -> 'x'"),
        ("● ◐", "? ?"),
        ("日本", "??"),
        ("Sámi š ž ø æ ß", "Sami s z o ae ss"),
    ],
)
def test_ascii_terminal_gets_the_nearest_thing(text: str, plain: str) -> None:
    """A terminal that shows only ASCII gets letters without marks, words for signs, and a question mark else."""
    assert text.encode("ascii", ASCII_HANDLER).decode() == plain


@given(st.text(max_size=40))
def test_every_text_can_be_written_in_ascii(text: str) -> None:
    """No text makes an ASCII terminal fail."""
    assert text.encode("ascii", ASCII_HANDLER).isascii()


def test_handler_is_for_writing() -> None:
    """A text that cannot be read is not this handler's business, and stays an error."""
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("ascii", ASCII_HANDLER)


@given(
    st.lists(st.text("abcä€—,“\u00a0λжя●◔✓⊘≈", min_size=1, max_size=18), min_size=1, max_size=30), st.integers(40, 90)
)
@settings(max_examples=60)
def test_the_quick_way_to_wrap_gives_what_rich_gives(words: list[str], width: int) -> None:
    """Lines that are wrapped without rich are the ones that it would give."""
    text = " ".join(words)
    quick = wrapped(text, width)
    assert quick is not None
    slow = Text(text.replace("\u00a0", "\ufdd0")).wrap(Console(width=width), width)
    assert quick == [line.plain.rstrip().replace("\ufdd0", "\u00a0") for line in slow]


@pytest.mark.parametrize("text", ["a  b", "漢字", "a\u0301", "a\nb", "\x1b[31m", "👍", "x" * 41])
def test_what_asks_for_more_care_is_left_to_rich(text: str) -> None:
    """Wide characters, combining ones, control characters, runs of spaces and words longer than a line."""
    assert wrapped(text, 40) is None
