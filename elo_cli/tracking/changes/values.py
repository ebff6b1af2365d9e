"""What differs between two values of a field: leaf by leaf, items of lists matched by their declared identity."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, Final, NamedTuple, cast

from pydantic import BaseModel

from elo_cli.model.finding import Where
from elo_cli.model.records.base import Correction, Source
from elo_cli.model.records.measure import LegalBasis
from elo_cli.model.records.meeting import Attendee
from elo_cli.model.records.milestone import Evidence


class Difference(NamedTuple):
    """One leaf that differs; `old` or `new` is None where it is missing on that side."""

    field: str
    """The path as a person would say it: `roles.guidance.task`, `sources`."""
    old: object
    new: object
    old_where: Where
    new_where: Where
    text: bool = False
    """Whether it is a text by language, so that only wording differs."""


IDENTITY: Final[Mapping[type[BaseModel], Callable[[Any], object]]] = {
    **{model: attrgetter(*model.identity) for model in (Source, LegalBasis, Correction, Attendee)},
    Evidence: attrgetter("identity"),
}
"""What makes two items of a list the same one; lists of plain values are sets."""


def differences(field: str, old: object, new: object, old_where: Where = (), new_where: Where = ()) -> list[Difference]:
    """Every leaf in which two values of a field differ, in the order of the model and of the files."""
    return list(_walk(field, old, new, old_where or (field,), new_where or (field,)))


def is_text(value: object) -> bool:
    """Whether a value is a text by language."""
    return isinstance(value, dict) and bool(value) and all(isinstance(inner, str) for inner in value.values())


def _walk(field: str, old: object, new: object, old_where: Where, new_where: Where) -> Iterator[Difference]:
    if old is None and new is None:
        return
    if is_text(old) or is_text(new):
        if old != new:
            yield Difference(field, old, new, old_where, new_where, text=True)
        return
    sample = new if old is None else old
    match sample:
        case BaseModel():
            if (old is None or new is None) and type(sample) in IDENTITY:
                yield Difference(field, old, new, old_where, new_where)
                return
            for name in type(sample).model_fields:
                inner = (getattr(old, name, None), getattr(new, name, None))
                yield from _walk(f"{field}.{name}", *inner, (*old_where, name), (*new_where, name))
        case Mapping():
            before, after = _mapping(old), _mapping(new)
            for key in dict.fromkeys((*before, *after)):
                yield from _walk(
                    f"{field}.{key}", before.get(key), after.get(key), (*old_where, key), (*new_where, key)
                )
        case list() | tuple():
            yield from _lists(field, _list(old), _list(new), old_where, new_where)
        case _:
            if old != new:
                yield Difference(field, old, new, old_where, new_where)


def _lists(
    field: str, old: Sequence[object], new: Sequence[object], old_where: Where, new_where: Where
) -> Iterator[Difference]:
    items = (*old, *new)
    identity = IDENTITY.get(type(items[0])) if items and isinstance(items[0], BaseModel) else None
    if identity is None:
        # The order of a list of ids is the source's, and no fact of its own.
        if any(item not in new for item in old) or any(item not in old for item in new):
            yield Difference(field, list(old) or None, list(new) or None, old_where, new_where)
        return
    before = {identity(item): (index, item) for index, item in enumerate(old)}
    after = {identity(item): (index, item) for index, item in enumerate(new)}
    for key in dict.fromkeys((*before, *after)):
        old_index, old_item = before.get(key, (None, None))
        new_index, new_item = after.get(key, (None, None))
        yield from _walk(
            field,
            old_item,
            new_item,
            old_where if old_index is None else (*old_where, old_index),
            new_where if new_index is None else (*new_where, new_index),
        )


def _mapping(value: object) -> Mapping[str, object]:
    return cast("Mapping[str, object]", value) if isinstance(value, Mapping) else {}


def _list(value: object) -> Sequence[object]:
    return cast("Sequence[object]", value) if isinstance(value, list | tuple) else ()


def renamed_value(value: object, renamed: Mapping[str, str]) -> object:
    """A value of the old version with the ids that records have now, so that following a rename is no change."""
    if not renamed:
        return value
    match value:
        case str():
            return renamed.get(value, value)
        case list():
            return [renamed_value(item, renamed) for item in value]
        case dict():
            return {renamed.get(key, key): renamed_value(item, renamed) for key, item in value.items()}
        case BaseModel():
            names = value.model_fields_set
            return value.model_copy(update={name: renamed_value(getattr(value, name), renamed) for name in names})
        case _:
            return value
