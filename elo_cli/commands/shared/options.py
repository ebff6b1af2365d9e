"""The options that several verbs share, as annotated types, so that each stands once."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from elo_cli.model.errors import N_
from elo_cli.model.languages import LANGUAGES

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
