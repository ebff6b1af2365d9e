"""The terminal, pipe or file that an answer goes to: width, colour, and which signs it can show."""

import os
import shutil
import sys
from collections.abc import Container, Iterable, Sequence
from typing import TYPE_CHECKING, Final, TextIO

from elo_cli.render.forms.blocks import Block, Heading, Items, Pairs, Paragraph, Space, Struck, Table
from elo_cli.render.forms.text import visible, wrapped
from elo_cli.render.words.language import Language
from elo_cli.render.words.terms import Term

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

MIN_WIDTH: Final = 40
MAX_WIDTH: Final = 160
PIPE_WIDTH: Final = 100
WIDE: Final = 120
"""From this many columns on, what else stands below each other stands side by side."""
_GLUE: Final = "\ufdd0"
"""Stands for a no-break space while rich wraps, since it would break `24,3 milj. €` there; no character of any text."""


class Screen:
    """Writes text, blocks and tables of data, never markup; colour only where it is wanted and never alone."""

    def __init__(
        self, language: Language, file: TextIO | None = None, width: int | None = None, *, every_sign: bool = False
    ) -> None:
        """The process's stdout in its own width, unless a file and a width are given.

        With `every_sign` the signs are those of Unicode whatever the terminal shows: what is made is no screen.
        """
        self.language = language
        self.file = file or sys.stdout
        self.is_terminal = self.file.isatty()
        self.width = max(MIN_WIDTH, min(width or self._own_width(), MAX_WIDTH))
        self.dumb = os.environ.get("TERM") == "dumb"
        self.colour = self.is_terminal and not self.dumb and not os.environ.get("NO_COLOR")
        encoding = (getattr(self.file, "encoding", None) or "utf-8").lower()
        self.unicode = "utf" in encoding
        self._every_sign = every_sign
        self._console: Console | None = None

    @property
    def height(self) -> int | None:
        """The lines of the terminal; None where it is none."""
        return shutil.get_terminal_size((PIPE_WIDTH, 24)).lines if self.is_terminal else None

    @property
    def is_wide(self) -> bool:
        """Whether there is room for things side by side."""
        return self.width >= WIDE

    def _own_width(self) -> int:
        if self.is_terminal or os.environ.get("COLUMNS"):
            return shutil.get_terminal_size((PIPE_WIDTH, 24)).columns
        return PIPE_WIDTH

    @property
    def console(self) -> "Console":
        """A rich console that highlights nothing, knows no emoji codes and reads no markup."""
        if self._console is None:
            from rich.console import Console

            self._console = Console(
                file=self.file,
                width=self.width,
                highlight=False,
                markup=False,
                emoji=False,
                force_terminal=self.colour,
                no_color=not self.colour,
                color_system="standard" if self.colour else None,
                legacy_windows=False,
                safe_box=not self.unicode,
                _environ={},
            )
        return self._console

    def sign(self, unicode: str, plain: str) -> str:
        """A sign where the screen can show it, else its ASCII form."""
        return unicode if self._every_sign or (self.unicode and not self.dumb) else plain

    def text(self, text: str, style: str = "") -> "Text":
        """A piece of text of the data: shown as it is, styled as a whole."""
        from rich.text import Text

        return Text(self.glued(text), style=style if self.colour else "")

    def glued(self, text: str) -> str:
        """Text for rich, shown as it is, whose no-break spaces hold; `print` and `line` put them back."""
        return visible(text, keep_lines=True).replace("\u00a0", _GLUE)

    def line(self, text: str = "", *, style: str = "", indent: int = 0, hang: int | None = None) -> None:
        """A paragraph, wrapped at the screen's width: the first line indented by `indent`, the others by `hang`."""
        if not text:
            self.file.write("\n")
            return
        hang = indent if hang is None else hang
        # Wrapped at the narrower of the two widths, so that one pass serves both kinds of line.
        room = max(MIN_WIDTH // 2, self.width - max(indent, hang))
        lines = wrapped(text, room)
        if lines is None:
            lines = self._wrapped_with_care(text, room)
        for number, line in enumerate(lines):
            self.file.write(f"{self._styled(' ' * (hang if number else indent) + line, style)}\n")

    def _wrapped_with_care(self, text: str, room: int) -> list[str]:
        """A text in lines, whatever it holds: characters of two cells or of none, words longer than a line."""
        from rich.text import Text

        pieces = Text(self.glued(text)).wrap(self.console, room)
        return [piece.plain.rstrip().replace(_GLUE, "\u00a0") for piece in pieces]

    def _styled(self, text: str, style: str) -> str:
        """A line with the signs that give it its style, where there is colour."""
        if not style or not self.colour:
            return text
        # Without rich's console, which takes as long to import as all that a verb has to say.
        from rich.color import ColorSystem
        from rich.style import Style

        return Style.parse(style).render(text, color_system=ColorSystem.STANDARD)

    def pairs(self, rows: Iterable[tuple[str, Sequence[str]]], *, indent: int = 0) -> None:
        """Headings with their values beside them, one line a value, wrapped under itself; nothing for no row."""
        from rich.cells import cell_len
        from rich.table import Table as Grid

        kept = [(head, values) for head, values in rows if values]
        if not kept:
            return
        grid = Grid.grid(padding=(0, 2))
        # A quarter for the headings, a third where a word of theirs would be cut otherwise.
        word = max((cell_len(word) for head, _ in kept for word in self.glued(head).split()), default=0)
        grid.add_column(max_width=max(12, self.width // 4, min(word, self.width // 3)), overflow="fold")
        grid.add_column(overflow="fold")
        for head, values in kept:
            grid.add_row(self.text(head, "bold"), self.text("\n".join(values)))
        if indent:
            from rich.padding import Padding

            self.print(Padding(grid, (0, 0, 0, indent), expand=False))
        else:
            self.print(grid)

    def heading(self, text: str) -> None:
        """A heading over a part of the answer."""
        self.line(text, style="bold")

    def write(self, blocks: Iterable[Block]) -> None:
        """An answer, block by block."""
        for block in blocks:
            match block:
                case Heading(text):
                    self.heading(text)
                case Paragraph(text, depth, style):
                    self.line(text, style=style, indent=2 * depth)
                case Items(lines, depth):
                    for line in lines:
                        style = "strike" if isinstance(line, Struck) else ""
                        self.line(line, style=style, indent=2 * depth + 2, hang=2 * depth + 4)
                case Pairs(rows, depth):
                    self.pairs(rows, indent=2 * depth)
                case Table(heads, rows, right):
                    self.table(heads, rows, right=right)
                case Space():
                    self.line()

    def print(self, renderable: "RenderableType") -> None:
        """Anything that rich can draw; a pipe gets no spaces at the ends of lines."""
        with self.console.capture() as captured:
            self.console.print(renderable)
        drawn = captured.get().replace(_GLUE, "\u00a0")
        self.file.write(drawn if self.colour else "".join(f"{line.rstrip()}\n" for line in drawn.splitlines()))

    def table(
        self,
        heads: Sequence[str],
        rows: Iterable[Sequence[str]],
        *,
        right: Iterable[int] = (),
        styles: Iterable[str] = (),
    ) -> None:
        """A table with heads, cells wrapped and never cut; columns in `right` are set flush right."""
        from rich import box
        from rich.table import Table as RichTable

        table = RichTable(
            box=box.SIMPLE_HEAD if self.unicode and not self.dumb else box.ASCII2,
            pad_edge=False,
            padding=(0, 1),
            show_edge=False,
        )
        numbers, rows, row_styles = set(right), list(rows), list(styles)
        widths = _widths([heads, *rows], self.width, numbers)
        if widths is None:
            self._cards(heads, rows, row_styles)
            return
        for index, head in enumerate(heads):
            table.add_column(
                self.text(head, "bold"),
                width=widths[index],
                justify="right" if index in numbers else "left",
                overflow="fold",
                no_wrap=index in numbers,
            )
        for number, row in enumerate(rows):
            style = row_styles[number] if number < len(row_styles) else ""
            table.add_row(*(self.text(cell, style) for cell in row))
        self.print(table)

    def _cards(self, heads: Sequence[str], rows: Sequence[Sequence[str]], styles: Sequence[str]) -> None:
        """The rows of a table that is too wide for this screen, one below the other, each cell with its head."""
        for number, (first, *others) in enumerate(rows):
            style = styles[number] if number < len(styles) else ""
            self.line(f"{heads[0]}: {first}", style=style or "bold", hang=2)
            told = [f"{head}: {cell}" for head, cell in zip(heads[1:], others, strict=True) if cell not in {"", "–"}]
            if told:
                self.line(" · ".join(told), indent=2, style=style)


def _widths(rows: Sequence[Sequence[str]], width: int, whole: Container[int]) -> list[int] | None:
    """How wide each column is: its longest cell if all fit, else its longest word and a share of what is left.

    The columns in `whole` hold numbers, which are never wrapped. None when not even the longest words fit beside each
    other: a table that breaks words cannot be read.
    """
    from rich.cells import cell_len

    columns = [[visible(cell) for cell in column] for column in zip(*rows, strict=True)]
    longest = [max(map(cell_len, column)) for column in columns]
    # Between two columns stand three spaces or two with a line, and two after the last one.
    room = width - 3 * len(columns)
    if sum(longest) <= room:
        return longest
    # What a no-break space holds together is one word.
    word = [
        longest[index] if index in whole else max(cell_len(word) for cell in column for word in cell.split(" "))
        for index, column in enumerate(columns)
    ]
    rest = room - sum(word)
    if rest < 0:
        return None
    wanted = [most - least for most, least in zip(longest, word, strict=True)]
    return [least + rest * want // sum(wanted) for least, want in zip(word, wanted, strict=True)]


def signed(screen: Screen, term: Term) -> str:
    """The sign and the word: `● completed`, in ASCII `[x] completed`."""
    text = screen.language.say(term.word)
    sign = screen.sign(term.sign, f"[{term.plain}]" if term.plain else "")
    return f"{sign} {text}" if sign else text
