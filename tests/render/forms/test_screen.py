"""A screen shows every character of an answer once, within its width, and never obeys the data."""

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from elo_cli.render.forms.blocks import Block, Heading, Items, Pairs, Paragraph, Space, Table
from elo_cli.render.forms.screen import MAX_WIDTH, MIN_WIDTH, PIPE_WIDTH, Screen
from elo_cli.render.words.language import Language

LOREM = "Opinto-ohjauksen kehittämisohjelma ja resurssit sekä ohjaajien täydennyskoulutukset "


class Terminal(io.StringIO):
    """A stream that says that it is a terminal of a given encoding."""

    def __init__(self, encoding: str = "utf-8") -> None:
        """Remember the encoding."""
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]  # io.StringIO has none
        """The encoding."""
        return self._encoding

    def isatty(self) -> bool:
        """Say yes."""
        return True


def drawn(blocks: list[Block], width: int = 80) -> str:
    """Return what a pipe of this width gets."""
    file = io.StringIO()
    Screen(Language("en"), file, width).write(blocks)
    return file.getvalue()


def squeezed(text: str) -> str:
    """Return the text without what drawing adds: spaces, line breaks and rules."""
    return re.sub(r"[\s─]+", "", text)


EVERYTHING: list[Block] = [
    Heading(LOREM * 2, 1),
    Space(),
    Paragraph(LOREM * 3, 1),
    Items([LOREM * 2, "short"], 1),
    Pairs([("Head", [LOREM, "second"]), ("Nothing", [])], 1),
    Table(["Name", "Amount"], [[LOREM, "24,3 milj.\u00a0€"], ["b", "1"]], (1,)),
]


@pytest.mark.parametrize("width", [40, 60, 80, 120, 160])
def test_everything_fits_and_nothing_is_lost(width: int) -> None:
    """At each width every word of every block is there once, and no line is wider than the screen."""
    out = drawn(EVERYTHING, width)
    assert max(cell_len(line) for line in out.splitlines()) <= width
    assert [line for line in out.splitlines() if line != line.rstrip()] == []
    assert squeezed(out).count("ohjauksenkehittämisohjelma") >= 8
    for word in ("resurssit", "täydennyskoulutukset"):
        assert squeezed(out).count(word) == 9
    assert "Nothing" not in out
    assert "24,3 milj.\u00a0€" in out


def test_amount_is_not_broken_at_its_no_break_space() -> None:
    """A column of amounts is as wide as its widest amount, however little room there is."""
    rows = [[LOREM, f"noin\u00a024{number},3\u00a0milj.\u00a0€/vuosi"] for number in range(3)]
    out = drawn([Table(["Name", "Amount"], rows, (1,))], 40)
    for row in rows:
        assert row[1] in out


def test_long_heading_beside_its_value_is_whole() -> None:
    """A heading of one long word gets a third of the width before it is broken, and is never cut."""
    assert "Rapporteringskalender  28.2" in drawn([Pairs([("Rapporteringskalender", ["28.2"])])], 80)
    narrow = drawn([Pairs([("Elpymissuunnitelmanseuranta", ["x"])])], 40)
    assert squeezed(narrow.replace(" x", "")) == "Elpymissuunnitelmanseuranta"
    assert "…" not in narrow


def test_table_that_would_break_words_becomes_a_list() -> None:
    """Where not even the longest words fit side by side, each row is told on its own with its heads."""
    heads = ["One", "Two", "Three"]
    out = drawn([Table(heads, [["a" * 20, "b" * 20, "c" * 20]])], 40)
    assert "One: " + "a" * 20 in out
    assert "Two: " + "b" * 20 in out
    assert "─" not in out


