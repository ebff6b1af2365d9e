"""`--since MEETING|DATE|REV`: the moment from which news is told, and what had been recorded by then."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from elo_cli.commands.shared import session
from elo_cli.commands.shared.lookup import meeting_of
from elo_cli.model.errors import N_, UnreadableProblem, UsageProblem

if TYPE_CHECKING:
    from elo_cli.model.config import TrackerConfig
    from elo_cli.model.records.meeting import Meeting
    from elo_cli.store.git.repository import Repository
    from elo_cli.store.source import FileSource
    from elo_cli.store.tracker import Tracker
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
    from elo_cli.tracking.day.state import state

    day: date = state(meeting_of(tracker, meeting_id), date.max).now.date.word_day
    return day


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
) -> "tuple[date, Recorded | None] | None":
    """From the end of which day news is told, and what was recorded by then and since; None without such a day.

    `since` is what the user names, else the day of the previous meeting counts. As of a day that has passed, what was
    recorded up to the end of that day is told.
    """
    from elo_cli.tracking.day.state import state

    repository = repository_of(data)
    if since is not None:
        moment = named_moment(repository, since, tracker)
    elif previous is not None:
        moment = since_day(repository, state(previous, day).now.date.word_day, tracker.config)
    else:
        return None
    end = Since(day, None)
    if day < session.today(tracker.config):
        end = since_day(repository, day, tracker.config)
        if end.commit is None:
            return moment.day, None
    return moment.day, recorded(repository, moment, tracker.source, end)
