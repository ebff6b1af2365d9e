"""Sentences that a civil servant signs: of news, lateness and money, each from a small tracker."""

import re
from pathlib import Path

import pytest

from tests import trackers
from tests.running import Runner

DOCUMENTS = "slides:\n  name:\n    en: Slides\n  date: 2021-04-09\n"
GOALS = "g:\n  type: strategic-goal\n  name:\n    en: A goal\n"
BODIES = "okm:\n  type: ministry\n  name:\n    en: A ministry\n"
SOURCE = "sources:\n  - document: slides\n"
VOCABULARY = {"vocabulary/documents": DOCUMENTS, "vocabulary/goals": GOALS, "vocabulary/organisations": BODIES}
MEASURE = f"key: true\ngoal: g\nresponsible:\n  - okm\nstatus: in-preparation\n{SOURCE}"
NOTE = "updates:\n  - date: 2022\n    by: okm\n    note:\n      en: Still under way\n"
LATER = f"type: forum\ndate: 2024-05-01\n{SOURCE}"


def told(run: str) -> str:
    """Return what was told, with no lines to break a sentence."""
    return " ".join(run.replace("\xa0", " ").split())


def written(folder: Path, files: dict[str, str]) -> Path:
    """Write a tracker with a document, a goal and a ministry to refer to."""
    return trackers.write(folder / "data", {**VOCABULARY, **files})


def test_every_screen_names_the_same_last_update(elo: Runner, tmp_path: Path) -> None:
    """Status, record, page, brief and summary say `2022` of a note that was dated so, and no day that nobody named."""
    data = written(tmp_path, {"measures/m": f"{MEASURE}{NOTE}", "meetings/later": LATER})
    site = tmp_path / "site"
    assert elo("site", str(site), "--as-of", "2024-05-01", data=data).code == 0
    verbs = (("status",), ("show", "m"), ("report", "summary"), ("report", "chase"))
    pages = (site / "en" / "index.html", site / "en" / "measures" / "m.html")
    texts = [
        *(elo(*words, "--lang", "en", "--as-of", "2024-05-01", data=data).out for words in verbs),
        *(re.sub("<[^>]+>", " ", page.read_text("utf-8")) for page in pages),
    ]
    assert [text for text in texts if "ast update 2022" not in told(text) and "last heard of 2022" not in text] == []
    assert [text for text in texts if "31 December 2022" in text or "since the original entry" in text] == []


def test_a_brief_shows_the_state_and_the_day_of_it_apart(elo: Runner, tmp_path: Path) -> None:
    """A note changes what was last heard, and not the day of which the status is."""
    data = written(tmp_path, {"measures/m": f"{MEASURE}{NOTE}", "meetings/later": LATER})
    brief = elo("report", "meeting", "--meeting", "later", "--lang", "en", data=data).out
    assert "in preparation as of 9 April 2021" in told(brief)
    assert "- Last update: 2022" in brief


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fi", "Määräaika umpeutunut, toteutumisesta ei tietoa"),
        ("sv", "Tidsfristen har gått ut, uppgift om utfallet saknas"),
        ("en", "Passed, outcome not known"),
    ],
)
def test_silence_is_headed_outcome_not_known(elo: Runner, tmp_path: Path, lang: str, said: str) -> None:
    """A due that passed without a word is not said to be undone."""
    data = written(tmp_path, {"milestones/s": f"type: national\ndue: 2021-05-17\n{SOURCE}"})
    text = told(elo("deadlines", "--past", "--lang", lang, "--as-of", "2022-01-01", data=data).out)
    assert said in text
    assert "not done" not in text


def test_contested_is_told_wherever_deadlines_are(elo: Runner, tmp_path: Path) -> None:
    """Completed and assessed as not fulfilled: deadlines, status and the brief say contested, and none says done."""
    objection = "updates:\n  - date: 2021-06-01\n    by: okm\n    status: completed\n    eu: negative\n"
    files = {
        "measures/m": MEASURE,
        "milestones/s": f"type: rrf-milestone\nmeasures:\n  - m\ndue: 2021-06-30\n{SOURCE}{objection}",
        "meetings/later": LATER,
    }
    data = written(tmp_path, files)
    for words in (("deadlines",), ("status",), ("report", "meeting", "--meeting", "later"), ("show", "s")):
        text = told(elo(*words, "--lang", "en", data=data).out)
        assert "contested" in text, words
        assert "1 done" not in text


