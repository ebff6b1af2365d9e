"""Moments: `--since MEETING|DATE|REV` from which news is told, and `A..B` between which changes are asked for."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from elo_cli.commands.shared import session
from elo_cli.commands.shared.lookup import meeting_of
from elo_cli.model.errors import N_, UnreadableProblem, UsageProblem

if TYPE_CHECKING:
    from elo_cli.model.config import TrackerConfig
    from elo_cli.model.period import Period
    from elo_cli.model.records.meeting import Meeting
    from elo_cli.store.git.repository import Repository
    from elo_cli.store.source import FileSource
    from elo_cli.store.tracker import Tracker
    from elo_cli.tracking.changes.change import Change
    from elo_cli.tracking.changes.news import Recorded

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Since(NamedTuple):
    """A moment: the end of a day, and the commit that was current then; None where git does not reach back so far."""

    day: date
    commit: str | None


def since_day(repository: "Repository | None", day: date, config: "TrackerConfig") -> Since:
    """The end of a day in the tracker's time zone; without a repository, or before its history, there is no commit."""
    from elo_cli.store.git.range import commit_on

    try:
        return Since(day, commit_on(repository, day, config.zone) if repository is not None else None)
    except UnreadableProblem:
        if repository is not None and repository.shallow:
            raise
        return Since(day, None)


def named_moment(repository: "Repository | None", text: str, tracker: "Tracker") -> Since:
    """The moment that a user names: a day, the end of a meeting's, or a revision; a UsageProblem says what is right."""
    from elo_cli.model.records.meeting import Meeting

    if _DAY.fullmatch(text):
        return since_day(repository, session.parse_day(text), tracker.config)
    if tracker.get(Meeting, text) is not None:
        return since_day(repository, meeting_day(tracker, text), tracker.config)
    try:
        if repository is not None:
            commit = repository.resolve(text)
            recorded = datetime.fromtimestamp(repository.recorded_at(commit), tracker.config.zone).date()
            return Since(recorded, commit)
    except (UsageProblem, UnreadableProblem):
        pass
    if (day := session.written_day(text)) is not None:
        return since_day(repository, day, tracker.config)
    known = ", ".join(list(tracker.by_kind["meeting"])[-3:])
    raise UsageProblem(
        N_("“{text}” is no day, meeting or revision; right would be 2021-12-31, {known} or a commit"),
        text=text,
        known=known or "ID",
    )


def meeting_day(tracker: "Tracker", meeting_id: str) -> date:
    """The last day of a meeting; a UsageProblem names the meetings that there are."""
    return _meeting_date(tracker, meeting_id).word_day


def _meeting_date(tracker: "Tracker", meeting_id: str) -> "Period":
    from elo_cli.tracking.day.state import state

    held: Period = state(meeting_of(tracker, meeting_id), date.max).now.date
    return held


def repository_of(data: Path | None) -> "Repository | None":
    """The repository in which the tracker is recorded; None where it is in none."""
    from elo_cli.store.git.repository import Repository

    try:
        return Repository(session.recorded_folder(data))
    except UnreadableProblem:
        return None


def recorded(
    repository: "Repository | None", moment: Since, source: "FileSource", end: Since | None = None
) -> "Recorded | None":
    """What was recorded by a moment and since, up to another or the files as read; None where git is silent."""
    from elo_cli.store.git.source import RevisionSource
    from elo_cli.tracking.changes.news import Recorded

    if repository is None or moment.commit is None:
        return None
    try:
        if end is not None and end.commit is not None:
            source = RevisionSource(repository, end.commit, end.commit[:10])
        return Recorded(RevisionSource(repository, moment.commit, moment.commit[:10]), source)
    except UnreadableProblem:
        # There was a repository then, and no tracker in it.
        return None


def news_moment(
    tracker: "Tracker", data: Path | None, day: date, previous: "Meeting | None", since: str | None
) -> "tuple[Period, Recorded | None] | None":
    """From the end of which day news is told, and what was recorded by then and since; None without such a day.

    `since` is what the user names, else the day of the previous meeting counts; a meeting of which only a season is
    known is told by that. As of a day that has passed, what was recorded up to the end of that day is told.
    """
    from elo_cli.model.period import Period
    from elo_cli.model.records.meeting import Meeting
    from elo_cli.tracking.day.state import state

    repository = repository_of(data)
    if since is not None:
        moment = named_moment(repository, since, tracker)
        named = tracker.get(Meeting, since) is not None
        told = _meeting_date(tracker, since) if named else Period.of_day(moment.day)
    elif previous is not None:
        told = state(previous, day).now.date
        moment = since_day(repository, told.word_day, tracker.config)
    else:
        return None
    end = Since(day, None)
    if day < session.today(tracker.config):
        end = since_day(repository, day, tracker.config)
        if end.commit is None:
            return told, None
    return told, recorded(repository, moment, tracker.source, end)


# Between two versions or two days


class Span(NamedTuple):
    """What was asked for."""

    base: str
    head: str | None

    @property
    def by_day(self) -> bool:
        """Whether both ends are days."""
        return _DAY.fullmatch(self.base) is not None

    @property
    def until(self) -> str | None:
        """The last day, where the ends are days and there is one."""
        return self.head if self.by_day else None

    @property
    def revision(self) -> str | None:
        """The revision to read, where the ends are revisions and there is one."""
        return None if self.by_day else self.head


def span_of(text: str | None) -> Span:
    """The two ends. UsageProblem when there are none, or when one is a day and the other is not."""
    if text is None:
        raise UsageProblem(
            N_("between what? Right would be: elo report amendments A..B, two revisions or two days such as 2022-12-31")
        )
    base, _, head = text.partition("..")
    if not base or ".." in head or head.startswith("."):
        raise UsageProblem(N_("“{text}” is not a range; right would be a form such as v2021.1..v2021.2"), text=text)
    span = Span(base, head or None)
    if span.head is not None and span.by_day != (_DAY.fullmatch(span.head) is not None):
        raise UsageProblem(N_("“{text}”: both ends are days, or both are revisions"), text=text)
    return span


def changes_in(span: Span, tracker: "Tracker", data: Path | None, day: date) -> "list[Change]":
    """The changes between both ends; by day what was said between them, else what was recorded."""
    from elo_cli.store.git.repository import Repository
    from elo_cli.store.git.source import RevisionSource
    from elo_cli.tracking.changes.files import changes_between
    from elo_cli.tracking.changes.news import said_changes
    from elo_cli.tracking.day.view import View

    if span.by_day:
        return said_changes(View(tracker, day), session.parse_day(span.base))
    repository = Repository(session.recorded_folder(data))
    base = RevisionSource(repository, repository.resolve(span.base), span.base)
    differences = changes_between(base, tracker.source, tracker.config)
    for path in differences.unreadable:
        tracker.mark_incomplete(path)
    return differences.changes
