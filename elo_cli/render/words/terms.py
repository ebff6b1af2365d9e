"""Terms as a reader sees them: the word for a value, a kind or a field, and a sign beside it.

A sign never stands alone, and a colour never says what the word does not. One sign has one meaning, over all tables: a
test walks them.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from elo_cli.model.errors import N_
from elo_cli.model.finding import Where
from elo_cli.model.kinds import KINDS
from elo_cli.model.words import FIELDS, VALUES
from elo_cli.render.words.language import Language


class Term(NamedTuple):
    """A value's word, its sign in Unicode and in ASCII, and the colour that repeats what both say."""

    word: str
    sign: str = ""
    plain: str = ""
    style: str = ""


def _terms(field: str, signs: Mapping[str, tuple[str, ...]]) -> dict[str, Term]:
    """The terms of a field whose values have signs, in the order of their words."""
    return {value: Term(word, *signs.get(value, ())) for value, word in VALUES[field].items()}


STATUS: Final = _terms(
    "status",
    {
        "planned": ("○", "o"),
        "in-preparation": ("◔", "c"),
        "in-progress": ("◐", "@"),
        "completed": ("●", "#", "green"),
        "suspended": ("◌", "%", "yellow"),
        "withdrawn": ("⊘", "_", "dim"),
    },
)
NO_STATUS: Final = Term(N_("no status stated"), "·", ".", "dim")
CONFIDENCE: Final = _terms(
    "confidence",
    {
        "on-track": ("▲", "+", "green"),
        "at-risk": ("◆", "~", "yellow"),
        "off-track": ("▼", "v", "red"),
    },
)
TIMING: Final = _terms(
    "timing",
    {
        "done": ("✓", "x", "green"),
        "contested": ("≠", "/", "red"),
        "withdrawn": ("⊘", "_", "dim"),
        "upcoming": ("→", ">"),
        "due-soon": ("◷", "!", "yellow"),
        "unreported": ("?", "?", "yellow"),
        "overdue": ("‼", "!!", "red"),
    },
)
LEVEL: Final = {
    "error": Term(N_("error"), "✗", "E", "red"),
    "warning": Term(N_("warning"), "!", "W", "yellow"),
    "note": Term(N_("note"), "•", "N", "dim"),
}


def word(language: Language, field: str, value: str | None) -> str:
    """The word for a value of a field; a dash for nothing, the value itself where there is no term for it."""
    if value is None:
        return "–"
    message = VALUES.get(field, {}).get(value)
    return language.say(message) if message is not None else value


def counted(language: Language, terms: Mapping[str, Term], numbers: Mapping[str, int]) -> str:
    """How many of each term there are, in the order of the terms: `13 unreported, 2 overdue`; "" for none."""
    return ", ".join(
        # Translators: a number of milestones, or measures, and what they are: 13 unreported
        language.say(N_("{number} {words}"), number=language.number(numbers[value]), words=language.say(term.word))
        for value, term in terms.items()
        if value in numbers
    )


def stage(language: Language, stage: str, undecided: int | None = None, *, lean: bool = False) -> str:
    """A stage of money; of a proposal of which no decision is known, also since which year.

    `lean` leaves it at the year, where there is little room.
    """
    if undecided is None:
        return word(language, "stage", stage)
    if stage == "pending":
        return language.say(N_("was to be decided {year}, no update on the decision"), year=undecided)
    if stage == "to-be-proposed":
        message = N_("was to be proposed {year}") if lean else N_("was to be proposed {year}, no update")
    elif lean:
        message = N_("{stage} {year}")
    else:
        message = N_("{stage} {year}, no update on the decision")
    return language.say(message, stage=word(language, "stage", stage), year=undecided)


def head(language: Language, field: str) -> str:
    """A field's name as a heading."""
    return language.say(FIELDS[field]) if field in FIELDS else field


def place(language: Language, where: Where) -> str:
    """A place in a record in words: of `updates`, 1, `note` the note of the second update, as `elo show` numbers it."""
    told = ""
    for step in where:
        told += f" {step + 1}" if isinstance(step, int) else f"{': ' if told else ''}{head(language, step)}"
    return told


def kind_word(language: Language, kind: str) -> str:
    """A kind's name."""
    return language.say(KINDS[kind].names.one)
