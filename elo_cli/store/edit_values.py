"""What a person types for a field, made into the plain values that a file holds, by the types of the model.

A text by language is `text` or `sv=text`; a mapping is `title=Report,uri=https://…`, its inner places with points;
a list inside a mapping is `a+b`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, Literal, get_args, get_origin

from elo_cli.model.errors import N_, UsageProblem
from elo_cli.model.period import FIRST_YEAR, LAST_YEAR, Period
from elo_cli.model.values import KEY_PATTERN
from elo_cli.store.shape import model_in, parts, step

_PAIR: Final = re.compile(r"(?:^|,)\s*(?P<name>[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)=")
_LANGUAGE: Final = re.compile(r"(?P<code>[a-z]{2,3}(?:-[A-Z]{2})?)=(?P<text>.*)", re.DOTALL)
_NUMBER: Final = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,10})?")
_YES: Final = frozenset({"true", "yes"})
_NO: Final = frozenset({"false", "no"})


class Typed:
    """Reads what was typed, for a tracker of these languages; the first one is meant where none is named."""

    def __init__(self, languages: Sequence[str]) -> None:
        """Know the languages, so that only their codes before `=` name a language."""
        self.languages = languages

    def value(self, option: str, annotation: Any, texts: Sequence[str]) -> object:  # noqa: ANN401 - a type of any form
        """The plain value of a field of this type; UsageProblem, with the option named, when the text is none."""
        item = list_item(annotation)
        if item is not None:
            if model_in(item) is not None:
                return [self._pairs(option, item, [text]) for text in texts]
            # Ids and words have no commas, so a list may be typed as one.
            return [self._scalar(option, item, word.strip()) for text in texts for word in text.split(",")]
        if is_local_text(annotation):
            return self._local(option, texts)
        if model_in(annotation) is not None or map_value(annotation) is not None:
            return self._pairs(option, annotation, texts)
        if len(texts) > 1:
            raise UsageProblem(N_("{option} can be given once only"), option=option)
        return self._scalar(option, annotation, texts[0])

    def source(self, option: str, annotation: Any, text: str) -> object:  # noqa: ANN401 - a type of any form
        """A source: the document's id alone, or with its place, such as `treasury-2022,page=3`."""
        document, comma, rest = text.partition(",")
        if "=" in document:
            return self._pairs(option, annotation, [text])
        pairs = self._pairs(option, annotation, [rest]) if comma else {}
        return {"document": document.strip(), **pairs}

    def _local(self, option: str, texts: Sequence[str]) -> dict[str, object]:
        found: dict[str, object] = {}
        for text in texts:
            named = _LANGUAGE.fullmatch(text)
            code = named["code"] if named and named["code"] in self.languages else self.languages[0]
            if code in found:
                raise UsageProblem(
                    N_("{option} is given twice for the language {language}"), option=option, language=code
                )
            found[code] = named["text"] if named and named["code"] == code else text
        return {code: found[code] for code in self.languages if code in found}

    def _pairs(self, option: str, annotation: Any, texts: Sequence[str]) -> dict[str, object]:  # noqa: ANN401 - a type of any form
        found: dict[str, object] = {}
        for text in texts:
            names = list(self._names(annotation, text))
            if not names or names[0].start() != 0:
                raise UsageProblem(
                    N_("{option}: “{text}” has not the form {form}"), option=option, text=text, form=_form(annotation)
                )
            ends = [name.start() for name in names[1:]] + [len(text)]
            for name, end in zip(names, ends, strict=True):
                self._put(option, annotation, found, name["name"].split("."), text[name.end() : end].strip())
        return found

    def _names(self, annotation: Any, text: str) -> Iterator[re.Match[str]]:  # noqa: ANN401 - a type of any form
        """Where a pair begins: at a name that the type knows, so that a comma in a text stays one."""
        model = model_in(annotation)
        for found in _PAIR.finditer(text):
            first = found["name"].partition(".")[0]
            if found.start() == 0 or (first in model.model_fields if model else re.match(KEY_PATTERN, first)):
                yield found

    def _put(
        self,
        option: str,
        annotation: Any,  # noqa: ANN401 - a type of any form
        target: dict[str, object],
        path: list[str],
        text: str,
    ) -> None:
        inner: Any = annotation
        for number, part in enumerate(path):
            if is_local_text(inner) and number == len(path) - 1:
                target[part] = text
                return
            following = step(inner, part)
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
        if is_local_text(inner):
            old = target.get(last)
            target[last] = {**(old if isinstance(old, dict) else {}), **self._local(option, [text])}
        elif (item := list_item(inner)) is not None:
            target[last] = [self._scalar(option, item, word) for word in text.split("+")]
        elif text == "null":
            target[last] = None
        elif model_in(inner) is not None:
            raise UsageProblem(
                N_("{option}: “{text}” has not the form {form}"), option=option, text=text, form=_form(inner)
            )
        else:
            target[last] = self._scalar(option, inner, text)

    def _scalar(self, option: str, annotation: Any, text: str) -> object:  # noqa: ANN401 - a type of any form
        types = set(filter(_is_type, parts(annotation)))
        if bool in types:
            if text.lower() in _YES | _NO:
                return text.lower() in _YES
            raise UsageProblem(N_("{option}: “{text}” is neither yes nor no"), option=option, text=text)
        if types & {int, Decimal} and str not in types:
            if _NUMBER.fullmatch(text):
                return float(text) if "." in text else int(text)
            raise UsageProblem(
                N_("{option}: “{text}” is not a number; right would be a form such as 2000 or 0.5"),
                option=option,
                text=text,
            )
        if Period in types and re.fullmatch("[0-9]{4}", text) and FIRST_YEAR <= int(text) <= LAST_YEAR:
            return int(text)
        return text


def _is_type(part: object) -> bool:
    return isinstance(part, type)


def list_item(annotation: Any) -> Any:  # noqa: ANN401 - a type of any form
    """What a list of this type holds, None when it is no list."""
    return next((get_args(part)[0] for part in parts(annotation) if get_origin(part) is list), None)


def map_value(annotation: Any) -> Any:  # noqa: ANN401 - a type of any form
    """What a map of this type holds under its keys, None when it is no map."""
    return next((get_args(part)[1] for part in parts(annotation) if get_origin(part) is dict), None)


def is_local_text(annotation: Any) -> bool:  # noqa: ANN401 - a type of any form
    """Whether the type is a text by language."""
    return map_value(annotation) is str and model_in(annotation) is None


def choices(annotation: Any) -> tuple[str, ...]:  # noqa: ANN401 - a type of any form
    """The words that a field of this type can hold, where it is a closed list; else nothing."""
    return next((get_args(part) for part in parts(annotation) if get_origin(part) is Literal), ())


def refers_to(annotation: Any, metadata: Sequence[object] = ()) -> tuple[str, ...]:  # noqa: ANN401 - a type of any form
    """The kinds of record that a field of this type names, or a list of it; else nothing."""
    from elo_cli.model.values import Ref

    for mark in (*metadata, *parts(list_item(annotation) or annotation)):
        if isinstance(mark, Ref):
            return mark.kinds
    return ()


def merged(present: object, said: object) -> object:
    """What a mapping holds when only parts of it were said: the others as they are; anything else is replaced."""
    if isinstance(present, Mapping) and isinstance(said, Mapping):
        return {**present, **{key: merged(present.get(key), value) for key, value in said.items()}}
    return said


def _form(annotation: Any) -> str:  # noqa: ANN401 - a type of any form
    model = model_in(annotation)
    if model is not None:
        return ",".join(f"{name}=…" for name in model.model_fields)
    return "key=…"
