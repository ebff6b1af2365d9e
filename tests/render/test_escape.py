"""Text of the data never acts in Markdown, HTML or a spreadsheet."""

import csv
import io
import re
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from elo_cli.render.csv import csv_text, write_csv
from elo_cli.render.escape import html_text, markdown_cell, markdown_link, markdown_text
from elo_cli.render.markdown import table
from elo_cli.render.text import visible

GFM = MarkdownIt("commonmark").enable(["table", "strikethrough"])
ZERO_WIDTH = "\u200b"

# Characters that act somewhere, thick on the ground, among ordinary ones.
HOSTILE = st.text(
    st.one_of(
        st.sampled_from(list("\\`*_{}[]<>#+-.!|~=&;:@$/()\"' \t\n\r0123456789awhtps\x1b\u202e\u200b")), st.characters()
    ),
    max_size=60,
)


def shown(markdown: str) -> str:
    """Return the words that a reader sees, when the Markdown is nothing but one paragraph."""
    html = GFM.render(markdown)
    found = re.fullmatch(r"(?:<p>([^<]*)</p>)?\n?", html)
    assert found, html
    return unescape(found[1] or "").replace(ZERO_WIDTH, "")


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Opinto-ohjaus 24,3 milj. €/vuosi", "Opinto-ohjaus 24,3 milj. €/vuosi"),
        ("*bold* _it_ `code` ~~gone~~", r"\*bold\* \_it\_ \`code\` \~\~gone\~\~"),
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("<!-- gone", r"\<!-- gone"),
        ("[here](https://example.org)", r"\[here\](https\://example.org)"),
        ("https://example.org www.example.org", r"https\://example.org www\.example.org"),
        ("ask @octocat or a@example.org", "ask @&#8203;octocat or a@&#8203;example.org"),
        ("see #12, elo/elo#12 and GH-12", r"see \#&#8203;12, elo/elo\#&#8203;12 and GH-&#8203;12"),
        (":tada: at 9:30", ":&#8203;tada: at 9:30"),
        ("a | b", r"a \| b"),
        ("&copy; R&D", "&amp;copy; R&D"),
        ("\\", r"\\"),
        ("$x$", r"\$x\$"),
        ("# no heading", r"\# no heading"),
        ("- no item", r"\- no item"),
        ("1. no item", r"1\. no item"),
        ("1.9. starts", r"1.9. starts"),
        ("=====", r"\====="),
        ("    no code", "no code"),
        ("two\nlines", "two lines"),
        ("\x1b[31mred\u202e", r"\<U+001B\>\[31mred\<U+202E\>"),
        ("", ""),
    ],
)
def test_markdown_of_known_traps(text: str, escaped: str) -> None:
    """Each construct of Markdown is escaped, and ordinary text stays as people wrote it."""
    assert markdown_text(text) == escaped


@given(HOSTILE)
def test_markdown_shows_every_text_as_it_is(text: str) -> None:
    """Whatever the text, Markdown shows one paragraph with exactly its characters."""
    assert shown(markdown_text(text)) == visible(text).strip().replace(ZERO_WIDTH, "")


@given(HOSTILE)
def test_markdown_heading_and_item_stay_what_they_are(text: str) -> None:
    """A text in a heading or a list item neither ends it nor starts another element."""
    escaped = markdown_text(text)
    assert re.fullmatch(r"<h2>[^<]*</h2>\n", GFM.render(f"## {escaped}"))
    assert re.fullmatch(r"<ul>\n<li>[^<]*</li>\n</ul>\n", GFM.render(f"- {escaped}"))


@given(HOSTILE)
def test_markdown_keeps_lines_where_that_is_asked_for(text: str) -> None:
    """With its lines kept a text gives paragraphs and breaks, and still nothing else."""
    html = GFM.render(markdown_text(text, keep_lines=True))
    assert set(re.findall(r"<[^>]*>", html)) <= {"<p>", "</p>", "<br />"}


@given(st.lists(HOSTILE, min_size=1, max_size=3))
def test_markdown_cells_stay_in_their_columns(cells: list[str]) -> None:
    """A table has as many cells as it was given, each with its own text."""
    html = GFM.render(table(["a", "b", "c"][: len(cells)], [cells]))
    found = re.findall(r"<td[^>]*>([^<]*)</td>", html)
    assert [unescape(cell).replace(ZERO_WIDTH, "") for cell in found] == [
        visible(cell).strip().replace(ZERO_WIDTH, "") for cell in cells
    ]


def test_markdown_table_marks_columns_of_numbers() -> None:
    """Columns of numbers are flush right, and an empty cell stays a cell."""
    assert table(["Name", "Sum"], [["a|b", "1"], ["", "2"]], right=[1]) == (
        "| Name | Sum |\n| --- | ---: |\n| a\\|b | 1 |\n| | 2 |\n"
    )


def test_markdown_is_not_escaped_twice() -> None:
    """A cell that is Markdown already, such as a link, goes into a table as it is."""
    link = markdown_link("a [b]", "https://example.org/a(b)?c=1&copy;")
    assert link == r"[a \[b\]](<https://example.org/a%28b%29?c=1&amp;copy;>)"
    assert markdown_cell(link) is link


def test_markdown_escapes_in_linear_time() -> None:
    """The longest text that a record can hold is escaped at once, however it is built."""
    for piece in (":a", "&a", "@", "http", "1.", "\\", "[", "a"):
        assert markdown_text(piece * 200_000)


class Tags(HTMLParser):
    """Counts the elements and attributes that a parser of HTML sees."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[object] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.seen.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        """Collect the text."""
        self.words += data


@given(HOSTILE)
def test_html_shows_every_text_as_it_is(text: str) -> None:
    """In an element and in an attribute a text is only text."""
    parser = Tags()
    parser.feed(f'<p title="{html_text(text)}">{html_text(text)}</p>')
    parser.close()
    expected = visible(text, keep_lines=True)
    assert parser.seen == [("p", [("title", expected)])]
    assert parser.words == expected


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\n", " =", "\u00a0=", "＝", "＋", "－", "＠"])  # noqa: RUF001
def test_csv_neutralises_formulas(start: str) -> None:
    """A text that a spreadsheet would run begins with an apostrophe."""
    assert csv_text(f"{start}cmd|' /C calc'!A0").startswith("'")


@given(HOSTILE)
def test_csv_gives_back_what_went_in(text: str) -> None:
    """A reader of CSV gets one cell a text, its apostrophe and the numbers of control characters aside."""
    rows = list(csv.reader(io.StringIO(write_csv(["head", "other"], [[text, "x"]]), newline="")))
    assert len(rows) == 2
    cell, other = rows[1]
    assert cell.removeprefix("'") == visible(text, keep_lines=True).removeprefix("'") or cell == f"'{text}"
    assert other == "x"


def test_csv_leaves_numbers_alone() -> None:
    """Numbers are numbers, negative ones too; nothing is an empty cell."""
    assert write_csv(["a", "b", "c", "d"], [[-5, Decimal("24300000.50"), None, "-5"]]) == (
        "a,b,c,d\n-5,24300000.5,,'-5\n"
    )
