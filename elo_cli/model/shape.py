"""What every place in a record's data may hold, read from the models' types and marks; whoever must know asks here."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from elo_cli.model.money import Money, Percentage
from elo_cli.model.period import Period
from elo_cli.model.values import ByLanguage, Called, Ref

EACH: Final = "*"
"""In a path: every item of a list, or every value of a map."""
KEYS: Final = "<keys>"
"""In a path: the keys of the map themselves."""

Form = Literal[
    "text", "id", "word", "texts", "day", "period", "money", "percentage", "number", "integer", "boolean",
    "list", "map", "model", "any",
]  # fmt: skip
"""`id` names another record, `word` is of a closed list, `texts` is a text by language."""
_PLAIN: Final[Mapping[object, Form]] = {
    str: "text",
    int: "integer",
    bool: "boolean",
    Decimal: "number",
    date: "day",
    Period: "period",
    Money: "money",
    Percentage: "percentage",
}


class Shape(NamedTuple):
    """What a place may hold."""

    form: Form
    kinds: tuple[str, ...] = ()
    """Of an id: the kinds of record that it may name."""
    onward: bool = False
    """Of an id: whether it may never lead back to where it began."""
    words: tuple[str, ...] = ()
    """Of a word: the closed list."""
    key: "Shape | None" = None
    """Of a map: what its keys are."""
    item: "Shape | None" = None
    """Of a list its items, of a map its values."""
    model: type[BaseModel] | None = None
    """Of a model: which."""
    called: str = ""
    """What its form is called in the manual, where the type alone does not say it."""
    type: Any = None
    """The type as the model has it, by which pydantic judges a value."""

    def step(self, part: str | int) -> "Shape | None":
        """What stands under a key or index of this place, None when there is no such place."""
        match self.form:
            case "model" if self.model is not None:
                return fields_of(self.model).get(str(part))
            case "list" if isinstance(part, int):
                return self.item
            case "map" if isinstance(part, str):
                return self.item
            case "texts" if isinstance(part, str):
                return TEXT
            case _:
                return None

    def at(self, where: Iterable[str | int]) -> "Shape | None":
        """What stands at a place below this one, None when there is no such place."""
        current: Shape | None = self
        for part in where:
            current = current.step(part) if current is not None else None
        return current

    def places(self, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], "Shape"]]:
        """This place and every one below it, each with its path; EACH and KEYS stand for items and keys."""
        yield path, self
        if self.key is not None:
            yield from self.key.places((*path, KEYS))
        if self.item is not None:
            yield from self.item.places((*path, EACH))
        if self.model is not None:
            for name, inner in fields_of(self.model).items():
                yield from inner.places((*path, name))


TEXT: Final = Shape("text", type=str)


@cache
def fields_of(model: type[BaseModel]) -> Mapping[str, Shape]:
    """What each field of a model may hold."""
    # pydantic takes the outermost Annotated apart and keeps its marks beside the type.
    return {name: shape_of(info.annotation, info.metadata) for name, info in model.model_fields.items()}


def shape_of(annotation: object, marks: Iterable[object] = ()) -> Shape:
    """What a place of this type and with these marks may hold."""
    known, given = list(marks), annotation
    while (origin := get_origin(annotation)) in {Annotated, Union, UnionType}:
        first, *others = get_args(annotation)
        if origin is Annotated:
            known += others
            annotation = first
        else:
            annotation = next(part for part in (first, *others) if part is not NoneType)
    called = next((mark.name for mark in known if isinstance(mark, Called)), "")
    arguments: tuple[Any, ...] = get_args(annotation)
    if ref := next((mark for mark in known if isinstance(mark, Ref)), None):
        return Shape("id", ref.kinds, onward=ref.onward, type=given)
    if any(isinstance(mark, ByLanguage) for mark in known):
        return Shape("texts", called=called, type=given)
    if origin is Literal:
        return Shape("word", words=arguments, type=given)
    if origin is list:
        return Shape("list", item=shape_of(arguments[0]), type=given)
    if origin is dict:
        return Shape("map", key=shape_of(arguments[0]), item=shape_of(arguments[1]), type=given)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Shape("model", model=annotation, type=given)
    return Shape(_PLAIN.get(annotation, "any"), called=called, type=given)
