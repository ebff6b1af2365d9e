"""The strict subset of YAML that records are written in: bytes to plain values, or everything that is wrong with them.

Two readers on purpose. `reader` reads by yaml-rs, which is a hundred times faster; it lets through what the subset
refuses, so a cheap scan sends every file in which such a thing *could* stand to `judge`, which asks ruamel.yaml.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final, NamedTuple, TypeGuard, cast

from elo_cli.model.characters import CONTROL, code_point, invisible, is_ordinary, may_hide
from elo_cli.model.finding import MANY, Phrase, Problem, Where
from elo_cli.store.yaml.limits import MAX_BYTES, MAX_DEPTH
from elo_cli.store.yaml.reader import NotYamlError, is_fast, read_plain

_MARKER: Final = re.compile(r"^(?:<{7}|>{7}|\|{7}) |^={7}$", re.MULTILINE)
# Where a token may start: at the start of a line, after a space, in a flow collection. "20 %" and "R&D" do not match.
_SUSPICIOUS: Final = re.compile(
    r"(?:^|[\s\[{,:])(?:[&*][^\s,\]}]|!)|^%|\\|<<|^(?:---|\.\.\.)|^[ -]*\?(?:\s|$)|[\[{]\s*\?\s", re.MULTILINE
)
# In a flow collection a colon may or may not end a key: readers differ in it, and in one that goes on in the next line.
_FLOW_COLONS: Final = (":}", ":]", ":,", ':"', ":'", ":#", ":&", ":*", ":!", ":%", ":{", ":[", "{:", "[:", ",:")
# From the last bracket of a line on: asked of each one, a line of brackets would be read once for every bracket in it.
_FLOW: Final = re.compile(r"[\[{](?:[^\[\]{}\n]*$| *[>|@`])|, *[>|@`]|: *[\]},]", re.MULTILINE)
_MAX_DIGITS: Final = 20_000
_LONG_NUMBER: Final = re.compile(rf"[0-9_]{{{_MAX_DIGITS}}}")
# Lists or keys opened within one line: the fast reader recurses, and half a million of them end the process.
_NESTED: Final = re.compile(r"^ *(?:[-?:] +){8}", re.MULTILINE)
_SYNTAX: Final = re.compile(r"at line (?P<line>[0-9]+), column (?P<column>[0-9]+)")
_DUPLICATE: Final = re.compile(r"duplicate mapping key: '?(?P<key>.*?)'?$", re.DOTALL)

Plain = dict[str, object]
"""The top of an accepted file: text keys, and below them mappings, lists, texts, numbers, booleans and null."""


class Parsed(NamedTuple):
    """What a file's bytes say: a mapping, with what should be mended in it, or the problems that stand in the way."""

    value: Plain | None
    text: str
    problems: tuple[Problem, ...] = ()


