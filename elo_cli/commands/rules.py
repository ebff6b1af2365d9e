"""elo rules: what each rule of check means, and how to mend what it finds."""

from typing import Annotated, Literal

import typer

from elo_cli.checks.manual import EVERY_RULE
from elo_cli.commands.shared import session
from elo_cli.commands.shared.lookup import rule_of
from elo_cli.commands.shared.options import DataOption, LangOption
from elo_cli.model.errors import N_

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
    format: Annotated[
        Literal["table", "json", "markdown"], typer.Option("--format", help=N_("The form of the answer."))
    ] = "table",
) -> int:
    """Show the rules that elo check holds the data to: what each means, how grave it is, and how to mend it.

    An error must not land, a warning is for someone to mend, and a note is a fact about the world.
    """
    language = session.open_language(data, lang)
    rules = list(EVERY_RULE.values()) if rule_id is None else [rule_of(rule_id)]
    if format == "json":
        from elo_cli.render.answers.rules import payload
        from elo_cli.render.forms import json

        session.write(json.document("rules", None, None, payload(rules)))
    else:
        from elo_cli.render.answers.rules import listed, page
        from elo_cli.render.forms import write as forms
        from elo_cli.render.forms.screen import Screen

        screen = Screen(language)
        forms.write(screen, format, listed(screen, rules) if rule_id is None else page(screen, rules[0]))
    return 0
