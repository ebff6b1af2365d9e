"""A new record's file: what is known as it is, and every other field in a comment that says what it means."""

from collections.abc import Callable, Mapping
from typing import Final

from elo_cli.model.kind import Kind
from elo_cli.model.shape import Shape, fields_of
from elo_cli.store.edit.record import new_file, same
from elo_cli.store.yaml import emit
from elo_cli.store.yaml.order import key_order
from elo_cli.store.yaml.strict import parse

_LATER: Final = frozenset({"formerly", "corrections", "updates"})
"""Fields that a new record cannot have yet."""
_WIDTH: Final = 98
_DEEPEST: Final = 3


def slug(name: str) -> str:
    """An id from a name: `Järvi & Ö` gives `jarvi-o`, `Бюджет` gives `biudzhet`; empty when nothing is left."""
    from slugify import slugify

    return str(slugify(name, max_length=60, word_boundary=True, save_order=True))


def explained(record: Mapping[str, object], kind: Kind, languages: list[str], say: Callable[[str], str]) -> bytes:
    """The bytes of a new record's file in which each field is explained in the reader's language.

    A field that is not given stands as a comment with an example.
    """
    plain = new_file(record, kind).decode("utf-8")
    lines = [plain.split("\n", 1)[0]]
    layout = emit.Layout()
    for name in key_order(kind.record):
        if name in _LATER:
            continue
        shape = fields_of(kind.record)[name]
        meaning = say(kind.record.model_fields[name].description or name)
        lines.extend(f"# {line}" for line in emit.fold(meaning, _WIDTH) or [meaning])
        if name in record:
            lines.extend(emit.entry_lines(name, record[name], 0, layout, shape))
        else:
            example = example_of(shape, languages, 0)
            lines.extend(f"# {line}" for line in emit.entry_lines(name, example, 0, layout, shape))
    data = ("\n".join(lines) + "\n").encode("utf-8")
    # Should an explanation ever be read as a value, the file goes without them.
    return data if same(parse(data, kind.path()).value, record) else plain.encode("utf-8")


_EXAMPLES: Final[Mapping[str, object]] = {
    "boolean": True,
    "day": "2024-12-31",
    "period": "2024-Q4",
    "money": "1.5 M€",
    "percentage": "20-30 %",
    "text": "…",
}


def example_of(shape: Shape, languages: list[str], depth: int) -> object:
    """A value as a place of this shape could hold it."""
    match shape.form:
        case "word":
            return shape.words[0]
        case "texts":
            return dict.fromkeys(languages, "…")
        case "id":
            return f"{shape.kinds[0]}-id"
        case "list" if shape.item is not None:
            return [example_of(shape.item, languages, depth + 1)]
        case "map" if shape.item is not None:
            return {"first": example_of(shape.item, languages, depth + 1)}
        case "model" if shape.model is not None:
            fields = fields_of(shape.model)
            required = {name: fields[name] for name, info in shape.model.model_fields.items() if info.is_required()}
            shown = fields if depth < _DEEPEST and not required else required
            return {name: example_of(inner, languages, depth + 1) for name, inner in shown.items()}
        case form:
            return _EXAMPLES.get(form, 1)
