"""Values written as YAML in the one canonical style: the models' order, quotes only where needed, long texts folded."""

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from elo_cli.model.shape import Shape
from elo_cli.store.yaml.order import order_of, step

WIDTH: Final = 100
"""Columns that a line may have; longer texts are folded."""
_NARROWEST: Final = 20

# What the two readers, and others that follow YAML 1.1, take for something else than a text.
_NOT_TEXT: Final = re.compile(
    r"~|null|Null|NULL|[Tt]rue|TRUE|[Ff]alse|FALSE|[Yy]es|YES|[Nn]o|NO|[Oo]n|ON|[Oo]ff|OFF|[yYnN]|=|<<"
    r"|[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9_]+)(?:[eE][-+]?[0-9]+)?"
    # Figures after an underscore are a number to one of the readers.
    r"|[-+]?_[_0-9]*[0-9][_0-9]*"
    r"|[-+]?0[xX][0-9a-fA-F_]+|[-+]?0[oO][0-7_]+|[-+]?0[bB][01_]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
    # A month or a day of every year looks like a sum to people, and like a date to some readers.
    r"|[0-9]+-[0-9]+"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"
)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*")
_INDICATORS: Final = frozenset(",[]{}#&*!|>'\"%@`")
_FLOW: Final = re.compile(r"[,\[\]{}]")
_BREAK: Final = re.compile(r"(?<! ) (?! )")


class Layout(NamedTuple):
    """How a file is laid out: columns that a nested mapping and a list's dashes are indented by, and the line end."""

    step: int = 2
    dash: int = 2
    newline: str = "\n"


class Rendered(NamedTuple):
    """A value as it stands after `key:` or `-`: what follows on that line, and the whole lines below it."""

    head: str
    lines: tuple[str, ...] = ()


def document(value: Mapping[str, object], shape: Shape | None, *, first_line: str = "") -> str:
    """A whole file in canonical style, with `first_line` (a comment) above it when there is one."""
    lines = mapping_lines(value, 0, Layout(), shape)
    return "\n".join([first_line, *lines] if first_line else lines) + "\n"


def render(  # noqa: PLR0913 - all of them say where and how one value stands
    value: object,
    column: int,
    layout: Layout,
    *,
    start: int,
    shape: Shape | None = None,
    quote: str = "",
) -> Rendered:
    """A value under a key that stands at `column`; `start` is the column at which its first line would begin."""
    if isinstance(value, Mapping) and value:
        return Rendered("", tuple(mapping_lines(value, column + layout.step, layout, shape)))
    if isinstance(value, Sequence) and not isinstance(value, str) and value:
        return Rendered("", tuple(list_lines(value, column + layout.dash, layout, shape)))
    return _scalar(value, column + layout.step, start, quote)


def mapping_lines(value: Mapping[str, object], column: int, layout: Layout, shape: Shape | None = None) -> list[str]:
    """The lines of a block mapping whose keys stand at `column`."""
    lines: list[str] = []
    for key in ordered(value, order_of(shape)):
        lines.extend(entry_lines(key, value[key], column, layout, step(shape, key)))
    return lines


def entry_lines(key: str, value: object, column: int, layout: Layout, shape: Shape | None = None) -> list[str]:
    """The lines of one key and its value."""
    written = key_text(key)
    rendered = render(value, column, layout, start=column + len(written) + 2, shape=shape)
    head = f" {rendered.head}" if rendered.head else ""
    return [f"{' ' * column}{written}:{head}", *rendered.lines]


def list_lines(value: Sequence[object], column: int, layout: Layout, shape: Shape | None = None) -> list[str]:
    """The lines of a block list whose dashes stand at `column`."""
    inner = step(shape, 0)
    lines: list[str] = []
    for item in value:
        lines.extend(item_lines(item, column, layout, inner))
    return lines


def item_lines(item: object, column: int, layout: Layout, shape: Shape | None = None, gap: int = 2) -> list[str]:
    """The lines of one item of a block list; what it holds begins `gap` columns after the dash."""
    inside = column + gap
    dash = f"{' ' * column}-{' ' * (gap - 1)}"
    if isinstance(item, Mapping) and item:
        lines = mapping_lines(item, inside, layout, shape)
    elif isinstance(item, Sequence) and not isinstance(item, str) and item:
        lines = list_lines(item, inside, layout, shape)
    else:
        rendered = _scalar(item, inside, inside)
        return [f"{dash}{rendered.head}", *rendered.lines]
    return [f"{dash}{lines[0][inside:]}", *lines[1:]]


