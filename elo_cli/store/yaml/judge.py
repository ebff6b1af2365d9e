"""The second reader: ruamel's tokens and nodes, asked where the fast reader cannot be trusted or gives no position."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.tokens import (
    AliasToken,
    AnchorToken,
    DirectiveToken,
    DocumentEndToken,
    DocumentStartToken,
    TagToken,
    Token,
)

from elo_cli.model.characters import CONTROL, code_point
from elo_cli.model.errors import N_
from elo_cli.model.finding import MANY, Phrase, Problem, Where
from elo_cli.store.yaml.limits import MAX_DEPTH

_REFUSED: Final[dict[type[Token], str]] = {
    AnchorToken: "yaml-anchor",
    AliasToken: "yaml-alias",
    TagToken: "yaml-tag",
    DirectiveToken: "yaml-directive",
    DocumentEndToken: "yaml-several-documents",
}
# ruamel reads by recursion: what opens deeper than Python's stack allows is judged by its brackets and dashes alone.
_BRACKET: Final = re.compile(r"[\[{\]}]")
_BEFORE: Final = re.compile(r"(?: |[-?:](?= ))*")
_SAFE_DEPTH: Final = 120


def judge(text: str, path: str, value: object = None) -> tuple[Problem, ...]:
    """Everything in the text that the subset refuses, in the order in which it stands; empty when it is accepted.

    `value` is what the fast reader made of the text, and this one has to read the same. Without it, a text that is no
    YAML at all gives nothing here: the fast reader's message is the better one.
    """
    deep = too_deep(text)
    if deep is not None:
        return (Problem("yaml-too-deep", path, line=deep, column=1, args={"limit": MAX_DEPTH}),)
    problems: list[Problem] = []
    try:
        problems.extend(islice(_tokens(text, path), MANY))
        if not problems:
            node = compose_plain(text)
            if node is not None:
                problems.extend(islice(_nodes(node, path), MANY))
            if not problems and value is not None and not _reads(node, value):
                problems.append(_unclear(path, 1, 1))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if value is not None:
            problems.append(_unclear(path, mark.line + 1, mark.column + 1) if mark else _unclear(path, 1, 1))
    except (YAMLError, ValueError, RecursionError):
        if value is not None:
            problems.append(_unclear(path, 1, 1))
    return tuple(sorted(problems, key=lambda problem: (problem.line or 0, problem.column or 0)))


def _unclear(path: str, line: int, column: int) -> Problem:
    detail = Phrase(N_("readers of YAML differ in what this means; put the text in quotation marks"))
    return Problem("yaml-syntax", path, line=line, column=column, args={"detail": detail})


def _reads(node: Node | None, value: object) -> bool:
    """Whether a tree of nodes says what the fast reader read; numbers and the like are compared by kind alone."""
    if isinstance(node, MappingNode):
        pairs = {key.value: inner for key, inner in node.value}
        return (
            isinstance(value, dict)
            and pairs.keys() == value.keys()
            and all(_reads(inner, value[key]) for key, inner in pairs.items())
        )
    if isinstance(node, SequenceNode):
        return (
            isinstance(value, list)
            and len(value) == len(node.value)
            and all(_reads(inner, item) for inner, item in zip(node.value, value, strict=True))
        )
    if isinstance(node, ScalarNode) and str(node.tag).rsplit(":", 1)[-1] in {"str", "timestamp", "value"}:
        return isinstance(value, str) and bool(node.value.replace("\a", "") == value)
    return isinstance(node, ScalarNode) and not isinstance(value, str | list | dict)


def compose(text: str) -> Node | None:
    """The tree of nodes of a text, with their places; None for an empty text."""
    reader = YAML(typ="rt", pure=True)
    reader.allow_duplicate_keys = True
    node: Node | None = reader.compose(text)
    return node


def compose_plain(text: str) -> Node | None:
    """The same without comments; None for an empty text."""
    node: Node | None = _plain_reader().compose(text)
    return node


def _plain_reader() -> YAML:
    """The reader that passes over comments: it takes half the time, and the other one's grows faster than a file."""
    reader = YAML(typ="safe", pure=True)
    reader.allow_duplicate_keys = True
    return reader


