"""`python -m elo_cli` is `elo`."""

from elo_cli.cli import script

script()
