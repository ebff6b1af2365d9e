"""`elo rules`: what each rule means, for whoever has got a finding."""

import re
from pathlib import Path

import pytest

from elo_cli.checks.manual import EVERY_RULE
from elo_cli.model.languages import LANGUAGES
from tests import trackers
from tests.running import Runner


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [40, 80, 160])
def test_list_names_every_rule_with_its_level(elo: Runner, lang: str, width: int) -> None:
    """Every rule is there once, with its level by word and a sentence, and no line is too long."""
    run = elo("rules", "--lang", lang, width=width)
    assert run.code == 0
    assert [line for line in run.lines if len(line) > width] == []
    listed = re.findall(r"^[✗!•] \S+\s+([a-z0-9-]+)$", run.out, re.MULTILINE)
    assert sorted(listed) == sorted(EVERY_RULE)


def test_page_says_all_of_a_rule(elo: Runner) -> None:
    """A rule's page holds its level, meaning and remedy, and another language says them otherwise."""
    for rule_id in list(EVERY_RULE)[::5]:
        run = elo("rules", rule_id, "--lang", "en")
        assert (run.code, run.lines[0]) == (0, rule_id)
        told = re.sub(r"\s+", "", run.out)
        for text in (EVERY_RULE[rule_id].level, EVERY_RULE[rule_id].meaning, EVERY_RULE[rule_id].remedy):
            assert re.sub(r"\s+", "", text) in told
        for lang in ("fi", "sv"):
            other = elo("rules", rule_id, "--lang", lang)
            assert other.lines[0] == rule_id
            assert not set(filter(None, other.lines[1:])) & set(run.lines[1:])


def test_groups_have_headings(elo: Runner) -> None:
    """No group of rules is without a heading in words."""
    out = elo("rules", "--lang", "en", "--format", "markdown").out
    headings = re.findall(r"^## (.*)$", out, re.MULTILINE)
    assert len(headings) == len({rule_id.partition("-")[0] for rule_id in EVERY_RULE})
    assert all(heading[0].isupper() for heading in headings)


@pytest.mark.parametrize(("given", "nearest"), [("link-unknwon", "link-unknown"), ("zzz", "elo rules")])
def test_unknown_rule(elo: Runner, given: str, nearest: str) -> None:
    """A rule that there is not ends with exit code 2 and the nearest one."""
    run = elo("rules", given, "--lang", "en")
    assert (run.code, run.out) == (2, "")
    assert nearest in run.err


def test_language_is_the_trackers_and_no_tracker_is_needed(
    elo: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside a tracker the rules speak its first language, elsewhere English; a tracker that is named must be there."""
    finnish = elo("rules", "file-empty").out
    assert finnish == elo("rules", "file-empty", "--lang", "fi").out
    assert finnish != elo("rules", "file-empty", "--lang", "en").out
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert elo("rules", "file-empty", data=None).out == elo("rules", "file-empty", "--lang", "en").out
    assert elo("rules", data=tmp_path / "nowhere").code == 3
    data = trackers.write(tmp_path / "broken", {"measures/m": ""})
    (data / "tracker.yaml").write_text("format: [", "utf-8")
    assert elo("rules", "file-empty", data=data).code == 0