def test_what_was_withdrawn_is_not_done(elo: Runner, tmp_path: Path) -> None:
    """A milestone that was given up is withdrawn, and no open deadline."""
    given_up = "updates:\n  - date: 2021-05-01\n    by: okm\n    status: withdrawn\n"
    data = written(tmp_path, {"milestones/s": f"type: national\ndue: 2021-05-17\n{SOURCE}{given_up}"})
    assert "milestones: 1 withdrawn" in elo("status", "--lang", "en", data=data).out
    assert "No open deadline has passed." in elo("deadlines", "--lang", "en", data=data).out


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fi", "osa kokonaisuudesta 4 milj. €, osuutta ei ilmoitettu"),
        ("sv", "del av en helhet på 4 mn €, andelen ej angiven"),
        ("en", "part of a whole of €4 million, share not stated"),
    ],
)
def test_shared_money_is_a_part_of_a_whole(elo: Runner, tmp_path: Path, lang: str, said: str) -> None:
    """Of money for several measures each is told the whole, and that its share is not stated."""
    line = f"measures:\n  - m\n  - n\nstage: proposed\namount: 4 M€\nbasis: total\n{SOURCE}"
    data = written(tmp_path, {"measures/m": MEASURE, "measures/n": MEASURE, "funding/f": line})
    assert told(elo("status", "--lang", lang, data=data).out).count(said) == 2


@pytest.mark.parametrize(
    ("day", "said", "never"),
    [
        ("2021-04-09", "pending a decision", "no update on the decision"),
        ("2026-11-24", "proposed 2021, no update on the decision", "pending"),
    ],
)
def test_a_decision_of_years_ago_is_not_pending(elo: Runner, tmp_path: Path, day: str, said: str, never: str) -> None:
    """Money that a session of 2021 was to decide waits for it then, and years later nobody has told the decision."""
    line = f"measures:\n  - m\nstage: proposed\namount: 2.5 M€\ndecided_at: session\n{SOURCE}"
    session = f"type: mid-term-review\ndate: 2021\n{SOURCE}"
    data = written(tmp_path, {"measures/m": MEASURE, "funding/f": line, "meetings/session": session})
    shown = told(elo("show", "f", "--lang", "en", "--as-of", day, data=data).out)
    assert said in shown
    assert never not in shown
    assert "promised" not in told(elo("funding", "--lang", "en", "--as-of", day, data=data).out)


def test_a_decision_is_awaited_once(elo: Runner, tmp_path: Path) -> None:
    """A part stands beneath its whole, and no decision of its own is awaited for it."""
    files = {
        "measures/m": MEASURE,
        "funding/whole": f"measures:\n  - m\nstage: proposed\namount: 10 M€\nbasis: total\n{SOURCE}",
        "funding/part": f"measures:\n  - m\nstage: proposed\namount: 4 M€\nbasis: total\npart_of: whole\n{SOURCE}",
        "meetings/later": LATER,
    }
    brief = elo("report", "meeting", "--meeting", "later", "--lang", "en", data=written(tmp_path, files)).out
    awaited = brief[brief.index("## Decisions that are awaited") : brief.index("## Annex 1")]
    lines = [line for line in awaited.splitlines() if line.startswith("  - ")]
    assert len(lines) == 1
    assert "€10 million" in lines[0]
    assert "€4 million" in lines[0]


def test_parts_about_as_large_as_their_whole_are_no_finding(elo: Runner, tmp_path: Path) -> None:
    """24.4 of about 24.3 million is what “about” means; of exactly 24.3 it is too much."""
    part = f"measures:\n  - m\nstage: granted\namount: 24.4 M€\nbasis: per-year\npart_of: whole\n{SOURCE}"
    whole = f"measures:\n  - m\nstage: granted\namount: 24.3 M€\nbasis: per-year\n{SOURCE}"
    about = {"measures/m": MEASURE, "funding/part": part, "funding/whole": f"{whole}approximate: true\n"}
    exact = {**about, "funding/whole": whole}
    found = [
        "money-parts-exceed-whole" in elo("check", "--lang", "en", data=written(tmp_path / name, files)).out
        for name, files in (("about", about), ("exact", exact))
    ]
    assert found == [False, True]