def test_markup_of_others_is_text() -> None:
    """Markup, emoji codes, addresses and escape sequences in any block are shown as they are written."""
    hostile = "[/b][red]x[/red] :smile: \x1b[31m https://example.org"
    shown = "[/b][red]x[/red] :smile: <U+001B>[31m https://example.org"
    blocks: list[Block] = [
        Heading(hostile),
        Paragraph(hostile),
        Items([hostile]),
        Pairs([("a", [hostile])]),
        Table(["a"], [[hostile]]),
    ]
    out = drawn(blocks, 120)
    assert out.count(shown) == 5
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("env", "colour"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colour_only_where_it_is_wanted(monkeypatch: pytest.MonkeyPatch, env: dict[str, str], colour: bool) -> None:
    """A terminal gets colour unless NO_COLOR or TERM=dumb says otherwise; the words are the same."""
    monkeypatch.setenv("TERM", "xterm-256color")
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    file = Terminal()
    Screen(Language("en"), file, 80).write([Paragraph("overdue", style="red"), Heading("Head")])
    assert ("\x1b[" in file.getvalue()) is colour
    assert re.sub(r"\x1b\[[0-9;]*m", "", file.getvalue()).split() == ["overdue", "Head"]


@pytest.mark.parametrize("style", ["", "bold", "dim", "red", "bold yellow", "strike", "green"])
@pytest.mark.parametrize("text", ["● valmis · 24,3\u00a0milj. € " * 6, "漢字  与 👍 " * 20])
def test_styled_line_is_what_rich_prints(monkeypatch: pytest.MonkeyPatch, style: str, text: str) -> None:
    """A line with a style has the same bytes whether rich's console writes it or we do, who need not import that."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    file = Terminal()
    screen = Screen(Language("en"), file, 60)
    screen.line(text, style=style, indent=1, hang=3)
    plain, own = Terminal(), file.getvalue()
    Screen(Language("en"), plain, 60).line(text, indent=1, hang=3)
    again = Terminal()
    console = Screen(Language("en"), again, 60).console
    for line in plain.getvalue().splitlines():
        console.print(Text(line, style), soft_wrap=True)
    assert own == again.getvalue()


def test_pipe_gets_no_colour() -> None:
    """What is no terminal gets plain text."""
    screen = Screen(Language("en"), io.StringIO())
    assert not screen.colour
    assert screen.width == PIPE_WIDTH


@pytest.mark.parametrize(
    ("encoding", "term", "sign"),
    [
        ("utf-8", "xterm", "●"),
        ("UTF-8", "xterm", "●"),
        ("ascii", "xterm", "[x]"),
        ("iso-8859-1", "xterm", "[x]"),
        ("utf-8", "dumb", "[x]"),
    ],
)
def test_signs_that_the_terminal_can_show(monkeypatch: pytest.MonkeyPatch, encoding: str, term: str, sign: str) -> None:
    """A terminal without Unicode, or a dumb one, gets the sign's ASCII form."""
    monkeypatch.setenv("TERM", term)
    assert Screen(Language("en"), Terminal(encoding), 80).sign("●", "[x]") == sign


@pytest.mark.parametrize(("asked", "width"), [(10, MIN_WIDTH), (100, 100), (1000, MAX_WIDTH)])
def test_width_stays_readable(asked: int, width: int) -> None:
    """Lines are neither shorter nor longer than people read."""
    assert Screen(Language("en"), io.StringIO(), asked).width == width


def test_width_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """COLUMNS says how wide a pipe is."""
    monkeypatch.setenv("COLUMNS", "72")
    assert Screen(Language("en"), io.StringIO()).width == 72


@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs", "Mn", "Me", "Cf")), min_size=1, max_size=60),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from([40, 80, 160]),
)
@settings(max_examples=40)
def test_no_text_breaks_the_screen(texts: list[str], width: int) -> None:
    """Any text in any block is drawn without failing, and no line is wider than the screen."""
    blocks: list[Block] = [
        *(Paragraph(text, 1) for text in texts),
        Items(texts),
        Pairs([(text, texts) for text in texts]),
        Table(texts, [texts], (0,)),
    ]
    out = drawn(blocks, width)
    assert max((cell_len(line) for line in out.split("\n")), default=0) <= width
