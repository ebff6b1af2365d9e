"""elo update: one dated update more on what became of a promise."""

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from elo_cli.commands.shared import asking, session
from elo_cli.commands.shared.field_options import (
    DryRunOption,
    ResumeOption,
    SourceOption,
    YesOption,
    field_options,
    plain_fields,
    take_options,
)
from elo_cli.commands.shared.options import DataOption, LangOption
from elo_cli.commands.shared.saving import change_record, found_or_refused, judge, told_written
from elo_cli.model.errors import N_, Exit, UsageProblem
from elo_cli.model.kinds import KINDS, id_at
from elo_cli.model.records.base import Update
from elo_cli.store.edit.record import add_entry_update, add_update, read_record
from elo_cli.store.edit.update import completed, validated
from elo_cli.store.lookup import RecordFile
from elo_cli.store.yaml.strict import Plain, parse

if TYPE_CHECKING:
    from elo_cli.commands.forms.filling import Prepared
    from elo_cli.commands.forms.form import Form

EXAMPLES = (
    ("elo update dsp-pilots", N_("asks what has changed, and shows what it will write")),
    (
        'elo update dsp-pilots --status completed --date 2023-06-20 --by okm --evidence "title=Report,uri=https://…"',
        N_("a milestone was reached, and this shows it"),
    ),
    (
        'elo update dsp-services --due 2025-Q2 --reason "…" --decided-by vm --source treasury-2022',
        N_("a deadline moved: why, and who decided it"),
    ),
    ('elo update digivisio-rrf --stage granted --amount "6 M€" --by okm', N_("money was granted")),
    (
        'elo update okm --name "…" --abbreviation "…" --date 2023-05-01 --by vm',
        N_("a body has another name from a day on"),
    ),
    ("elo update --resume", N_("goes on with what was typed and not written")),
    ('elo update dsp-pilots --status none --reason "…" --by okm', N_("what was said of the status holds no longer")),
    ('elo update onni --note "…" --note sv="…" --by tem', N_("a note in two languages")),
    (
        "elo update dsp-pilots --verified report --by valtiokonttori",
        N_("evidence that was brought before has been verified; --returned sends it back, with --reason"),
    ),
    ("elo update dsp-pilots --stdin < update.yaml", N_("an update in YAML or JSON, from a program")),
)

_META = ("date", "by", "effective", "reason", "decided_by", "note")
_OWN = frozenset({"record_id", "source", "stdin", "dry_run", "yes", "resume", "data", "lang"})


def run(**given: Any) -> int:  # noqa: ANN401 - one option a field, made below from the models
    """Append one dated update to a record: what has changed, who says so, and from which day.

    Without a field in a terminal it asks: who says it, what has changed, and shows in sentences what it will write; <
    goes back, and what was typed is kept until it is written (--resume).
    A field that was promised (a due, a name, an indicator) changes only with --reason and --decided-by. A text is for
    the tracker's first language, or for another: --note sv="…". A mapping is typed as title=Report,uri=https://…
    With none a field goes back to not stated (--status none), which is null in the file.
    A payment is requested (--eu requested) before all is reached and shown only with --reason.
    An update that would break a rule is refused, and the file stays as it is.
    """
    folder = session.open_folder(given["data"], given["lang"])
    said = {name: value for name, value in given.items() if name not in _OWN and value not in (None, [], ())}
    from_stdin = _from_stdin() if given["stdin"] else {}
    if given["resume"] or not (said or from_stdin or given["source"]):
        return _by_form(folder, given)
    if given["record_id"] is None:
        raise UsageProblem(N_("which record is it about? elo update ID"))

    def make(file: RecordFile) -> bytes:
        update = {**from_stdin, **_typed(folder, file, said, given["source"])}
        update.setdefault("date", folder.as_of.isoformat())
        return _added(folder, file, update)[0]

    gate = _gate({**from_stdin, **said})
    return change_record(folder, given["record_id"], make, dry_run=given["dry_run"], gate=gate)


def _added(folder: session.Folder, file: RecordFile, update: Plain) -> tuple[bytes, Plain]:
    """The file with the update in it, and the update as it stands there."""
    kind = file.kind
    if kind.update is None:
        raise UsageProblem(N_("a record of the kind “{kind}” has no updates; elo set changes it"), kind=kind.name)
    record = read_record(file.data, file.path, file.where)
    update = validated(kind, completed(kind, record, update, folder.config.first_language))
    if file.where:
        return add_entry_update(file.data, file.path, kind, file.where, update), update
    return add_update(file.data, file.path, kind, update), update


