"""What Python programs are offered, by `import elo_cli`; docs/python.md shows it.

A tracker is read once, and asked as often as one likes. Nothing is printed, nothing leaves the program, and what is
wrong is raised: an EloError with a message, which knows the place where a file is to blame. Nothing here computes:
answers are those of `tracking` and `checks`, as on the command line.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, overload

from elo_cli.model.errors import N_, UnreadableProblem
from elo_cli.model.kinds import KIND_OF
from elo_cli.model.records.base import Record
from elo_cli.store.loading import load
from elo_cli.store.source import FileSource, WorkTree
from elo_cli.tracking.day.view import View

if TYPE_CHECKING:
    from elo_cli.checks.rule import Finding
    from elo_cli.render.export.tables import Row, TableData
    from elo_cli.tracking.changes.change import Change
    from elo_cli.tracking.day.state import State
    from elo_cli.tracking.deadlines import Deadlines
    from elo_cli.tracking.funding import By, Sums
    from elo_cli.tracking.status import Status

R = TypeVar("R", bound=Record)


class FileProblem(UnreadableProblem):
    """A file is not as it must be: `path`, `line` and `column` say where, and `rule` which rule of `elo check`."""

    def __init__(self, finding: "Finding") -> None:
        """Say what a finding says, with its place before it."""
        super().__init__(
            N_("{path}:{line}:{column}: {reason}"),
            path=finding.path,
            line=finding.line,
            column=finding.column,
            reason=finding.message,
        )
        self.path, self.line, self.column, self.rule = finding.path, finding.line, finding.column, finding.rule


class Tracker:
    """One tracker: the files as they are, or as they were recorded at a revision."""

    def __init__(self, folder: Path, source: FileSource) -> None:
        """Read all records. Raises FileProblem where tracker.yaml cannot be read."""
        self._folder = folder
        self._records = load(source)
        if not self._records.config_read:
            raise self._problem(self._records.shown("tracker.yaml"))

    def __repr__(self) -> str:
        return f"<elo tracker {self._folder.as_posix()!r}, rev={self.rev!r}>"

    @property
    def name(self) -> Mapping[str, str]:
        """What it is called, by language."""
        return self._records.config.name

    @property
    def rev(self) -> str | None:
        """The full name of the commit that was read; None for the files as they are."""
        return self._records.source.revision

    @property
    def incomplete(self) -> Sequence[str]:
        """Paths of the files that could not be read whole, so that answers lack what they hold."""
        return self._records.incomplete

    @property
    def today(self) -> date:
        """The day that it is in the tracker's time zone, for which every answer is unless a day is given."""
        return datetime.now(self._records.config.zone).date()

    @overload
    def records(self, kind: type[R]) -> list[R]: ...
    @overload
    def records(self, kind: str) -> list[Record]: ...
    def records(self, kind: str | type[Record]) -> Sequence[Record]:
        """The records of a kind, as they were promised and with their updates, in the order of their files.

        A kind is its folder or name (`"milestones"`) or its class (`elo_cli.Milestone`). Raises UsageProblem.
        """
        from elo_cli.commands.shared.lookup import kind_of_folder

        found = kind_of_folder(kind) if isinstance(kind, str) else KIND_OF[kind]
        return [entry.record for entry in self._records.by_kind[found.name].values()]

    def state(self, record_id: str, as_of: date | None = None) -> "State[Any] | None":
        """How a record stood on a day: `.now`, beside its `.promise` and the `.updates` that count.

        None on a day on which it did not exist yet. Raises UsageProblem for an unknown id, with the nearest ones, and
        FileProblem for a record that cannot be read.
        """
        from elo_cli.commands.shared.lookup import entry_of

        if record_id in self._records.broken:
            raise self._problem(None, record_id)
        record, view = entry_of(self._records, record_id).record, self._view(as_of)
        return view.state(record) if view.exists(record) else None

    def status(self, as_of: date | None = None) -> "Status":
        """Where the strategy stands, by goal, as `elo status` has it."""
        from elo_cli.tracking.status import status

        return status(self._view(as_of))

    def deadlines(self, as_of: date | None = None, within: str = "all") -> "Deadlines":
        """What has passed without being done, and what comes within a time such as `90d`, as `elo deadlines` has it."""
        from elo_cli.tracking.deadlines import deadlines, window_end

        view = self._view(as_of)
        return deadlines(view, window_end(within, view.as_of))

    def funding(self, by: "By" = "instrument", as_of: date | None = None) -> "Sums":
        """Sums of money that add only what is alike, as `elo funding` has them."""
        from elo_cli.tracking.funding import funding

        return funding(self._view(as_of), by)

    def check(self, as_of: date | None = None) -> "list[Finding]":
        """Every finding of `elo check`, by place; each has `path`, `line`, `column`, `level`, `rule` and `message`."""
        from elo_cli.checks.run import check

        today = self.today
        return check(self._records, as_of or today, today=today)

    def diff(self, a: str = "HEAD", b: str | None = None) -> "list[Change]":
        """What changed in meaning from one revision to another, or to the files as they are, as `elo diff` tells it.

        Raises UsageProblem or UnreadableProblem for a revision that there is not.
        """
        from elo_cli.store.git.source import at_revision
        from elo_cli.tracking.changes.files import changes_between, settings_of

        head: FileSource = WorkTree(self._folder) if b is None else at_revision(self._folder, b)
        return changes_between(at_revision(self._folder, a), head, settings_of(head)).changes

    def table(self, name: str, as_of: date | None = None) -> "list[Row]":
        """A table of `elo export` as rows by column: `milestones`, `updates`, `history` … Raises UsageProblem."""
        from elo_cli.commands.shared.lookup import table_called
        from elo_cli.render.export.tables import tables

        known = {table.name: table for table in tables(self._view(as_of))}
        if name in {"history", "revisions"}:
            known |= {table.name: table for table in self._history}
        return table_called(name, known).named_rows()

    @cached_property
    def _history(self) -> "Sequence[TableData]":
        from elo_cli.render.export.history import history_of

        known = history_of(self._records)
        return known.values, known.revisions

    def _view(self, as_of: date | None) -> View:
        return View(self._records, as_of or self.today)

    def _problem(self, path: str | None, record_id: str | None = None) -> UnreadableProblem:
        """The first thing that is wrong with a file, or with the file of a record."""
        from elo_cli.checks.run import check

        for finding in check(self._records, date.max):
            if finding.level == "error" and (finding.path == path or (record_id and finding.record == record_id)):
                return FileProblem(finding)
        return UnreadableProblem(N_("{path} cannot be read; elo check says why"), path=path or record_id)


def open(path: str | PathLike[str] | None = None, rev: str | None = None) -> Tracker:  # noqa: A001 - it is called elo_cli.open
    """Read the tracker in a folder, or at or above the working folder; with `rev` as it was at a revision of git.

    Raises UnreadableProblem where there is none or git cannot be read, FileProblem where tracker.yaml cannot, and
    UsageProblem for what is no folder or no revision.
    """
    from elo_cli.commands.shared.session import recorded_folder
    from elo_cli.store.disk.plan import unfinished
    from elo_cli.store.git.source import at_revision
    from elo_cli.store.source import find_data

    given = Path(path) if path is not None else None
    if rev is not None:
        folder = recorded_folder(given)
        return Tracker(folder, at_revision(folder, rev))
    folder = find_data(given)
    return Tracker(folder, WorkTree(folder, unfinished(folder)))
