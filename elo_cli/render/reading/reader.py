"""The one reader of what people write: a text and the shape of its place in, the form that a file holds out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, Protocol

from pydantic import BaseModel

from elo_cli.model.characters import first_of
from elo_cli.model.errors import N_, UsageProblem, nearest
from elo_cli.model.languages import LANGUAGES
from elo_cli.model.period import Period
from elo_cli.model.shape import Shape, fields_of
from elo_cli.model.values import TIME_OF_DAY
from elo_cli.render.reading import amounts, periods, words
from elo_cli.render.words.language import Language

_MOST: Final = 6


class Records(Protocol):
    """The records that a text may name."""

    def __contains__(self, record_id: str) -> bool:
        """Whether a record has this id."""

    def of(self, kinds: Sequence[str]) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """The ids and plain data of all records of some kinds; asked only for what is no id."""


class AmbiguousProblem(UsageProblem):
    """The text may mean several things; `choices` are their forms in a file."""

    def __init__(self, text: str, choices: Sequence[str]) -> None:
        """The text, and everything that it may mean."""
        known = first_of(choices, _MOST)
        super().__init__(N_("“{text}” is not clear; what is meant would be written {known}"), text=text, known=known)
        self.text = text
        self.choices = list(choices)


class Reader:
    """Reads what people write: words of all languages, numbers as the reader and the tracker write them."""

    def __init__(
        self,
        language: Language,
        records: Records | None = None,
        ask: Callable[[str, Sequence[str]], str | None] | None = None,
    ) -> None:
        """Read numbers as this language and those preferred beside it; `records` knows the names of records.

        `ask` gives one of several things that a text may mean, or None where nobody can be asked.
        """
        codes = dict.fromkeys(code for code in (language.code, *language.preferred) if code in LANGUAGES)
        # A comma in a number means one thing in one language and another in the next; a word does not.
        self.languages = [Language(code) for code in LANGUAGES]
        self.language = language
        self.numbering = [Language(code) for code in codes]
        self._records = records
        self._ask = ask

    def value(self, shape: Shape, text: str) -> str:
        """The form that a file holds; the text itself where it is nothing that elo prints.

        Raises AmbiguousProblem where it may be several: what nobody can know is not guessed.
        """
        return self._chosen(text, self._meant(shape, text))

    def nearest(self, shape: Shape, text: str) -> str | None:
        """The word of a closed list that was probably meant, in the language in which it is near; None when none is."""
        spoken = words.spoken(shape.words, self.language, self.languages)
        near = nearest(text.casefold(), spoken)
        return spoken[near] if near is not None else None

    def field(self, model: type[BaseModel], text: str) -> str:
        """The name of a field of a model by its heading; the text itself where it is none. Raises AmbiguousProblem."""
        return self._chosen(text, words.fields(fields_of(model), text, self.languages))

    def record(self, kinds: Sequence[str], text: str) -> str:
        """The id of a record of these kinds by its name. Raises AmbiguousProblem."""
        return self.value(Shape("id", tuple(kinds)), text)

    def period(self, text: str) -> str:
        """A period. Raises AmbiguousProblem."""
        return self.value(Shape("period"), text)

    def word(self, known: Sequence[str], text: str) -> str:
        """A word of a closed list. Raises AmbiguousProblem."""
        return self.value(Shape("word", words=tuple(known)), text)

    def _chosen(self, text: str, meant: Sequence[str]) -> str:
        if not meant:
            return text
        if len(meant) == 1:
            return meant[0]
        chosen = self._ask(text, meant) if self._ask is not None else None
        if chosen is None:
            raise AmbiguousProblem(text, meant)
        return chosen

    def _meant(self, shape: Shape, text: str) -> Sequence[str]:
        match shape.form:
            case "word":
                return words.values(shape.words, text, self.languages)
            case "period":
                return periods.periods(text, self.languages)
            case "day":
                return [
                    period for period in periods.periods(text, self.languages) if Period.parse(period).unit == "day"
                ]
            case "money":
                return amounts.amounts(text, self.numbering)
            case "percentage":
                return amounts.percentages(text, self.numbering)
            case "number" | "integer":
                return amounts.numbers(text, self.numbering)
            case "boolean":
                return words.yes_or_no(text, self.languages)
            case "text" if shape.called == TIME_OF_DAY:
                return periods.times(text)
            case "id":
                return self._named(shape.kinds, text)
        return []

    def _named(self, kinds: Sequence[str], text: str) -> Sequence[str]:
        if self._records is None or not text or text in self._records:
            return []
        return words.called(self._records.of(kinds), text)


def every_language() -> Language:
    """A language whose reader reads all that elo speaks, for where no tracker is known yet."""
    first, *others = LANGUAGES
    return Language(first, tuple(others))