def _gate(said: Mapping[str, object]) -> str | None:
    """The rule that has to be kept or explained: payment is asked for what was reached and can be shown."""
    return "meaning-eu-ahead" if said.get("eu") == "requested" and not said.get("reason") else None


def _by_form(folder: session.Folder, given: dict[str, Any]) -> int:
    """Let a person at the terminal fill a form."""
    if not given["resume"] and not asking.is_terminal():
        raise UsageProblem(
            N_("there is nothing to update: give a field, such as --status completed, or --stdin; elo update --help")
        )
    from elo_cli.commands.forms.filling import agreed, chosen_record, filling, landed, latest
    from elo_cli.commands.forms.questions import Questions

    asking.require_terminal("--resume")
    record_id = given["record_id"] or (latest(folder, "update") if given["resume"] else chosen_record(folder))
    found_or_refused(folder, record_id)
    with filling(folder, "update", record_id, resume=given["resume"]) as begun:

        def ask(form: "Form") -> "Prepared | None":
            questions = Questions(folder, form, begun.known)
            file = found_or_refused(folder, record_id)
            update = questions.update(file)
            if not update:
                return None
            return agreed(
                folder,
                form,
                lambda: _prepared(folder, file, update, questions.new),
                ask=not (given["yes"] or given["dry_run"]),
            )

        prepared = landed(folder, begun, begun.form.fill(ask), dry_run=given["dry_run"])
        if prepared is None:
            return Exit.FINE
    return told_written(folder, [*prepared.files])


def _prepared(folder: session.Folder, file: RecordFile, update: Plain, made: dict[str, bytes]) -> "Prepared":
    """The files of an update and of what was made with it, judged, and what changes in sentences."""
    from elo_cli.commands.forms.filling import Prepared, files_of
    from elo_cli.render.answers.writing import update_told
    from elo_cli.render.words.names import Names
    from elo_cli.store.lookup import OverlaidSource, neighbourhood
    from elo_cli.tracking.day.view import View

    seen = folder._replace(source=OverlaidSource(folder.source, made))
    new, said = _added(folder, file, update)
    judge(seen, file, new, _gate(said))
    # Named as it will be, told as it stood before.
    view = View(neighbourhood(seen.source, file, file.data), folder.as_of)
    record_id = str(file.where[0]) if file.where else id_at(file.path)
    word = file.kind.update.model_validate(said) if file.kind.update is not None else None
    told = update_told(Names(folder.language, view), view.tracker.entries[record_id], word) if word is not None else []
    return Prepared(files_of(folder, made, file, new), told)


def _from_stdin() -> Plain:
    parsed = parse(sys.stdin.buffer.read(), "-")
    if parsed.value is None:
        problem = parsed.problems[0]
        raise UsageProblem(
            N_("what came on standard input is not an update in YAML or JSON (line {line}: {rule})"),
            line=problem.line or 1,
            rule=problem.rule,
        )
    return parsed.value


def _typed(folder: session.Folder, file: RecordFile, said: dict[str, Any], sources: Sequence[str]) -> Plain:
    """The fields that were given as options, in plain values."""
    if file.kind.update is None:
        raise UsageProblem(N_("a record of the kind “{kind}” has no updates; elo set changes it"), kind=file.kind.name)
    known = [*file.kind.changeable, *_META]
    return plain_fields(folder, file.kind, file.kind.update, known, {**said, "source": sources})


_FIELDS: list[tuple[type[Update], str]] = [
    *((Update, name) for name in _META),
    *((kind.update, name) for kind in KINDS.values() if kind.update is not None for name in kind.changeable),
]

take_options(
    run,
    {
        "record_id": Annotated[
            str | None,
            typer.Argument(
                metavar="[ID]", help=N_("The record's id: its file's name without .yaml; a form offers all of them.")
            ),
        ],
        **field_options(_FIELDS),
        "source": SourceOption,
        "stdin": Annotated[
            bool, typer.Option("--stdin", help=N_("Read the update as YAML or JSON from standard input."))
        ],
        "resume": ResumeOption,
        "dry_run": DryRunOption,
        "yes": YesOption,
        "data": DataOption,
        "lang": LangOption,
    },
)
