"""Options of the command line made from the fields of the models, and back from what was typed to plain values."""

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, Any, Final, Literal, cast

import typer
from pydantic import BaseModel

from elo_cli.commands.shared import session
from elo_cli.model.errors import N_, UsageProblem
from elo_cli.model.kind import Kind
from elo_cli.model.records.base import Source
from elo_cli.model.shape import Shape, fields_of, shape_of
from elo_cli.store.edit.values import NOTHING
from elo_cli.store.yaml.strict import Plain

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
ResumeOption = Annotated[
    bool, typer.Option("--resume", help=N_("Go on with what was typed into the form and not written."))
]


SOURCE: Final = shape_of(Source)


def option(name: str) -> str:
    """The option of a field: `--decided-by`."""
    return f"--{name.replace('_', '-')}"


def field_options(fields: Iterable[tuple[type[BaseModel], str]]) -> dict[str, Any]:
    """The annotation of a parameter for each field: its choices, or how its value is typed, with what it means.

    A field that several kinds have with choices of their own takes them all; the kind's model knows which are right.
    """
    models: dict[str, list[type[BaseModel]]] = {}
    for model, name in fields:
        models.setdefault(name, []).append(model)
    return {
        name: _option(
            name, owners[0].model_fields[name].description or "", [fields_of(model)[name] for model in owners]
        )
        for name, owners in models.items()
    }


def _option(name: str, text: str, shapes: Sequence[Shape]) -> Any:  # noqa: ANN401 - the annotation of a parameter
    shape = shapes[0]
    if words := tuple(dict.fromkeys(word for other in shapes for word in other.words)):
        # typer must not judge the word: the reader's own words are right too.
        words = (*words, NOTHING)
        return Annotated[
            Literal[words] | None, typer.Option(option(name), parser=str, metavar=f"[{'|'.join(words)}]", help=text)
        ]
    if shape.form == "boolean":
        return Annotated[bool | None, typer.Option(f"{option(name)}/--no-{name.replace('_', '-')}", help=text)]
    form = shape.item.form if shape.form == "list" and shape.item is not None else shape.form
    if form == "texts":
        hint = "[LANG=]TEXT"
    elif form in {"model", "map"}:
        hint = "NAME=VALUE,…"
    elif shape.form == "list":
        hint = "ID"
    else:
        return Annotated[str | None, typer.Option(option(name), metavar="VALUE", help=text)]
    return Annotated[list[str] | None, typer.Option(option(name), metavar=hint, help=text)]


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
    from elo_cli.commands.shared.asking import typed_for

    typed = typed_for(folder)
    result: Plain = {}
    for name, value in said.items():
        if value in (None, [], ()):
            continue
        if name == "source":
            result["sources"] = [typed.source("--source", SOURCE, text) for text in value]
            continue
        if name not in model.model_fields:
            raise UsageProblem(
                N_("{option} is no field of the kind “{kind}”; right would be one of {known}"),
                option=option(name),
                kind=kind.name,
                known=", ".join(option(field) for field in known if field in model.model_fields),
            )
        texts = [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]
        if texts == [NOTHING] and name in kind.changeable:
            result[name] = None
            continue
        result[name] = value if isinstance(value, bool) else typed.value(option(name), fields_of(model)[name], texts)
    return result
