"""Text of the data never acts in Markdown, HTML or a spreadsheet."""

import csv
import io
import json
import re
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from elo_cli.render.forms.csv import write_csv
from elo_cli.render.forms.escape import (
    Markdown,
    command_property,
    csv_text,
    html_text,
    json_text,
    markdown_cell,
    markdown_text,
    mermaid_text,
    uri_path,
)
from elo_cli.render.forms.markdown import table
from elo_cli.render.forms.text import visible
from tests import readers

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
        ("*bold* _it_ `code` ~~gone~~", "\\*bold\\* \\_it\\_ \\`code\\` \\~\\~\u200bgone\\~\\~"),
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("<!-- gone", r"\<!-- gone"),
        ("[here](https://example.org)", "\\[here\\](https:\u200b//example.org)"),
        ("https://example.org www.example.org", "https:\u200b//example.org www\u200b.example.org"),
        ("Ohjaus_https://e.example ähttp://e", "Ohjaus\\_https:\u200b//e.example ähttp:\u200b//e"),
        ("mailto:a xmpp:a tel://1", "mailto:\u200ba xmpp:\u200ba tel:\u200b//1"),
        ("!1 &2 %3 ~b GL-4", "!\u200b1 &\u200b2 %\u200b3 \\~\u200bb GL-\u200b4"),
        ("&12; &#60;", "&\u200b12; &\\#\u200b60;"),
        ("8f3e2d1c 24300000 defaced", "8f3e2d\u200b1c 24300000 defaced"),
        ("[TOC] [issue:1]", "\\[\u200bTOC\\] \\[\u200bissue:1\\]"),
        (": no definition", r"\: no definition"),
        ("::error::x ##[a]", "\\:\u200b:\u200berror:\u200b:x \\#\u200b\\#\\[a\\]"),
        ("ask @octocat or a@example.org", "ask @\u200boctocat or a@\u200bexample.org"),
        ("see #12, elo/elo#12 and GH-12", "see \\#\u200b12, elo/elo\\#\u200b12 and GH-\u200b12"),
        (":tada: at 9:30", "\\:\u200btada: at 9:30"),
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
    """A cell that is Markdown already goes into a table as it is."""
    cell = Markdown("[a](b)")
    assert markdown_cell(cell) is cell


# What GitHub and GitLab link, in pieces that meet in every way.
LINKED = st.lists(
    st.sampled_from(
        [
            *(
                "http",
                "https",
                "ftp",
                "tel",
                ":",
                "//",
                "www",
                ".",
                "mailto:",
                "xmpp:",
                "a@",
                "e.example",
                "/",
                "_",
                "ä",
            ),
            *(
                "@",
                "#",
                "!",
                "$",
                "&",
                "%",
                "~",
                "1",
                "gh-",
                "GL-",
                "8f3e2d1",
                "deadbeef",
                "[",
                "]",
                "(",
                ")",
                "{+",
                "-]",
            ),
            *("TOC", "issue:", "*iteration:", ":tada:", "<", ">", " ", "*", "|", "\\", "\n", "^", "x", '"', ";", "`"),
        ]
    ),
    max_size=12,
).map("".join)


@given(LINKED)
def test_nothing_is_linked(text: str) -> None:
    """Neither GitHub's reader nor GitLab's makes a link, a reference or an element from a text, wherever it stands."""
    escaped = markdown_text(text)
    readers.markdown(f"# {escaped}\n\n{escaped}\n\n- {escaped}\n\n{table([text], [[text], [text]])}")
    readers.markdown(markdown_text(text, keep_lines=True))


def test_markdown_escapes_in_linear_time() -> None:
    """The longest text that a record can hold is escaped at once, however it is built."""
    for piece in (":a", "&a", "@", "http", "1.", "\\", "[", "a", "1a", "##", "[a"):
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


FORMULA = "cmd|' /C calc'!A0"
STARTS = ["=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠"]  # noqa: RUF001 - full-width forms
UNSEEN = [
    "",
    " ",
    "\u00a0",
    "\u200b",
    "\u2060",
    "\ufeff",
    "\u3000",
    "\u3164",
    "\u2800",
    "\u00ad",
    '"',
    "\x00",
    "\U000e0020",
]


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
def test_csv_neutralises_formulas(start: str, unseen: str) -> None:
    """A text that a spreadsheet would run begins with an apostrophe, in the cell, in a line and after a semicolon."""
    formula = f"{unseen}{start}{FORMULA}"
    if unseen == "" or start not in "\t\n":
        assert csv_text(formula).startswith("'")
    if start not in "\t\n":
        assert csv_text(f"x;{formula}").startswith("x;'")
        assert csv_text(f"x\n{formula}").startswith("x\n'")
    readers.comma(write_csv(["a", "b"], [[formula, f"x;{formula}\n{formula}"]]))


