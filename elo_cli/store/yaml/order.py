"""The order in which a file holds the keys of each place."""

from collections.abc import Iterable
from functools import cache
from typing import Final

from pydantic import BaseModel

from elo_cli.model.records.base import Record, Update
from elo_cli.model.shape import Shape

_RECORD_FIRST: Final = (
    "format",
    "id",
    "formerly",
    "type",
    "key",
    "name",
    "own_words",
    "abbreviation",
    "description",
    "date",
)
_RECORD_LAST: Final = ("sources", "note", "corrections", "updates")
_UPDATE_FIRST: Final = ("date", "by", "sources", "effective", "held")
_UPDATE_LAST: Final = ("reason", "decided_by", "note", "retracted")


def step(shape: Shape | None, part: str | int) -> Shape | None:
    """What stands under a key or index of a place; None where there is no such place, or nothing is known of it."""
    return shape.step(part) if shape is not None else None


def at(shape: Shape | None, where: Iterable[str | int]) -> Shape | None:
    """What stands at a place below another; None where there is no such place, or nothing is known of it."""
    return shape.at(where) if shape is not None else None


@cache
def key_order(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model in the order in which a file holds them: what it is first, what became of it last."""
    fields = list(model.model_fields)
    first: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    if issubclass(model, Update):
        first, last = _UPDATE_FIRST, _UPDATE_LAST
    elif issubclass(model, Record) or "format" in fields:
        first, last = _RECORD_FIRST, _RECORD_LAST
    middle = [name for name in fields if name not in first and name not in last]
    return (*(name for name in first if name in fields), *middle, *(name for name in last if name in fields))


def order_of(shape: Shape | None) -> tuple[str, ...]:
    """The order of the keys of a place; empty where any order is as good as another."""
    return key_order(shape.model) if shape is not None and shape.model is not None else ()
