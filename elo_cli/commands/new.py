"""elo new: a new record, in a file of its own or in its vocabulary."""

import os
from typing import Annotated, Any

import typer

from elo_cli.commands.shared import asking, session
from elo_cli.commands.shared.field_options import (
    DryRunOption,
    SourceOption,
    YesOption,
    field_options,
    option,
    plain_fields,
    take_options,
)
from elo_cli.commands.shared.lookup import kind_of_folder
from elo_cli.commands.shared.options import DataOption, LangOption
from elo_cli.commands.shared.saving import judge, label, show, writing
from elo_cli.model.errors import N_, Exit, UsageProblem
from elo_cli.model.kind import Kind
from elo_cli.model.kinds import KINDS
from elo_cli.store.edit.record import Set, edit, file_shape, new_file
from elo_cli.store.lookup import RecordFile, find, is_id, read
from elo_cli.store.skeleton import explained, slug
from elo_cli.store.yaml.order import key_order
from elo_cli.store.yaml.strict import Plain

EXAMPLES = (
    ("elo new milestone", N_("asks for the fields, and proposes an id from the name")),
    (
        'elo new milestone --name "Palvelu on avattu" --type national --measures onni --due 2026-Q2',
        N_("a milestone in one line"),
    ),
    ('elo new organisation --id stm --name "…" --type ministry', N_("an entry of a vocabulary")),
)

_LATER = frozenset({"id", "formerly", "corrections", "updates", "sources"})


def run(**given: Any) -> int:  # noqa: ANN401 - one option a field, made below from the models
    """Write a new record: the fields that are given, and each other one as a comment that explains it.

    In a terminal it asks for what is missing. The id is proposed from the name. A record that exists is never written
    over, and one that would break a rule is refused.
    """
    folder = session.open_folder(given["data"], given["lang"])
    kind = kind_of_folder(given["kind"])
    said = {name: value for name, value in given.items() if name in _NAMES or name == "source"}
    record = plain_fields(folder, kind, kind.record, [*_NAMES], said)
    asked = not record and asking.is_terminal()
    if asked:
        from elo_cli.commands.shared.asking_fields import asked_record

        record = asked_record(folder, kind, record)
    record = {"id": _id(folder, given["id"], record, asked=asked), **record}
    _refuse_incomplete(kind, record)
    file, content = _written(folder, kind, record, bare=given["bare"])
    if asked or given["dry_run"]:
        show(folder, {file.path: (file.data or None, content)})
    judge(folder, file, content)
    if given["dry_run"]:
        return Exit.FINE
    if asked and not given["yes"] and not asking.yes(folder.language.say(N_("Write this?"))):
        session.tell(folder.language.say(N_("nothing was written")))
        return Exit.FINE
    with writing(folder) as writer:
        writer.expect(file.path, file.data or None)
        writer.write({file.path: content})
    session.line(label(folder, file.path))
    return Exit.FINE


def _id(folder: session.Folder, given: str | None, record: Plain, *, asked: bool) -> str:
    """The id that was given, or one made from the name; never that of a record that exists."""
    name = record.get("name")
    words = list(name.values()) if isinstance(name, dict) else []
    proposed = given or slug(str(words[0]) if words else "")
    if given is None and proposed:
        proposed = _free(folder, proposed)
    if asked and given is None:
        while True:
            proposed = asking.line(folder.language.say(N_("Id: small letters, digits and hyphens")), proposed)
            if is_id(proposed) and find(folder.source, proposed) is None:
                return proposed
            asking.say(folder.language.say(N_("“{id}” is no id, or there is a record of that id"), id=proposed))
    if not proposed:
        raise UsageProblem(N_("--id is needed, or --name, from which an id is made"))
    if not is_id(proposed):
        raise UsageProblem(
            N_(
                "“{id}” is no id: small letters, digits and single hyphens, such as dsp-pilots; "
                "and no name of a device on Windows, such as aux"
            ),
            id=proposed,
        )
    if find(folder.source, proposed) is not None:
        raise UsageProblem(N_("there is a record “{id}” already"), id=proposed)
    return proposed


def _free(folder: session.Folder, proposed: str) -> str:
    number, free = 1, proposed
    while find(folder.source, free) is not None:
        number += 1
        free = f"{proposed}-{number}"
    return free


def _refuse_incomplete(kind: Kind, record: Plain) -> None:
    """Name every field that a record must have and that nobody gave, and what is wrong with the others."""
    from pydantic import ValidationError

    from elo_cli.store.edit.update import wrong_value
    from elo_cli.store.schema_problems import problems_of

    needed = [name for name, info in kind.record.model_fields.items() if info.is_required() or name == "name"]
    missing = [option(name) for name in key_order(kind.record) if name in needed and name not in record]
    if missing:
        raise UsageProblem(
            N_("a record of the kind “{kind}” needs {missing}"), kind=kind.name, missing=", ".join(missing)
        )
    try:
        kind.record.model_validate(record)
    except ValidationError as error:
        raise wrong_value(problems_of(error, kind.record, "", (), None)[0]) from None


def _written(folder: session.Folder, kind: Kind, record: Plain, *, bare: bool) -> tuple[RecordFile, bytes]:
    """Where the record comes to lie, and the new bytes of that file."""
    record_id = str(record["id"])
    path = kind.path(record_id)
    if kind.vocabulary:
        old = read(folder.source, path) or b""
        entry = {name: value for name, value in record.items() if name != "id"}
        if not old:
            return RecordFile(kind, path, (record_id,), b""), _new_vocabulary(kind, record_id, entry)
        return RecordFile(kind, path, (record_id,), old), edit(old, path, [Set((record_id,), entry)], file_shape(kind))
    if os.path.lexists(folder.root / path):
        raise UsageProblem(N_("there is a record “{id}” already"), id=record_id)
    if bare:
        return RecordFile(kind, path, (), b""), new_file(record, kind)
    languages = list(folder.config.languages)
    return RecordFile(kind, path, (), b""), explained(record, kind, languages, folder.language.say)


def _new_vocabulary(kind: Kind, record_id: str, entry: Plain) -> bytes:
    from elo_cli.store.yaml import emit

    return emit.document({record_id: entry}, file_shape(kind), first_line=kind.first_line).encode("utf-8")


_FIELDS = [(kind.record, name) for kind in KINDS.values() for name in key_order(kind.record) if name not in _LATER]
_NAMES = dict.fromkeys(name for _, name in _FIELDS)

take_options(
    run,
    {
        "kind": Annotated[
            str,
            typer.Argument(
                metavar="KIND", help=N_("measure, funding, milestone, meeting, request, or a vocabulary's kind.")
            ),
        ],
        "id": Annotated[
            str | None, typer.Option("--id", metavar="ID", help=N_("The record's id. Default: made from the name."))
        ],
        **field_options(_FIELDS),
        "source": SourceOption,
        "bare": Annotated[bool, typer.Option("--bare", help=N_("Without the comments that explain the fields."))],
        "dry_run": DryRunOption,
        "yes": YesOption,
        "data": DataOption,
        "lang": LangOption,
    },
)
