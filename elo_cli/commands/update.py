"""elo update: one dated update more on what became of a promise."""

import sys
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from elo_cli.commands.shared import asking, session
from elo_cli.commands.shared.field_options import (
    DryRunOption,
    SourceOption,
    YesOption,
    field_options,
    plain_fields,
    take_options,
)
from elo_cli.commands.shared.options import DataOption, IdArgument, LangOption
from elo_cli.commands.shared.saving import change_record, found_or_refused
from elo_cli.model.errors import N_, UsageProblem
from elo_cli.model.kinds import RECORD_KINDS
from elo_cli.model.records.base import Update
from elo_cli.store.edit.record import add_update, read_mapping
from elo_cli.store.edit.update import completed, validated
from elo_cli.store.lookup import RecordFile
from elo_cli.store.yaml.strict import Plain, parse

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
    ('elo update dsp-pilots --status none --reason "…" --by okm', N_("what was said of the status holds no longer")),
    ('elo update onni --note "…" --note sv="…" --by tem', N_("a note in two languages")),
    (
        "elo update dsp-pilots --verified report --by valtiokonttori",
        N_("evidence that was brought before has been verified; --returned sends it back, with --reason"),
    ),
    ("elo update dsp-pilots --stdin < update.yaml", N_("an update in YAML or JSON, from a program")),
)

_META = ("date", "by", "effective", "reason", "decided_by", "note")
_OWN = frozenset({"record_id", "source", "stdin", "dry_run", "yes", "data", "lang"})


def run(**given: Any) -> int:  # noqa: ANN401 - one option a field, made below from the models
    """Append one dated update to a record: what has changed, who says so, and from which day.

    Without a field in a terminal it asks: it shows how the record stands, what a field can be, and what it will write.
    A field that was promised (a due, a name, an indicator) changes only with --reason and --decided-by. A text is for
    the tracker's first language, or for another: --note sv="…". A mapping is typed as title=Report,uri=https://…
    With none a field goes back to not stated (--status none), which is null in the file.
    A payment is requested (--eu requested) before all is reached and shown only with --reason.
    An update that would break a rule is refused, and the file stays as it is.
    """
    folder = session.open_folder(given["data"], given["lang"])
    said = {name: value for name, value in given.items() if name not in _OWN and value not in (None, [], ())}
    from_stdin = _from_stdin() if given["stdin"] else {}
    ask = not said and not from_stdin and not given["source"]
    if ask and not asking.is_terminal():
        raise UsageProblem(
            N_("there is nothing to update: give a field, such as --status completed, or --stdin; elo update --help")
        )
    asked: Plain = {}
    if ask:
        asked = _asked(folder, given["record_id"])
        if not asked:
            return 0

    def make(file: RecordFile) -> bytes:
        update = dict(asked) if ask else {**from_stdin, **_typed(folder, file, said, given["source"])}
        if not ask:
            update.setdefault("date", folder.as_of.isoformat())
        kind = file.kind
        if kind.update is None:
            raise UsageProblem(N_("a record of the kind “{kind}” has no updates; elo set changes it"), kind=kind.name)
        update = validated(kind, completed(kind, read_mapping(file.data, file.path), update))
        return add_update(file.data, file.path, kind, update)

    question = folder.language.say(N_("Write this?")) if ask and not given["yes"] else None
    gate = _gate({**from_stdin, **said, **asked})
    return change_record(folder, given["record_id"], make, dry_run=given["dry_run"], confirm=question, gate=gate)


def _gate(said: Mapping[str, object]) -> str | None:
    """The rule that has to be kept or explained: payment is asked for what was reached and can be shown."""
    return "meaning-eu-ahead" if said.get("eu") == "requested" and not said.get("reason") else None


def _asked(folder: session.Folder, record_id: str) -> Plain:
    from elo_cli.commands.shared.asking_fields import asked_update

    return asked_update(folder, found_or_refused(folder, record_id))


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
    *((kind.update, name) for kind in RECORD_KINDS if kind.update is not None for name in kind.changeable),
]

take_options(
    run,
    {
        "record_id": IdArgument,
        **field_options(_FIELDS),
        "source": SourceOption,
        "stdin": Annotated[
            bool, typer.Option("--stdin", help=N_("Read the update as YAML or JSON from standard input."))
        ],
        "dry_run": DryRunOption,
        "yes": YesOption,
        "data": DataOption,
        "lang": LangOption,
    },
)
