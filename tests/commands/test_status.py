"""`elo status`: the secretariat's screen."""

import json
import unicodedata
from pathlib import Path

import pytest

from elo_cli.model.languages import LANGUAGES
from tests import trackers
from tests.running import Runner

FORUM_DAY = "2021-04-09"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("day", [FORUM_DAY, "2021-12-31", "2026-11-24"])
def test_nine_measures_fit_on_one_screen(elo: Runner, lang: str, day: str) -> None:
    """The screen has at most 48 lines of at most 80 columns, in each language, on the forum's day and today."""
    run = elo("status", "--lang", lang, "--as-of", day)
    assert run.code == 0
    assert len(run.lines) <= 48
    assert [line for line in run.lines if len(line) > 80] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [40, 80, 119, 120, 160])
def test_nothing_is_cut(elo: Runner, lang: str, width: int) -> None:
    """Every key measure's whole name, whoever is responsible, and every amount is there at each width."""
    run = elo("status", "--lang", lang, "--as-of", FORUM_DAY, width=width)
    told = _squeezed(run.out)
    answer = json.loads(elo("status", "--as-of", FORUM_DAY, "--format", "json").out)
    measures = [measure for goal in answer["goals"] for measure in goal["measures"] if measure["key"]]
    assert len(measures) == 9
    for measure in measures:
        if width < 120:
            assert _squeezed(measure["name"][lang]) in told
        for word in measure["name"][lang].split():
            assert _squeezed(word) in told
    assert "…" not in run.out


def test_forum_day_shows_what_the_slides_say(elo: Runner) -> None:
    """On the forum's day the money stands at its stages, and what the slides leave open is said to be not stated."""
    text = _squeezed(elo("status", "--lang", "en", "--as-of", FORUM_DAY).out)
    for told in (
        "proposed: €26 million (RRF)",
        "granted: €3 million‡† (government grant), about €24.3 million/year‡; €9.3 million‡† (budget)",
        "stage not stated: €15 million (in total or per year?)†",
        "no status stated",
        "spring 2021 due soon",
    ):
        assert _squeezed(told) in text


def test_today_says_how_old_the_last_word_is(elo: Runner) -> None:
    """Years later the screen says that nobody has reported, and does not call it late."""
    text = _squeezed(elo("status", "--lang", "en").out)
    assert _squeezed("milestones: 1 done, 11 unreported") in text
    assert _squeezed("last heard 9 April 2021") in text
    assert "overdue" not in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_sum_hides_is_marked_and_explained(elo: Runner, lang: str) -> None:
    """An inferred stage or basis and a possible overlap have a sign each, explained on one line of 80 columns."""
    lines = elo("status", "--lang", lang, "--as-of", FORUM_DAY).lines
    assert len([line for line in lines if line.startswith("‡ ") and " · † " in line]) == 1
    assert [line for line in elo("status", "--lang", lang, env={"TERM": "dumb"}).lines if " · ^ " in line]


def test_signs_that_nobody_needs_are_not_explained(elo: Runner, tmp_path: Path) -> None:
    """Where every stage and basis stands in its source there is neither a sign nor a legend."""
    data = trackers.write(
        tmp_path, {"measures/m": "key: true", "funding/f": "measures: [m]\nstage: paid\namount: 2 M€\n"}
    )
    out = elo("status", data=data).out
    assert "2 million" in out
    assert "*" not in out
    assert "†" not in out


def test_wide_screen_uses_its_width(elo: Runner) -> None:
    """At 160 columns the answer is shorter than at 80, and lines reach beyond the middle."""
    narrow, wide = elo("status", width=80), elo("status", width=160)
    assert len(wide.lines) < len(narrow.lines)
    assert sum(len(line) > 100 for line in wide.lines) >= 9


@pytest.mark.parametrize(
    ("env", "signs"),
    [({}, "◔◷→"), ({"NO_COLOR": "1"}, "◔◷→"), ({"TERM": "dumb"}, ""), ({"TERM": "dumb", "NO_COLOR": "1"}, "")],
)
def test_a_pipe_gets_no_escape_sequences(elo: Runner, env: dict[str, str], signs: str) -> None:
    """Colour never reaches a pipe; a dumb terminal gets signs of ASCII, and the words stay."""
    run = elo("status", "--lang", "en", "--as-of", FORUM_DAY, env=env)
    assert "\x1b" not in run.out
    assert {sign for sign in "◔◷→" if sign in run.out} == set(signs)
    assert "in preparation" in run.out
    assert "due soon" in run.out


def test_all_shows_the_related_measures(elo: Runner) -> None:
    """--all adds the measures that are not key ones, and the hint to it is gone."""
    shown = elo("status", "--all", "--lang", "en")
    assert "Digivisio" in shown.out
    assert "elo status --all" in elo("status", "--lang", "en").out
    assert "elo status --all" not in shown.out


def test_a_broken_file_makes_the_answer_incomplete(elo: Runner, tmp_path: Path) -> None:
    """One file that cannot be read is named on stderr and in the JSON, the rest is told, and the exit code is 1."""
    data = trackers.write(tmp_path, {"measures/good": "key: true", "measures/bad": "key: [unfinished"})
    run = elo("status", data=data)
    assert run.code == 1
    assert "Good" in run.out
    assert "measures/bad.yaml" in run.err
    answer = elo("status", "--format", "json", data=data)
    assert answer.code == 1
    assert json.loads(answer.out)["incomplete"] == [f"{data}/measures/bad.yaml"]


def test_hostile_names_stay_text(elo: Runner, tmp_path: Path) -> None:
    """Markup, and words of 400 letters, are shown as text in every form of the answer."""
    name = "[/b][red]x[/red] <script> | `a` @okm " + "y" * 400
    data = trackers.write(tmp_path, {"measures/m": f"name:\n  en: '{name}'\nkey: true\n"})
    run = elo("status", data=data)
    assert run.code == 0
    assert "[/b][red]x[/red] <script> | `a` @okm" in run.out
    assert run.out.count("y") >= 400
    for form in ("json", "csv", "markdown"):
        assert elo("status", "--format", form, data=data).code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--as-of", "2021-02-30"), "2021-12-31"),
        (("--as-of", "soon"), "2021-12-31"),
        (("--lang", "xx"), "fi, sv"),
        (("--format", "pdf"), "--format"),
        (("--no-such",), "--no-such"),
    ],
)
def test_wrong_use_says_what_would_be_right(elo: Runner, words: tuple[str, ...], told: str) -> None:
    """A wrong option ends with exit code 2, one message on stderr, and nothing on stdout."""
    run = elo("status", *words)
    assert (run.code, run.out) == (2, "")
    assert told in run.err
    assert "Traceback" not in run.err


def test_missing_data_folder(elo: Runner, tmp_path: Path) -> None:
    """A folder without a tracker is told with exit code 3."""
    run = elo("status", data=tmp_path / "nowhere")
    assert (run.code, run.out) == (3, "")
    assert "nowhere" in run.err


def _squeezed(text: str) -> str:
    """Give the text without any white space, so that wrapping does not matter."""
    return "".join(unicodedata.normalize("NFKC", text).split())
