"""Where answers come from: what every report and page says of its own origin, and which elo it is that runs."""

import json
import os
import re
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from elo_cli import DISTRIBUTION, FOLDER, version
from elo_cli.commands.shared import session
from elo_cli.model.errors import N_, EloError

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


def shown_path(path: Path | None) -> Path | None:
    """A path as a report may tell it: where it leads out of the current folder, its last name, and no more of it."""
    if path is None or (not path.is_absolute() and ".." not in path.parts) or path.is_relative_to("/dev"):
        return path
    with suppress(ValueError):
        return path.resolve().relative_to(Path.cwd().resolve())
    return Path(path.name or ".")


def shown_data(data: Path | None) -> Path | None:
    """A data folder as a report may tell it: as `shown_path`, or from the root of the repository that it lies in."""
    shown = shown_path(data)
    if data is None or shown is None or (shown.parts and (Path.cwd() / shown).resolve() == data.resolve()):
        return shown
    root = next((folder for folder in data.resolve().parents if os.path.lexists(folder / ".git")), None)
    return data.resolve().relative_to(root) if root is not None else shown


def own_version() -> str:
    """The version of the elo that runs, with its commit where that is known."""
    say = session.language().say
    _, commit = installed_from()
    if commit:
        return say(N_("{version} (commit {commit})"), version=version(), commit=commit)
    if os.path.lexists(FOLDER.parent / ".git"):
        from elo_cli.store.git.repository import Repository

        # A checkout may hold changes that nobody has committed: of them nothing is claimed.
        with suppress(EloError):
            commit = Repository(FOLDER.parent).resolve("HEAD")
            return say(N_("{version} (checkout of {commit})"), version=version(), commit=commit[:10])
    return version()


def installed_from() -> tuple[str, str]:
    """The address and the commit that elo was installed from, if that is in a git repository that others reach."""
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        origin = json.loads(distribution(DISTRIBUTION).read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return "", ""
    url, commit = origin.get("url", ""), origin.get("vcs_info", {}).get("commit_id", "")
    # An address with an @ in its host part may hold somebody's password.
    right = re.fullmatch(r"https://[^@\s]+", url) and re.fullmatch(r"[0-9a-f]{40}", commit)
    return (url, commit) if right else ("", "")
