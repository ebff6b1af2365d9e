"""The table that a mapping is meant for, found in a file that is not quite as the mapping expects."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from elo_cli.model.errors import EloError
from elo_cli.store.tables.heads import HeadsProblem, Located, locate
from elo_cli.store.tables.mapping import Mapping
from elo_cli.store.tables.rows import TableForm
from elo_cli.store.tables.table import open_table

_DELIMITERS: Final = (None, ";", ",", "\t", "|")
"""None: the one that cuts the first records most evenly."""


def find_table(path: Path, given: TableForm, mapping: Mapping) -> Located:
    """The table of a file, by the mapping's heads; what the mapping says of the file's form is only expected of it.

    What the command says holds. Raises TableProblem or UsageProblem: of several tries the one that came nearest.
    """
    nearest: EloError | None = None
    for form in _forms(given, mapping):
        sheets = open_table(path, form)
        try:
            return locate(sheets, mapping, path.name)
        except EloError as problem:
            if any(sheet.name for sheet in sheets):
                # The sign between cells is a matter of CSV alone.
                raise
            if nearest is None or _missing(problem) < _missing(nearest):
                nearest = problem
    assert nearest is not None  # noqa: S101 - there is at least one form to try
    raise nearest


def _forms(given: TableForm, mapping: Mapping) -> Iterator[TableForm]:
    expected = mapping.table
    form = given._replace(sheet=given.sheet or expected.sheet, expected_encoding=expected.encoding)
    if given.delimiter is not None:
        yield form
        return
    for delimiter in dict.fromkeys((expected.delimiter, *_DELIMITERS)):
        yield form._replace(delimiter=delimiter)


def _missing(problem: EloError) -> float:
    """How many columns a try has not found; what is no table at all comes last."""
    return problem.missing if isinstance(problem, HeadsProblem) else float("inf")
