"""What a new record needs: its fields, an id that is free, its place among the files, and whether it is a double."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from elo_cli.commands.shared import session
from elo_cli.model.characters import folded
from elo_cli.model.errors import N_, UsageProblem
from elo_cli.model.finding import Phrase
from elo_cli.model.kind import Kind
from elo_cli.store.edit.record import Set, edit, file_shape, new_file, read_mapping
from elo_cli.store.lookup import RecordFile, find, is_id, read
from elo_cli.store.skeleton import explained, slug
from elo_cli.store.yaml.order import key_order
from elo_cli.store.yaml.strict import Plain, is_mapping

if TYPE_CHECKING:
    from elo_cli.store.source import FileSource

LATER: Final = frozenset({"id", "formerly", "corrections", "updates"})
"""Fields that nobody is asked for: the id comes of itself, and the others come later."""


def needed_fields(kind: Kind) -> list[str]:
    """The fields that a record of a kind cannot be without, in the file's order; what states facts needs a source."""
    return [
        name
        for name in key_order(kind.record)
        if name not in LATER
        and (name == "name" or (name == "sources" and kind.sourced) or kind.record.model_fields[name].is_required())
    ]


def free_id(source: "FileSource", record: Plain) -> str:
    """An id made from the name that no record has yet; empty where no letter of the name can be in an id."""
    name = record.get("name")
    words = list(name.values()) if is_mapping(name) else []
    proposed = slug(str(words[0]) if words else "")
    number, free = 1, proposed
    while proposed and find(source, free) is not None:
        number += 1
        free = f"{proposed}-{number}"
    return free


def read_id(source: "FileSource", text: str) -> str:
    """An id that a new record may have; UsageProblem where it is none, or another record has it."""
    if not is_id(text):
        raise UsageProblem(
            N_(
                "“{id}” is no id: small letters, digits and single hyphens, such as dsp-pilots; "
                "and no name of a device on Windows, such as aux"
            ),
            id=text,
        )
    if find(source, text) is not None:
        raise UsageProblem(N_("there is a record “{id}” already"), id=text)
    return text


def written(folder: session.Folder, kind: Kind, record: Plain, *, bare: bool) -> tuple[RecordFile, bytes]:
    """Where a new record comes to lie, and the new bytes of that file."""
    record_id = str(record["id"])
    path = kind.path(record_id)
    if kind.vocabulary:
        old = read(folder.source, path) or b""
        entry = {name: record[name] for name in key_order(kind.record) if name in record and name != "id"}
        if not old:
            return RecordFile(kind, path, (record_id,), b""), _new_vocabulary(kind, record_id, entry)
        return RecordFile(kind, path, (record_id,), old), edit(old, path, [Set((record_id,), entry)], file_shape(kind))
    if os.path.lexists(folder.root / path):
        raise UsageProblem(N_("there is a record “{id}” already"), id=record_id)
    if bare:
        return RecordFile(kind, path, (), b""), new_file(record, kind)
    languages = list(folder.config.languages)
    return RecordFile(kind, path, (), b""), explained(record, kind, languages, folder.language.say)


def _new_vocabulary(kind: Kind, record_id: str, entry: Plain) -> bytes:
    from elo_cli.store.yaml import emit

    return emit.document({record_id: entry}, file_shape(kind), first_line=kind.first_line).encode("utf-8")


def doubles(source: "FileSource", kind: Kind, record: Plain) -> Iterator[Phrase]:
    """For a document: that one with this address, or with this title and no other date, is there already."""
    if kind.name != "document":
        return
    path = kind.path()
    data = read(source, path)
    for record_id, other in read_mapping(data, path).items() if data else ():
        if not is_mapping(other):
            continue
        same_day = record.get("date") is None or other.get("date") is None or _dated(record) == _dated(other)
        if (record.get("address") is not None and record.get("address") == other.get("address")) or (
            same_day and not _titles(record).isdisjoint(_titles(other))
        ):
            title = next(iter(_names(other)), record_id)
            yield Phrase(
                N_("this may be a double: “{title}” ({id}) is there already"), {"title": title, "id": record_id}
            )


def _dated(record: Plain) -> str:
    return str(record.get("date"))


def _names(record: Plain) -> list[str]:
    name = record.get("name")
    return [str(text) for text in name.values()] if is_mapping(name) else []


def _titles(record: Plain) -> set[str]:
    return {folded(name) for name in _names(record)}
