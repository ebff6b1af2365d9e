"""What every report and page says of its own origin."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from elo_cli import version
from elo_cli.commands.shared import session

if TYPE_CHECKING:
    from elo_cli.render.reports.contents import Origin
    from elo_cli.store.tracker import Tracker


def origin(
    tracker: "Tracker", data: Path | None, rev: str | None, day: date, command: str, *, with_revision: bool = True
) -> "Origin":
    """The day, the revision, the fingerprint, the version and the command, for the foot of a report or page."""
    from elo_cli.render.reports.contents import Origin
    from elo_cli.store.fingerprint import fingerprint

    revision, dirty = None, False
    if rev is not None:
        commit = tracker.source.revision
        revision = (
            f"{rev} ({commit[:10]})" if commit is not None and not commit.startswith(rev) else (commit or rev)[:10]
        )
    elif with_revision:
        from elo_cli.store.git.changes import describe

        at = describe(session.recorded_folder(data))
        revision, dirty = (at.short, at.dirty) if at is not None else (None, False)
    return Origin(day, revision, dirty, fingerprint(tracker.source), version(), command, with_revision)
