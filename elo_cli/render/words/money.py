"""The money of a measure in words: stage by stage, with its instruments."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from elo_cli.model.errors import N_, nN_
from elo_cli.render.words import terms
from elo_cli.render.words.fields import amount_text
from elo_cli.render.words.language import Language
from elo_cli.render.words.marked import fill, joined
from elo_cli.render.words.names import Names
from elo_cli.tracking.status import MoneyAt

MARKS: Final[Mapping[str, tuple[tuple[str, str], str]]] = {
    "inferred": (("‡", "&"), N_("stage or basis inferred")),
    "overlapping": (("†", "^"), N_("may be the same funding as another line")),
    "older": (("°", "<"), N_("from before the strategy")),
}
"""What a sum may hide: its sign in Unicode and in ASCII, and what it means.

A star is none of them: beside a name it says that only the measure names who is responsible.
"""


class Marks:
    """The signs behind sums for what these hide, and what the signs mean that have been shown."""

    def __init__(self, language: Language, sign: Callable[[str, str], str] = lambda sign, _: sign) -> None:
        """Say them in this language; `sign` chooses between Unicode and ASCII."""
        self._language = language
        self._sign = sign
        self._shown: set[str] = set()

    def mark(self, at: MoneyAt) -> str:
        """The signs of one sum."""
        fields = [field for field in MARKS if getattr(at, field)]
        self._shown.update(fields)
        return "".join(self._sign(*MARKS[field][0]) for field in fields)

    def legend(self) -> str:
        """What the signs that were shown mean; "" when none was."""
        return " · ".join(
            f"{self._sign(*sign)} {self._language.say(text)}"
            for field, (sign, text) in MARKS.items()
            if field in self._shown
        )


def money_texts(
    language: Language,
    names: Names,
    money: Sequence[MoneyAt],
    mark: Callable[[MoneyAt], str] = lambda _: "",
    *,
    lean: bool = False,
) -> list[str]:
    """Money stage by stage, with its instruments: `granted: €3 million (Government grant), €24.3 million/year`.

    `mark` gives what is put behind an amount that hides something.
    """
    stages: dict[str, dict[str | None, list[MoneyAt]]] = {}
    for at in money:
        if at.amount is None and at.stage == "unstated":
            continue
        stage = terms.stage(language, at.stage, at.undecided, lean=lean)
        stages.setdefault(stage, {}).setdefault(at.instrument, []).append(at)
    told = {
        stage: joined(
            ", ",
            (_of_instrument(names, name, list(_amounts(language, some, mark))) for name, some in instruments.items()),
        )
        for stage, instruments in stages.items()
    }
    texts = [fill("{}: {}", stage, text) for stage, text in told.items()]
    return texts if lean and texts else [*texts, *_unknown(language, names, money)]


def _unknown(language: Language, names: Names, money: Sequence[MoneyAt]) -> Iterator[str]:
    """The lines of which neither an amount nor a stage is stated, together, with the instruments that are named."""
    unknown = [at for at in money if at.amount is None and at.stage == "unstated"]
    instruments = list(dict.fromkeys(names.short(at.instrument) for at in unknown if at.instrument is not None))
    unnamed = sum(at.unstated for at in unknown if at.instrument is None)
    if unnamed:
        instruments.append(language.count(*nN_("{n} line", "{n} lines"), unnamed))
    if instruments:
        yield language.say(N_("no amount or stage: {list}"), list=joined(", ", instruments))


def _of_instrument(names: Names, instrument: str | None, amounts: list[str]) -> str:
    if instrument is None:
        return "; ".join(amounts)
    return fill("{} ({})", "; ".join(amounts), names.short(instrument)) if amounts else names.short(instrument)


def _amounts(language: Language, money: Sequence[MoneyAt], mark: Callable[[MoneyAt], str]) -> Iterator[str]:
    """The amounts of one stage and instrument; the lines without one are counted together, where the first stands."""
    unstated = sum(at.unstated for at in money)
    for at in money:
        if at.amount is not None:
            amount = amount_text(language, at.amount, at.basis, approximate=at.approximate) + mark(at)
            share = N_("part of a whole of {amount}, share not stated")
            yield language.say(share, amount=amount) if at.shared else amount
        if at.unstated and unstated:
            yield language.count(*nN_("no amount", "{n} without an amount"), unstated)
            unstated = 0