class _Refusal(Exception):
    """One problem that ends the reading of a file."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


def is_mapping(value: object) -> TypeGuard[dict[str, object]]:
    """Whether a plain value is a mapping with text keys, as all mappings of an accepted file are."""
    return isinstance(value, dict)


def parse(data: bytes, path: str) -> Parsed:
    """Read the bytes of the file at `path`; problems carry line and column where there is one. Never raises."""
    text = ""
    try:
        text = _decode(data, path)
        ordinary = is_ordinary(data)
        # Whatever CONTROL refuses is not printable.
        printable = ordinary or text.replace("\n", "").isprintable()
        _scan(text, path, printable=printable)
        value = _load(text, path)
    except _Refusal as refusal:
        return Parsed(None, text, (_inside(text, refusal.problem) if text else refusal.problem,))
    if not is_fast() or _is_suspicious(text):
        from elo_cli.store.yaml.judge import judge

        problems = judge(text, path, value)
        if problems:
            return Parsed(None, text, tuple(_inside(text, problem) for problem in problems))
    if value is None:
        return Parsed(None, text, (Problem("file-empty", path, line=1, column=1),))
    if not is_mapping(value):
        from elo_cli.store.schema_problems import found_type

        there = Phrase(found_type(value))
        return Parsed(None, text, (Problem("file-not-mapping", path, line=1, column=1, args={"found": there}),))
    problems = tuple(_walk(value, path))
    return (
        Parsed(None, text, problems)
        if problems
        else Parsed(value, text, _hidden(text, value, path, search=not printable or (not ordinary and may_hide(data))))
    )


def decode(data: bytes) -> str:
    """The text of a file that was accepted, without its byte order mark."""
    return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")


def _decode(data: bytes, path: str) -> str:
    if len(data) > MAX_BYTES:
        raise _Refusal(Problem("file-too-large", path, args={"limit": MAX_BYTES}))
    try:
        return decode(data)
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before) - (before.rfind(b"\n") + 1) + 1
        byte = f"0x{data[error.start]:02x}"
        raise _Refusal(Problem("file-not-utf8", path, line=line, column=column, args={"byte": byte})) from None


def _at(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1


def _hidden(text: str, value: Plain, path: str, *, search: bool) -> tuple[Problem, ...]:
    """The characters that nobody sees, wherever they stand; nothing was read wrongly because of them."""
    problems: list[Problem] = []
    if search:
        for index, characters in islice(invisible(text), MANY):
            line, column = _at(text, index)
            args = {"character": code_point(characters)}
            problems.append(Problem("yaml-invisible-character", path, line=line, column=column, args=args))
    if "\\" in text:
        # An escape in quotation marks brings in a character that the text does not show.
        for where, inner in _texts(value):
            if (hidden := next(invisible(inner), None)) is not None and hidden[1] not in text:
                args = {"character": code_point(hidden[1])}
                problems.append(Problem("yaml-invisible-character", path, where, args=args))
    return tuple(problems)


def _texts(top: Plain) -> Iterator[tuple[Where, str]]:
    """Every text of a value with its place, and every key with the place of its value."""
    stack: list[tuple[object, Where]] = [(top, ())]
    while stack:
        value, where = stack.pop()
        if isinstance(value, str):
            yield where, value
        elif isinstance(value, list):
            stack.extend((inner, (*where, index)) for index, inner in enumerate(value))
        elif is_mapping(value):
            for key, inner in value.items():
                yield (*where, key), key
                stack.append((inner, (*where, key)))


def _inside(text: str, problem: Problem) -> Problem:
    """A problem at its place; what is missing behind the last line stands at the end of that."""
    last = max(text.count("\n") + (not text.endswith("\n")), 1)
    if problem.line is None or problem.line <= last:
        return problem
    return problem._replace(line=last, column=len(text.removesuffix("\n").rpartition("\n")[2].rstrip("\r")) + 1)


def _scan(text: str, path: str, *, printable: bool) -> None:
    """Refuse what is refused wherever it stands, quoted or not."""
    # A search for a fixed text costs a hundredth of one for a pattern, and nearly every file holds none of these.
    if ("<<<<<<< " in text or "=======" in text or ">>>>>>> " in text) and (match := _MARKER.search(text)):
        line, column = _at(text, match.start())
        raise _Refusal(Problem("file-conflict-markers", path, line=line, column=column))
    if not printable and (match := CONTROL.search(text)):
        line, column = _at(text, match.start())
        raise _Refusal(
            Problem("yaml-control-character", path, line=line, column=column, args={"character": code_point(match[0])})
        )
    # YAML lets a tab stand between a colon and its value; readers differ in where, and no text needs one.
    if (tab := text.find("\t")) >= 0:
        line, column = _at(text, tab)
        raise _Refusal(Problem("yaml-tab", path, line=line, column=column))
    if ("- -" in text or "-  " in text or "? " in text or ": :" in text) and (match := _NESTED.search(text)):
        line, column = _at(text, match.end() - 1)
        raise _Refusal(Problem("yaml-too-deep", path, line=line, column=column, args={"limit": MAX_DEPTH}))
    # No text of a record may be as long, and reading a number takes the square of its length.
    if len(text) > _MAX_DIGITS and (match := _LONG_NUMBER.search(text)):
        line, column = _at(text, match.start())
        raise _Refusal(Problem("yaml-number", path, line=line, column=column))


def _is_suspicious(text: str) -> bool:
    """Whether anything in the text may be what the fast reader lets through and the subset refuses."""
    # Written out, since a loop over four costs more than the four.
    if " :" in text or "\n:" in text or "':" in text or '":' in text:
        return True
    if ("{" in text or "[" in text) and (any(pair in text for pair in _FLOW_COLONS) or _FLOW.search(text)):
        return True
    if not (
        "&" in text or "*" in text or "!" in text or "\\" in text or "?" in text or "---" in text or "..." in text
        or "<<" in text or "\n%" in text or text.startswith("%")
    ):  # fmt: skip
        return False
    return _SUSPICIOUS.search(text) is not None


def _load(text: str, path: str) -> object:
    try:
        return read_plain(text)
    except NotYamlError as error:
        from elo_cli.store.yaml.judge import judge

        message = str(error)
        judged = judge(text, path)
        if judged:
            # An anchor or a second document is a better answer than the syntax error that it led to.
            raise _Refusal(judged[0]) from None
        if duplicate := _DUPLICATE.search(message):
            raise _Refusal(
                Problem("yaml-duplicate-key", path, line=1, column=1, args={"key": duplicate["key"]})
            ) from None
        place = _SYNTAX.search(message)
        line, column = (int(place["line"]), int(place["column"])) if place else (1, 1)
        from elo_cli.store.yaml.faults import fault

        detail = fault(message.rstrip().rsplit("\n", 1)[-1])
        raise _Refusal(Problem("yaml-syntax", path, line=line, column=column, args={"detail": detail})) from None
    except TypeError:
        raise _Refusal(Problem("yaml-key-not-text", path, line=1, column=1, args={"key": "?"})) from None
    except (ValueError, OverflowError, RecursionError):
        # An integer of thousands of digits is more than Python reads as a number.
        raise _Refusal(Problem("yaml-number", path, line=1, column=1)) from None


def _walk(top: Plain, path: str) -> list[Problem]:
    """Depth, keys that are not text, and numbers that no record needs and that Python would be slow to print."""
    # Nearly every file holds none of these, and places are made only for one that does.
    return [] if _is_plain(top) else _misfits(top, path)


def _is_plain(top: Plain) -> bool:
    level: list[Any] = [top]
    for _ in range(MAX_DEPTH + 1):
        below: list[Any] = []
        for value in level:
            if value.__class__ is dict:
                for key in value:
                    if key.__class__ is not str:
                        return False
                value = value.values()  # noqa: PLW2901 - from here on as a list
            for inner in value:
                if inner.__class__ is str:
                    continue
                if inner.__class__ in _CONTAINERS:
                    below.append(inner)
                elif inner.__class__ in _NUMBERS and not _bounded(inner):
                    return False
        if not below:
            return True
        level = below
    return False


def _misfits(top: Plain, path: str) -> list[Problem]:
    problems: list[Problem] = []
    stack: list[tuple[object, Where]] = [(top, ())]
    while stack:
        value, where = stack.pop()
        if len(where) > MAX_DEPTH:
            return [Problem("yaml-too-deep", path, where[:1], args={"limit": MAX_DEPTH})]
        if isinstance(value, dict):
            for key, inner in cast("dict[object, object]", value).items():
                if not isinstance(key, str):
                    problems.append(Problem("yaml-key-not-text", path, (*where, str(key)), args={"key": str(key)}))
                elif inner.__class__ in _CONTAINERS:
                    stack.append((inner, (*where, key)))
                elif inner.__class__ in _NUMBERS and not _bounded(inner):
                    problems.append(Problem("yaml-number", path, (*where, key)))
        elif isinstance(value, list):
            for index, inner in enumerate(cast("list[object]", value)):
                if inner.__class__ in _CONTAINERS:
                    stack.append((inner, (*where, index)))
                elif inner.__class__ in _NUMBERS and not _bounded(inner):
                    problems.append(Problem("yaml-number", path, (*where, index)))
    return problems


def _bounded(number: object) -> bool:
    """Whether a number is finite and of at most 15 digits before the point; False for NaN."""
    return isinstance(number, int | float) and -_MAX_NUMBER < number < _MAX_NUMBER


_NUMBERS: Final = frozenset({int, float})
_MAX_NUMBER: Final = 10**15
_CONTAINERS: Final = frozenset({dict, list})
