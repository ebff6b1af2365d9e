"""A new record's file: what is known as it is, and every other field in a comment that says what it means."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from elo_cli.model.kinds import Kind
from elo_cli.model.money import Money, Percentage
from elo_cli.model.period import Period
from elo_cli.store import emit
from elo_cli.store.edit import new_file, same
from elo_cli.store.edit_values import choices, is_local_text, list_item, map_value, refers_to
from elo_cli.store.shape import key_order, model_in, parts, step
from elo_cli.store.strict_yaml import parse

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
        info = kind.record.model_fields[name]
        lines.extend(f"# {line}" for line in _wrapped(say(info.description or name)))
        if name in record:
            lines.extend(emit.entry_lines(name, record[name], 0, layout, info.annotation))
        else:
            example = example_of(info.annotation, languages, refers_to(info.annotation, info.metadata), 0)
            lines.extend(f"# {line}" for line in emit.entry_lines(name, example, 0, layout, info.annotation))
    data = ("\n".join(lines) + "\n").encode("utf-8")
    # Should an explanation ever be read as a value, the file goes without them.
    return data if same(parse(data, kind.file_hint).value, record) else plain.encode("utf-8")


def _wrapped(text: str) -> list[str]:
    return emit.fold(text, _WIDTH) or [text]


def example_of(annotation: Any, languages: list[str], kinds: tuple[str, ...], depth: int) -> object:  # noqa: ANN401 - a type of any form
    """A value as a field of this type could hold it."""
    words = choices(annotation)
    if words:
        return words[0]
    if is_local_text(annotation):
        return dict.fromkeys(languages, "…")
    item = list_item(annotation)
    if item is not None:
        return [example_of(item, languages, kinds or refers_to(item), depth + 1)]
    model = model_in(annotation)
    if model is not None:
        required = {name: info for name, info in model.model_fields.items() if info.is_required()}
        shown = model.model_fields if depth < _DEEPEST and not required else required
        return {
            name: example_of(info.annotation, languages, refers_to(info.annotation, info.metadata), depth + 1)
            for name, info in shown.items()
        }
    if map_value(annotation) is not None:
        return {"first": example_of(step(annotation, "first"), languages, (), depth + 1)}
    return _scalar(annotation, kinds)


def _scalar(annotation: Any, kinds: tuple[str, ...]) -> object:  # noqa: ANN401 - a type of any form
    types = set(filter(lambda part: isinstance(part, type), parts(annotation)))
    if kinds:
        return f"{kinds[0]}-id"
    if bool in types:
        return True
    if Period in types:
        return "2024-Q4"
    if Money in types:
        return "1.5 M€"
    if Percentage in types:
        return "20-30 %"
    if str in types:
        return "…"
    return 1
