"""A folder of CSV files, one a table, and the datapackage.json that describes them (Data Package 2.0, https://datapackage.org).

The files are for programs: RFC 4180, UTF-8 without a byte order mark, comma and point. A mark would make no Finnish
spreadsheet read commas as columns, and programs would find it in the first head; people get the workbook.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from elo_cli.render.export.columns import Cell, Column
from elo_cli.render.export.tables import TableData, file_of, tables
from elo_cli.render.forms import csv as render_csv
from elo_cli.render.forms.escape import json_text
from elo_cli.render.words import terms
from elo_cli.render.words.language import Language
from elo_cli.tracking.day.view import View

_PROFILES: Final = "https://datapackage.org/profiles/2.0"
_TYPES: Final = {
    "date": "date",
    "money": "number",
    "number": "number",
    "integer": "integer",
    "boolean": "boolean",
}


def write_tables(language: Language, view: View, folder: Path) -> None:
    """Write every table and the description into the folder."""
    resources = []
    written = list(tables(view))
    ids = {table.name: {row[0] for row in table.rows} for table in written}
    for table in written:
        content = write_csv(table).encode()
        (folder / f"{table.name}.csv").write_bytes(content)
        resources.append(_resource(language, table, content, ids))
    package = _package(language, view, resources)
    (folder / "datapackage.json").write_bytes(f"{json_text(package)}\n".encode())


def write_csv(table: TableData) -> str:
    """One table as CSV; heads are the columns' names, the same in every language."""
    rows = ([_plain(cell) for cell in row] for row in table.rows)
    return render_csv.write_csv([column.name for column in table.columns], rows)


def _plain(cell: Cell) -> render_csv.Cell:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, date):
        return cell.isoformat()
    return cell


def _package(language: Language, view: View, resources: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    config = view.tracker.config
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": "elo-export",
        "id": config.key,
        "title": language.text(config.name),
        "description": language.text(config.description) or language.text(config.name),
        # No moment of writing: the same data gives the same files.
        "version": view.tracker.source.revision or view.as_of.isoformat(),
        "resources": resources,
    }


def _resource(language: Language, table: TableData, content: bytes, ids: Mapping[str, set[Cell]]) -> dict[str, Any]:
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "type": "table",
        "name": table.name.replace("_", "-"),
        "path": f"{table.name}.csv",
        "description": language.say(table.description),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "dialect": {
            "$schema": f"{_PROFILES}/tabledialect.json",
            "delimiter": ",",
            "lineTerminator": "\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "schema": {
            "$schema": f"{_PROFILES}/tableschema.json",
            "fields": [_field(language, column, table.key) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            **_foreign_keys(table, ids),
        },
    }


def _field(language: Language, column: Column, key: Sequence[str]) -> dict[str, Any]:
    title = language.say(column.head) if column.head else terms.head(language, column.field)
    if column.language is not None:
        title = f"{title} ({column.language})"
    constraints: dict[str, Any] = {}
    if column.required or column.name in key:
        constraints["required"] = True
    if column.words:
        constraints["enum"] = list(column.words)
    field: dict[str, Any] = {"name": column.name, "type": _TYPES.get(column.type, "string"), "title": title}
    if column.description:
        field["description"] = language.say(column.description)
    return {**field, "constraints": constraints} if constraints else field


def _foreign_keys(table: TableData, ids: Mapping[str, set[Cell]]) -> dict[str, Any]:
    """The references that hold: a column with an id that is not there, which elo check reports, is declared as none."""
    keys = [
        # A table that refers to itself does not name itself.
        {
            "fields": [column.name],
            "reference": {"fields": ["id"]} | ({"resource": target} if target != table.name else {}),
        }
        for index, column in enumerate(table.columns)
        if column.type == "id" and len(column.kinds) == 1
        for target in [file_of(column.kinds[0])]
        if all(value is None or value in ids[target] for value in _column(table.rows, index))
    ]
    return {"foreignKeys": keys} if keys else {}


def _column(rows: Iterable[Sequence[Cell]], index: int) -> Iterator[Cell]:
    return (row[index] for row in rows)
