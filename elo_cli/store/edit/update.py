"""Makes the update that a record's file gets of what someone said: whole, in plain values, right by the model."""

from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from elo_cli.model.errors import N_, UsageProblem
from elo_cli.model.finding import Phrase, Problem
from elo_cli.model.kind import Kind
from elo_cli.model.shape import Shape, fields_of
from elo_cli.store.edit.values import merged
from elo_cli.store.yaml.strict import Plain, is_mapping


def completed(kind: Kind, record: Plain, said: Mapping[str, object], first_language: str) -> Plain:
    """An update in which a mapping of which only parts were said holds the others as they stand now.

    A text that is another one in the first language keeps no translation of the earlier one.
    """
    shapes = fields_of(kind.update) if kind.update is not None else {}
    result: Plain = {}
    for name, value in said.items():
        if name in kind.changeable and name not in kind.record.grows and shapes[name].form in {"texts", "map", "model"}:
            now = present(kind, record, name)
            result[name] = value if _is_another(shapes[name], now, value, first_language) else merged(now, value)
        else:
            result[name] = value
    return result


def _is_another(shape: Shape, now: object, said: object, first_language: str) -> bool:
    """Whether a text is said anew in the language that it was said in."""
    if shape.form != "texts" or not is_mapping(now) or not is_mapping(said):
        return False
    return first_language in said and said[first_language] != now.get(first_language)


def present(kind: Kind, record: Plain, field: str) -> object:
    """What a field of a record holds after its last update that sets it, in the file's own plain values."""
    value = record.get(field)
    updates = record.get("updates")
    for update in updates if isinstance(updates, Sequence) else ():
        if is_mapping(update) and field in update and update.get("retracted") is None:
            value = merged(value, update[field]) if field in kind.record.grows else update[field]
    return value


def numbered(record: Plain) -> dict[int, Plain]:
    """The updates in a record's data by their numbers, counted from 1 in the file's order."""
    updates = record.get("updates")
    listed = updates if isinstance(updates, list) else []
    return {number: update for number, update in enumerate(listed, 1) if is_mapping(update)}


def is_needed(kind: Kind, field: str) -> bool:
    """Whether a record of this kind cannot be without a field."""
    return field == "name" or kind.record.model_fields[field].is_required()


def validated(kind: Kind, update: Plain) -> Plain:
    """The update as it was given, when the model of the kind's updates takes it; UsageProblem when it does not."""
    if kind.update is None:
        raise UsageProblem(N_("a record of the kind “{kind}” has no updates; elo set changes it"), kind=kind.name)
    known = [name for name in kind.update.model_fields if name != "date"]
    for name in update:
        if name not in kind.update.model_fields:
            raise UsageProblem(
                N_("an update of the kind “{kind}” has no field “{field}”; right would be one of {known}"),
                kind=kind.name,
                field=name,
                known=", ".join(known),
            )
    for name, value in update.items():
        if value is None and name in kind.changeable and is_needed(kind, name):
            raise UsageProblem(N_("“{field}” is empty now, and no record can be without it"), field=name)
    try:
        kind.update.model_validate(update)
    except ValidationError as error:
        from elo_cli.store.schema_problems import problems_of

        raise wrong_value(problems_of(error, kind.update, "", (), None)[0]) from None
    return update


def wrong_value(problem: Problem) -> UsageProblem:
    """What a model has against a value that someone gave, as an error of the command line."""
    args = problem.args
    field = args.get("field", "")
    if problem.rule == "schema-missing-field":
        return UsageProblem(N_("{field} is missing"), field=field)
    if problem.rule == "schema-unknown-field":
        return UsageProblem(
            N_("there is no field “{field}”; right would be one of {known}"), field=field, known=args.get("fields", "")
        )
    if problem.rule == "schema-type":
        return UsageProblem(
            N_("{field}: {expected} is needed here, and this is {found}"),
            field=field,
            expected=args.get("expected", ""),
            found=args.get("found", ""),
        )
    if problem.rule == "schema-quote-text":
        return UsageProblem(N_("{field}: {given} is a number and not a text"), field=field, given=args.get("given", ""))
    return UsageProblem(
        N_("{field} “{given}”: {detail}"),
        field=field,
        given=args.get("given", ""),
        detail=args.get("detail", Phrase(N_("this is not a value that it can have"))),
    )
