"""Makes docs/records.md: what a record is in words, and each kind's fields from the models themselves."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from elo_cli.model.config import TrackerConfig
from elo_cli.model.kind import Kind
from elo_cli.model.kinds import RECORD_KINDS, VOCABULARIES
from elo_cli.model.records.base import Correction, Fields, Record, Retraction, Source, Strict, Update
from elo_cli.model.shape import Shape, fields_of

PAGE: Final = Path(__file__).parent / "records.md"
MARK: Final = "<!-- What follows is generated from the models: `make docs`. -->"
_WORDS: Final = {
    "integer": "whole number",
    "boolean": "`true` or `false`",
    "money": "money",
    "percentage": "per cent",
    "any": "anything",
}
_HEAD: Final = "| Field | Form | Meaning |\n| --- | --- | --- |"
_KIND_HEAD: Final = "| Field | Form | By update | Meaning |\n| --- | --- | --- | --- |"


def records_page() -> str:
    """Return docs/records.md: what is written by hand up to the mark, and the tables below it."""
    written, mark, _ = PAGE.read_text("utf-8").partition(MARK)
    parts = [written + mark, "## Every record\n\n" + _table(Record)]
    parts += [f"### {_plural(model).capitalize()}\n\n{_table(model)}" for model in (Source, Correction, Retraction)]
    update = "Besides these, an update sets the fields of its kind that the tables below mark for it.\n\n"
    parts.append(f"### Updates\n\n{update}{_table(Update)}")
    seen: set[type[BaseModel]] = set()
    parts += [_kind(kind, seen) for kind in RECORD_KINDS]
    updated = [f"`{kind.folder}`" for kind in VOCABULARIES if kind.update is not None]
    with_updates = f"{', '.join(updated[:-1])} and {updated[-1]}"
    parts.append(
        f"## Vocabularies\n\nEach is one file, a map from id to entry; those of {with_updates} may have updates."
    )
    parts += [_kind(kind, seen) for kind in VOCABULARIES]
    parts.append("## tracker.yaml\n\n" + _table(TrackerConfig) + "".join(_inner(TrackerConfig, 3, seen)))
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _plural(model: type[Strict]) -> str:
    return f"{model.__name__.lower()}s"


def _kind(kind: Kind, seen: set[type[BaseModel]]) -> str:
    level = 3 if kind.vocabulary else 2
    title = f"{'#' * level} {kind.names.many}\n\n`data/{kind.path()}`\n\n"
    return title + _table(kind.record, without=Record, kind=kind) + "".join(_inner(kind.record, level + 1, seen))


def _table(model: type[BaseModel], *, without: type[BaseModel] | None = None, kind: Kind | None = None) -> str:
    left_out = set(without.model_fields) - {"name", "description"} if without is not None else set()
    left_out |= {"updates"}
    rows = [
        _row(name, info, model, kind)
        for name, info in sorted(model.model_fields.items(), key=_optional)
        if name not in left_out
    ]
    return "\n".join((_KIND_HEAD if kind is not None and kind.update is not None else _HEAD, *rows))


def _row(name: str, info: FieldInfo, model: type[BaseModel], kind: Kind | None) -> str:
    meaning = str(info.description or "")
    required = " (required)" if info.is_required() else ""
    cells = [f"`{name}`{required}", _form(fields_of(model)[name])]
    if kind is not None and kind.update is not None:
        given = {old: new for new, old in kind.record.update_names.items()}.get(name, name)
        how = "" if given == name else f"as `{given}`, "
        if given not in kind.changeable:
            cells.append("no")
        elif issubclass(model, Fields) and name in model.promise_fields:
            cells.append(f"{how}with reason and decider")
        else:
            cells.append(f"{how}yes")
    return f"| {' | '.join((*cells, meaning))} |"


def _optional(field: tuple[str, FieldInfo]) -> bool:
    return not field[1].is_required()


def _form(shape: Shape) -> str:
    match shape.form:
        case "id":
            return "id of " + " or ".join(_article(kind) for kind in shape.kinds)
        case "word":
            return ", ".join(f"`{value}`" for value in shape.words)
        case "list" if shape.item is not None:
            return f"list: {_form(shape.item)}"
        case "map" if shape.key is not None and shape.item is not None:
            return f"map: {_form(shape.key)} to {_form(shape.item)}"
        case "model" if shape.model is not None:
            title = _title(shape.model)
            anchor = f"{title}s" if shape.model in {Source, Correction, Retraction} else title.replace(" ", "-")
            return f"[{title}](#{anchor})"
        case form:
            return shape.called or _WORDS.get(form, form)


def _article(word: str) -> str:
    return {"funding": "a funding line"}.get(word, f"{'an' if word[0] in 'aeiou' else 'a'} {word}")


def _title(model: type[BaseModel]) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in model.__name__).strip()


def _inner(model: type[BaseModel], level: int, seen: set[type[BaseModel]]) -> Iterator[str]:
    """Yield the tables of the models that a kind's fields are made of, each once on the page."""
    for name, shape in fields_of(model).items():
        if name in {"sources", "corrections", "updates"}:
            continue
        inner = (shape.item or shape).model
        if inner is not None and inner not in seen:
            seen.add(inner)
            about = (inner.__doc__ or "").split("\n", 1)[0]
            yield f"\n\n{'#' * level} {_title(inner).capitalize()}\n\n{about}\n\n{_table(inner)}"
