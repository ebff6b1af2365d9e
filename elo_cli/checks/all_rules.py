"""Every rule: importing this module registers them all, group by group in the order of the manual."""

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
from elo_cli.checks.rules.rrf import (  # noqa: F401 - each registers its rules
    evidence,
    evidence_files,
    instruments,
    request_money,
    requests,
)

__all__ = ["RULES"]
