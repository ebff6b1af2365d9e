"""What a sum hides is marked behind it wherever a measure's money is told, and the marks are explained there."""

import re
from html import unescape
from pathlib import Path

import pytest

from tests.running import Runner
from tests.trackers import write

FILES = {
    "vocabulary/goals": "g:\n  type: strategic-goal\n  name:\n    en: A goal\n",
    "vocabulary/documents": "d:\n  name:\n    en: Slides\n  date: 2021-01-01\n",
    "meetings/f": "type: forum\ndate: 2021-06-01\n",
    "measures/m": "key: true\ngoal: g\n",
    "funding/whole": "measures:\n  - m\nstage: granted\namount: 9.3 M€\nbasis: total\nmay_overlap:\n  - part\n",
    "funding/part": (
        "measures:\n  - m\nstage: unstated\namount: 3 M€\nbasis: total\n"
        "sources:\n  - document: d\n    inferred:\n      - basis\n"
    ),
    "funding/old": "measures:\n  - m\nstage: paid\namount: 5 M€\nbasis: total\nperiod: 2019\n",
}
CONFIG = "format: 1\nname:\n  en: A strategy\nlanguages:\n  - en\nperiod: 2020/2023\n"
SUMS = ("€9.3 million†", "€3 million‡†", "€5 million°")
LEGEND = "‡ stage or basis inferred · † may be the same funding as another line · ° from before the strategy"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Write a tracker whose three sums hide one thing each."""
    folder = write(tmp_path / "data", FILES)
    (folder / "tracker.yaml").write_text(CONFIG, "utf-8")
    return folder


@pytest.mark.parametrize("words", [("status",), ("report", "summary"), ("report", "meeting", "--meeting", "f")])
def test_marks_stand_behind_sums_and_are_explained(elo: Runner, data: Path, words: tuple[str, ...]) -> None:
    """A possible overlap, an inferred basis and money of before the strategy are marked on screen and in reports."""
    run = elo(*words, "--lang", "en", "--as-of", "2021-06-01", data=data, width=100)
    assert run.err == ""
    text = " ".join(run.out.split())
    assert [amount for amount in SUMS if amount not in text] == []
    assert text.count(LEGEND) == 1


def test_marks_are_explained_on_the_page_that_shows_them(elo: Runner, data: Path, tmp_path: Path) -> None:
    """The start page of the site has the marks and what they mean."""
    assert elo("site", str(tmp_path / "site"), "--as-of", "2021-06-01", data=data).code == 0
    pages = (path.read_text("utf-8") for path in (tmp_path / "site").rglob("index.html"))
    page = next(page for page in pages if "9.3" in page)
    assert [sign for sign in ("million†", "million‡†", "million°") if sign not in page] == []
    assert LEGEND in page


def test_page_of_a_measure_says_what_is_not_to_be_added_up(elo: Runner, data: Path, tmp_path: Path) -> None:
    """Among a measure's lines a part names its whole, what is not counted says so, and both come after what counts."""
    below = "measures:\n  - m\nstage: granted\namount: 2 M€\nbasis: total\npart_of: whole\n"
    other = "measures:\n  - m\nstage: unstated\namount: 235 M€\nbasis: total\ncounted: false\n"
    write(data, {"funding/a": below, "funding/b": other})
    assert elo("site", str(tmp_path / "site"), "--as-of", "2021-06-01", "--lang", "en", data=data).code == 0
    page = (tmp_path / "site" / "en" / "measures" / "m.html").read_text("utf-8")
    text = " ".join(unescape(re.sub("<[^>]+>", "", page[page.index("Funding<") :])).replace("\xa0", " ").split())
    said = (
        "€9.3 million, granted (may be the same funding as another line)",
        "€2 million, granted (part of: Whole)",
        "€235 million, stage not stated (not the strategy's funding, in no sum)",
    )
    places = [text.find(sentence) for sentence in said]
    assert -1 not in places
    assert places == sorted(places)


def test_lines_without_an_amount_are_counted_once(elo: Runner, data: Path, tmp_path: Path) -> None:
    """What is a measure's own and what several share are two sums; those without an amount are one number."""
    own = "measures:\n  - m\nstage: proposed\ninstrument: x\n"
    shared = "measures:\n  - m\n  - n\nstage: proposed\ninstrument: x\n"
    instruments = "x:\n  name:\n    en: Budget\n"
    more = {"measures/n": "key: true\ngoal: g\n", "funding/own": own, "funding/shared": shared}
    write(data, {**more, "vocabulary/instruments": instruments})
    assert elo("site", str(tmp_path / "site"), "--as-of", "2021-06-01", "--lang", "en", data=data).code == 0
    pages = (path.read_text("utf-8") for path in (tmp_path / "site").rglob("index.html"))
    page = next(page for page in pages if "9.3" in page)
    words = " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())
    assert "proposed: 2 without an amount (Budget)" in words
    assert "no amount; no amount" not in words
