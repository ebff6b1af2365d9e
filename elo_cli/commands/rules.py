"""elo rules: what each rule of check means, and how to mend what it finds."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

from elo_cli.checks.manual import EVERY_RULE
from elo_cli.commands.shared import session
from elo_cli.commands.shared.lookup import rule_of
from elo_cli.commands.shared.options import DataOption, LangOption, ShowFormat, ShowFormatOption
from elo_cli.model.errors import N_

if TYPE_CHECKING:
    from elo_cli.checks.rule import Rule
    from elo_cli.render.forms.screen import Screen
    from elo_cli.render.forms.write import Content

EXAMPLES = (
    ("elo rules", N_("every rule, by group")),
    ("elo rules promise-changed-without-decision", N_("one rule: what it means, and what to do")),
    ("elo rules --format json", N_("for a program")),
)


def run(
    rule_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help=N_("A rule's id, as elo check shows it."))
    ] = None,
    data: DataOption = None,
    lang: LangOption = None,
    format: ShowFormatOption = "table",
) -> int:
    """Show the rules that elo check holds the data to: what each means, how grave it is, and how to mend it.

    An error must not land, a warning is for someone to mend, and a note is a fact about the world.
    """
    language = session.open_language(data, lang)
    rules = list(EVERY_RULE.values()) if rule_id is None else [rule_of(rule_id)]
    from elo_cli.render.forms.screen import Screen
    from elo_cli.render.forms.write import write

    screen = Screen(language, every_sign=format != "table")
    write(screen, format, FORMS[format](screen, rules, rule_id is not None))
    return 0


def _blocks(screen: "Screen", rules: "Sequence[Rule]", whole: bool) -> "Content":
    from elo_cli.render.answers.rules import listed, page

    return page(screen, rules[0]) if whole else listed(screen, rules)


def _json(_screen: "Screen", rules: "Sequence[Rule]", _one: bool) -> "Content":
    from elo_cli.render.answers.rules import answer
    from elo_cli.render.forms.json import document

    return document("rules", None, None, answer(rules))


FORMS: Final[dict[ShowFormat, Callable[["Screen", "Sequence[Rule]", bool], "Content"]]] = {
    "table": _blocks,
    "json": _json,
    "markdown": _blocks,
}
