"""A second process that reads files ahead: what their YAML says, for the one that makes records of it.

Only values of files with which nothing is wrong come from there. Whatever else there is to say of one is said by the
process that asked, which then reads that file itself; so both ways give the same answer, and a second process that
cannot start or that dies costs time alone. Values travel as JSON, which can hold nothing but values.
"""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from elo_cli.store.source import FileSource, ListedFile, WorkTree
from elo_cli.store.yaml.strict import Plain, is_mapping, parse

LEAST: Final = 1_500
"""Of so many files a second process pays."""
_FIRST: Final = 500
"""So many are read here while the second process starts."""
_CHUNK: Final = 20
"""Files that are handed over at once: a pipe holds some of these, so that neither process waits for the other."""
_OWN: Final = 6
"""Of so many chunks one more is read here, where all records are made; then both processes take the same time."""


class Ahead:
    """What the second process says of the files of its share, asked in their order."""

    def __init__(self, answers: IO[bytes] | None = None, share: frozenset[str] = frozenset()) -> None:
        """Take the answers from this pipe; without one nothing was read ahead."""
        self._answers = answers
        self._share = share
        self._chunk: dict[str, object] = {}

    def value(self, path: str) -> Plain | None:
        """What a file says; None when it is to be read here."""
        if self._answers is None or path not in self._share:
            return None
        if path not in self._chunk:
            self._chunk = _chunk(self._answers.readline())
            if not self._chunk:
                # The second process is gone.
                self._answers = None
        value = self._chunk.pop(path, None)
        return value if is_mapping(value) else None


def _chunk(line: bytes) -> dict[str, object]:
    """The values of a chunk by path; empty at the end of the pipe, and for what is no whole line of ours."""
    import json

    try:
        chunk = json.loads(line)
    except ValueError:
        return {}
    return chunk if is_mapping(chunk) else {}


@contextmanager
def read_ahead(source: FileSource, listings: Mapping[str, Sequence[ListedFile]]) -> Iterator[Ahead]:
    """What another process says of the files in these folders, where there are many and a processor for it."""
    files = _files(listings)
    if not isinstance(source, WorkTree) or len(files) < LEAST or _processors() == 1 or not sys.executable:
        yield Ahead()
        return
    import subprocess

    # Otherwise Python would look for elo in the working folder, which may be a stranger's.
    safe = "-I" if sys.flags.isolated else "-P"
    try:
        other = subprocess.Popen(  # noqa: S603 - this very program, with a path that no shell reads
            [sys.executable, safe, "-m", __name__, str(source.root), *listings],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # No window, where a program without one asks.
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        yield Ahead()
        return
    with other:
        try:
            yield Ahead(other.stdout, frozenset(listed.path for chunk in _share(files) for listed in chunk))
        finally:
            other.kill()


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _files(listings: Mapping[str, Sequence[ListedFile]]) -> list[ListedFile]:
    return [listed for listing in listings.values() for listed in listing if listed.is_yaml]


def _share(files: Sequence[ListedFile]) -> Iterator[Sequence[ListedFile]]:
    """The chunks that the second process reads."""
    for number, start in enumerate(range(_FIRST, len(files), _CHUNK)):
        if number % _OWN:
            yield files[start : start + _CHUNK]


def _value(source: FileSource, path: str) -> Plain | None:
    """What a file says; None when there is more to say of it."""
    try:
        parsed = parse(source.read(path), path)
    except OSError:
        return None
    return None if parsed.problems else parsed.value


def main(root: str, folders: Sequence[str]) -> None:
    """Write what the files of the second process's share say, a line of JSON a chunk."""
    import json
    import signal

    # The same key interrupts the process that asks, and that one ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source = WorkTree(Path(root))
    with suppress(BrokenPipeError):
        for chunk in _share(_files({folder: source.listing(folder) for folder in folders})):
            values = {listed.path: _value(source, listed.path) for listed in chunk}
            sys.stdout.buffer.write(json.dumps(values).encode() + b"\n")
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
