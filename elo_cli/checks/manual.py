"""Every rule that elo has: those that look at the tracker, and those that look at a change of it."""

from collections.abc import Mapping
from typing import Final

from elo_cli.checks.all_rules import RULES
from elo_cli.checks.rule import Rule
from elo_cli.checks.rules.changes import CHANGE_RULES

__all__ = ["CHANGE_RULES", "EVERY_RULE"]

EVERY_RULE: Final[Mapping[str, Rule]] = {**RULES, **CHANGE_RULES}
"""Every rule by its id."""