@given(HOSTILE)
def test_csv_is_run_by_no_reader(text: str) -> None:
    """Whatever the text, no cell of it is a formula, wherever the reader ends a cell."""
    readers.comma(write_csv(["a", "b"], [[text, text], ["x", f"y;{text}"]]))


def test_csv_is_made_in_linear_time() -> None:
    """A long text is looked through once, however it is built."""
    for piece in ("\n", ";", " ", "\r", '"', ";\t", "\u200b"):
        assert csv_text(piece * 200_000)


@given(HOSTILE)
def test_csv_gives_back_what_went_in(text: str) -> None:
    """A reader of CSV gets one cell a text, its apostrophe and the numbers of control characters aside."""
    rows = list(csv.reader(io.StringIO(write_csv(["head", "other"], [[text, "x"]]), newline="")))
    assert len(rows) == 2
    cell, other = rows[1]
    assert cell.replace("'", "") == visible(text, keep_lines=True).replace("'", "")
    assert other == "x"


def test_csv_leaves_numbers_alone() -> None:
    """Numbers are numbers, negative ones too; nothing is an empty cell."""
    assert write_csv(["a", "b", "c", "d"], [[-5, Decimal("24300000.50"), None, "-5"]]) == (
        "a,b,c,d\n-5,24300000.5,,'-5\n"
    )


@given(HOSTILE)
def test_json_is_readable_and_lossless(text: str) -> None:
    """No character that a screen would obey or hide stands in JSON, and the reader gets every one back."""
    written = json_text([text])
    readers.text(written)
    written.encode("utf-8")
    assert json.loads(written) == [re.sub("[\ud800-\udfff]", lambda half: visible(half[0]), text)]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("\x9b\x7f\u202e\u200b", '"\\u009b\\u007f\\u202e\\u200b"'),
        ("##[error] ##vso[x]", '"\\u0023#[error] \\u0023#vso[x]"'),
        ("\U000e0041", '"\\udb40\\udc41"'),
        ("caf\udce9", '"caf<U+DCE9>"'),
        ("Ä € 👩", '"Ä € 👩"'),
    ],
    ids=ascii,
)
def test_json_shows_what_cannot_be_seen(text: str, written: str) -> None:
    """Controls, overrides, what has no form and commands of a log go by their number; half a character is named."""
    assert json_text(text) == written


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2021-04-09 x",
            "2021",
            ":x",
            ";x",
            "# x",
            "%% x",
            "%%{init: {}}%%",
            '"x"',
            "<b>x",
            "click x",
            "end",
            "End",
            "-",
        ),
        *("section x", "title x", "call x", "dateFormat X", "init", "```", "--- x", "ﬂ°°60¶ßx", "", " \n", "x" * 200),
    ],
)
def test_mermaid_takes_every_name(text: str) -> None:
    """A name of the data begins like no directive, date or comment, and holds nothing that ends it."""
    readers.chart(
        f"gantt\n    title {mermaid_text(text)}\n\n\n\n    section {mermaid_text(text)}\n    {mermaid_text(text)} :t1\n"
    )


@given(HOSTILE)
def test_mermaid_takes_every_text(text: str) -> None:
    """The same for texts that nobody thought of."""
    readers.chart(
        f"gantt\n    title {mermaid_text(text)}\n\n\n\n    {mermaid_text(text)} :milestone, t1, 2021-01-01, 0d\n"
    )


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("data/ä b#.yaml", "data/%C3%A4%20b%23.yaml"),
        ("caf\udce9", "caf%E9"),
        ("a\n::b", "a%0A%3A%3Ab"),
        ("\ud800", "%3CU%2BD800%3E"),
    ],
    ids=ascii,
)
def test_address_keeps_the_bytes_of_a_name(path: str, uri: str) -> None:
    """A name that is not UTF-8 has its own bytes in an address."""
    assert uri_path(path) == uri


def test_property_of_a_command_ends_where_it_should() -> None:
    """A name of a file ends neither the property nor the command, and is never two lines."""
    assert command_property("a,b:c%0A\r\n\udce9") == "a%2Cb%3Ac%250A <U+DCE9>"
