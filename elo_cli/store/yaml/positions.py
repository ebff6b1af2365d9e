"""Where a key or value stands in its file, asked only for files that have findings."""

import re
from functools import cached_property
from typing import Any, Final, NamedTuple

from elo_cli.model.finding import Where


class Place(NamedTuple):
    """A line and a column, both counted from one, in characters."""

    line: int
    column: int


TOP = Place(1, 1)
_NO_KEY: Final = frozenset({"", " ", "#", "-"})


class Positions:
    """The places of everything in one text; the tree of nodes is built when it is first needed."""

    def __init__(self, text: str) -> None:
        """Keep the text; nothing is read yet."""
        self._text = text

    def key(self, where: Where) -> Place:
        """Where the key of this value stands (for a list's item, the item itself), or the nearest thing above it."""
        quick = self._top_key(where)
        return quick or self._find(where)[0]

    def value(self, where: Where) -> Place:
        """Where the value stands, or the nearest thing above it that exists."""
        return (self._top_value(where) or self._find(where)[1]) if where else TOP

    def _top_key(self, where: Where) -> Place | None:
        """A key at the top of a block mapping stands at the start of a line, where nothing else can stand."""
        line = self._top_keys.get(where[0]) if len(where) == 1 else None
        return Place(line, 1) if line is not None else None

    def _top_value(self, where: Where) -> Place | None:
        """The value behind such a key, where it begins in the same line; what begins a block is left to the tree."""
        key = self._top_key(where)
        if key is None:
            return None
        line = self._lines[key.line - 1]
        match = re.match(r"[^:]*: +(?=[^\s#&!|>])", line)
        return Place(key.line, match.end() + 1) if match else None

    @cached_property
    def _top_keys(self) -> dict[str | int, int]:
        """The lines of the keys that begin a line; the first of two with one name."""
        lines: dict[str | int, int] = {}
        for number, line in enumerate(self._lines, 1):
            if line[:1] not in _NO_KEY:
                name, colon, _ = f"{line} ".partition(": ")
                if colon:
                    lines.setdefault(name.rstrip(" "), number)
        return lines

    @cached_property
    def _lines(self) -> list[str]:
        return self._text.replace("\r\n", "\n").split("\n")

    def _find(self, where: Where) -> tuple[Place, Place]:
        while where:
            if where in self._nodes:
                return self._nodes[where]
            where = where[:-1]
        return TOP, TOP

    @cached_property
    def _nodes(self) -> dict[Where, tuple[Place, Place]]:
        return dict(_places(self._text))


def _places(text: str) -> list[tuple[Where, tuple[Place, Place]]]:
    places: list[tuple[Where, tuple[Place, Place]]] = []
    stack: list[tuple[Any, Where]] = [(_compose(text), ())]
    while stack:
        node, where = stack.pop()
        # The nodes of both readers say what they are in the same words.
        kind = getattr(node, "id", None)
        if kind == "mapping":
            for key, inner in node.value:
                path = (*where, str(key.value))
                places.append((path, (_place(key.start_mark), _place(inner.start_mark))))
                stack.append((inner, path))
        elif kind == "sequence":
            for index, inner in enumerate(node.value):
                path = (*where, index)
                places.append((path, (_place(inner.start_mark), _place(inner.start_mark))))
                stack.append((inner, path))
    return places


def _compose(text: str) -> object:
    """The tree of nodes, by libyaml where it is there and can: it takes a twentieth of the time of ruamel's own reader.

    A check of a tracker in which every record has a warning waits for nothing else. Places are the same in both.
    """
    import yaml

    from elo_cli.store.yaml.judge import compose, too_deep

    if too_deep(text) is not None:
        # libyaml's composer recurses, and what is deep enough ends the process.
        return None
    if yaml.__with_libyaml__:
        try:
            return yaml.compose(text, Loader=yaml.CSafeLoader)
        except (yaml.YAMLError, ValueError, RecursionError):
            # What only the newer version of YAML knows is left to the reader of that version.
            pass
    from ruamel.yaml.error import YAMLError

    try:
        return compose(text)
    except (YAMLError, ValueError, RecursionError):
        return None


def _place(mark: object) -> Place:
    return Place(int(getattr(mark, "line", 0)) + 1, int(getattr(mark, "column", 0)) + 1)
