"""What a file of records may hold at most; of more, no reader is asked."""

from typing import Final

from elo_cli.store import source

MAX_BYTES: Final = source.MAX_BYTES
MAX_DEPTH: Final = 20