def ordered(value: Mapping[str, object], order: Sequence[str]) -> list[str]:
    """The keys of a mapping in this order; those that it does not name keep theirs, at the end."""
    if not order:
        return list(value)
    known = [name for name in order if name in value]
    return [*known, *(key for key in value if key not in order)]


def inline(value: object, *, flow: bool = False, quote: str = "") -> str:
    """A value on one line; `flow` for inside of brackets, `quote` for the quotes that a text should have if it can."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case int() | float():
            return repr(value)
        case str():
            return _text(value, flow=flow, quote=quote)
        case Mapping():
            pairs = (
                f"{key_text(key, flow=True, quote=quote)}: {inline(inner, flow=True, quote=quote)}"
                for key, inner in value.items()
            )
            return f"{{{', '.join(pairs)}}}"
        case Sequence():
            return f"[{', '.join(inline(item, flow=True, quote=quote) for item in value)}]"
        case _:
            return _text(str(value), flow=flow, quote=quote)


def key_text(key: str, *, flow: bool = False, quote: str = "") -> str:
    """A key as it is written; a day is quoted, since a key has to be a text in every reader's eyes."""
    return inline(key, flow=flow, quote=quote or ('"' if _DAY.fullmatch(key) else ""))


def _scalar(value: object, column: int, start: int, quote: str = "") -> Rendered:
    """A scalar or an empty collection: on its line when it fits, else folded or line by line at `column`."""
    text = str(value) if not isinstance(value, str | int | float | Decimal | Mapping | Sequence | None) else value
    if isinstance(text, str):
        if "\n" in text:
            return _literal(text, column) or Rendered(_escaped(text))
        head = inline(text, quote=quote)
        if start + len(head) > WIDTH and (folded := fold(text, max(_NARROWEST, WIDTH - column))):
            return Rendered(">-", tuple(f"{' ' * column}{line}" for line in folded))
        return Rendered(head)
    return Rendered(inline(text))


def fold(text: str, width: int) -> list[str] | None:
    """A text as lines that a reader folds back into it; None where that cannot be, or where one line is all."""
    if not text or text[0] in " \t" or text[-1] in " \t" or "\t" in text or "\n" in text:
        return None
    lines: list[str] = []
    line = ""
    for word in _BREAK.split(text):
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    lines.append(line)
    # Spaces at the edge of a line would be lost, or would make the reader keep the line break.
    if len(lines) == 1 or any(line != line.strip(" ") for line in lines):
        return None
    return lines


def _literal(text: str, column: int) -> Rendered | None:
    """A text of several lines, kept line by line; None where a block could not hold it unchanged."""
    body = text.removesuffix("\n")
    lines = body.split("\n")
    if not lines[0] or not lines[-1] or lines[0][0] == " " or "\r" in text or "\t" in text:
        return None
    if any(line != line.rstrip(" ") for line in lines):
        return None
    head = "|" if text.endswith("\n") else "|-"
    return Rendered(head, tuple(f"{' ' * column}{line}" if line else "" for line in lines))


def _text(text: str, *, flow: bool, quote: str) -> str:
    if quote == "'" and _printable(text):
        return f"'{text.replace(chr(39), chr(39) * 2)}'"
    if quote != '"' and is_plain(text, flow=flow):
        return text
    if ('"' in text or "\\" in text) and _printable(text) and not quote:
        return f"'{text.replace(chr(39), chr(39) * 2)}'"
    return _escaped(text)


def _escaped(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _printable(text: str) -> bool:
    return "\n" not in text and "\t" not in text and "\r" not in text


def is_plain(text: str, *, flow: bool = False) -> bool:
    """Whether a text can stand without quotes and be read back as that text."""
    if not text or text[0] == " " or text[-1] == " " or not _printable(text):
        return False
    if text[0] in _INDICATORS or (text[0] in "-?:" and (len(text) == 1 or text[1] == " ")):
        return False
    if ": " in text or " #" in text or text[-1] == ":" or text.startswith(("---", "...")):
        return False
    # Inside of brackets a colon needs no space to part a key from its value.
    if flow and (_FLOW.search(text) or text[0] in "-?:" or ":" in text):
        return False
    return _NOT_TEXT.fullmatch(text) is None
