"""Which two versions a comparison is about: `A..B` as git reads it, or the revision that was current on a day."""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from elo_cli.model.errors import N_, UnreadableProblem, UsageProblem
from elo_cli.store.git.repository import Repository


class Range(NamedTuple):
    """The names of two versions; a head of None is the files as they are."""

    base: str
    head: str | None
    from_fork: bool = False
    """Whether the base is the commit from which the two went their own ways: `A...B`."""


def parse_range(text: str | None) -> Range:
    """A range as git reads it: `A`, `A..B`, `A..`, `..B`, `A...B`; nothing means the last commit and the files."""
    if text is None:
        return Range("HEAD", None)
    for dots in ("...", ".."):
        base, separator, head = text.partition(dots)
        if separator:
            if ".." in head:
                raise UsageProblem(
                    N_("“{text}” is not a range; right would be a form such as v2021.1..v2021.2"), text=text
                )
            return Range(base or "HEAD", head or "HEAD", dots == "...")
    return Range(text, None)


def commit_on(repository: Repository, day: date, zone: tzinfo) -> str:
    """The commit that was current at the end of a day in a time zone, along first parents.

    Raises UnreadableProblem when nothing had been committed by then, or the clone does not reach back so far.
    """
    end = datetime.combine(day + timedelta(days=1), time(), zone) - timedelta(seconds=1)
    commit = repository.current_at(int(end.timestamp()))
    if commit is not None:
        return commit
    if repository.shallow:
        raise repository.missing(day.isoformat())
    raise UnreadableProblem(N_("nothing had been recorded by {day}; the first commit is later"), day=day.isoformat())
