"""Findings as annotations of GitHub and GitLab, and as SARIF: complete, placed, and never a command of data."""

import json
import re
from collections import Counter
from typing import Any, Final
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator

from elo_cli.checks.manual import EVERY_RULE
from elo_cli.checks.rule import Finding
from elo_cli.model.finding import Level
from elo_cli.render.findings import annotations
from elo_cli.render.findings.sarif import sarif
from elo_cli.render.words.language import Language

ENGLISH = Language("en")
RULE = "promise-rewritten"
HOSTILE = "a\n::error::x\r\n%0A@someone, [x](http://e.example) {0} <b> ##[error]y \x1b[31m: :tada:"
COMMAND = re.compile(
    r"::(?P<kind>error|warning|notice) file=(?P<file>[^,:]*),line=(?P<line>[0-9]+),col=(?P<column>[0-9]+)"
    r",title=(?P<title>[^,:]*)::(?P<text>.*)"
)


def finding(number: int = 1, level: Level = Level.ERROR, text: str = "2021", path: str = "data/m.yaml") -> Finding:
    """Give a finding of a rewritten promise on a line."""
    return Finding(path, number, 3, level, RULE, {"field": "due", "old": text, "new": "2022"}, "m")


def decoded(text: str) -> str:
    """Undo GitHub's escapes, as its runner does."""
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


def test_ten_of_each_kind_are_annotations_and_all_stand_in_the_summary() -> None:
    """GitHub shows ten of a kind a step; nothing is lost, and the gravest come first."""
    findings = [finding(number, level) for level in reversed(Level) for number in range(1, 26)]
    lines = annotations.github(ENGLISH, findings).splitlines()
    kinds = [found["kind"] for line in lines if (found := COMMAND.fullmatch(line))]
    assert Counter(kinds) == {"error": 10, "warning": 10, "notice": 10}
    assert kinds == sorted(kinds, key=["error", "warning", "notice"].index)
    summary = annotations.github_summary(ENGLISH, findings)
    assert sum(line.startswith("| ") for line in summary.splitlines()) == 75 + 2


def test_data_is_never_a_command() -> None:
    """One line a finding, whatever its values and its path hold; the values come back whole."""
    hostile = finding(text=HOSTILE, path="data/a,b:c%0A\n::warning::.yaml")
    text = annotations.github(ENGLISH, [hostile])
    assert text.count("\n") == 1
    found = COMMAND.fullmatch(text.rstrip("\n"))
    assert found is not None
    assert "##[" not in text
    assert "\x1b" not in text
    assert decoded(found["file"]) == "data/a,b:c%0A :\u200b:warning::.yaml"
    assert "a :\u200b:error:\u200b:x %0A@someone" in decoded(found["text"])


def test_the_summary_is_text_and_stays_below_its_limit() -> None:
    """No mention, link or markup comes from data; a page of a hundred thousand findings ends with a whole row."""
    page = annotations.github_summary(ENGLISH, [finding(text=HOSTILE)])
    assert "@someone" not in page
    assert "[x](http" not in page
    assert "<b>" not in page
    findings = [finding(number, text="x" * 200) for number in range(1, 20_001)]
    page = annotations.github_summary(ENGLISH, findings)
    assert len(page.encode()) < 1024 * 1024
    assert "more are left out" in page.splitlines()[-1]
    assert all(line.endswith("|") for line in page.splitlines() if line.startswith("|"))


def test_gitlab_gets_a_fingerprint_for_each() -> None:
    """Two equal findings are two, and the level is a severity that GitLab knows."""
    report = json.loads(annotations.gitlab(ENGLISH, [finding(1), finding(9), finding(2, Level.NOTE, "2020")]))
    assert len({one["fingerprint"] for one in report}) == 3
    assert [one["severity"] for one in report] == ["critical", "critical", "info"]
    assert report[1]["location"] == {"path": "data/m.yaml", "lines": {"begin": 9}}


