"""Pages on this computer while someone edits the data: served to it alone, and written again when the data changes."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Final

from elo_cli.commands.shared import session
from elo_cli.model.errors import N_, EloError, UsageProblem

_LOOPBACK: Final = "127.0.0.1"
_NAMES: Final = (_LOOPBACK, "localhost")
"""What a browser on this computer calls the server. By another name a page from elsewhere could read it (rebinding)."""
_PAUSE: Final = 0.5
"""Seconds between two looks at the files: nobody saves and turns to the browser faster."""

Stamp = frozenset[tuple[str, int, int]]
"""The files of a data folder: of each its path, when it was changed, and its size."""


def serve(folder: Path, data: Path, port: int, seen: Stamp, write: Callable[[], object]) -> None:
    """Serve a folder on a port of this computer, 0 for a free one, until it is interrupted.

    `write` writes the folder anew, and is called when the data is not as it was `seen` last; an error that it meets is
    told, and the pages stay as they are. Raises UsageProblem where the port is taken.
    """
    try:
        server = ThreadingHTTPServer((_LOOPBACK, port), partial(_Handler, directory=str(folder)))
    except (OSError, OverflowError):
        raise UsageProblem(N_("port {port} cannot be used; without --port a free one is taken"), port=port) from None
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    say = session.language().say
    session.tell(
        say(
            N_("{address} shows the pages, and follows the data; Ctrl-C ends it"),
            address=f"http://{_LOOPBACK}:{server.server_port}/",
        )
    )
    try:
        _follow(data, seen, write)
    finally:
        server.shutdown()
        server.server_close()


def stamp(data: Path) -> Stamp:
    """How the files of a data folder are now."""
    return frozenset(_files(str(data)))


def _follow(data: Path, seen: Stamp, write: Callable[[], object]) -> None:
    """Call `write` whenever the data has changed, for ever."""
    while True:
        time.sleep(_PAUSE)
        now = stamp(data)
        if now == seen:
            continue
        seen = now
        try:
            write()
        except EloError as error:
            session.tell(session.language().say_all(error.message, error.values))


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    # A folder that someone is just moving has no files for a moment.
    with suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            with suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    yield from _files(entry.path)
                elif entry.name.endswith(".yaml"):
                    now = entry.stat(follow_symlinks=False)
                    yield entry.path, now.st_mtime_ns, now.st_size


class _Handler(SimpleHTTPRequestHandler):
    """Gives the files of a folder to a browser on this computer, and nothing to anyone else."""

    server_version = "elo"
    sys_version = ""

    def do_GET(self) -> None:
        """Give a file."""
        if self._is_asked_here():
            super().do_GET()

    def do_HEAD(self) -> None:
        """Say what a file is."""
        if self._is_asked_here():
            super().do_HEAD()

    def end_headers(self) -> None:
        """Say that a page may be another in a moment."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def list_directory(self, path: object) -> None:
        """A folder without a page of its own is none."""
        del path
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, *_: object) -> None:
        """Nobody reads what a browser asked for."""

    def _is_asked_here(self) -> bool:
        name, _, port = self.headers.get("Host", "").partition(":")
        own = self.connection.getsockname()[1]
        asked = name in _NAMES and port == str(own)
        if not asked:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        return asked