def too_deep(text: str) -> int | None:
    """The line at which brackets or indentation pass any depth that a record has, None when they do not."""
    depth = 0
    for number, line in enumerate(text.split("\n"), 1):
        before = _BEFORE.match(line)
        # Dashes behind one another open a list each, as spaces may open a mapping each.
        deepest = max(before.end() - line.count("-", 0, before.end()) if before else 0, 0)
        for bracket in _BRACKET.findall(line):
            depth = depth + 1 if bracket in "[{" else max(0, depth - 1)
            deepest = max(deepest, depth)
        if deepest > _SAFE_DEPTH:
            return number
    return None


def _tokens(text: str, path: str) -> Iterator[Problem]:
    content = False
    for token in _plain_reader().scan(text):
        mark = token.start_mark
        place = {"line": mark.line + 1, "column": mark.column + 1}
        rule = _REFUSED.get(type(token))
        if isinstance(token, DocumentStartToken):
            # One `---` before anything else marks the start of the one document and is harmless.
            rule = "yaml-several-documents" if content else None
            content = True
        elif type(token).__name__ not in {"StreamStartToken", "StreamEndToken", "CommentToken", "DirectiveToken"}:
            content = True
        if rule is not None:
            excerpt = re.split(r"[\s,\]}]", text[mark.index : mark.index + 40], maxsplit=1)[0]
            yield Problem(rule, path, args={"text": excerpt}, **place)


def _nodes(top: Node, path: str) -> Iterator[Problem]:
    """Duplicate and merge keys, keys that are not text, depth, and characters that an escape brought in."""
    stack: list[tuple[Node, Where]] = [(top, ())]
    while stack:
        node, where = stack.pop()
        mark = node.start_mark
        place: dict[str, Any] = {"line": mark.line + 1, "column": mark.column + 1}
        if len(where) > MAX_DEPTH:
            yield Problem("yaml-too-deep", path, where, args={"limit": MAX_DEPTH}, **place)
            return
        if isinstance(node, ScalarNode):
            # ruamel marks the places where it folds a text with a BEL of its own.
            if match := CONTROL.search(node.value.replace("\a", "") if node.style == ">" else node.value):
                yield Problem("yaml-control-character", path, where, args={"character": code_point(match[0])}, **place)
        elif isinstance(node, SequenceNode):
            stack.extend((inner, (*where, index)) for index, inner in enumerate(node.value))
        elif isinstance(node, MappingNode):
            seen: set[str] = set()
            for key, inner in node.value:
                at = {"line": key.start_mark.line + 1, "column": key.start_mark.column + 1}
                # A day is a text to the fast reader, and so it is here.
                if not isinstance(key, ScalarNode) or not str(key.tag).endswith((":str", ":merge", ":timestamp")):
                    name = key.value if isinstance(key, ScalarNode) else "?"
                    yield Problem("yaml-key-not-text", path, where, args={"key": str(name)}, **at)
                    continue
                if key.value == "<<":
                    yield Problem("yaml-merge-key", path, where, **at)
                elif key.value in seen:
                    yield Problem("yaml-duplicate-key", path, where, args={"key": key.value}, **at)
                elif match := CONTROL.search(key.value):
                    yield Problem("yaml-control-character", path, where, args={"character": code_point(match[0])}, **at)
                seen.add(key.value)
                stack.append((inner, (*where, key.value)))


def plain_of(node: Node) -> object:
    """What a node says as plain values, by the rules of YAML 1.2, days as texts."""
    if isinstance(node, MappingNode):
        return {str(key.value): plain_of(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [plain_of(item) for item in node.value]
    # ruamel marks the places where it folds, so as to write them again.
    text = str(node.value).replace("\a", "")
    kind = str(node.tag).rpartition(":")[2]
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if kind == "int":
        return _integer(text.replace("_", ""))
    if kind == "float":
        return _float(text.replace("_", ""))
    return text


def _integer(text: str) -> int:
    sign, digits = (-1, text[1:]) if text[0] == "-" else (1, text.lstrip("+"))
    base = {"0x": 16, "0o": 8, "0b": 2}.get(digits[:2].lower(), 10)
    return sign * (int(digits[2:], base) if base != 10 else int(digits))  # noqa: PLR2004 - ten


def _float(text: str) -> float:
    return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
