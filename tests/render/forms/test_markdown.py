"""Answers in Markdown are what their blocks say, and pass a linter."""

from collections.abc import Callable

from elo_cli.render.forms.blocks import Block, Heading, Items, Pairs, Paragraph, Space, Table
from elo_cli.render.forms.markdown import page

BLOCKS: list[Block] = [
    Heading("Strategy | 9.4.2021", 1),
    Paragraph("One *two*\nthree", style="dim"),
    Space(),
    Heading("Money"),
    Table(["Id", "Euros"], [["a", "1"], ["b|c", "2"]], [1]),
    Heading("Deadlines"),
    Items(["https://example.org", "@octocat"]),
    Items([]),
    Pairs([("Due", ["IV/2021"]), ("Empty", []), ("Who", ["OKM", "TEM"])]),
]

PAGE = """# Strategy \\| 9.4.2021

One \\*two\\*\\
three

## Money

| Id | Euros |
| --- | ---: |
| a | 1 |
| b\\|c | 2 |

## Deadlines

- https:\u200b//example.org
- @\u200boctocat

- **Due**: IV/2021
- **Who**:
  - OKM
  - TEM
"""


def test_page_holds_every_block() -> None:
    """Each block has its form in Markdown, what is empty has none, and an empty line stands between."""
    assert page(BLOCKS) == PAGE


def test_page_passes_the_linter(markdownlint: Callable[[str], list[str]]) -> None:
    """What elo writes has no finding of markdownlint."""
    assert markdownlint(page(BLOCKS)) == []
