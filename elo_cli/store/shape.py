"""What a place in a record's data may hold, asked of the models' types; and the order in which its keys are written."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final, get_args, get_origin

from pydantic import BaseModel

from elo_cli.model.base import Record, Update
from elo_cli.model.finding import Where

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
_UPDATE_LAST: Final = ("reason", "decided_by", "note")


def parts(annotation: Any) -> Iterator[Any]:  # noqa: ANN401 - a type of any form
    """The type itself and what it is a union or an annotation of, but not what its lists and maps hold."""
    yield annotation
    if get_origin(annotation) not in {list, dict}:
        for inner in get_args(annotation):
            yield from parts(inner)


def model_in(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401 - a type of any form
    """The model among the alternatives of a type, None when there is none."""
    for part in parts(annotation):
        if isinstance(part, type) and issubclass(part, BaseModel):
            return part
    return None


def step(annotation: Any, part: str | int) -> Any:  # noqa: ANN401 - a type of any form
    """The type of what stands under a key or index of this type, None when there is no such place."""
    target = model_in(annotation)
    if target is not None and isinstance(part, str) and part in target.model_fields:
        return target.model_fields[part].annotation
    for inner in parts(annotation):
        origin = get_origin(inner)
        if origin is list and isinstance(part, int):
            return get_args(inner)[0]
        if origin is dict and isinstance(part, str):
            return get_args(inner)[1]
    return None


def type_at(model: Any, where: Iterable[str | int]) -> Any:  # noqa: ANN401 - a type of any form
    """The type of the place `where`, following a type down from its top; None when there is no such place."""
    current = model
    for part in where:
        current = step(current, part)
        if current is None:
            return None
    return current


def fields_at(model: type[BaseModel], where: Where) -> list[str]:
    """The names that the mapping at `where` may have; empty where the model sets none."""
    target = model_in(type_at(model, where))
    return list(target.model_fields) if target else []


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


def order_of(annotation: Any) -> tuple[str, ...]:  # noqa: ANN401 - a type of any form
    """The order of the keys of a place of this type; empty where any order is as good as another."""
    target = model_in(annotation)
    return key_order(target) if target is not None else ()
