"""Text of an answer as HTML, where its marks become elements."""

from collections.abc import Callable

from markupsafe import Markup

from elo_cli.render.forms.escape import html_text
from elo_cli.render.words.marked import Mark, marked_up, marks_of

Address = Callable[[str], str | None]
"""Gives the address of a record's page from the page that is written; None for a record that has none."""


def no_address(record_id: str) -> None:
    """No record has a page, or a name stands where it can be no link."""
    del record_id


def html_words(text: str, address: Address = no_address) -> Markup:
    """The text as the content of an element: names as links where `address` has one, other languages as `lang`."""
    if not marks_of(text):
        return Markup(html_text(text))  # noqa: S704 - escaped

    def around(mark: Mark, inner: str) -> str:
        value = mark.value
        if mark.kind == "language":
            return f'<span lang="{html_text(value)}">{inner}</span>'
        if mark.kind == "look":
            return f'<span class="word {html_text(value)}">{inner}</span>'
        where = address(value)
        return f'<a href="{html_text(where)}">{inner}</a>' if where is not None else inner

    return Markup(marked_up(text, html_text, around))  # noqa: S704 - the words are escaped, and so are the marks' values
