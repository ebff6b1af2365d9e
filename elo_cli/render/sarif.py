"""Findings as SARIF 2.1.0, the format of code scanning (OASIS standard, 27 March 2020)."""

import json
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote

from elo_cli import version
from elo_cli.checks.manual import EVERY_RULE
from elo_cli.checks.rule import Finding, Rule
from elo_cli.render.annotations import fingerprinted, message
from elo_cli.render.language import Language
from elo_cli.render.text import visible

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


def sarif(language: Language, findings: Sequence[Finding]) -> str:
    """One run with every finding; rules that found nothing are left out."""
    rules = sorted({finding.rule for finding in findings})
    index = {rule: number for number, rule in enumerate(rules)}
    driver = {
        "name": "elo",
        "version": version(),
        "semanticVersion": version(),
        "rules": [_rule(language, EVERY_RULE[rule]) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The top of the repository."}}},
        "results": [_result(language, *pair, index) for pair in fingerprinted(findings)],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(language: Language, rule: Rule) -> dict[str, Any]:
    meaning = language.say(rule.meaning)
    return {
        "id": rule.id,
        "shortDescription": {"text": _first_sentence(meaning)},
        "fullDescription": {"text": _text(meaning)},
        "help": {"text": _text(language.say(rule.remedy))},
        "defaultConfiguration": {"level": rule.level.value},
    }


def _result(language: Language, finding: Finding, fingerprint: str, index: dict[str, int]) -> dict[str, Any]:
    return {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": finding.level.value,
        "message": {"text": _text(message(language, finding))},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(finding.path, safe="/"), "uriBaseId": "SRCROOT"},
                    "region": {"startLine": finding.line, "startColumn": finding.column},
                }
            }
        ],
        "partialFingerprints": {"elo/v1": fingerprint},
    }


def _text(text: str) -> str:
    """A message in which data makes neither a link (`[text](target)`) nor a place (`{0}`): SARIF 3.11.5 and 3.11.6."""
    shown = visible(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return shown.replace("{", "{{").replace("}", "}}")


def _first_sentence(text: str) -> str:
    end = text.find(". ")
    return _text(text if end < 0 else text[: end + 1])
