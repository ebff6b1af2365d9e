"""Changes of tracker.yaml by command: validated, judged over the whole tracker, and spliced into the file."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from elo_cli.commands.shared import session
from elo_cli.commands.shared.asking import typed_for
from elo_cli.commands.shared.saving import RefusedProblem, label, show, tell_findings, told_written, writing
from elo_cli.model.config import TrackerConfig
from elo_cli.model.errors import N_, Exit, UsageProblem
from elo_cli.model.finding import Level
from elo_cli.store.edit.record import Remove, Set, edit, file_shape, read_mapping
from elo_cli.store.edit.values import merged
from elo_cli.store.tracker import CONFIG_FILE

if TYPE_CHECKING:
    from elo_cli.checks.rule import Finding
    from elo_cli.store.source import FileSource

SETTINGS: Final = "tracker"
"""What is typed for tracker.yaml in the place of a record's id."""
FIXED: Final = frozenset({"format", "id", "currency"})
"""What every file and calendar of the tracker rests on."""


def set_setting(folder: session.Folder, field: str, values: Sequence[str], *, dry_run: bool) -> int:
    """Give a setting another value, or none without values; what would break a rule anywhere is refused."""
    if dry_run:
        old = folder.source.read(CONFIG_FILE)
        new = _changed(folder, old, field, values)
        show(folder, {CONFIG_FILE: (old, new)})
        _judge(folder, new)
        return Exit.FINE
    with writing(folder) as writer:
        old = writer.read(CONFIG_FILE) or b""
        new = _changed(folder, old, field, values)
        _judge(folder, new)
        writer.write({CONFIG_FILE: new})
    show(folder, {CONFIG_FILE: (old, new)})
    return told_written(folder, [CONFIG_FILE])


def _changed(folder: session.Folder, data: bytes, field: str, values: Sequence[str]) -> bytes:
    """The bytes of tracker.yaml with the setting in them; UsageProblem where it cannot have the value."""
    typed, top = typed_for(folder), file_shape(None)
    where: list[str] = []
    for part in field.split("."):
        inner = top.at(where)
        where.append(typed.reading.field(inner.model, part) if inner is not None and inner.model is not None else part)
    shape, name = top.at(where), ".".join(where)
    if shape is None or where[0] in FIXED:
        raise UsageProblem(
            N_("“{field}” is no setting that elo set changes; right would be one of {known}"),
            field=name,
            known=", ".join(setting for setting in TrackerConfig.model_fields if setting not in FIXED),
        )
    settings = read_mapping(data, label(folder, CONFIG_FILE))
    was: object = settings
    for part in where:
        was = was.get(part) if isinstance(was, dict) else None
    if not values:
        if was is None:
            raise UsageProblem(N_("“{field}” is not there"), field=name)
        new = edit(data, CONFIG_FILE, [Remove(tuple(where))], top)
    else:
        value = typed.value(name, shape, values)
        value = merged(was, value) if shape.form in {"texts", "model"} else value
        if value == was:
            raise UsageProblem(N_("“{field}” says that already"), field=name)
        new = edit(data, CONFIG_FILE, [Set(tuple(where), value)], top)
    _refuse_wrong(new)
    return new


def _refuse_wrong(data: bytes) -> None:
    """Refuse settings that tracker.yaml cannot have, with what would be right."""
    from pydantic import ValidationError

    from elo_cli.store.edit.update import wrong_value
    from elo_cli.store.schema_problems import problems_of

    try:
        TrackerConfig.model_validate(read_mapping(data, CONFIG_FILE))
    except ValidationError as error:
        raise wrong_value(problems_of(error, TrackerConfig, CONFIG_FILE, (), None)[0]) from None


def _judge(folder: session.Folder, new: bytes) -> None:
    """Refuse settings that bring an error to any record: every text must have the first language, for one."""
    from elo_cli.store.lookup import OverlaidSource

    before = {_identity(finding) for finding in _errors(folder, folder.source)}
    after = _errors(folder, OverlaidSource(folder.source, {CONFIG_FILE: new}))
    fresh = [finding for finding in after if _identity(finding) not in before]
    if fresh:
        from elo_cli.checks.run import shortened

        tell_findings(folder, shortened(fresh))
        raise RefusedProblem(N_("not written: the change would bring what stands above; the file is untouched"))


def _errors(folder: session.Folder, source: "FileSource") -> "list[Finding]":
    from elo_cli.checks.run import check
    from elo_cli.store.loading import load

    return [finding for finding in check(load(source), folder.as_of) if finding.level is Level.ERROR]


def _identity(finding: "Finding") -> tuple[object, ...]:
    return finding.path, finding.line, finding.column, finding.rule
