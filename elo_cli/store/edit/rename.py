"""A record's new id: its file or entry, `formerly`, and every reference to it, as changes of the files with them."""

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from elo_cli.model.errors import N_, UnreadableProblem, UsageProblem
from elo_cli.model.shape import KEYS
from elo_cli.store.edit.record import Edit, Insert, Remove, Rename, Set, edit, file_shape
from elo_cli.store.lookup import is_id
from elo_cli.store.tracker import Entry, Link, Tracker

if TYPE_CHECKING:
    from elo_cli.model.kind import Kind


class Renaming(NamedTuple):
    """What a new id does: the files as they were and as they become, None where there is no file."""

    files: Mapping[str, tuple[bytes | None, bytes | None]]
    references: int
    """How many references were mended."""


def renamed(tracker: Tracker, entry: Entry, new_id: str) -> Renaming:
    """The contents of every file that changes when a record gets another id.

    Raises UsageProblem when the new id is none or is taken, now or formerly, and UnreadableProblem when a file of the
    tracker cannot be read, since a reference in it could not be mended.
    """
    _check_id(tracker, entry, new_id)
    if tracker.incomplete:
        raise UnreadableProblem(
            N_("{paths} cannot be read, so a reference there could not be mended; elo check says what is wrong"),
            paths=", ".join(tracker.incomplete[:3]),
        )
    changes: dict[str, list[Edit]] = defaultdict(list)
    kinds: dict[str, Kind] = {entry.path: entry.kind}
    links = tracker.backlinks.get(entry.id, [])
    for link in sorted(links, key=lambda link: len(link.where), reverse=True):
        origin = tracker.entries[link.origin]
        kinds[origin.path] = origin.kind
        changes[origin.path].append(_mended(link, new_id))
    changes[entry.path].extend(_own(entry, new_id))
    files: dict[str, tuple[bytes | None, bytes | None]] = {}
    for path, wanted in changes.items():
        old = tracker.source.read(path)
        files[path] = (old, edit(old, path, wanted, file_shape(kinds[path])))
    if not entry.kind.vocabulary:
        before, after = files[entry.path]
        files[entry.path] = (before, None)
        files[entry.kind.path(new_id)] = (None, after)
    return Renaming(files, len(links))


def _check_id(tracker: Tracker, entry: Entry, new_id: str) -> None:
    if not is_id(new_id):
        raise UsageProblem(
            N_(
                "“{id}” is no id: small letters, digits and single hyphens, such as dsp-pilots; "
                "and no name of a device on Windows, such as aux"
            ),
            id=new_id,
        )
    if new_id in tracker.entries or new_id in tracker.broken:
        raise UsageProblem(N_("there is a record “{id}” already"), id=new_id)
    for other in tracker.entries.values():
        if other.id != entry.id and new_id in (other.record.formerly or ()):
            raise UsageProblem(N_("“{id}” was the id of {now}; an id is never used again"), id=new_id, now=other.id)


def _mended(link: Link, new_id: str) -> Edit:
    if link.reference.path[-1] == KEYS:
        return Rename(link.where, new_id)
    return Set(link.where, new_id)


def _own(entry: Entry, new_id: str) -> list[Edit]:
    """The changes in the record itself; its own references to itself are among the links."""
    former = list(entry.record.formerly or ())
    changes: list[Edit] = []
    if new_id in former:
        changes.append(Remove((*entry.where, "formerly", former.index(new_id))))
        former.remove(new_id)
    changes.append(Insert((*entry.where, "formerly", len(former)), entry.id))
    changes.append(Rename(entry.where, new_id) if entry.kind.vocabulary else Set(("id",), new_id))
    return changes
