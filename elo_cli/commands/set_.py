"""elo set: what we had written down wrongly, put right."""

from typing import Annotated, Final, NamedTuple

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.asking import typed_for
from elo_cli.commands.shared.field_options import DryRunOption
from elo_cli.commands.shared.options import DataOption, LangOption
from elo_cli.commands.shared.saving import change_record
from elo_cli.commands.shared.settings import SETTINGS, set_setting
from elo_cli.model.errors import N_, UsageProblem
from elo_cli.model.shape import TEXT, Shape, fields_of
from elo_cli.store.edit.record import Edit, Insert, Remove, Set, edit, file_shape, read_record
from elo_cli.store.edit.values import Typed, merged
from elo_cli.store.lookup import RecordFile
from elo_cli.store.yaml.order import key_order
from elo_cli.store.yaml.strict import Plain, is_mapping

EXAMPLES = (
    ('elo set dsp-services due 2024-Q3 --reason "The slide says the third quarter"', N_("we had misread a date")),
    ('elo set onni name sv="ONNI-projektet"', N_("a translation, which is no correction")),
    ('elo set dsp-pilots rrf.plan_measure P3C2I1 --reason "…"', N_("a place within a field")),
    (
        'elo set tracker name sv="Strategin för livslång vägledning"',
        N_("a setting: name, languages, limits, time zone"),
    ),
    ("elo set tracker limits.stale 200", N_("one of the limits, in days")),
    ('elo set okm contact --remove --reason "…"', N_("a field that should not have been there")),
)


def run(
    record_id: Annotated[
        str,
        typer.Argument(
            metavar="ID", help=N_("The record's id: its file's name without .yaml; “tracker” for the settings.")
        ),
    ],
    field: Annotated[
        str,
        typer.Argument(
            metavar="FIELD", help=N_("The field of the promise, or a place in it, such as rrf.plan_measure.")
        ),
    ],
    values: Annotated[
        list[str] | None, typer.Argument(metavar="VALUE", help=N_("The right value; several for a list."))
    ] = None,
    reason: Annotated[
        list[str] | None, typer.Option("--reason", metavar="[LANG=]TEXT", help=N_("Why it was wrong."))
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help=N_("The day of the correction. Default: today."))
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help=N_("Take the field out."))] = False,
    dry_run: DryRunOption = False,
    data: DataOption = None,
    lang: LangOption = None,
) -> int:
    """Put right what we had written down wrongly: the promise changes, and a correction says what had stood there.

    This holds for every day, as if it had always been written so. News is an update (elo update), and so is a promise
    that someone changed: that needs a reason and who decided it. A translation needs no reason and is no correction:
    what was said stands in the first language. The settings of the tracker (elo set tracker) are nobody's words, and
    change without a reason.
    """
    folder = session.open_folder(data, lang)
    if bool(values) == remove:
        raise UsageProblem(N_("give the right value, or --remove to take the field out"))
    if record_id == SETTINGS:
        if reason or date:
            raise UsageProblem(N_("the settings of the tracker change without --reason and --date"))
        return set_setting(folder, field, values or [], dry_run=dry_run)
    day = session.parse_day(date) if date else folder.as_of
    asked = _Asked(typed_for(folder), field, values or [], reason or [], day.isoformat())
    return change_record(folder, record_id, lambda file: _put_right(file, asked), dry_run=dry_run)


class _Asked(NamedTuple):
    """What is to be put right."""

    typed: Typed
    field: str
    values: list[str]
    """The right value; none to take the field out."""
    reason: list[str]
    day: str


def _put_right(file: RecordFile, asked: _Asked) -> bytes:
    """The file with the right value in it, and with a correction that says what had stood there."""
    where = _where(file, asked)
    field = ".".join(where)
    shape = _shape(file, field, where)
    record = read_record(file.data, file.path, file.where)
    was = _at(record, where)
    changes: list[Edit] = []
    value: object = None
    if not asked.values:
        if was is None:
            raise UsageProblem(N_("“{field}” is not there"), field=field)
        changes.append(Remove((*file.where, *where)))
    else:
        value = _value(asked.typed, field, shape, asked.values)
        if shape.form in {"texts", "map", "model"}:
            value = merged(was, value)
        if value == was:
            raise UsageProblem(N_("“{field}” says that already"), field=field)
        changes.append(Set((*file.where, *where), value))
    first = asked.typed.languages[0]
    if _is_translation(shape, where, was, value, first):
        return edit(file.data, file.path, changes, file_shape(file.kind))
    if not asked.reason:
        raise UsageProblem(N_("--reason is needed: why was it wrong?"))
    reason = asked.typed.value("--reason", fields_of(file.kind.record)["note"], asked.reason)
    said: Plain = {"date": asked.day, "field": field, "was": was, "reason": reason}
    corrections = record.get("corrections")
    place = len(corrections) if isinstance(corrections, list) else 0
    changes.append(Insert((*file.where, "corrections", place), said))
    return edit(file.data, file.path, changes, file_shape(file.kind))


def _is_translation(shape: Shape, where: tuple[str, ...], was: object, value: object, first: str) -> bool:
    """Whether only a translation comes, changes or goes: what was said stands in the first language."""
    if shape.form == "texts":
        return is_mapping(was) and is_mapping(value) and first in was and was[first] == value.get(first)
    return shape is TEXT and where[-1] != first


def _where(file: RecordFile, asked: _Asked) -> tuple[str, ...]:
    """The place that is meant, by names of fields or by their headings."""
    where: list[str] = []
    shape: Shape | None = file.kind.shape
    for part in asked.field.split("."):
        name = asked.typed.reading.field(shape.model, part) if shape is not None and shape.model is not None else part
        where.append(name)
        shape = shape.step(name) if shape is not None else None
    return tuple(where)


def _shape(file: RecordFile, field: str, where: tuple[str, ...]) -> Shape:
    """What the place may hold; UsageProblem where there is no such place, or it is none of elo set's."""
    if where[0] == "updates":
        raise UsageProblem(
            N_("an update stays as it was said: elo retract takes it back, elo undo while it is not committed")
        )
    if where[0] in _NOT_SET:
        raise UsageProblem(N_("“{field}” is not changed by elo set; elo mv renames a record"), field=where[0])
    shape = file.kind.shape.at(where)
    if shape is None:
        known = [name for name in key_order(file.kind.record) if name not in _NOT_SET]
        raise UsageProblem(
            N_("there is no field “{field}”; right would be one of {known}"), field=field, known=", ".join(known)
        )
    return shape


_NOT_SET: Final = frozenset({"id", "formerly", "corrections", "updates"})


def _value(typed: Typed, field: str, shape: Shape, values: list[str]) -> object:
    if field == "sources" and shape.item is not None:
        return [typed.source(field, shape.item, text) for text in values]
    return typed.value(field, shape, values)


def _at(record: object, where: tuple[str, ...]) -> object:
    for part in where:
        record = record.get(part) if is_mapping(record) else None
    return record
