"""From a plan to the bytes of the files that it changes: new records whole, updates and new entries by splice."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from elo_cli.model.kind import Kind
from elo_cli.store.edit.record import Set, add_update, edit, file_shape, new_file
from elo_cli.store.tracker import Tracker
from elo_cli.store.yaml.strict import Plain
from elo_cli.tracking.importing.rows import Plan, Planned

_QUOTED: Final = re.compile(r"'(?=([a-z0-9-]+)')")
"""Each text of a plain value that may be an id."""

Files = dict[str, tuple[bytes | None, bytes | None]]
"""What each file holds before and after, by its path below the data folder; None where it is not there."""


def files_of(
    plan: Plan,
    read: Callable[[str], bytes | None],
    follow: Callable[[Iterable[Planned]], Iterable[Planned]] = lambda planned: planned,
) -> Files:
    """The files that a plan changes; `follow` lets someone watch the records go by."""
    files: Files = {}
    entries: dict[str, tuple[Kind, dict[str, Plain]]] = {}
    for record in follow([record for record in plan.planned if record.action != "unchanged"]):
        path = record.kind.path(record.id)
        if record.record is None:
            old = files[path][0] if path in files else read(path)
            new = files[path][1] if path in files else old
            for update in record.updates:
                new = add_update(new or b"", path, record.kind, update, second_reader=False)
            files[path] = (old, new)
        elif record.kind.vocabulary:
            entry = {name: value for name, value in record.record.items() if name != "id"}
            entries.setdefault(path, (record.kind, {}))[1][record.id] = entry
        else:
            files[path] = (None, new_file(record.record, record.kind))
    for path, (kind, added) in entries.items():
        old = read(path)
        files[path] = (old, _vocabulary(old, path, kind, added))
    return files


def _vocabulary(old: bytes | None, path: str, kind: Kind, added: Mapping[str, Plain]) -> bytes:
    """A vocabulary's file with these entries more."""
    if old is not None:
        return edit(old, path, [Set((name,), entry) for name, entry in added.items()], file_shape(kind))
    from elo_cli.store.yaml import emit

    return emit.document(added, kind.file, first_line=kind.first_line).encode()


def removable(tracker: Tracker, plan: Plan) -> tuple[list[str], dict[str, list[str]]]:
    """Which of the records that are gone can be taken out, and what still refers to the others."""
    added = {word: record.id for record in plan.of("changed") for word in _QUOTED.findall(str(record.updates))}
    # An update that is about to be written may refer to it too, where its promise does not.
    return tracker.unreferred(sorted(name for name in plan.gone if not tracker.entries[name].kind.vocabulary), added)
