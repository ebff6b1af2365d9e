"""The tables and views of an exported database, made from the models."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, get_args

from elo_cli.model.kind import Kind
from elo_cli.model.kinds import KINDS
from elo_cli.model.records.base import Correction, Source, Update
from elo_cli.render.export.columns import Child, Column, children_of, columns_of
from elo_cli.render.export.tables import PROMISED, TableData, kind_columns
from elo_cli.tracking.day.timing import TimingWord
from elo_cli.tracking.requests import RequestStep

APPLICATION_ID: Final = int.from_bytes(b"elo1", "big")
"""What the header of a database says of the program that wrote it (https://www.sqlite.org/fileformat.html, 1.3.14)."""
_AFFINITY: Final = {"money": "NUMERIC", "number": "NUMERIC", "integer": "INTEGER", "boolean": "INTEGER"}
_AS_OF: Final = "(SELECT value FROM meta WHERE key = 'as_of')"
_DERIVED_IN: Final = {"timing": "t", "last_day": "t", "days": "t", "step": "s", "last_word": "h", "path": "r"}
"""What follows from other facts, and the table in which the view finds it."""
_UPDATE: Final = ("date", "by", "effective", "reason", "decided_by", "note", "retracted")


def quoted(name: str) -> str:
    """A name of a table or column as SQL has it."""
    return f'"{name}"'


class Schema:
    """The statements that make the empty database, for a tracker in these languages."""

    def __init__(self, languages: Sequence[str]) -> None:
        """Find the columns of every kind once."""
        self.languages = languages
        self.columns: dict[str, list[Column]] = {
            kind.name: columns_of(kind.record, languages) for kind in KINDS.values()
        }
        skip = frozenset(Update.model_fields) - frozenset(_UPDATE)
        self.update_columns = columns_of(Update, languages, skip)

    @staticmethod
    def table_of(table: TableData) -> str:
        """A table without foreign keys, for what is of several revisions and days at once."""
        return f"CREATE TABLE {quoted(table.name)} ({_definitions(table.columns)})"

    def statements(self) -> Iterator[str]:
        """Tables, each after those that it cannot do without, then indexes and views."""
        yield "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID"
        yield (
            f"CREATE TABLE records (id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ({_listed(KINDS)})), "
            f"path TEXT NOT NULL, known_from TEXT {_day_check('known_from')}, "
            "data TEXT NOT NULL CHECK (json_valid(data)))"
        )
        for kind in KINDS.values():
            yield self._table(kind)
        record = f'"record" TEXT NOT NULL {_refers("records")}'
        yield (
            f"CREATE TABLE updates ({record}, number INTEGER NOT NULL, said_on TEXT NOT NULL {_day_check('said_on')}, "
            f"retracted_on TEXT {_day_check('retracted_on')}, {_definitions(self.update_columns)}, "
            "PRIMARY KEY (record, number))"
        )
        of_update = "FOREIGN KEY (record, update_number) REFERENCES updates DEFERRABLE INITIALLY DEFERRED"
        yield (
            "CREATE TABLE changes (record TEXT NOT NULL, update_number INTEGER NOT NULL, said_on TEXT NOT NULL, "
            f"retracted_on TEXT, field TEXT NOT NULL, value, PRIMARY KEY (record, field, update_number), {of_update})"
        )
        yield (
            f"CREATE TABLE sources ({record}, update_number INTEGER NOT NULL, number INTEGER NOT NULL, "
            f"{_definitions(columns_of(Source, self.languages))}, PRIMARY KEY (record, update_number, number))"
        )
        yield (
            f"CREATE TABLE corrections ({record}, number INTEGER NOT NULL, "
            f"{_definitions(columns_of(Correction, self.languages))}, PRIMARY KEY (record, number))"
        )
        yield (
            f"CREATE TABLE links ({record}, field TEXT NOT NULL, target TEXT NOT NULL {_refers('records')}, "
            "PRIMARY KEY (record, field, target))"
        )
        yield f"CREATE TABLE unresolved ({record}, field TEXT NOT NULL, target TEXT NOT NULL)"
        yield "CREATE INDEX links_target ON links (target)"
        yield (
            f"CREATE TABLE timings (milestone TEXT PRIMARY KEY {_refers('milestones')}, as_of TEXT NOT NULL, "
            f"timing TEXT NOT NULL CHECK (timing IN ({_listed(get_args(TimingWord))})), "
            f"last_day TEXT {_day_check('last_day')}, days INTEGER)"
        )
        yield (
            f"CREATE TABLE steps (request TEXT PRIMARY KEY {_refers('requests')}, as_of TEXT NOT NULL, "
            f"step TEXT NOT NULL CHECK (step IN ({_listed(get_args(RequestStep))})))"
        )
        yield f"CREATE TABLE heard (record TEXT PRIMARY KEY {_refers('records')}, as_of TEXT NOT NULL, last_word TEXT)"
        for kind in KINDS.values():
            for child in children_of(kind.name, self.languages):
                yield _child_table(kind, child)
            yield self._view(kind)

    def _table(self, kind: Kind) -> str:
        return f"CREATE TABLE {quoted(kind.folder)} ({_definitions(self.columns[kind.name])})"

    def _view(self, kind: Kind) -> str:
        """The present state: each field as the last update up to the day that stands has it, else as promised."""
        columns = kind_columns(kind, self.languages)
        picked = ", ".join(
            [
                *map(_now, columns.fields),
                *(
                    f"p.{quoted(column.name.removeprefix(PROMISED))} AS {quoted(column.name)}"
                    for column in columns.promised
                ),
                *(f"{_DERIVED_IN[column.name]}.{quoted(column.name)}" for column in columns.derived),
            ]
        )
        joined = f"{quoted(kind.folder)} AS p JOIN records AS r ON r.id = p.id"
        if kind.name == "milestone":
            joined += f" LEFT JOIN timings AS t ON t.milestone = p.id AND t.as_of = {_AS_OF}"
        if kind.name == "request":
            joined += f" LEFT JOIN steps AS s ON s.request = p.id AND s.as_of = {_AS_OF}"
        if kind.update is not None:
            joined += f" LEFT JOIN heard AS h ON h.record = p.id AND h.as_of = {_AS_OF}"
        return (
            f"CREATE VIEW {quoted(f'{kind.folder}_now')} AS SELECT {picked} FROM {joined} "  # noqa: S608 - names of the model
            f"WHERE r.known_from IS NULL OR r.known_from <= {_AS_OF}"
        )


def _now(column: Column) -> str:
    name = quoted(column.name)
    if column.path == ("id",):
        return f"p.{name}"
    if column.path == ("stage",):
        # Money that a named meeting will decide is pending until the meeting has passed.
        meeting = _folded("decided_at")
        passed = f"SELECT 1 FROM meetings AS m WHERE m.id = {meeting} AND {_folded('date_end', of='m')} < {_AS_OF}"  # noqa: S608 - names of the model
        return (
            f"CASE WHEN coalesce({_folded('stage')}, 'unstated') IN ('to-be-proposed', 'proposed') "
            f"AND {meeting} IS NOT NULL AND NOT EXISTS ({passed}) THEN 'pending' "
            f"ELSE coalesce({_folded('stage')}, 'unstated') END AS {name}"
        )
    return f"{_folded(column.name)} AS {name}"


def _folded(name: str, of: str = "p") -> str:
    """What a field of the record of this alias is on the day: as the last update has it, else as promised."""
    said = (
        f"FROM changes AS c WHERE c.record = {of}.id AND c.field = '{name}' AND c.said_on <= {_AS_OF} "
        f"AND (c.retracted_on IS NULL OR c.retracted_on > {_AS_OF})"
    )
    return (
        f"CASE WHEN EXISTS (SELECT 1 {said}) "
        f"THEN (SELECT c.value {said} ORDER BY c.said_on DESC, c.update_number DESC LIMIT 1) "
        f"ELSE {of}.{quoted(name)} END"
    )


def _child_table(kind: Kind, child: Child) -> str:
    key = child.key or "number"
    key_type = "INTEGER" if child.key is None else "TEXT"
    refers = _refers(KINDS[child.key_kinds[0]].folder) if child.key_kinds else "NOT NULL"
    return (
        f'CREATE TABLE {quoted(child.name)} ("record" TEXT NOT NULL {_refers(kind.folder)}, '
        "update_number INTEGER NOT NULL, "
        f"{quoted(key)} {key_type} {refers}, {_definitions(child.columns)}, "
        f"UNIQUE (record, update_number, {quoted(key)}))"
    )


def _definitions(columns: Sequence[Column]) -> str:
    return ", ".join(_definition(column) for column in columns)


def _definition(column: Column) -> str:
    name = quoted(column.name)
    words = [name, _AFFINITY.get(column.type, "TEXT")]
    if column.path == ("id",):
        words += ["PRIMARY KEY", _refers("records")]
    elif column.required and not column.kinds:
        words.append("NOT NULL")
    if column.type == "id":
        target = KINDS[column.kinds[0]].folder if len(column.kinds) == 1 else "records"
        words.append(_refers(target))
    elif column.type == "word":
        words.append(f"CHECK ({name} IN ({_listed(column.words)}))")
    elif column.type == "boolean":
        words.append(f"CHECK ({name} IN (0, 1))")
    elif column.type == "date":
        words.append(_day_check(column.name))
    return " ".join(words)


def _refers(table: str) -> str:
    return f"REFERENCES {quoted(table)} DEFERRABLE INITIALLY DEFERRED"


def _day_check(name: str) -> str:
    return f"CHECK ({quoted(name)} IS date({quoted(name)}))"


def _listed(words: Iterable[str]) -> str:
    """Words of a closed list as SQL has them; they are the model's own and hold no quotation mark."""
    return ", ".join(f"'{word}'" for word in words)
