"""elo new: a new record, in a file of its own or in its vocabulary."""

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from elo_cli.commands.forms.new_record import LATER, doubles, free_id, read_id, written
from elo_cli.commands.shared import asking, session
from elo_cli.commands.shared.field_options import (
    DryRunOption,
    ResumeOption,
    SourceOption,
    YesOption,
    field_options,
    option,
    plain_fields,
    take_options,
)
from elo_cli.commands.shared.lookup import kind_of_folder
from elo_cli.commands.shared.options import DataOption, LangOption
from elo_cli.commands.shared.saving import judge, label, show, told_written, writing
from elo_cli.model.errors import N_, Exit, UsageProblem
from elo_cli.model.kind import Kind
from elo_cli.model.kinds import KINDS
from elo_cli.store.lookup import OverlaidSource
from elo_cli.store.yaml.order import key_order
from elo_cli.store.yaml.strict import Plain

if TYPE_CHECKING:
    from elo_cli.commands.forms.filling import Prepared
    from elo_cli.commands.forms.form import Form

EXAMPLES = (
    ("elo new milestone", N_("asks for the fields, and proposes an id from the name")),
    ("elo new --resume", N_("goes on with what was typed and not written")),
    (
        'elo new milestone --name "Palvelu on avattu" --type national --measures onni --due 2026-Q2',
        N_("a milestone in one line"),
    ),
    ('elo new organisation --id stm --name "…" --type ministry', N_("an entry of a vocabulary")),
    (
        'elo new goal --type vision-statement --name "…" --source strategy-document',
        N_("a goal, or a statement of the vision"),
    ),
)


def run(**given: Any) -> int:  # noqa: ANN401 - one option a field, made below from the models
    """Write a new record: the fields that are given, and each other one as a comment that explains it.

    In a terminal it asks for what is missing, what the record must have first; < goes back, and what was typed is kept
    until it is written (--resume). The id is proposed from the name. A record that exists is never written over, and
    one that would break a rule is refused.
    """
    folder = session.open_folder(given["data"], given["lang"])
    said = {name: value for name, value in given.items() if name in _NAMES or name == "source"}
    if given["resume"] or (asking.is_terminal() and not any(said.values())):
        return _by_form(folder, given)
    if given["kind"] is None:
        raise UsageProblem(
            N_("what kind of record is new? elo new KIND; right would be one of {known}"), known=", ".join(KINDS)
        )
    kind = kind_of_folder(given["kind"])
    record = plain_fields(folder, kind, kind.record, [*_NAMES], said)
    record = {"id": _id(folder, given["id"], record), **record}
    _refuse_incomplete(kind, record)
    for double in doubles(folder.source, kind, record):
        session.tell(folder.language.say_all(double.message, double.values))
    file, content = written(folder, kind, record, bare=given["bare"])
    if given["dry_run"]:
        show(folder, {file.path: (file.data or None, content)})
    judge(folder, file, content)
    if given["dry_run"]:
        return Exit.FINE
    with writing(folder) as writer:
        writer.expect(file.path, file.data or None)
        writer.write({file.path: content})
    return _told(folder, kind, str(record["id"]), file.path)


def _told(folder: session.Folder, kind: Kind, record_id: str, path: str) -> int:
    """The file, as the answer; of an entry of a vocabulary, whose file says nothing of it, the id."""
    session.line(label(folder, path))
    if kind.vocabulary:
        session.tell(folder.language.say(N_("the id is {id}"), id=record_id))
    return Exit.FINE


def _by_form(folder: session.Folder, given: dict[str, Any]) -> int:
    """Let a person at the terminal fill a form."""
    from elo_cli.commands.forms.filling import agreed, chosen_kind, filling, landed, latest
    from elo_cli.commands.forms.questions import Questions

    asking.require_terminal("--resume")
    name = given["kind"] or (latest(folder, "new") if given["resume"] else chosen_kind(folder))
    kind = kind_of_folder(name)
    with filling(folder, "new", kind.name, resume=given["resume"]) as begun:

        def ask(form: "Form") -> "tuple[str, Prepared | None]":
            questions = Questions(folder, form, begun.known)
            record = questions.record(kind, given["id"])
            agreement = agreed(
                folder,
                form,
                lambda: _prepared(folder, kind, record, questions.new, bare=given["bare"]),
                ask=not (given["yes"] or given["dry_run"]),
            )
            return str(record["id"]), agreement

        record_id, agreement = begun.form.fill(ask)
        prepared = landed(folder, begun, agreement, dry_run=given["dry_run"])
        if prepared is None:
            return Exit.FINE
    if others := [path for path in prepared.files if path != kind.path(record_id)]:
        told_written(folder, others)
    return _told(folder, kind, record_id, kind.path(record_id))


def _prepared(folder: session.Folder, kind: Kind, record: Plain, made: dict[str, bytes], *, bare: bool) -> "Prepared":
    """The files of a new record and of what was made with it, judged; the record is shown as it will be."""
    from elo_cli.commands.forms.filling import Prepared, files_of
    from elo_cli.render.answers.writing import record_told
    from elo_cli.render.words.names import Names
    from elo_cli.store.lookup import neighbourhood
    from elo_cli.tracking.day.view import View

    _refuse_incomplete(kind, record)
    seen = folder._replace(source=OverlaidSource(folder.source, made))
    file, content = written(seen, kind, record, bare=bare)
    judge(seen, file, content)
    view = View(neighbourhood(seen.source, file, content), folder.as_of)
    files = files_of(folder, made, file, content)
    told = record_told(Names(folder.language, view), view.tracker.entries[str(record["id"])])
    return Prepared(files, told)


def _id(folder: session.Folder, given: str | None, record: Plain) -> str:
    """The id that was given, or one made from the name; never that of a record that exists."""
    proposed = given or free_id(folder.source, record)
    if not proposed:
        raise UsageProblem(N_("--id is needed, or --name, from which an id is made"))
    return read_id(folder.source, proposed)


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


_FIELDS: Final = [
    (kind.record, name)
    for kind in KINDS.values()
    for name in key_order(kind.record)
    if name not in LATER and name != "sources"
]
_NAMES: Final = dict.fromkeys(name for _, name in _FIELDS)

take_options(
    run,
    {
        "kind": Annotated[
            str | None,
            typer.Argument(
                metavar="[KIND]", help=N_("measure, funding, milestone, meeting, request, or a vocabulary's kind.")
            ),
        ],
        "id": Annotated[
            str | None, typer.Option("--id", metavar="ID", help=N_("The record's id. Default: made from the name."))
        ],
        **field_options(_FIELDS),
        "source": SourceOption,
        "bare": Annotated[bool, typer.Option("--bare", help=N_("Without the comments that explain the fields."))],
        "resume": ResumeOption,
        "dry_run": DryRunOption,
        "yes": YesOption,
        "data": DataOption,
        "lang": LangOption,
    },
)
