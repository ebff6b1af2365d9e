"""What a writer of several files leaves for the one after it, should it die: the plan of its change.

It lies in the user's state folder, with a digest over all of it; it names only files of the tracker, and of these it
touches those that are as they were when it was made.
"""

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from elo_cli.model.errors import N_, UnreadableProblem
from elo_cli.store.disk.files import flush_folder
from elo_cli.store.disk.memory import keep, make_memory, memory_of
from elo_cli.store.lock import lock
from elo_cli.store.source import NotFollowedError, read_regular, reason_of

_PLAN: Final = "plan"
_PATH: Final = re.compile(r"(?:[a-z]+/)?[^/\\.\0][^/\\\0]*\.yaml")
"""What a writer may touch: tracker.yaml and the files of the folders below; nothing hidden, nothing further down."""


class Step(NamedTuple):
    """What a plan says of a file: the digest of what was there, and what shall be; None where no file is."""

    old: str | None
    new: bytes | None


def unfinished(folder: Path) -> list[str]:
    """The files that a dead writer should have written still, while it wrote others; empty when there is nothing.

    While a writer holds the lock it is empty too: that one is at work, or finishes what is left.
    """
    plan = read_plan(folder)
    if not plan or not left_of(folder, plan)[0]:
        return []
    # On Windows the lock is a file in the tracker, and a reader makes none.
    held: int | None = -1
    if os.name != "nt":
        # A folder of a network cannot be locked; then nobody is taken to be at work.
        with suppress(OSError):
            held = lock(Path(os.path.realpath(folder)))
    if held is None:
        return []
    try:
        # A writer who lived may have come to its end meanwhile.
        plan = read_plan(folder)
        return left_of(folder, plan)[0] if plan else []
    finally:
        if held >= 0:
            os.close(held)


def content_of(folder: Path, path: str) -> bytes | None:
    """The bytes of a file of the tracker; refuses what leads elsewhere."""
    if _PATH.fullmatch(path) is None:
        raise UnreadableProblem(N_("{path} leads out of the data folder"), path=path)
    try:
        return read_regular(folder, path)
    except FileNotFoundError:
        return None
    except NotFollowedError:
        raise UnreadableProblem(N_("{path} is a link, or lies in one; elo writes through no link"), path=path) from None
    except OSError as error:
        raise UnreadableProblem(N_("{path} could not be read: {reason}"), path=path, reason=reason_of(error)) from None


def left_of(folder: Path, plan: Mapping[str, Step]) -> tuple[list[str], list[str]]:
    """The files that are still old while others are new, and those that are neither; none when nothing was begun."""
    paths: dict[str, list[str]] = {"old": [], "new": [], "other": []}
    for path, step in plan.items():
        try:
            digest = digest_of(content_of(folder, path))
        except UnreadableProblem:
            paths["other"].append(path)
            continue
        paths["new" if digest == digest_of(step.new) else "old" if digest == step.old else "other"].append(path)
    # A file that is neither may be one that was written and then edited by hand.
    begun = paths["new"] or paths["other"]
    return (paths["old"], paths["other"]) if paths["old"] and begun else ([], [])


def keep_plan(folder: Path, steps: Mapping[str, Step]) -> None:
    """Name what shall be done, with the new contents; the rename of the plan is the moment from which it counts."""
    import json
    from base64 import b64encode

    told = {
        path: [step.old, None if step.new is None else b64encode(step.new).decode()] for path, step in steps.items()
    }
    text = json.dumps(told).encode()
    place = make_memory(folder) / _PLAN
    keep(place, sha256(text).hexdigest().encode() + b"\n" + text, alone=True)
    flush_folder(place.parent)


def read_plan(folder: Path) -> dict[str, Step] | None:
    """The plan that stands, None when there is none; one that is not whole never counted."""
    try:
        digest, _, text = (memory_of(folder) / _PLAN).read_bytes().partition(b"\n")
        if sha256(text).hexdigest().encode() != digest:
            return None
        import json
        from base64 import b64decode

        # Another program's, or a forger's, may have any shape.
        return {
            path: Step(None if old is None else str(old), None if new is None else b64decode(new))
            for path, (old, new) in json.loads(text).items()
        }
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return None


def drop_plan(folder: Path) -> None:
    """Take the plan away, if there is one."""
    # One that cannot be removed does no harm: all that it names is new, or all is old.
    with suppress(OSError):
        (memory_of(folder) / _PLAN).unlink()


def digest_of(content: bytes | None) -> str | None:
    """The SHA-256 of a file's bytes, None when there is no file."""
    return None if content is None else sha256(content).hexdigest()
