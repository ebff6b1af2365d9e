"""elo log: the life of one record, out of git and its updates together."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.lookup import no_record
from elo_cli.commands.shared.options import (
    DataOption,
    FieldsOption,
    Format,
    FormatOption,
    KindsOption,
    LangOption,
    RevOption,
    RulesOption,
    change_filters,
)
from elo_cli.model.errors import N_, UsageProblem

if TYPE_CHECKING:
    from elo_cli.render.answers.log import ToldLife
    from elo_cli.render.forms.write import Content
    from elo_cli.render.words.language import Language
    from elo_cli.store.source import FileSource
    from elo_cli.tracking.changes.filters import ChangeFilters
    from elo_cli.tracking.changes.history import Life

EXAMPLES = (
    ("elo log dsp-services", N_("who recorded what about a milestone, and when")),
    ("elo log okm --rev v2021.2 --lang sv", N_("an organisation's life up to a revision, in Swedish")),
    ("elo log dsp-services --field due", N_("how a deadline has moved")),
    ("elo log dsp-services --format json", N_("for a program")),
)


def run(
    record_id: Annotated[str, typer.Argument(metavar="ID", help=N_("The record's id, or one that it had before."))],
    data: DataOption = None,
    lang: LangOption = None,
    rev: RevOption = None,
    field: FieldsOption = None,
    kind: KindsOption = None,
    rule: RulesOption = None,
    format: FormatOption = "table",
) -> int:
    """Tell the life of a record: who recorded what when, field by field, through renames and moved folders.

    Each recording is a commit; below it stands what it changed in meaning, and the words on the record that it brought.
    What the files hold and nobody has committed comes last.
    """
    session.choose_language(lang)
    filters = change_filters(field, kind, rule)
    whole = _answer(data, record_id, rev)
    language = session.choose_language(lang, whole.tracker.config)
    cut_off = [recording.commit.seconds for recording in whole.life.recordings if not recording.since_known]
    if cut_off:
        session.tell_shallow(language, datetime.fromtimestamp(min(cut_off), whole.zone).date())
    answer = _filtered(whole, filters)
    opened = session.Session(answer.tracker, date.max, language)
    from elo_cli.render.forms.write import write

    write(opened.screen, format, FORMS[format](language, answer))
    return opened.leave()


def _filtered(answer: "ToldLife", filters: "ChangeFilters") -> "ToldLife":
    if not any(filters):
        return answer
    recordings = [recording._replace(changes=filters.kept(recording.changes)) for recording in answer.life.recordings]
    # What could not be read, or lies before the beginning of a shallow clone, may hold what is asked for.
    kept = [
        recording
        for recording in recordings
        if recording.changes or recording.differences.unreadable or not recording.since_known
    ]
    return answer._replace(life=answer.life._replace(recordings=kept), filters=filters)


def _answer(data: Path | None, record_id: str, rev: str | None) -> "ToldLife":
    from elo_cli.model.kinds import RECORD_KINDS
    from elo_cli.render.answers.log import ToldLife
    from elo_cli.store.git.repository import Repository
    from elo_cli.store.git.source import RevisionSource
    from elo_cli.store.source import FileSource
    from elo_cli.tracking.changes.files import lazy_tracker, settings_of
    from elo_cli.tracking.changes.history import life

    folder = session.recorded_folder(data)
    repository = Repository(folder)
    at = RevisionSource(repository, repository.resolve(rev or "HEAD"), rev or "HEAD")
    files = session.work_tree(folder) if rev is None and not repository.bare else None
    head: FileSource = files or at
    config = settings_of(head)
    tracker = lazy_tracker(head, config, {})
    entry = tracker.entries.get(record_id)
    record_life = life(record_id, entry, at, files, config)
    if entry is None:
        paths = [kind.path(record_id) for kind in RECORD_KINDS]
        for path in (
            listed.path for kind in RECORD_KINDS for listed in head.listing(kind.folder) if listed.path in paths
        ):
            tracker.mark_incomplete(path)
    if not record_life.recordings:
        raise _unknown(record_id, record_life, head)
    for entry in record_life.entries:
        tracker.entries.setdefault(record_id, entry)
    return ToldLife(tracker, record_life, config.zone)


def _unknown(record_id: str, record_life: "Life", head: "FileSource") -> UsageProblem:
    if record_life.entries:
        return UsageProblem(N_("nothing has been recorded about “{id}” yet: its file is not committed"), id=record_id)
    from elo_cli.store.loading import load

    return no_record(load(head), record_id)


def _blocks(language: "Language", answer: "ToldLife") -> "Content":
    from elo_cli.render.answers.log import blocks

    return blocks(language, answer)


def _csv(language: "Language", answer: "ToldLife") -> "Content":
    from elo_cli.render.answers.log import rows

    return rows(language, answer)


def _json(_language: "Language", asked: "ToldLife") -> "Content":
    from elo_cli.render.answers.log import answer
    from elo_cli.render.forms.json import document

    return document("log", asked.tracker, None, answer(asked))


FORMS: Final[dict[Format, Callable[["Language", "ToldLife"], "Content"]]] = {
    "table": _blocks,
    "json": _json,
    "csv": _csv,
    "markdown": _blocks,
}
