"""The text that someone edits: in the user's state folder, with what it was begun from, until it has landed."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from elo_cli.model.errors import N_, UsageProblem
from elo_cli.store.disk.memory import keep, make_memory
from elo_cli.store.lock import lock

_SCHEMA: Final = re.compile(rb"\A(?P<before>(?:\xef\xbb\xbf)?# yaml-language-server: \$schema=)(?P<path>[^\s:]+)(?=\s)")
"""The line that lets an editor complete and judge, where it names a file beside the record."""


class Draft:
    """A text under edit: `path` is what the editor opens, `base` the file's bytes that it was begun from."""

    def __init__(self, room: Path, file: Path, data: bytes) -> None:
        """Take up the text that is kept in a folder, or begin with the file as it is."""
        self.path = room / file.name
        self._file = file
        self._base = room / "base"
        # Both are needed: a text of which nobody knows what it was made from could only write over something.
        self.kept = self.path.is_file() and self._base.is_file()
        if self.kept:
            self.base = self._base.read_bytes()
        else:
            self.begin(data, data)

    def begin(self, base: bytes, text: bytes) -> None:
        """Let this text be the draft, and these bytes what it is compared with."""
        keep(self.path, self._outside(text), alone=True)
        keep(self._base, base, alone=True)
        self.base = base

    def read(self) -> bytes:
        """The text as it would stand in the tracker."""
        text = self.path.read_bytes()
        begun, written = _SCHEMA.match(self.base), self._schema(self.base)
        if begun is not None and written is not None and text.startswith(written):
            return begun[0] + text[len(written) :]
        return text

    def drop(self) -> None:
        """Take the draft away: it has landed, or says nothing new."""
        for path in (self.path, self._base):
            with suppress(FileNotFoundError):
                path.unlink()

    def _outside(self, text: bytes) -> bytes:
        """The text with a schema line that leads to the schema from here too."""
        begun, written = _SCHEMA.match(text), self._schema(text)
        return written + text[len(begun[0]) :] if begun is not None and written is not None else text

    def _schema(self, text: bytes) -> bytes | None:
        match = _SCHEMA.match(text)
        if match is None:
            return None
        place = Path(os.path.abspath(self._file.parent / os.fsdecode(match["path"])))  # noqa: PTH100 - no link is asked
        return match["before"] + place.as_uri().encode()


@contextmanager
def editing(root: Path, path: str, data: bytes) -> Iterator[Draft]:
    """The draft of one file of a tracker, for one editor at a time.

    Raises UsageProblem while another one has it open, OSError where it cannot be kept.
    """
    room = make_memory(root / path)
    held = lock(room / "lock")
    if held is None:
        raise UsageProblem(N_("{path} is open in another elo edit; finish that one first"), path=path)
    try:
        yield Draft(room, Path(os.path.abspath(root / path)), data)  # noqa: PTH100 - as the person knows it
    finally:
        os.close(held)
