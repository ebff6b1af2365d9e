"""elo diff: what changed in meaning between two versions."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.filters import NOTHING, OF_CHANGES, Asked, takes_filters
from elo_cli.commands.shared.options import (
    DataOption,
    FieldsOption,
    KindsOption,
    LangOption,
    RulesOption,
    change_filters,
)
from elo_cli.model.errors import N_, Exit, UsageProblem
from elo_cli.tracking.changes.groups import By

if TYPE_CHECKING:
    from elo_cli.model.config import TrackerConfig
    from elo_cli.render.answers.diff import Compared, Side
    from elo_cli.render.forms.write import Content
    from elo_cli.render.words.language import Language
    from elo_cli.store.git.repository import Repository
    from elo_cli.store.source import FileSource
    from elo_cli.tracking.changes.filters import ChangeFilters

EXAMPLES = (
    ("elo diff", N_("what is not committed yet")),
    ("elo diff v2021.1..v2021.2", N_("what changed between two revisions")),
    ("elo diff v02..v03 --kind milestone --field due --field indicator.goal", N_("moved dates and changed goals")),
    ("elo diff v2021.1..v2021.2 --component P3C2", N_("what changed in one component of the plan")),
    ("elo diff --since 2021-12-31", N_("what changed after that day")),
    ("elo diff --since-meeting forum-2021-04-09 --by organisation", N_("what each one has to tell since a meeting")),
)
DiffFormat = Literal["table", "markdown", "json", "html"]
FailOn = Literal["error", "warning", "never"]


@takes_filters(*OF_CHANGES)
def run(
    revisions: Annotated[
        str | None,
        typer.Argument(
            metavar="[A[..B]]",
            help=N_("From revision A to B, or to the files as they are. Default: from the last commit."),
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="MEETING|DATE|REV",
            help=N_("From the end of a meeting's day or another day, or from a revision."),
        ),
    ] = None,
    since_meeting: Annotated[
        str | None,
        typer.Option("--since-meeting", metavar="ID", help=N_("From the end of the day of this meeting.")),
    ] = None,
    by: Annotated[By, typer.Option("--by", help=N_("Group the changes by this."))] = "goal",
    exit_code: Annotated[bool, typer.Option("--exit-code", help=N_("Exit code 1 when anything has changed."))] = False,
    asked: Asked = NOTHING,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help=N_("Exit code 1 when a change is as grave as this, or graver."))
    ] = "never",
    field: FieldsOption = None,
    kind: KindsOption = None,
    rule: RulesOption = None,
    data: DataOption = None,
    lang: LangOption = None,
    format: Annotated[DiffFormat, typer.Option("--format", help=N_("The form of the answer."))] = "table",
) -> int:
    """Tell what changed between two versions: records, promises, words on them, money and deadlines.

    Records are compared, not lines: another order or form is no change. A promise that was rewritten is named for what
    it is, apart from a correction and from news. The filters hold for the exit code too.
    """
    session.choose_language(lang)
    chosen = change_filters(field, kind, rule)
    answer = _chosen(_answer(data, revisions, since, since_meeting, by), chosen)
    language = session.choose_language(lang, answer.tracker.config)
    if asked:
        answer = _filtered(answer, asked)
    opened = session.Session(answer.tracker, date.max, language)
    from elo_cli.render.forms.write import write

    write(opened.screen, format, FORMS[format](language, answer))
    return opened.leave(Exit.FINDINGS if _fails(answer, fail_on, exit_code=exit_code) else Exit.FINE)


def _chosen(answer: "Compared", chosen: "ChangeFilters") -> "Compared":
    differences = answer.differences
    return answer._replace(differences=differences._replace(changes=chosen.kept(differences.changes)), chosen=chosen)


def _filtered(answer: "Compared", asked: Asked) -> "Compared":
    """The changes of the records that pass as they stand now; of one that is gone, as it stood."""
    from elo_cli.store.loading import load
    from elo_cli.tracking.changes.files import changes_under
    from elo_cli.tracking.day.view import View

    # The tracker of a comparison reads a record when it is named, and a filter asks about records that no change names.
    tracker = load(answer.tracker.source)
    filters = asked.on(tracker, "elo diff", OF_CHANGES)
    return answer._replace(
        differences=changes_under(View(tracker, date.max), answer.differences, filters), filters=filters
    )


def _fails(answer: "Compared", fail_on: FailOn, *, exit_code: bool) -> bool:
    from elo_cli.model.finding import Level
    from elo_cli.tracking.changes.change import gravest

    if exit_code and answer.differences.changes:
        return True
    worst = gravest(answer.differences.changes)
    return fail_on != "never" and worst is not None and worst.rank <= Level(fail_on).rank


def _answer(
    data: Path | None, revisions: str | None, since: str | None, since_meeting: str | None, by: By
) -> "Compared":
    from elo_cli.render.answers.diff import Compared
    from elo_cli.store.git.range import parse_range
    from elo_cli.store.git.repository import Repository
    from elo_cli.store.git.source import RevisionSource
    from elo_cli.tracking.changes.files import changes_between, lazy_tracker, settings_of

    if sum(given is not None for given in (revisions, since, since_meeting)) > 1:
        raise UsageProblem(N_("a range, --since and --since-meeting each say where to begin; give one of them"))
    if since is not None or since_meeting is not None:
        return _since(data, since, since_meeting, by)
    asked = parse_range(revisions)
    folder = session.recorded_folder(data)
    repository = Repository(folder)
    if asked.head is None and repository.bare:
        raise UsageProblem(N_("a bare clone holds no files to compare with; right would be elo diff A..B"))
    head_commit = None if asked.head is None else repository.resolve(asked.head)
    head: FileSource = (
        session.work_tree(folder) if head_commit is None else RevisionSource(repository, head_commit, asked.head or "")
    )
    config = settings_of(head)
    base_commit, name = repository.resolve(asked.base), asked.base
    if asked.from_fork and head_commit is not None:
        base_commit = repository.merge_base(base_commit, head_commit)
    differences = changes_between(RevisionSource(repository, base_commit, name), head, config)
    tracker = lazy_tracker(head, config, differences.entries)
    for path in differences.unreadable:
        tracker.mark_incomplete(path)
    return Compared(
        tracker,
        _side(repository, name, base_commit, config),
        _side(repository, asked.head, head_commit, config),
        differences,
        by,
    )


def _since(data: Path | None, since: str | None, since_meeting: str | None, by: By) -> "Compared":
    """What was recorded since a moment; where the history begins later, what was said since, by each update's day."""
    from elo_cli.commands.shared.since import meeting_day, named_moment, recorded, repository_of, since_day
    from elo_cli.render.answers.diff import Compared, Side
    from elo_cli.tracking.changes.files import changes_between, said_differences
    from elo_cli.tracking.changes.news import said_changes
    from elo_cli.tracking.day.view import View

    tracker = session.open_session(data, None, None, None).tracker
    repository = repository_of(data)
    if since_meeting is not None:
        moment = since_day(repository, meeting_day(tracker, since_meeting), tracker.config)
    else:
        moment = named_moment(repository, since or "", tracker)
    versions = recorded(repository, moment, tracker.source)
    now = Side(None, None, None)
    if versions is None or repository is None:
        view = View(tracker, date.max)
        differences = said_differences(tracker, said_changes(view, moment.day))
        return Compared(tracker, Side(None, None, moment.day), now, differences, by)
    differences = changes_between(versions.base, versions.head, tracker.config)
    for path in differences.unreadable:
        tracker.mark_incomplete(path)
    name = versions.base.commit[:10]
    return Compared(tracker, _side(repository, name, versions.base.commit, tracker.config), now, differences, by)


def _side(repository: "Repository", name: str | None, commit: str | None, config: "TrackerConfig") -> "Side":
    from elo_cli.render.answers.diff import Side

    if name is None or commit is None:
        return Side(None, None, None)
    return Side(name, commit, datetime.fromtimestamp(repository.recorded_at(commit), config.zone).date())


def _blocks(language: "Language", answer: "Compared") -> "Content":
    from elo_cli.render.answers.diff import blocks

    return blocks(language, answer)


def _json(_language: "Language", asked: "Compared") -> "Content":
    from elo_cli.render.answers.diff import answer
    from elo_cli.render.forms.json import document

    return document("diff", asked.tracker, None, answer(asked))


def _html(language: "Language", answer: "Compared") -> "Content":
    from elo_cli.render.answers.diff import blocks
    from elo_cli.render.answers.diff_html import page

    return page(blocks(language, answer), language.code)


FORMS: Final[dict[DiffFormat, Callable[["Language", "Compared"], "Content"]]] = {
    "table": _blocks,
    "markdown": _blocks,
    "json": _json,
    "html": _html,
}
