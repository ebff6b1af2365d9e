"""The options that several verbs share, as annotated types, so that each stands once."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from elo_cli.commands.shared.lookup import right_words
from elo_cli.model.errors import N_, UsageProblem
from elo_cli.model.languages import LANGUAGES

if TYPE_CHECKING:
    from elo_cli.tracking.changes.filters import ChangeFilters

DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        envvar="ELO_DATA",
        show_envvar=False,
        help=N_("The data folder. Default: the nearest data/tracker.yaml here or above; environment ELO_DATA."),
    ),
]
LangOption = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="|".join(LANGUAGES),
        envvar="ELO_LANG",
        show_envvar=False,
        help=N_("The language of the answer. Default: the tracker's first; environment ELO_LANG."),
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help=N_("How things stood on this day, such as 2021-12-31. Default: today.")
    ),
]
RevOption = Annotated[
    str | None,
    typer.Option(
        "--rev", metavar="REV", help=N_("What was recorded at this git revision. Default: the files as they are.")
    ),
]
Format = Literal["table", "json", "csv", "markdown"]
FormatOption = Annotated[Format, typer.Option("--format", help=N_("The form of the answer."))]
ShowFormat = Literal["table", "json", "markdown"]
ShowFormatOption = Annotated[ShowFormat, typer.Option("--format", help=N_("The form of the answer."))]
ForceOption = Annotated[bool, typer.Option("--force", help=N_("Replace what stands there, whoever wrote it."))]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help=N_("The file to write. Default: stdout."))
]
IdArgument = Annotated[str, typer.Argument(metavar="ID", help=N_("The record's id: its file's name without .yaml."))]
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
