"""Marks inside of texts: links and languages come out whole in every form, and no text of the data makes one."""

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from elo_cli.render.forms.html_marks import MarkedLanguage, html_marked, plain_text, styled, told_text
from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS = st.text(st.characters(exclude_characters="\x02\x03", exclude_categories=["Cs"]), max_size=40)


class Reader(HTMLParser):
    """Reads HTML as a browser would: which elements are open, and the text."""

    def __init__(self) -> None:
        """Nothing read yet."""
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, Mapping[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.open.append(tag)
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close the last element, which must be this one."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Collect the text."""
        self.text += data


def read(html: str) -> Reader:
    """Return what a browser reads."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


def test_fallback_is_marked() -> None:
    """A text that the reader's language lacks carries its own: `lang` in HTML, its code in brackets elsewhere."""
    language = MarkedLanguage("sv", ("fi", "sv"))
    text = language.text({"fi": "Ohjaus & neuvonta"})
    assert html_marked(text, lambda _: None) == '<span lang="fi">Ohjaus &amp; neuvonta</span>'
    assert told_text(text) == "Ohjaus & neuvonta (fi)"
    assert plain_text(text) == "Ohjaus & neuvonta"
    assert language.text({"fi": "Ohjaus", "sv": "Vägledning"}) == "Vägledning"


def test_names_are_links() -> None:
    """A record's name leads to its page where there is one, and is its name where there is none."""
    language = MarkedLanguage("en", links=True)
    text = f"{language.refer('okm', 'The <ministry>')}: {styled('overdue', 'overdue')}"
    assert html_marked(text, lambda record: f"../organisations/{record}.html") == (
        '<a href="../organisations/okm.html">The &lt;ministry&gt;</a>: <span class="word overdue">overdue</span>'
    )
    assert html_marked(text, lambda _: None).startswith("The &lt;ministry&gt;: ")


@settings(max_examples=60)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.integers(0, 60))
def test_cut_anywhere(texts: list[str], end: int) -> None:
    """Whatever is cut off a text with marks, the HTML closes what it opens, and only the words are shown."""
    language = MarkedLanguage("en", ("fi",), links=True)
    marked = "".join(language.refer("a-b", language.text({"fi": text or "-"})) for text in texts)[:end]
    for text in (html_marked(marked, lambda _: "x.html"), html_marked(marked, lambda _: None)):
        seen = read(text).seen
        assert {tag for tag, _ in seen} <= {"a", "span"}
    assert "\x02" not in told_text(marked) + plain_text(marked)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\x02#okm\x03", '" onclick="x', "javascript:alert(1)"])
def test_hostile_text(text: str) -> None:
    """A text of the data makes no element and no attribute."""
    seen = read(html_marked(MarkedLanguage("en").refer("okm", text), lambda _: None)).seen
    assert seen == []
