"""Marked words as HTML: links, languages and looks come out whole, and no text of the data makes an element."""

import pytest

from elo_cli.render.forms.html import html_words
from elo_cli.render.words.language import Language
from elo_cli.render.words.marked import fill, marked


def test_marks_become_elements() -> None:
    """A name is a link where its record has a page, another language a `lang`, and a look a class."""
    language = Language("sv", ("fi",))
    text = fill(
        "{}: {}", language.refer("okm", language.text({"fi": "<Ministeriö>"})), marked("försenad", "look", "overdue")
    )
    shown = '<span lang="fi">&lt;Ministeriö&gt;</span>'
    assert html_words(text, lambda record: f"../organisations/{record}.html") == (
        f'<a href="../organisations/okm.html">{shown}</a>: <span class="word overdue">försenad</span>'
    )
    assert html_words(text) == f'{shown}: <span class="word overdue">försenad</span>'


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '" onclick="x', "\x02#okm\x03", "&lt;a&gt;"])
def test_words_are_words(text: str) -> None:
    """A text makes no element, in a name, in an address, in a mark and outside of them."""
    shown = html_words(fill("{} {}", text, marked(text, "record", text)), lambda record: record)
    assert shown.count("<") == 2
    assert shown.count('"') == 2
    assert "\x02" not in shown
