"""One change to the text of a file: what stands at a place is replaced, added or removed, and nothing else moves.

The places are asked of ruamel's nodes; only lines of the value itself are touched. Whether a splice said what was meant
is not judged here: `store.edit.record` proves it by reading.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from elo_cli.model.finding import Where
from elo_cli.model.shape import Shape
from elo_cli.store.yaml import emit
from elo_cli.store.yaml.judge import compose
from elo_cli.store.yaml.order import at, order_of

_COLON: Final = re.compile(r"[ \t]*:")
_BLOCK_HEADER: Final = re.compile(r"[|>][-+0-9]*")
_COMMENT: Final = re.compile(r"(?P<indent> *)#")
_BLANK: Final = re.compile(r"[ \t]*\r?(?:\n|$)")


class CannotSpliceError(Exception):
    """The text has a form that no splice is known for."""


class Slot(NamedTuple):
    """One key with its value, or one item of a list: where its lead (the colon or dash) ends, and its nodes."""

    key: Node | None
    value: Node
    lead: int
    """The index after the colon or the dash; in a list in brackets, the item's start."""
    dash: int = -1

    @property
    def start(self) -> int:
        """The index of the key, or of the dash."""
        return int(self.key.start_mark.index) if self.key is not None else self.dash


class Splicer:
    """A text with its nodes, and the edits that can be made to it; each edit gives a new text."""

    def __init__(self, text: str, shape: Shape | None) -> None:
        """Compose the text; `shape` is that of the file's top, which gives the order of keys."""
        root = compose(text)
        if not isinstance(root, MappingNode):
            raise CannotSpliceError
        self.text = text
        self.root = root
        self.shape = shape
        self._layout: emit.Layout | None = None

    # What there is

    def node(self, where: Where) -> Node | None:
        """The node at a place, None when there is nothing."""
        node: Node = self.root
        for part in where:
            slot = self._slot(node, part)
            if slot is None:
                return None
            node = slot.value
        return node

    @property
    def layout(self) -> emit.Layout:
        """How this file is laid out, from the first nested mapping and list that it holds."""
        if self._layout is None:
            steps: dict[str, int] = {}
            for parent, value in self._pairs(self.root):
                if isinstance(value, CollectionNode) and not value.flow_style and value.value:
                    name = "dash" if isinstance(value, SequenceNode) else "step"
                    steps.setdefault(name, _column(value) - _column(parent))
            ends = "\r\n" if "\r\n" in self.text else "\n"
            self._layout = emit.Layout(steps.get("step") or 2, steps.get("dash", 2), ends)
        return self._layout

    def _pairs(self, node: Node) -> Iterator[tuple[Node, Node]]:
        """Every block mapping with each of its values."""
        if isinstance(node, MappingNode) and not node.flow_style:
            for _, value in node.value:
                yield node, value
                yield from self._pairs(value)
        elif isinstance(node, SequenceNode) and not node.flow_style:
            for value in node.value:
                yield from self._pairs(value)

    def _slot(self, node: Node, part: str | int) -> Slot | None:
        return next((slot for name, slot in self.slots(node) if name == part), None)

    def _held(self, where: Where) -> tuple[Node, Slot]:
        """What stands at a place, and the node that holds it. Raises CannotSpliceError."""
        parent = self.node(where[:-1])
        slot = self._slot(parent, where[-1]) if parent is not None else None
        if parent is None or slot is None:
            raise CannotSpliceError
        return parent, slot

    def slots(self, node: Node) -> Iterator[tuple[str | int, Slot]]:
        """What a mapping or list holds, by key or index, in the order of the text."""
        if isinstance(node, MappingNode):
            for key, value in node.value:
                colon = _COLON.match(self.text, key.end_mark.index)
                yield key.value, Slot(key, value, colon.end() if colon else key.end_mark.index)
        elif isinstance(node, SequenceNode):
            dash = node.start_mark.index
            for index, value in enumerate(node.value):
                if node.flow_style:
                    yield index, Slot(None, value, value.start_mark.index)
                    continue
                slot = Slot(None, value, dash + 1, dash)
                yield index, slot
                if index + 1 < len(node.value):
                    dash = self._next_dash(self.end_of(slot), _column(node))

    def _next_dash(self, index: int, column: int) -> int:
        while (index := self._next_line(index)) < len(self.text):
            if self.text.startswith("-", index + column) and not self.text[index : index + column].strip(" "):
                return index + column
        raise CannotSpliceError

    # Where things end

    def end_of(self, slot: Slot) -> int:
        """The index after the last character of a slot's value, comments aside."""
        return max(slot.lead, self._content_end(slot.value, slot.lead))

    def _content_end(self, node: Node, lead: int) -> int:
        if isinstance(node, ScalarNode):
            start, end = node.start_mark.index, node.end_mark.index
            if node.style in {"|", ">"}:
                header = self.text[start : self._line_end(start)]
                if "+" not in header.partition("#")[0]:
                    end = start + len(self.text[start:end].rstrip(" \r\n"))
                return max(int(start) + 1, int(end) - 1 if self.text[end - 1 : end] == "\n" else int(end))
            return int(end) if end > start else lead
        if getattr(node, "flow_style", False):
            return int(node.end_mark.index)
        slots = list(self.slots(node))
        return self.end_of(slots[-1][1]) if slots else lead

    def _line_end(self, index: int) -> int:
        """The index of the line end at or after `index`, before its CR."""
        end = self.text.find("\n", index)
        if end < 0:
            return len(self.text)
        return end - 1 if end > index and self.text[end - 1] == "\r" else end

    def _next_line(self, index: int) -> int:
        end = self.text.find("\n", index)
        return len(self.text) if end < 0 else end + 1

    def _line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def _extent(self, slot: Slot, column: int) -> int:
        """The start of the line after a slot and after the comments that are indented into it."""
        line = after = self._next_line(self.end_of(slot))
        while line < len(self.text):
            comment = _COMMENT.match(self.text, line)
            if comment and len(comment["indent"]) > column:
                after = self._next_line(line)
            elif not _BLANK.match(self.text, line):
                break
            line = self._next_line(line)
        return after

    # Adding

    def add(self, where: Where, value: object, *, insert: bool = False) -> str:
        """Put a value at a place that is empty; with `insert`, before the item of a list that stands there."""
        parent = self.node(where[:-1])
        part = where[-1]
        shape = at(self.shape, where)
        if isinstance(parent, MappingNode) and isinstance(part, str):
            names = [key.value for key, _ in parent.value]
            after = _place_of(part, names, order_of(at(self.shape, where[:-1])))
            if parent.flow_style:
                quote = next((quote for key, _ in parent.value if (quote := _quote(key))), "")
                written = emit.inline({part: value}, quote=quote)[1:-1]
                return self._add_flow(parent, after, written)
            return self._add_lines(
                parent, after, lambda column: emit.entry_lines(part, value, column, self.layout, shape)
            )
        if isinstance(parent, SequenceNode) and isinstance(part, int):
            count = len(parent.value)
            after = (part if insert else count) - 1
            if parent.flow_style:
                return self._add_flow(parent, after, emit.inline(value, flow=True))
            gap = _column(parent.value[0]) - _column(parent) if parent.value else 2
            # A first item on a line of its own says nothing about the others.
            gap = gap if gap >= 2 and isinstance(parent.value[0], MappingNode) else 2  # noqa: PLR2004 - dash and space
            return self._add_lines(
                parent, after, lambda column: emit.item_lines(value, column, self.layout, shape, gap)
            )
        raise CannotSpliceError

    def _add_lines(self, parent: Node, after: int, lines: Callable[[int], list[str]]) -> str:
        """Add whole lines after the slot with this index, or before the first with -1."""
        column = _column(parent)
        new = lines(column)
        newline = self.layout.newline
        slots = [slot for _, slot in self.slots(parent)]
        if after < 0:
            at = slots[0].start
            block = newline.join([new[0][column:], *new[1:], " " * column])
            return self.text[:at] + block + self.text[at:]
        at = self._extent(slots[after], column)
        if parent is self.root and after + 1 == len(slots) and self._only_comments(at):
            # The last key of a file comes last, below the comments that explain what could stand there.
            at = len(self.text)
        block = newline.join(new)
        if at == len(self.text) and not self.text.endswith("\n"):
            return self.text + newline + block
        return self.text[:at] + block + newline + self.text[at:]

    def _only_comments(self, at: int) -> bool:
        """Whether nothing but comments, up to the last line, stands from here to the end."""
        lines = self.text[at:].splitlines()
        return bool(lines) and lines[-1].startswith("#") and all(not line or line.startswith("#") for line in lines)

    def _add_flow(self, parent: Node, after: int, written: str) -> str:
        slots = [slot for _, slot in self.slots(parent)]
        if not slots:
            at = parent.start_mark.index + 1
            return self.text[:at] + written + self.text[at:]
        if after < 0:
            at = _start(slots[0])
            return f"{self.text[:at]}{written}, {self.text[at:]}"
        at = self.end_of(slots[after])
        return f"{self.text[:at]}, {written}{self.text[at:]}"

    # Replacing

    def replace(self, where: Where, value: object) -> str:
        """Put another value in the place of the one that stands there."""
        parent, slot = self._held(where)
        end = self.end_of(slot)
        start = max(slot.lead, slot.value.start_mark.index)
        quote = _quote(slot.value)
        if getattr(parent, "flow_style", False):
            space = "" if end > slot.lead or slot.key is None else " "
            if slot.key is not None and not self.text[: slot.lead].endswith(":"):
                space = ": "
            at = start if end > slot.lead else slot.lead
            return self.text[:at] + space + emit.inline(value, flow=True, quote=quote) + self.text[max(at, end) :]
        return self._replace_block(where, slot, parent, value)

    def _replace_block(self, where: Where, slot: Slot, parent: Node, value: object) -> str:
        text, newline, end, column = self.text, self.layout.newline, self.end_of(slot), _column(parent)
        shape = at(self.shape, where)
        node = slot.value
        empty = end == slot.lead
        beside = not empty and "\n" not in text[slot.lead : node.start_mark.index]
        is_block = isinstance(node, CollectionNode) and not node.flow_style
        style = node.style if isinstance(node, ScalarNode) else None
        quote = _quote(node) if isinstance(value, str) else ""
        start = slot.lead - self._line_start(slot.lead) + 1
        if slot.key is not None:
            new = emit.render(value, column, self.layout, start=start, shape=shape, quote=quote)
        else:
            lines = emit.item_lines(value, column, self.layout, shape)
            new = emit.Rendered(lines[0][column + 2 :], tuple(lines[1:]))
        if beside and not is_block and style not in {"|", ">"} and not new.lines:
            return text[: node.start_mark.index] + new.head + text[end:]
        tail = self._tail(slot, end, beside=beside and not is_block)
        if tail and slot.key is None and new.lines:
            # A comment beside the dash: the value begins on the next line.
            new = emit.Rendered("", tuple(emit.item_lines(value, column, self.layout, shape)))
            new = emit.Rendered("", (new.lines[0].replace("-", " ", 1), *new.lines[1:]))
        head = f" {new.head}" if new.head else ""
        return (
            text[: slot.lead]
            + head
            + tail
            + "".join(f"{newline}{line}" for line in new.lines)
            + text[self._line_end(end) :]
        )

    def _tail(self, slot: Slot, end: int, *, beside: bool) -> str:
        """The comment on the line of the key or dash, which stays; for a value on that line, the one after its end."""
        node = slot.value
        at = slot.lead
        if beside:
            at = end
            if isinstance(node, ScalarNode) and node.style in {"|", ">"}:
                header = _BLOCK_HEADER.match(self.text, node.start_mark.index)
                at = header.end() if header else end
        rest = self.text[at : self._line_end(at)]
        return rest if rest.lstrip(" ").startswith("#") else ""

    def rename(self, where: Where, name: str) -> str:
        """Give a key another name, in the quotes that it has."""
        parent, slot = self._held(where)
        if slot.key is None:
            raise CannotSpliceError
        flow = bool(getattr(parent, "flow_style", False))
        return (
            self.text[: slot.start]
            + emit.key_text(name, flow=flow, quote=_quote(slot.key))
            + self.text[slot.key.end_mark.index :]
        )

    def words(self, words: Sequence[tuple[Where, str, bool]]) -> str | None:
        """Put words in the places of words, or of keys, in one go; None where one of the places holds no word."""
        spans: dict[int, tuple[int, str]] = {}
        for where, word, is_key in words:
            parent = self.node(where[:-1])
            slot = self._slot(parent, where[-1]) if parent is not None else None
            node = (slot.key if is_key else slot.value) if slot is not None else None
            if not isinstance(node, ScalarNode) or node.style in {"|", ">"} or not node.value:
                return None
            spans[node.start_mark.index] = (node.end_mark.index, emit.inline(word, flow=True, quote=_quote(node)))
        text = self.text
        for start in sorted(spans, reverse=True):
            end, written = spans[start]
            text = text[:start] + written + text[end:]
        return text

    # Removing

    def remove(self, where: Where) -> str:
        """Take out a value with its key or dash; its container keeps at least one other."""
        parent = self.node(where[:-1])
        slots = list(self.slots(parent)) if parent is not None else []
        index = next((number for number, (name, _) in enumerate(slots) if name == where[-1]), -1)
        if parent is None or index < 0 or len(slots) < 2:  # noqa: PLR2004 - the one that goes and one that stays
            raise CannotSpliceError
        slot = slots[index][1]
        if getattr(parent, "flow_style", False):
            if index + 1 < len(slots):
                return self.text[: _start(slot)] + self.text[_start(slots[index + 1][1]) :]
            return self.text[: self.end_of(slots[index - 1][1])] + self.text[self.end_of(slot) :]
        at = slot.start
        line = self._line_start(at)
        if self.text[line:at].strip(" "):
            # The first key after a dash, or the first dash after one: the next takes its place.
            return self.text[:at] + self.text[slots[index + 1][1].start :]
        after = self._extent(slot, _column(parent))
        if after == len(self.text) and not self.text.endswith("\n"):
            # The file has no line end at its end, and keeps none.
            return self.text[:line].removesuffix("\n").removesuffix("\r")
        return self.text[:line] + self.text[after:]


def _quote(node: Node) -> str:
    """The quotation mark that a text stands in, "" for none."""
    return str(node.style) if isinstance(node, ScalarNode) and node.style in {'"', "'"} else ""


def _column(node: Node) -> int:
    return int(node.start_mark.column)


def _start(slot: Slot) -> int:
    return int((slot.key or slot.value).start_mark.index)


def _place_of(name: str, names: Sequence[str], order: Sequence[str]) -> int:
    """The index of the key after which a new one belongs, -1 for the first place."""
    if name not in order:
        return len(names) - 1
    before = order[: order.index(name)]
    ranked = [(before.index(other), index) for index, other in enumerate(names) if other in before]
    return max(ranked)[1] if ranked else -1
