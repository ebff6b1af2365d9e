"""The rules of check: a list by group, a page for each, and the answer for programs."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from elo_cli.checks.rule import Rule
from elo_cli.model.errors import N_
from elo_cli.model.finding import Level
from elo_cli.render.forms.blocks import Block, Heading, Pairs, Paragraph, Space
from elo_cli.render.forms.screen import Screen, signed
from elo_cli.render.words import terms

GROUP: Final = {
    "file": N_("Files"),
    "yaml": N_("YAML: what a file may hold"),
    "schema": N_("Fields"),
    "link": N_("References"),
    "date": N_("Dates"),
    "money": N_("Money"),
    "meaning": N_("Meaning"),
    "evidence": N_("Evidence"),
    "target": N_("Targets"),
    "forecast": N_("Forecasts"),
    "request": N_("Payment requests"),
    "promise": N_("Promises"),
    "update": N_("Changes: updates"),
    "record": N_("Changes: records and ids"),
    "translation": N_("Changes: translations"),
    "language": N_("Languages"),
    "source": N_("Sources"),
}
"""The heading of each group of rules; a group is the first word of its rules' ids."""


class RuleRow(NamedTuple):
    """A rule of check."""

    id: str
    group: str
    level: Level
    message: str
    """In English, with places for a finding's values."""
    meaning: str
    remedy: str


class RulesAnswer(NamedTuple):
    """`elo rules`."""

    rules: Sequence[RuleRow]


def group_of(rule: Rule) -> str:
    """The group of a rule: the first word of its id."""
    return rule.id.partition("-")[0]


def listed(screen: Screen, rules: Iterable[Rule]) -> list[Block]:
    """Every rule with its level and what it means in one sentence, by group."""
    language = screen.language
    parts: list[Block] = [Heading(language.say(N_("Rules of elo check")), 1)]
    for group, members in _groups(rules):
        parts += [Space(), Heading(language.say(GROUP.get(group, group)))]
        for rule in members:
            level = signed(screen, terms.LEVEL[rule.level])
            parts.append(Paragraph(f"{level}  {rule.id}", style=terms.LEVEL[rule.level].style))
            parts.append(Paragraph(_first_sentence(language.say(rule.meaning)), 2))
    return [*parts, Space(), Paragraph(language.say(N_("one rule whole: elo rules ID")), style="dim")]


def page(screen: Screen, rule: Rule) -> list[Block]:
    """One rule whole: its level, what it says, what it means, how to mend what it finds."""
    return [Heading(rule.id, 1), *_page(screen, rule)]


def manual(screen: Screen, rules: Iterable[Rule]) -> list[Block]:
    """The page of the manual on all rules, each whole."""
    parts: list[Block] = []
    for group, members in _groups(rules):
        parts.append(Heading(screen.language.say(GROUP.get(group, group)), 2))
        for rule in members:
            parts += [Heading(rule.id, 3), *_page(screen, rule)]
    return parts


def _page(screen: Screen, rule: Rule) -> Iterator[Block]:
    language = screen.language
    yield Paragraph(_level(screen, rule), style=terms.LEVEL[rule.level].style)
    yield Space()
    yield Paragraph(language.say(rule.meaning))
    yield Space()
    yield Pairs(
        [
            (language.say(N_("It says")), [language.say(rule.message)]),
            (language.say(N_("To mend it")), [language.say(rule.remedy)]),
        ]
    )


LEVEL: Final = {
    "error": N_("{level}: must not land"),
    "warning": N_("{level}: someone should mend the data"),
    "note": N_("{level}: a fact about the world"),
}


def _level(screen: Screen, rule: Rule) -> str:
    return screen.language.say(LEVEL[rule.level], level=signed(screen, terms.LEVEL[rule.level]))


def _groups(rules: Iterable[Rule]) -> Iterator[tuple[str, Sequence[Rule]]]:
    """The rules by group, in the order of the groups' table; what it lacks comes last."""
    order = list(GROUP)
    ranked = sorted(rules, key=lambda rule: (_rank(order, group_of(rule)), group_of(rule)))
    for group, members in groupby(ranked, group_of):
        yield group, list(members)


def _rank(order: Sequence[str], group: str) -> int:
    return order.index(group) if group in order else len(order)


def _first_sentence(text: str) -> str:
    """What stands before the first full stop that ends a sentence."""
    end = text.find(". ")
    return text if end < 0 else text[: end + 1]


def answer(rules: Iterable[Rule]) -> RulesAnswer:
    """The rules in the order of the groups, in English."""
    return RulesAnswer(
        [
            RuleRow(rule.id, group, rule.level, rule.message, rule.meaning, rule.remedy)
            for group, members in _groups(rules)
            for rule in members
        ]
    )
