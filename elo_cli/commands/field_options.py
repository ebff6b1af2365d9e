"""Options of the command line made from the fields of the models, and back from what was typed to plain values."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Literal, cast

import typer
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from elo_cli.commands import session
from elo_cli.model.base import Record
from elo_cli.model.errors import N_, UsageProblem
from elo_cli.model.kinds import Kind
from elo_cli.store.edit_values import Typed, choices, is_local_text, list_item, map_value
from elo_cli.store.shape import model_in, parts
from elo_cli.store.strict_yaml import Plain

SourceOption = Annotated[
    list[str] | None,
    typer.Option(
        "--source",
        metavar="DOCUMENT[,page=N]",
        help=N_("Where it stands: a document's id, with page, slide or section; may be given several times."),
    ),
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help=N_("Show the change and write nothing."))]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help=N_("Write without asking."))]


def option(name: str) -> str:
    """The option of a field: `--decided-by`."""
    return f"--{name.replace('_', '-')}"


def field_option(name: str, *infos: FieldInfo) -> Any:  # noqa: ANN401 - the annotation of a parameter
    """The annotation of a parameter for a field: its choices, or how its value is typed, with what it means.

    A field that several kinds have with choices of their own takes them all; the kind's model knows which are right.
    """
    annotation, text = infos[0].annotation, infos[0].description or ""
    words = tuple(dict.fromkeys(word for info in infos for word in choices(info.annotation)))
    if words:
        return Annotated[Literal[words] | None, typer.Option(option(name), help=text)]
    if bool in set(filter(lambda part: isinstance(part, type), parts(annotation))):
        return Annotated[bool | None, typer.Option(f"{option(name)}/--no-{name.replace('_', '-')}", help=text)]
    item = list_item(annotation)
    inner = item if item is not None else annotation
    if is_local_text(annotation):
        form = "[LANG=]TEXT"
    elif model_in(inner) is not None or (item is None and map_value(annotation) is not None):
        form = "NAME=VALUE,…"
    elif item is not None:
        form = "ID"
    else:
        return Annotated[str | None, typer.Option(option(name), metavar="VALUE", help=text)]
    return Annotated[list[str] | None, typer.Option(option(name), metavar=form, help=text)]


def take_options(run: Callable[..., int], annotations: Mapping[str, Any]) -> None:
    """Let a verb's function, which takes whatever it is given, have these parameters for typer, which reads them."""
    parameters = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=_default(annotation))
        for name, annotation in annotations.items()
    ]
    cast("Any", run).__signature__ = inspect.Signature(parameters, return_annotation=int)
    run.__annotations__ = dict(annotations)


def _default(annotation: Any) -> object:  # noqa: ANN401 - the annotation of a parameter
    if annotation.__origin__ is bool:
        return False
    return inspect.Parameter.empty if annotation.__origin__ is str else None


def plain_fields(
    folder: session.Folder, kind: Kind, model: type[BaseModel], known: Sequence[str], said: Mapping[str, Any]
) -> Plain:
    """What was given as options, in plain values; `source` is the option of the field `sources`.

    Raises UsageProblem for an option that is no field of the kind, and for a text that its field cannot hold.
    """
    typed = Typed(folder.config.languages)
    result: Plain = {}
    for name, value in said.items():
        if value in (None, [], ()):
            continue
        if name == "source":
            item = list_item(Record.model_fields["sources"].annotation)
            result["sources"] = [typed.source("--source", item, text) for text in value]
            continue
        if name not in model.model_fields:
            raise UsageProblem(
                N_("{option} is no field of the kind “{kind}”; right would be one of {known}"),
                option=option(name),
                kind=kind.name,
                known=", ".join(option(field) for field in known if field in model.model_fields),
            )
        annotation = model.model_fields[name].annotation
        texts = [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]
        result[name] = value if isinstance(value, bool) else typed.value(option(name), annotation, texts)
    return result
