"""Words with marks beside them: which record a name belongs to, which language a fallback is in, how a word looks.

What builds sentences handles plain strings, and so is a marked text for whoever asks nothing more of it. A form that
has links, languages or looks reads the marks, which stand beside the words and never among them, so that no text of the
data can make one. `fill` and `joined` keep the marks of their parts; an f-string and `str.join` keep the words alone.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from string import Formatter
from typing import Final, Literal, NamedTuple, Self, SupportsIndex

MarkKind = Literal["record", "language", "look"]


_SENTENCE_END: Final = re.compile(r"[^\W\d]\.”?\Z")
"""A full stop behind a word; one behind a number may belong to a date."""


class Mark(NamedTuple):
    """What is said of a stretch of words: their record by id, their language by code, their look by name."""

    start: int
    end: int
    kind: MarkKind
    value: str


class Marked(str):
    """Words and their marks in the order of their beginnings, an outer one before what it holds."""

    __slots__ = ("marks",)
    marks: tuple[Mark, ...]

    def __new__(cls, text: str, marks: Iterable[Mark] = ()) -> Self:
        """Words with these marks; marks lie within each other or apart."""
        made = super().__new__(cls, text)
        made.marks = tuple(marks)
        return made

    def __add__(self, other: str) -> str:
        """Both, with their marks."""
        return joined("", (self, other))

    def __radd__(self, other: str) -> str:
        """Both, with their marks."""
        return joined("", (other, self))

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        """A part of the words, with what is left of their marks."""
        part = super().__getitem__(key)
        start, end, step = key.indices(len(self)) if isinstance(key, slice) else (0, 0, 0)
        if step != 1:
            return part
        kept = (mark._replace(start=max(mark.start, start), end=min(mark.end, end)) for mark in self.marks)
        return Marked(part, (_moved(mark, -start) for mark in kept if mark.start < mark.end))

    def rstrip(self, characters: str | None = None, /) -> str:
        """The words without these at their end."""
        return self[: len(super().rstrip(characters))]


def marks_of(text: str) -> tuple[Mark, ...]:
    """The marks of a text; none of a plain one."""
    return text.marks if isinstance(text, Marked) else _NONE


def marked(text: str, kind: MarkKind, value: str) -> str:
    """The text with a mark around the whole of it."""
    return Marked(text, (Mark(0, len(text), kind, value), *marks_of(text))) if text else text


def run_on(parts: Iterable[str]) -> str:
    """Parts on one line, a semicolon between two of them; none after a sentence that has its full stop."""
    text = ""
    for part in parts:
        between = " " if _SENTENCE_END.search(text) else "; "
        text = joined(between, (text, part)) if text else part
    return text


def joined(between: str, parts: Iterable[str]) -> str:
    """`between.join(parts)` that keeps marks."""
    parts = list(parts)
    text = between.join(parts)
    if _is_plain(parts):
        return text
    marks: list[Mark] = []
    place = 0
    for part in parts:
        marks.extend(_moved(mark, place) for mark in marks_of(part))
        place += len(part) + len(between)
    return Marked(text, marks)


def fill(form: str, /, *parts: str, **named: str) -> str:
    """`form.format(…)` that keeps marks; a place is `{}` or `{name}`, and nothing else."""
    if _is_plain((*parts, *named.values())):
        return form.format(*parts, **named)
    order = iter(parts)
    pieces: list[str] = []
    for text, name, _, _ in Formatter().parse(form):
        pieces.append(text)
        if name is not None:
            pieces.append(named[name] if name else next(order))
    return joined("", pieces)


def marked_up(text: str, words: Callable[[str], str], around: Callable[[Mark, str], str]) -> str:
    """The text in a form: its words by `words`, and by `around` what a mark makes of the words that it holds."""
    plain, marks = str(text), marks_of(text)
    if not marks:
        return words(plain)
    if len(marks) == 1 and marks[0].start == 0 and marks[0].end == len(plain):
        # Most of them: a record's name, or a text in another language.
        return around(marks[0], words(plain))
    written = [""]
    open_marks: list[Mark] = []
    place = 0

    def write(end: int) -> None:
        nonlocal place
        written[-1] += words(plain[place:end]) if place < end else ""
        place = end

    def close(until: int) -> None:
        while open_marks and open_marks[-1].end <= until:
            write(open_marks[-1].end)
            inner = written.pop()
            written[-1] += around(open_marks.pop(), inner)

    for mark in marks:
        close(mark.start)
        write(mark.start)
        open_marks.append(mark)
        written.append("")
    close(len(text))
    write(len(text))
    return written[0]


def _is_plain(parts: Sequence[str]) -> bool:
    """Whether no part has marks; nearly always none is anything but a string, which is seen without a loop."""
    return {*map(type, parts)} <= _STRINGS or not any(isinstance(part, Marked) for part in parts)


def _moved(mark: Mark, by: int) -> Mark:
    return Mark(mark.start + by, mark.end + by, mark.kind, mark.value)


_STRINGS: Final = frozenset({str})
_NONE: Final[tuple[Mark, ...]] = ()
