"""The guide for a secretariat: three languages, one year; tests/docs/test_generated.py runs every command of it."""

import re
import shlex
from pathlib import Path

import pytest

from docs.guide_pages import CONSOLE, SCREEN, CommandFailed, walk
from elo_cli.cli import VERBS
from elo_cli.model.languages import LANGUAGES

DOCS = Path(__file__).parents[2] / "docs"
GUIDES = {path.suffixes[0].removeprefix("."): path.read_text("utf-8") for path in sorted(DOCS.glob("guide.*.md"))}
LABELS = {
    "fi": ("**Tee.**", "**Näet.**", "**Tarkista.**"),
    "sv": ("**Gör.**", "**Visas.**", "**Kontrollera.**"),
    "en": ("**Do.**", "**See.**", "**Check.**"),
}


def commands(text: str) -> list[list[str]]:
    """Return the words of each command of a guide, in order."""
    return [shlex.split(line) for block in CONSOLE.findall(text) for line in block.splitlines()]


def situations(text: str) -> list[str]:
    """Return what stands below each numbered heading."""
    return re.split(r"^## \d+\. .*$", text, flags=re.MULTILINE)[1:]


def test_there_is_a_guide_in_every_language() -> None:
    """A reader finds the guide in the language that elo speaks."""
    assert set(GUIDES) == set(LABELS) == set(LANGUAGES)


@pytest.mark.parametrize("language", GUIDES)
def test_each_situation_says_what_to_do_to_see_and_to_check(language: str) -> None:
    """Ten situations, each with its three parts in that order, its day, a command and a screen."""
    parts = situations(GUIDES[language])
    assert len(parts) == 10
    for part in parts:
        places = [part.find(label) for label in LABELS[language]]
        assert -1 < places[0] < places[1] < places[2]
        assert part.count("<!-- day: ") == 1
        assert "```console\nelo " in part
        assert "```text\n" in part, "make docs"


@pytest.mark.parametrize("language", GUIDES)
def test_the_guides_tell_the_same_year(language: str) -> None:
    """The same verbs with the same options in the same order, on the same days, whatever the language of the words."""

    def told(text: str) -> list[list[str]]:
        days = re.findall(r"<!-- day: .* -->", text)
        return [days, *([word for word in words if word in VERBS or word[:2] == "--"] for words in commands(text))]

    assert told(GUIDES[language]) == told(GUIDES["fi"])


@pytest.mark.parametrize("language", GUIDES)
def test_the_year_ends_in_order(language: str) -> None:
    """Before the data is published there is no error and no warning in it, and at the end nothing is left unsaved."""
    screens = re.findall(r"```text\n(.*?)```", GUIDES[language], re.DOTALL)
    checked, last = screens[-3], screens[-1]
    assert re.match(r"elo: 0 \w+, 0 \w+, \d+ \w+", checked)
    assert len(last.splitlines()) == 2, "two lines: what is compared, and that nothing has changed"


def test_a_command_that_fails_fails_the_guide() -> None:
    """A command that leaves with another code than 0 is named, with what it said."""
    with pytest.raises(CommandFailed, match="elo show no-such-record\nelo: "):
        walk("```console\nelo show dsp-pilots\nelo show no-such-record\n```", "en")


def test_a_screen_is_what_the_command_before_it_gave() -> None:
    """A stale screen is written anew, and the text around it stays."""
    before = "Text\n\n```console\ngit status --short\nelo list goals\n```\n\n"
    new = walk(f"{before}{SCREEN[0]}\nstale\n{SCREEN[1]}\nMore\n", "sv")
    assert new.startswith(before)
    assert new.endswith("\nMore\n")
    assert "Digitalt" in new
    assert "stale" not in new
    assert walk(new, "sv") == new
