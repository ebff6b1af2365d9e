"""What is wrong with a call, or what it needs that is not installed, said with what would be right.

typer's errors are private classes that speak English; they are told apart by what they carry.
"""

import shlex
import sys
from importlib.metadata import PackageNotFoundError, requires
from typing import Any, Final, get_args

from elo_cli import DISTRIBUTION
from elo_cli.model.errors import N_
from elo_cli.render.words.language import Language

EXTRAS: Final = {
    "docx": "documents",
    "duckdb": "analysis",
    "openpyxl": "sheets",
    "prompt_toolkit": "forms",
    "typst": "pdf",
}
"""The extra of pyproject.toml that brings a module, by the module's name."""


def lacking_message(language: Language, error: ModuleNotFoundError) -> str | None:
    """What to say of a module that is not there because its extra is not installed; None for any other module.

    The command names the packages themselves: elo is on no index, and its name there may be anybody's.
    """
    extra = EXTRAS.get((error.name or "").partition(".")[0])
    if extra is None:
        return None
    mark = f"extra == '{extra}'"
    try:
        lines = requires(DISTRIBUTION) or ()
    except PackageNotFoundError:
        # elo runs from a folder and is not installed, and a module's name may be another one's package.
        return None
    packages = sorted(line.partition(";")[0].strip() for line in lines if mark in line)
    return language.say(
        N_("this needs a package that is not installed. It comes with: {command}"),
        command=shlex.join([sys.executable, "-m", "pip", "install", *packages]),
    )


def usage_message(language: Language, error: Any) -> str:  # noqa: ANN401 - typer's own classes are private
    """One error of typer as a sentence, and below it how the verb is used, where the error knows the verb."""
    context = getattr(error, "ctx", None)
    how = f"\n{context.get_usage()}" if context is not None else ""
    return _sentence(language, error) + how


def _sentence(language: Language, error: Any) -> str:  # noqa: ANN401 - typer's own classes are private
    option = getattr(error, "option_name", None)
    parameter = getattr(error, "param", None)
    context = getattr(error, "ctx", None)
    if hasattr(error, "possibilities"):
        if error.possibilities:
            near = ", ".join(sorted(error.possibilities))
            return language.say(N_("there is no option {option}; nearest is {nearest}"), option=option, nearest=near)
        return language.say(N_("there is no option {option}; --help lists them"), option=option)
    if option is not None:
        if "does not take" in error.message:
            return language.say(N_("the option {option} takes no value"), option=option)
        return language.say(N_("the option {option} needs a value"), option=option)
    if hasattr(error, "param_type") and parameter is not None:
        hint = parameter.get_error_hint().strip("'")
        about = language.say(parameter.help) if getattr(parameter, "help", None) else ""
        return language.say(N_("{name} is missing. {about}"), name=hint, about=about).rstrip()
    if parameter is not None:
        return _value(language, error, parameter)
    if context is not None and "extra argument" in error.message:
        words = error.message.partition("(")[2].partition("(")[2].rstrip(")")
        return language.say(N_("this is a word too many: {words}"), words=words)
    return str(error.format_message())


def _value(language: Language, error: Any, parameter: Any) -> str:  # noqa: ANN401 - typer's own classes are private
    name = parameter.get_error_hint().strip("'")
    annotation = getattr(getattr(parameter, "type_descriptor", None), "annotation", None)
    choices = [word for part in (annotation, *get_args(annotation)) for word in get_args(part) if isinstance(word, str)]
    if choices:
        known = ", ".join(dict.fromkeys(choices))
        return language.say(
            N_("this is not possible for {name}; right would be one of {known}"), name=name, known=known
        )
    return language.say(N_("this is not possible for {name}: {detail}"), name=name, detail=error.message)
