"""Answers as GitHub Flavored Markdown: tables whose cells are data and never markup."""

from collections.abc import Iterable, Sequence

from elo_cli.render.escape import Markdown, markdown_cell


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[int] = ()) -> Markdown:
    """A table; every cell is escaped unless it is Markdown already; the columns in `right` are set flush right."""
    numbers = set(right)
    rules = ["---:" if index in numbers else "---" for index in range(len(heads))]
    lines = [_row(heads), _row([Markdown(rule) for rule in rules]), *(_row(row) for row in rows)]
    return Markdown("\n".join(lines) + "\n")


def _row(cells: Sequence[str]) -> str:
    return "|" + "".join(f" {text} |" if (text := markdown_cell(cell)) else " |" for cell in cells)