TEXT: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"type": "string", "minLength": 1}},
}
HELP: Final[dict[str, Any]] = {
    **TEXT,
    "required": ["text", "markdown"],
    "properties": {**TEXT["properties"], "markdown": {"type": "string", "minLength": 1}},
}
SHAPE: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"const": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "additionalProperties": False,
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "originalUriBaseIds": {"type": "object"},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "additionalProperties": False,
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "additionalProperties": False,
                                "properties": {
                                    "name": {"type": "string"},
                                    "version": {"type": "string"},
                                    "semanticVersion": {"type": "string"},
                                    "informationUri": {"type": "string", "format": "uri", "pattern": "^https://"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id"],
                                            "additionalProperties": False,
                                            "properties": {
                                                "id": {"type": "string"},
                                                "shortDescription": TEXT,
                                                "fullDescription": TEXT,
                                                "help": HELP,
                                                "defaultConfiguration": {
                                                    "type": "object",
                                                    "properties": {
                                                        "level": {"enum": ["none", "note", "warning", "error"]}
                                                    },
                                                },
                                            },
                                        },
                                    },
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": TEXT,
                                "partialFingerprints": {
                                    "type": "object",
                                    "additionalProperties": {"type": "string"},
                                },
                                "locations": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "required": ["physicalLocation"],
                                        "properties": {
                                            "physicalLocation": {
                                                "type": "object",
                                                "required": ["artifactLocation", "region"],
                                                "additionalProperties": False,
                                                "properties": {
                                                    "artifactLocation": {
                                                        "type": "object",
                                                        "additionalProperties": False,
                                                        "properties": {
                                                            "uri": {"type": "string", "pattern": "^[!-~]+$"},
                                                            "uriBaseId": {"type": "string"},
                                                        },
                                                    },
                                                    "region": {
                                                        "type": "object",
                                                        "additionalProperties": False,
                                                        "properties": {
                                                            "startLine": {"type": "integer", "minimum": 1},
                                                            "startColumn": {"type": "integer", "minimum": 1},
                                                        },
                                                    },
                                                },
                                            }
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}
"""What SARIF 2.1.0 (sections 3.13 to 3.58) asks of the parts that elo writes; its schema is not ours to ship."""


@pytest.mark.parametrize("code", ["fi", "sv", "en"])
def test_sarif_has_the_shape_of_the_standard(code: str) -> None:
    """Every rule as a finding: required properties, known ones only, and indexes that lead to the right rule."""
    findings = [
        Finding("data/ä b#.yaml", 2, 1, rule.level, rule.id, dict.fromkeys(_places(rule.message), HOSTILE), "m")
        for rule in EVERY_RULE.values()
    ]
    answer = json.loads(sarif(Language(code), findings))
    assert [error.message for error in Draft202012Validator(SHAPE).iter_errors(answer)] == []
    run = answer["runs"][0]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["ruleId"] in EVERY_RULE
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert unquote(place["uri"]) == "data/ä b#.yaml"


def test_a_message_of_sarif_holds_no_link_and_no_place() -> None:
    """Brackets are escaped and braces doubled, as the standard asks of plain text."""
    text = json.loads(sarif(ENGLISH, [finding(text=HOSTILE)]))["runs"][0]["results"][0]["message"]["text"]
    assert "[x]" not in text.replace("\\[", "").replace("\\]", "")
    assert "{{0}}" in text


def test_nothing_found_is_an_answer_too() -> None:
    """No finding: no command, an empty list, a run without results."""
    assert annotations.github(ENGLISH, []) == ""
    assert json.loads(annotations.gitlab(ENGLISH, [])) == []
    assert json.loads(sarif(ENGLISH, []))["runs"][0]["results"] == []


def _places(message: str) -> list[str]:
    return re.findall(r"\{(\w+)\}", message)


def test_an_address_of_the_project_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package names the project's address, SARIF does so too; it makes up none."""
    assert "informationUri" not in json.loads(sarif(ENGLISH, []))["runs"][0]["tool"]["driver"]
    monkeypatch.setattr("elo_cli.render.findings.sarif.home", lambda: "https://elo.example")
    assert json.loads(sarif(ENGLISH, []))["runs"][0]["tool"]["driver"]["informationUri"] == "https://elo.example"
