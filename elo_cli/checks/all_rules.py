"""Every rule: importing this module registers them all, group by group in the order of the manual."""

from elo_cli.checks import (
    date_rules,
    file_rules,
    language_rules,
    link_rules,
    meaning_rules,
    money_rules,
    promise_rules,
    schema_rules,
    source_rules,
    yaml_rules,
)
from elo_cli.checks.rule import RULES

__all__ = [
    "RULES",
    "date_rules",
    "file_rules",
    "language_rules",
    "link_rules",
    "meaning_rules",
    "money_rules",
    "promise_rules",
    "schema_rules",
    "source_rules",
    "yaml_rules",
]
