"""The forms of an answer by name: blocks to the screen, to Markdown, or their tables to CSV; a text as it is."""

from collections.abc import Callable, Sequence
from typing import Final

from elo_cli.render.forms.blocks import Block, Table
from elo_cli.render.forms.screen import Screen
from elo_cli.render.forms.text import utf8

Content = str | Sequence[Block]
"""What a verb has to say in one form: blocks, or a text in which the form is done, such as JSON."""


def write(screen: Screen, form: str, content: Content) -> None:
    """Write an answer in the form that was asked for; blocks of a `table` go to the screen as it can show them."""
    if form == "table" and not isinstance(content, str):
        screen.write(content)
    else:
        utf8(screen.file).write(text(form, content))


def text(form: str, content: Content) -> str:
    """The answer as the text of a form for programs and files; CSV holds the tables alone."""
    if isinstance(content, str):
        return content if content.endswith("\n") else content + "\n"
    return _TEXTS[form](content)


def _markdown(blocks: Sequence[Block]) -> str:
    from elo_cli.render.forms.markdown import page

    return page(blocks)


def _csv(blocks: Sequence[Block]) -> str:
    from elo_cli.render.forms.csv import write_csv

    return "".join(write_csv(block.heads, block.rows) for block in blocks if isinstance(block, Table))


_TEXTS: Final[dict[str, Callable[[Sequence[Block]], str]]] = {"markdown": _markdown, "csv": _csv}
