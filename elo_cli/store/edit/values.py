"""What a person types for a field, made into the plain values that a file holds, by the shapes of the model.

A text by language is `text` or `sv=text`; a mapping is `title=Report,uri=https://…`, its inner places with points;
a list inside a mapping is `a+b`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Protocol

from pydantic import BaseModel

from elo_cli.model.errors import N_, UsageProblem
from elo_cli.model.period import FIRST_YEAR, LAST_YEAR
from elo_cli.model.shape import Shape, fields_of
from elo_cli.model.values import KEY_PATTERN
from elo_cli.model.words import known_words

_PAIR: Final = re.compile(r"(?:^|,)\s*(?P<name>[\w-]+(?:\.[\w-]+)*)=")
_LANGUAGE: Final = re.compile(r"(?P<code>[a-z]{2,3}(?:-[A-Z]{2})?)=(?P<text>.*)", re.DOTALL)
_NUMBER: Final = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,10})?")
NOTHING: Final = "none"
"""What is typed for a field, or a part of one, that an update takes back: it is not stated any longer."""
_NULL: Final = "null"
"""The same as the file has it."""
_YES: Final = frozenset({"true", "yes"})
_NO: Final = frozenset({"false", "no"})


class ValueReader(Protocol):
    """Understands what people write; `render.reading` does, by the words that elo prints."""

    def value(self, shape: Shape, text: str) -> str:
        """The form that a file holds; the text itself where it says nothing. UsageProblem where it may be several."""

    def nearest(self, shape: Shape, text: str) -> str | None:
        """The word of a closed list that was probably meant, as people write it; None when none is near."""

    def field(self, model: type[BaseModel], text: str) -> str:
        """The name of a field of a model; the text itself where it is none. UsageProblem where it may be several."""


class Typed:
    """Reads what was typed, for a tracker of these languages; the first one is meant where none is named."""

    def __init__(self, languages: Sequence[str], reading: ValueReader) -> None:
        """Know the languages, so that only their codes before `=` name a language."""
        self.languages = languages
        self.reading = reading

    def value(self, option: str, shape: Shape, texts: Sequence[str]) -> object:
        """The plain value of a field of this shape; UsageProblem, with the option named, when the text is none."""
        match shape.form:
            case "list" if shape.item is not None and shape.item.form == "model":
                return [self._pairs(option, shape.item, [text]) for text in texts]
            case "list" if shape.item is not None:
                return [value for text in texts for value in self._listed(option, shape.item, text)]
            case "texts":
                return self._local(option, texts)
            case "model" | "map":
                return self._pairs(option, shape, texts)
        if len(texts) > 1:
            raise UsageProblem(N_("{option} can be given once only"), option=option)
        return self._scalar(option, shape, texts[0])

    def source(self, option: str, shape: Shape, text: str) -> object:
        """A source: the document's id alone, or with its place, such as `treasury-2022,page=3`."""
        document, comma, rest = text.partition(",")
        if "=" in document:
            return self._pairs(option, shape, [text])
        pairs = self._pairs(option, shape, [rest]) if comma else {}
        place = shape.step("document")
        return {"document": self._scalar(option, place, document.strip()) if place is not None else document, **pairs}

    def _listed(self, option: str, item: Shape, text: str) -> list[object]:
        """The values of a list that was typed as one: ids and words have no commas, and names may have some."""
        if "," in text and (whole := self.reading.value(item, text)) != text:
            return [whole]
        return [self._scalar(option, item, word.strip()) for word in text.split(",")]

    def _local(self, option: str, texts: Sequence[str]) -> dict[str, object]:
        by_language: dict[str, object] = {}
        for text in texts:
            named = _LANGUAGE.fullmatch(text)
            code = named["code"] if named and named["code"] in self.languages else self.languages[0]
            if code in by_language:
                raise UsageProblem(
                    N_("{option} is given twice for the language {language}"), option=option, language=code
                )
            by_language[code] = named["text"] if named and named["code"] == code else text
        return {code: by_language[code] for code in self.languages if code in by_language}

    def _pairs(self, option: str, shape: Shape, texts: Sequence[str]) -> dict[str, object]:
        values: dict[str, object] = {}
        for text in texts:
            names = list(self._names(shape, text))
            if not names or names[0].start() != 0:
                raise UsageProblem(
                    N_("{option}: “{text}” has not the form {form}"), option=option, text=text, form=_form(shape)
                )
            ends = [name.start() for name in names[1:]] + [len(text)]
            for name, end in zip(names, ends, strict=True):
                self._put(option, shape, values, name["name"].split("."), text[name.end() : end].strip())
        return values

    def _names(self, shape: Shape, text: str) -> Iterator[re.Match[str]]:
        """Where a pair begins: at a name that the type knows, so that a comma in a text stays one."""
        model = fields_of(shape.model) if shape.model is not None else None
        for match in _PAIR.finditer(text):
            first = self._field(shape, match["name"].partition(".")[0])
            if match.start() == 0 or (first in model if model is not None else re.match(KEY_PATTERN, first)):
                yield match

    def _field(self, shape: Shape, name: str) -> str:
        return self.reading.field(shape.model, name) if shape.model is not None else name

    def _put(
        self,
        option: str,
        shape: Shape,
        target: dict[str, object],
        path: list[str],
        text: str,
    ) -> None:
        inner = shape
        for number, part in enumerate(path):
            if inner.form == "texts" and number == len(path) - 1:
                target[part] = text
                return
            part = path[number] = self._field(inner, part)  # noqa: PLW2901 - the file has the field's own name
            following = inner.step(part)
            if following is None:
                raise UsageProblem(
                    N_("{option}: there is no “{name}”; right would be {form}"),
                    option=option,
                    name=".".join(path),
                    form=_form(inner),
                )
            inner = following
            if number == len(path) - 1:
                break
            deeper = target.setdefault(part, {})
            if not isinstance(deeper, dict):
                raise UsageProblem(N_("{option} can be given once only"), option=option)
            target = deeper
        last = path[-1]
        if text in {NOTHING, _NULL}:
            target[last] = None
        elif inner.form == "texts":
            old = target.get(last)
            target[last] = {**(old if isinstance(old, dict) else {}), **self._local(option, [text])}
        elif inner.form == "list" and inner.item is not None:
            target[last] = [self._scalar(option, inner.item, word) for word in text.split("+")]
        elif inner.form == "model":
            raise UsageProblem(
                N_("{option}: “{text}” has not the form {form}"), option=option, text=text, form=_form(inner)
            )
        else:
            target[last] = self._scalar(option, inner, text)

    def _scalar(self, option: str, shape: Shape, text: str) -> object:
        text = self.reading.value(shape, text)
        if shape.form == "word" and text not in shape.words:
            raise UsageProblem(
                N_("“{text}” is not possible for {name}; right would be one of {known}"),
                text=text,
                name=option,
                known=known_words(shape.words),
            )
        if shape.form == "boolean":
            if text.lower() in _YES | _NO:
                return text.lower() in _YES
            raise UsageProblem(N_("{option}: “{text}” is neither yes nor no"), option=option, text=text)
        if shape.form in {"integer", "number"}:
            if _NUMBER.fullmatch(text):
                return float(text) if "." in text else int(text)
            raise UsageProblem(
                N_("{option}: “{text}” is not a number; right would be a form such as 2000 or 0.5"),
                option=option,
                text=text,
            )
        if shape.form == "period" and re.fullmatch("[0-9]{4}", text) and FIRST_YEAR <= int(text) <= LAST_YEAR:
            return int(text)
        return text


def merged(present: object, said: object) -> object:
    """What a mapping holds when only parts of it were said: the others as they are; anything else is replaced."""
    if isinstance(present, Mapping) and isinstance(said, Mapping):
        return {**present, **{key: merged(present.get(key), value) for key, value in said.items()}}
    return said


def _form(shape: Shape) -> str:
    return ",".join(f"{name}=…" for name in fields_of(shape.model)) if shape.model is not None else "key=…"
