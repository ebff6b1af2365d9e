"""Which filters an answer is under, in words."""

from collections.abc import Mapping
from shlex import quote
from typing import Final

from elo_cli.model.errors import N_
from elo_cli.model.period import Period
from elo_cli.render.words import terms
from elo_cli.render.words.marked import joined
from elo_cli.render.words.names import Names
from elo_cli.tracking.day.filters import Filters

_HEADS: Final[Mapping[str, str]] = {
    "goal": N_("Goal"),
    "measure": N_("Measure"),
    "owner": N_("Responsible"),
    "type": N_("Type"),
    "component": N_("Component"),
    "instalment": N_("Instalment"),
    "due": N_("Due"),
    "timing": N_("Timing"),
    "status": N_("Status"),
    "confidence": N_("Confidence"),
    "eu": N_("EU assessment"),
    "support": N_("Support"),
    "instrument": N_("Instrument"),
    "stage": N_("Stage"),
}
_IDS: Final = frozenset({"goal", "measure", "owner", "instrument"})


def filter_options(filters: Filters) -> str:
    """` --owner okm --due 2025`, to be added to a command that asks the same; "" without a filter."""
    return "".join(f" --{name} {quote(str(value))}" for name, value in filters.given.items())


def filter_text(names: Names, filters: Filters) -> str:
    """`Rajaus: Vastuutaho: OKM · Ajoitus: ei tietoa`; "" without a filter."""
    language = names.language
    parts = []
    for name, value in filters.given.items():
        if name in _IDS:
            text = names.short(value)
        elif isinstance(value, Period):
            text = language.period(value)
        else:
            text = terms.word(language, name, str(value))
        parts.append(language.say(N_("{head}: {text}"), head=language.say(_HEADS[name]), text=text))
    return language.say(N_("Filter: {filters}"), filters=joined(" · ", parts)) if parts else ""
