"""Every rule: importing this module registers them all, group by group in the order of the manual."""

from elo_cli.checks.milestones import evidence, evidence_files, targets  # noqa: F401 - each registers its rules
from elo_cli.checks.requests import money as request_money  # noqa: F401 - registers its rules
from elo_cli.checks.requests import words as request_words  # noqa: F401 - registers its rules
from elo_cli.checks.rule import RULES
from elo_cli.checks.rules import (  # noqa: F401 - each registers its rules
    dates,
    files,
    languages,
    links,
    meaning,
    money,
    promises,
    schema,
    sources,
    yaml,
)

__all__ = ["RULES"]
