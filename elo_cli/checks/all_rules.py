"""Every rule: importing this module registers them all, group by group in the order of the manual."""

from elo_cli.checks.rule import RULES
from elo_cli.checks.rules import dates as date_rules
from elo_cli.checks.rules import files as file_rules
from elo_cli.checks.rules import languages as language_rules
from elo_cli.checks.rules import links as link_rules
from elo_cli.checks.rules import meaning as meaning_rules
from elo_cli.checks.rules import money as money_rules
from elo_cli.checks.rules import promises as promise_rules
from elo_cli.checks.rules import schema as schema_rules
from elo_cli.checks.rules import sources as source_rules
from elo_cli.checks.rules import yaml as yaml_rules

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
