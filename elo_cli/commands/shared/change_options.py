"""The filters of `elo diff` and `elo log`: by field, kind and rule."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from elo_cli.commands.shared.lookup import right_words
from elo_cli.model.errors import N_, UsageProblem

if TYPE_CHECKING:
    from elo_cli.tracking.changes.filters import ChangeFilters

FieldsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--field", metavar="FIELD", help=N_("Only changes of this field, such as indicator.goal; repeatable.")
    ),
]
KindsOption = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="KIND", help=N_("Only changes of records of this kind; repeatable.")),
]
RulesOption = Annotated[
    list[str] | None,
    typer.Option("--rule", metavar="RULE", help=N_("Only changes under this rule, such as due-moved; repeatable.")),
]


def change_filters(fields: list[str] | None, kinds: list[str] | None, rules: list[str] | None) -> "ChangeFilters":
    """The filters that were given; UsageProblem with the nearest names for one that no change can have."""
    from elo_cli.tracking.changes.filters import TOLD, ChangeFilters, is_field, known_fields, known_kinds

    filters = ChangeFilters(tuple(fields or ()), tuple(kinds or ()), tuple(rules or ()))
    if filters.fields:
        known = [*known_fields(), *(name for name in filters.fields if is_field(name))]
        _hold(filters.fields, known, N_("there is no field “{given}”; right would be one of {known}"))
    if filters.kinds:
        _hold(filters.kinds, known_kinds(), N_("there is no kind “{given}”; right would be one of {known}"))
    if filters.rules:
        from elo_cli.checks.manual import CHANGE_RULES

        known = [*TOLD, *CHANGE_RULES]
        _hold(filters.rules, known, N_("there is no rule “{given}” of changes; right would be one of {known}"))
    return filters


def _hold(given: Iterable[str], known: list[str], message: str) -> None:
    for name in given:
        if name not in known:
            raise UsageProblem(message, given=name, known=right_words(name, known))
