"""The reader of every file: yaml-rs, and ruamel.yaml in its place where there is no wheel of yaml-rs.

The other one takes a hundred times as long, and a test holds both to the same values.
"""

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from types import ModuleType

    from ruamel.yaml.nodes import Node

yaml_rs: "ModuleType | None"
try:
    import yaml_rs
except ImportError:
    yaml_rs = None

_LIMITS: Final = (
    yaml_rs.AliasLimits(max_total_replayed_events=0, max_alias_expansions_per_anchor=0) if yaml_rs is not None else None
)


_DIFFERS: Final = re.compile(r"[-+]?(?:_[_0-9]*[0-9][_0-9]*|0[XOB][0-9A-Fa-f_]+)")


class NotYamlError(ValueError):
    """What a reader says of a text that is no YAML."""


def is_fast() -> bool:
    """Whether yaml-rs reads, which lets through what the subset refuses; the other reader needs the judge for all."""
    return yaml_rs is not None


def read_plain(text: str) -> object:
    """What a text says as plain values, days as texts.

    Raises NotYamlError, and TypeError, ValueError, OverflowError or RecursionError for what is none of a record's.
    """
    if yaml_rs is None:
        return _read_slowly(text)
    try:
        return yaml_rs.loads(text, parse_datetime=False, alias_limits=_LIMITS)
    except yaml_rs.YAMLDecodeError as error:
        raise NotYamlError(str(error)) from None


def _read_slowly(text: str) -> object:
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    from elo_cli.store.yaml.judge import compose_plain, plain_of, too_deep

    if too_deep(text) is not None:
        raise NotYamlError
    try:
        # A block that ends without a line end has one to yaml-rs.
        node = compose_plain(text if text.endswith("\n") else f"{text}\n")
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"at line {mark.line + 1}, column {mark.column + 1}\n" if mark is not None else ""
        message = f"{place}{error.problem or error.context}"
        raise NotYamlError(message) from None
    except YAMLError as error:
        raise NotYamlError(str(error)) from None
    if node is None:
        return None
    if _is_unclear(node):
        raise ValueError
    return plain_of(node)


def _is_unclear(top: "Node") -> bool:
    """Whether something stands there that the two readers read differently: a number as `_1`, or an empty block."""
    stack: list[Any] = [top]
    while stack:
        node = stack.pop()
        if not isinstance(node.value, str):
            stack.extend(inner for item in node.value for inner in (item if isinstance(item, tuple) else (item,)))
        elif (node.style is None and _DIFFERS.fullmatch(node.value)) or (
            node.style in {"|", ">"} and not node.value.strip()
        ):
            return True
    return False
