"""Findings as SARIF 2.1.0, the format of code scanning (OASIS standard, 27 March 2020)."""

from collections.abc import Sequence
from typing import Any, Final

from elo_cli import home, version
from elo_cli.checks.manual import EVERY_RULE
from elo_cli.checks.rule import Finding, Rule
from elo_cli.model.errors import N_
from elo_cli.render.findings.annotations import fingerprinted, message
from elo_cli.render.forms.blocks import Paragraph, Space
from elo_cli.render.forms.escape import json_text, sarif_text, uri_path
from elo_cli.render.forms.markdown import page
from elo_cli.render.words.language import Language

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


def sarif(language: Language, findings: Sequence[Finding]) -> str:
    """One run with every finding; rules that found nothing are left out."""
    rules = sorted({finding.rule for finding in findings})
    index = {rule: number for number, rule in enumerate(rules)}
    driver = {
        "name": "elo",
        "version": version(),
        "semanticVersion": version(),
        **({"informationUri": address} if (address := home()) else {}),
        "rules": [_rule(language, EVERY_RULE[rule]) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The top of the repository."}}},
        "results": [_result(language, *pair, index) for pair in fingerprinted(findings)],
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(language: Language, rule: Rule) -> dict[str, Any]:
    meaning = language.say(rule.meaning)
    return {
        "id": rule.id,
        "shortDescription": {"text": _first_sentence(meaning)},
        "fullDescription": {"text": sarif_text(meaning)},
        "help": _help(language, rule),
        "defaultConfiguration": {"level": rule.level.value},
    }


def _help(language: Language, rule: Rule) -> dict[str, Any]:
    """What to do, as text and as the Markdown that code scanning shows; both are the program's words, never data's."""
    meaning, remedy = language.say(rule.meaning), language.say(rule.remedy)
    head = language.say(N_("To mend it"))
    return {
        "text": sarif_text(f"{remedy} (elo rules {rule.id})"),
        "markdown": page([Paragraph(meaning), Space(), Paragraph(f"{head}: {remedy}"), Space()])
        + f"\n`elo rules {rule.id}`\n",
    }


def _result(language: Language, finding: Finding, fingerprint: str, index: dict[str, int]) -> dict[str, Any]:
    return {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": finding.level.value,
        "message": {"text": sarif_text(message(language, finding))},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": uri_path(finding.path), "uriBaseId": "SRCROOT"},
                    "region": {"startLine": finding.line, "startColumn": finding.column},
                }
            }
        ],
        "partialFingerprints": {"elo/v1": fingerprint},
    }


def _first_sentence(text: str) -> str:
    end = text.find(". ")
    return sarif_text(text if end < 0 else text[: end + 1])
