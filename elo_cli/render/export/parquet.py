"""Tables as Parquet files, written by DuckDB, which comes with the extra `analysis`.

A folder has a file a table under `tracker=…/kind=…/`, as DuckDB, Spark and Trino read the folders of many trackers as
one. Nothing of the data ever stands in a statement: values go in as JSON, and DuckDB reads and writes only files with
names of ours in a temporary folder. The same data gives the same bytes.
"""

import json
import tempfile
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from elo_cli.model.money import plain_decimal
from elo_cli.render.export.columns import Cell, ColumnType
from elo_cli.render.export.history import History
from elo_cli.render.export.tables import TableData, tables
from elo_cli.tracking.day.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

PART: Final = "part-0.parquet"
_TYPES: Final[dict[ColumnType, str]] = {
    "date": "DATE",
    # Amounts are under ten billion thousands, and cents are the smallest.
    "money": "DECIMAL(18, 2)",
    "number": "DOUBLE",
    "integer": "BIGINT",
    "boolean": "BOOLEAN",
    "moment": "TIMESTAMP WITH TIME ZONE",
}
_SETTINGS: Final[dict[str, str | bool | int | float | list[str]]] = {
    # Neither reads nor loads what was not asked for, and writes rows in their order.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "threads": "1",
}


def write_table(table: TableData) -> bytes:
    """One table as the bytes of its file. Raises ModuleNotFoundError where DuckDB is missing."""
    with _writer() as (database, folder):
        return _content(database, folder, table)


def write_tables(view: View, history: History, folder: Path) -> None:
    """Write every table of a tracker into its folder, which lies beside those of other trackers."""
    with _writer() as (database, scratch):
        for table in (*tables(view), history.values, history.revisions):
            place = folder / f"kind={table.name}"
            place.mkdir()
            (place / PART).write_bytes(_content(database, scratch, table))


def folder_of(view: View) -> str:
    """The name of a tracker's folder among those of others."""
    return f"tracker={view.tracker.config.key}"


@contextmanager
def _writer() -> "Iterator[tuple[DuckDBPyConnection, Path]]":
    """A database in memory, and a folder for what goes into it and comes out of it."""
    import duckdb

    with tempfile.TemporaryDirectory(prefix="elo-") as folder, duckdb.connect(config=_SETTINGS) as database:
        yield database, Path(folder)


def _content(database: "DuckDBPyConnection", folder: Path, table: TableData) -> bytes:
    source, target = folder / "rows.json", folder / "rows.parquet"
    with source.open("w", encoding="utf-8", newline="\n") as file:
        for row in table.rows:
            file.write(json.dumps([_plain(cell) for cell in row], ensure_ascii=False) + "\n")
    # One array a line; a value that DuckDB reads as text is cast exactly.
    picked = ", ".join(
        f'CAST(json ->> {index} AS {_TYPES.get(column.type, "VARCHAR")}) AS "{column.name}"'
        for index, column in enumerate(table.columns)
    )
    database.execute(
        f"COPY (SELECT {picked} FROM read_json_objects({_text(source)}, format = 'newline_delimited')) "  # noqa: S608 - names of the model
        f"TO {_text(target)} (FORMAT parquet, COMPRESSION zstd)"
    )
    return target.read_bytes()


def _plain(cell: Cell) -> str | int | bool | None:
    if isinstance(cell, Decimal):
        return plain_decimal(cell)
    return cell.isoformat() if isinstance(cell, date) else cell


def _text(path: Path) -> str:
    """A name of a file as SQL has a text."""
    return "'" + path.as_posix().replace("'", "''") + "'"
