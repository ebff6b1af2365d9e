"""The canonical form of a file: the kind's order of keys, quotes only where needed, one layout; comments stay.

A comment belongs to the key or item that follows it, to the one on whose line it stands, or, indented deeper than what
follows, to the one before it; it moves with what it belongs to. One blank line is kept where there were some.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from typing import Final, NamedTuple

from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from elo_cli.model.errors import N_
from elo_cli.model.shape import Shape
from elo_cli.store.edit.record import EditRefused, prove, read_mapping
from elo_cli.store.edit.splice import CannotSpliceError, Slot, Splicer
from elo_cli.store.yaml import emit
from elo_cli.store.yaml.judge import plain_of
from elo_cli.store.yaml.order import order_of, step
from elo_cli.store.yaml.strict import Plain, decode

_COMMENT: Final = re.compile(r"(?:^|(?<=[ \t\n]))#[^\r\n]*")
_SCHEMA: Final = "# yaml-language-server:"


class _Placed(NamedTuple):
    """A slot in the text: where it starts, the column of its key or dash, and the slots that hold it."""

    start: int
    column: int
    slot: Slot
    end: int
    above: tuple[int, ...]
    """Indexes of the slots around it, the outermost first."""


def canonical(data: bytes, path: str, shape: Shape | None) -> bytes:
    """The bytes of a file in canonical form: UTF-8 without a byte order mark, lines ended by LF.

    Raises UnreadableProblem when the file cannot be read, EditRefused when its values or comments would not survive.
    """
    meant = read_mapping(data, path)
    if _is_canonical(data, meant, shape):
        return data
    text = decode(data).replace("\r\n", "\n")
    try:
        new = _Formatter(text, shape).text().encode("utf-8")
    except (CannotSpliceError, ValueError, RecursionError):
        raise _refused(path) from None
    prove(new, path, meant)
    if comments(text, shape) != comments(new.decode("utf-8"), shape):
        raise _refused(path)
    return new


def _is_canonical(data: bytes, meant: Plain, shape: Shape | None) -> bool:
    """Whether a file without comments below its first line is canonical already, asked without the slow reader."""
    first, end, _ = data.decode("utf-8").partition("\n")
    head = first if end and first.startswith("#") else ""
    return emit.document(meant, shape, first_line=head).encode("utf-8") == data


def comments(text: str, shape: Shape | None) -> Counter[str]:
    """The comments of a text, wherever they stand, and how often each does."""
    return Counter(comment[1].rstrip() for comment in _Formatter(text, shape).comments)


class _Formatter:
    """One text, taken apart into slots and the comments around them."""

    def __init__(self, text: str, shape: Shape | None) -> None:
        self.source = text
        self.shape = shape
        self.splicer = Splicer(text, shape)
        self.placed: list[_Placed] = []
        self._collect(self.splicer.root, ())
        self._by_start = {placed.start: number for number, placed in enumerate(self.placed)}
        self.comments = list(self._find_comments())
        self.leading: dict[int, list[str]] = defaultdict(list)
        self.beside: dict[int, str] = {}
        self.trailing: dict[int, list[str]] = defaultdict(list)
        self.head: list[str] = []
        self.foot: list[str] = []
        self._assign()

    def _collect(self, node: Node, above: tuple[int, ...]) -> None:
        """Every slot in block style, in the order of the text."""
        if not isinstance(node, CollectionNode) or node.flow_style:
            return
        for _, slot in self.splicer.slots(node):
            number = len(self.placed)
            self.placed.append(_Placed(slot.start, int(node.start_mark.column), slot, self.splicer.end_of(slot), above))
            self._collect(slot.value, (*above, number))

    def _find_comments(self) -> "list[tuple[int, str]]":
        spans = sorted(self._scalars(self.splicer.root))
        starts = [span[0] for span in spans]
        comments = []
        at = 0
        while match := _COMMENT.search(self.source, at):
            number = bisect_right(starts, match.start()) - 1
            if number >= 0 and match.start() < spans[number][1]:
                # A sign within a text; behind that text a comment may begin on the same line.
                at = spans[number][1]
                continue
            comments.append((match.start(), match[0]))
            at = match.end()
        return comments

    def _scalars(self, node: Node) -> "list[tuple[int, int]]":
        """Where texts stand, in which a # is only a sign."""
        if isinstance(node, ScalarNode):
            start, end = int(node.start_mark.index), int(node.end_mark.index)
            if node.style in {"|", ">"}:
                # A comment may stand beside the sign that opens the block.
                start = self.source.find("\n", start) + 1 or end
            return [(start, end)]
        if isinstance(node, MappingNode):
            return [span for pair in node.value for part in pair for span in self._scalars(part)]
        return [span for item in node.value for span in self._scalars(item)]

    # What a comment belongs to

    def _assign(self) -> None:
        starts = [placed.start for placed in self.placed]
        comments = dict(self.comments)
        for number, placed in enumerate(self.placed):
            before = self._content_before(number)
            self._gap(before, placed.start, number, comments)
        last = max((placed.end for placed in self.placed), default=0)
        self._gap(last, len(self.source), None, comments)
        # What is left stands beside something, or within brackets.
        for index, comment in comments.items():
            number = bisect_right(starts, index) - 1
            if number < 0:
                self.head.append(comment.rstrip())
            elif number in self.beside:
                self.leading[number].append(comment.rstrip())
            else:
                self.beside[number] = comment.rstrip()

    def _content_before(self, number: int) -> int:
        """The index at which what stands before a slot ends: an earlier value, or the key or dash that holds it."""
        placed = self.placed[number]
        if number == 0:
            return 0
        previous = self.placed[number - 1]
        return previous.slot.lead if number - 1 in placed.above else previous.end

    def _gap(self, begin: int, end: int, number: int | None, comments: dict[int, str]) -> None:
        """Give the whole lines between two slots to the one or the other."""
        at = self.source.find("\n", begin, end) + 1 if begin else 0
        if begin and not at:
            return
        blank = False
        held = number is not None and number - 1 in self.placed[number].above
        while at < end:
            line_end = self.source.find("\n", at)
            line_end = len(self.source) if line_end < 0 else line_end
            line = self.source[at:line_end]
            stripped = line.strip(" \t")
            if not stripped:
                blank = True
            elif stripped.startswith("#"):
                comments.pop(at + len(line) - len(line.lstrip(" \t")), None)
                self._give(stripped.rstrip(), len(line) - len(line.lstrip(" ")), number, blank=blank, held=held)
                blank = False
            at = line_end + 1
        if blank and number is not None and not held and (number or self.head or self.leading[0]):
            self.leading[number].append("")

    def _give(self, comment: str, indent: int, number: int | None, *, blank: bool, held: bool) -> None:
        """Give a comment on a line of its own to what stands after it or, being deeper, before it."""
        column = self.placed[number].column if number is not None else 0
        before = (number if number is not None else len(self.placed)) - 1
        if indent > column and before >= 0 and not held:
            # Deeper than what follows: it belongs to what stands before, at its depth.
            chain = [*self.placed[before].above, before]
            owner = max(chain, key=lambda number: (self.placed[number].column <= indent, self.placed[number].column))
            target = self.trailing[owner]
        elif number is None:
            target = self.foot
        elif number == 0 and (not self.leading[0]) and (comment.startswith(_SCHEMA)):
            target = self.head
        else:
            target = self.leading[number]
        if blank and (target or number != 0):
            target.append("")
        target.append(comment)

    # Writing

    def text(self) -> str:
        """The whole text in canonical form."""
        body = self._mapping(self.splicer.root, 0, self.shape)
        lines = [*self.head, *body, *self.foot]
        while lines and not lines[0]:
            lines.pop(0)
        return "\n".join(lines) + "\n"

    def _around(self, number: int, column: int, lines: list[str], *, first: bool = False) -> list[str]:
        space = " " * column
        leading = self.leading.get(number, [])
        # What comes first in a mapping or list stands right below what holds it, wherever it stood before.
        before = [f"{space}{line}" if line else "" for line in (_without_blank_ends(leading) if first else leading)]
        after = [f"{space}{line}" if line else "" for line in self.trailing.get(number, ())]
        return [*before, *lines, *after]

    def _mapping(self, node: Node, column: int, shape: Shape | None) -> list[str]:
        if getattr(node, "flow_style", False):
            value = plain_of(node)
            return emit.mapping_lines(value, column, emit.Layout(), shape) if isinstance(value, dict) else []
        slots = {str(name): slot for name, slot in self.splicer.slots(node)}
        lines: list[str] = []
        for name in emit.ordered(dict.fromkeys(slots), order_of(shape)):
            slot = slots[name]
            inner = step(shape, name)
            key = f"{' ' * column}{emit.key_text(name)}:"
            number = self._by_start[slot.start]
            beside = self.beside.get(number, "")
            written = self._value(slot.value, column, column + 2, len(key) + 1, inner)
            head = f" {written.head}" if written.head else ""
            mark = f"  {beside}" if beside else ""
            own = [f"{key}{head}{mark}", *written.lines]
            lines.extend(self._around(number, column, own, first=column > 0 and not lines))
        return lines

    def _list(self, node: Node, column: int, shape: Shape | None) -> list[str]:
        if getattr(node, "flow_style", False):
            value = plain_of(node)
            return emit.list_lines(value, column, emit.Layout(), shape) if isinstance(value, list) else []
        inner = step(shape, 0)
        inside = column + 2
        space, dash = " " * column, " " * column + "- "
        lines: list[str] = []
        for _, slot in self.splicer.slots(node):
            number = self._by_start[slot.start]
            beside = self.beside.get(number, "")
            value = slot.value
            if isinstance(value, CollectionNode) and value.value:
                body = (
                    self._mapping(value, inside, inner)
                    if isinstance(value, MappingNode)
                    else self._list(value, inside, inner)
                )
                # What stands above the first key would part it from its dash: it goes above the dash.
                first = next(place for place, line in enumerate(body) if line.strip() and line.lstrip()[0] != "#")
                above = [f"{space}{line.strip()}" if line else "" for line in body[:first]]
                if beside:
                    above.append(f"{space}{beside}")
                written = [*above, dash + body[first][inside:], *body[first + 1 :]]
            else:
                rendered = self._value(value, column, inside, inside, inner)
                mark = f"  {beside}" if beside else ""
                written = [f"{dash}{rendered.head}{mark}", *rendered.lines]
            lines.extend(self._around(number, column, written, first=not lines))
        return lines

    def _value(self, node: Node, column: int, inside: int, start: int, shape: Shape | None) -> emit.Rendered:
        if isinstance(node, MappingNode) and node.value:
            return emit.Rendered("", tuple(self._mapping(node, inside, shape)))
        if isinstance(node, SequenceNode) and node.value:
            return emit.Rendered("", tuple(self._list(node, inside, shape)))
        # In a list a text begins where a key's value would be indented to.
        return emit.render(plain_of(node), column, emit.Layout(), start=start, shape=shape)


def _without_blank_ends(lines: list[str]) -> list[str]:
    """Lines without the empty ones at both ends."""
    start, end = 0, len(lines)
    while start < end and not lines[start]:
        start += 1
    while end > start and not lines[end - 1]:
        end -= 1
    return lines[start:end]


def _refused(path: str) -> EditRefused:
    return EditRefused(
        N_("{path} is untouched: its comments stand where elo cannot move them. elo edit opens it in your editor."),
        path=path,
    )
