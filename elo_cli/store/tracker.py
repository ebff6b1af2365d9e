"""A tracker: all records of one data folder, found by id, with the links between them both ways."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Final, NamedTuple, TypeVar, cast

from elo_cli.model.config import TrackerConfig
from elo_cli.model.finding import Problem, Where
from elo_cli.model.kind import Kind, Reference
from elo_cli.model.kinds import KIND_OF, KINDS
from elo_cli.model.languages import SOURCE
from elo_cli.model.records.base import Record
from elo_cli.model.shape import EACH, KEYS
from elo_cli.store.source import FileSource
from elo_cli.store.yaml.strict import Plain

R = TypeVar("R", bound=Record)

CONFIG_FILE: Final = "tracker.yaml"


class Entry(NamedTuple):
    """One record as it was read: the model, the plain data that positions are asked of, and where it lies."""

    id: str
    kind: Kind
    path: str
    where: Where
    """The place of the record in its file: () for a file of its own, (id,) in a vocabulary."""
    data: Plain
    record: Record


class Link(NamedTuple):
    """One reference from a record to another: both ids, the field that refers, and its place in the file."""

    origin: str
    target: str
    reference: Reference
    where: Where


class Tracker:
    """Everything that one data folder says; built by `store.loading.load`, never changed afterwards."""

    def __init__(self, source: FileSource, config: TrackerConfig | None) -> None:
        """An empty tracker of this source; a config of None means that tracker.yaml could not be read."""
        self.source = source
        self.config_read = config is not None
        self.config = config or TrackerConfig(format=1, name={SOURCE: CONFIG_FILE}, languages=[SOURCE])
        self.entries: dict[str, Entry] = {}
        self.problems: list[Problem] = []
        self.broken: dict[str, str] = {}
        """Ids of records that are there but could not be read, with their kind."""
        self._incomplete: dict[str, None] = {}

    @property
    def incomplete(self) -> list[str]:
        """Paths of the files that could not be read whole, as findings show them."""
        return sorted(self.shown(path) for path in self._incomplete)

    @property
    def incomplete_paths(self) -> list[str]:
        """The same paths, below the data folder."""
        return list(self._incomplete)

    @property
    def incomplete_inside(self) -> list[str]:
        """The same paths below the data folder, as they can be shown: what leaves the machine names no folder of it."""
        return sorted(shown_path(path) for path in self._incomplete)

    def unreferred(
        self, names: Iterable[str], others: Mapping[str, str] | None = None
    ) -> tuple[list[str], dict[str, list[str]]]:
        """Those of the records that could go together, and by whom the rest is held: who still refers to each.

        `others` are further references, from a record to one that will refer to it.
        """
        going, held = dict.fromkeys(names), dict[str, list[str]]()
        while True:
            kept = {}
            for name in going:
                origins = sorted({link.origin for link in self.backlinks.get(name, ())} - going.keys() - {name})
                if not origins and others is not None and name in others:
                    origins = [others[name]]
                if origins:
                    kept[name] = origins
            if not kept:
                return list(going), held
            held |= kept
            going = {name: None for name in going if name not in kept}

    def mark_incomplete(self, path: str) -> None:
        """Note that a file could not be read whole."""
        self._incomplete[path] = None

    def shown(self, path: str) -> str:
        """A path below the data folder as findings show it: with the data folder's own name before it."""
        label = self.source.label
        return shown_path(f"{label}/{path}" if label and label != "." else path)

    @cached_property
    def by_kind(self) -> Mapping[str, Mapping[str, Entry]]:
        """The entries of each kind by id, in the order of the files."""
        groups: dict[str, dict[str, Entry]] = {name: {} for name in KINDS}
        for entry in self.entries.values():
            groups[entry.kind.name][entry.id] = entry
        return groups

    def of(self, model: type[R]) -> Iterator[R]:
        """The records of one model, in the order of their files."""
        return (cast("R", entry.record) for entry in self.by_kind[KIND_OF[model].name].values())

    def get(self, model: type[R], record_id: str | None) -> R | None:
        """The record with this id, if it is there and of this model."""
        entry = self.entries.get(record_id) if record_id is not None else None
        return entry.record if entry is not None and isinstance(entry.record, model) else None

    @cached_property
    def links(self) -> Mapping[str, list[Link]]:
        """All references by the record that makes them; a record without any has no key."""
        return {entry.id: links for entry in self.entries.values() if (links := links_of(entry))}

    @cached_property
    def backlinks(self) -> Mapping[str, list[Link]]:
        """All references by the record that they point to."""
        groups: dict[str, list[Link]] = defaultdict(list)
        for links in self.links.values():
            for link in links:
                groups[link.target].append(link)
        return groups


def shown_path(path: str) -> str:
    """A path as it can be shown and written: what is not UTF-8 in the name of a file as its bytes."""
    return path if path.isascii() else path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def links_of(entry: Entry) -> list[Link]:
    """Every reference that a record makes, in the order of the model's fields."""
    links: list[Link] = []
    _follow(entry.data, entry.kind.reference_tree, entry.where, entry.id, links)
    return links


def links_in(kind: Kind, data: Plain, origin: str) -> list[Link]:
    """Every reference in plain data of a kind, for data that is no entry of a tracker."""
    links: list[Link] = []
    _follow(data, kind.reference_tree, (), origin, links)
    return links


_MARKS: Final = frozenset({"", EACH, KEYS})
"""Parts of a tree of references that are no names of fields."""


def _follow(value: Any, tree: dict[str, Any], where: Where, origin: str, links: list[Link]) -> None:  # noqa: ANN401 - plain YAML data
    is_mapping = isinstance(value, dict)
    for part, below in tree.items():
        if part in _MARKS:
            if part == KEYS and is_mapping:
                links.extend(Link(origin, key, below[""], (*where, key)) for key in value)
            elif part == EACH:
                pairs = enumerate(value) if isinstance(value, list) else value.items() if is_mapping else ()
                for key, inner in pairs:
                    if isinstance(inner, str):
                        if "" in below:
                            links.append(Link(origin, inner, below[""], (*where, key)))
                    else:
                        _follow(inner, below, (*where, key), origin, links)
        # Most references that a kind can make are absent, and asking so is what costs least.
        elif is_mapping and part in value:
            inner = value[part]
            if isinstance(inner, str):
                if "" in below:
                    links.append(Link(origin, inner, below[""], (*where, part)))
            elif inner is not None:
                _follow(inner, below, (*where, part), origin, links)
