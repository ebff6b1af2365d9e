"""The forms of an answer by name: blocks to the screen, to Markdown, or their tables to CSV."""

from collections.abc import Sequence

from elo_cli.render.forms.blocks import Block, Table
from elo_cli.render.forms.screen import Screen
from elo_cli.render.forms.text import utf8


def write(screen: Screen, form: str, blocks: Sequence[Block]) -> None:
    """Write an answer's blocks in the form that was asked for; CSV holds the tables alone."""
    if form == "markdown":
        from elo_cli.render.forms.markdown import page

        utf8(screen.file).write(page(blocks))
    elif form == "csv":
        from elo_cli.render.forms.csv import write_csv

        for block in blocks:
            if isinstance(block, Table):
                utf8(screen.file).write(write_csv(block.heads, block.rows))
    else:
        screen.write(blocks)
