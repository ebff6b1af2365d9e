"""The lists of `elo site`: filters and orders as links, the alphabet of the reader, and a plan of hundreds."""

import re
from html import unescape
from pathlib import Path

import pytest

from elo_cli.cli import main
from elo_cli.render.site.lists import ROWS
from tests import trackers
from tests.running import DATA, Runner

DAY = ("--as-of", "2026-11-24")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the repository's data, written once."""
    folder = tmp_path_factory.mktemp("site") / "public"
    assert main(["site", str(folder), "--data", str(DATA), "--lang", "en", *DAY]) == 0
    return folder


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of a plan of 400 milestones."""
    base = tmp_path_factory.mktemp("plan")
    assert main(["site", str(base / "public"), "--data", str(trackers.large(base / "data")), *DAY]) == 0
    return base / "public"


def names(page: Path) -> list[str]:
    """Return the names in the rows of a list, in their order."""
    rows = re.findall(r'<th scope="row"[^>]*>(?:<a [^>]*>)?(?:<span [^>]*>)?([^<]*)', page.read_text("utf-8"))
    return [unescape(row) for row in rows]


def counts(page: Path) -> dict[str, int]:
    """Return what each filter's link says it holds, by its address from the language's folder."""
    links = re.findall(
        r'<a href="(?:\.\./)?([^"]+)"[^>]*>.*?</a> <span class="soft">([0-9]+)</span>', page.read_text("utf-8")
    )
    return {address: int(number) for address, number in links}


@pytest.mark.parametrize(
    "path", ["measures/index.html", "milestones/index.html", "funding/index.html", "deadlines.html"]
)
def test_a_filter_is_a_page_that_holds_what_its_link_says(site: Path, path: str) -> None:
    """Each link of a list leads to a page that has as many rows as it says, in every language and without a script."""
    for language in ("fi", "sv", "en"):
        filters = counts(site / language / path)
        assert len(filters) > 4
        for address, number in filters.items():
            assert len(names(site / language / address)) == number, address


def test_lists_are_in_the_alphabet_of_the_reader(elo: Runner, tmp_path: Path) -> None:
    """Names with å, ä and ö come last in Finnish and Swedish, and with a and o in English; so does the list of all."""
    texts = {"one": "Öljy", "two": "Alku", "three": "Zeta", "four": "Ähky"}
    files = {
        f"measures/{key}": "name:\n" + "".join(f"  {code}: {name}\n" for code in ("fi", "sv", "en"))
        for key, name in texts.items()
    }
    files["tracker.yaml"] = "format: 1\nname:\n  fi: S\n  sv: S\n  en: S\nlanguages: [fi, sv, en]\n"
    data = trackers.write(tmp_path / "data", files)
    assert elo("site", str(tmp_path / "public"), data=data).code == 0
    right = {"fi": ["Alku", "Zeta", "Ähky", "Öljy"], "sv": ["Alku", "Zeta", "Ähky", "Öljy"]}
    right["en"] = ["Ähky", "Alku", "Öljy", "Zeta"]
    for language, order in right.items():
        assert names(tmp_path / "public" / language / "measures" / "index.html") == order
        page = (tmp_path / "public" / language / "search.html").read_text("utf-8")
        assert re.findall(r"<a href=\"measures/(?!index)[^>]*>([^<]*)</a>", page) == order
        letters = re.findall(r'<h2 id="letter-[0-9]+">([^<]*)</h2>', page)
        assert letters == (["A", "O", "Z"] if language == "en" else ["A", "Z", "Ä", "Ö"])


def test_no_page_of_a_list_has_more_rows_than_fit(plan: Path) -> None:
    """A long list is several pages, which hold each row once; so is each of its sets and orders."""
    first = plan / "en/milestones/index.html"
    pages = [first, *sorted((plan / "en/milestones").glob("index.*.html"))]
    rows = [name for page in pages for name in names(page)]
    assert len(pages) == 4
    assert len(rows) == len(set(rows)) == 400
    assert all(len(names(page)) <= ROWS for page in (plan / "en").rglob("*.html"))
    assert 'rel="next"' in first.read_text("utf-8")
    assert (plan / "en/milestones-by/order-due.4.html").exists()


def test_the_start_page_of_a_plan_counts_and_lists_no_measure(plan: Path) -> None:
    """Of many measures the start page has numbers by component, with a link to what they count, and no card."""
    page = (plan / "en/index.html").read_text("utf-8")
    assert 'class="cards"' not in page
    assert page.count('<section class="group">') == 20
    assert "0 of 20 reported as done" in page
    assert '<a href="milestones-by/component-p1c1.html">20 milestones</a>' in page


def test_the_start_page_tells_each_goal_in_numbers(site: Path) -> None:
    """Each goal says how many measures and milestones are done, beside a bar that says no more, and its money."""
    page = (site / "en/index.html").read_text("utf-8")
    digital = page.split("<section")[3]
    assert "goals/goal-digital.html" in digital
    assert "0 of 5 reported as done" in digital
    assert "proposed 2021, no update on the decision: €26 million" in digital
    assert digital.count('aria-hidden="true"') == digital.count("<svg") == 2


def test_the_milestones_stand_in_the_menu(site: Path, elo: Runner, tmp_path: Path) -> None:
    """However few milestones there are, the menu leads to them; where there are none it does not."""
    link = '<a href="milestones/index.html">'
    assert link in (site / "en/index.html").read_text("utf-8")
    data = trackers.write(tmp_path / "data", {"measures/one": "key: true\n"})
    assert elo("site", str(tmp_path / "public"), data=data).code == 0
    assert link not in (tmp_path / "public/en/index.html").read_text("utf-8")


def test_a_measure_tells_its_statuses_along_time(elo: Runner, tmp_path: Path) -> None:
    """A page lists each status with its day and who said it; one that is not known to hold still says so."""
    files = {
        "vocabulary/organisations": "okm:\n  name:\n    en: Ministry\n  type: ministry\n",
        "vocabulary/documents": "plan:\n  name:\n    en: Plan\n  date: 2021-04-09\n",
        "measures/one": (
            "status: planned\nsources:\n  - document: plan\n"
            "updates:\n  - date: 2022-01-10\n    by: okm\n    status: in-progress\n"
        ),
    }
    data = trackers.write(tmp_path / "data", files)
    assert elo("site", str(tmp_path / "public"), *DAY, data=data).code == 0
    page = (tmp_path / "public/en/measures/one.html").read_text("utf-8")
    table = page.split("Statuses along time</h2>")[1].split("</table>")[0]
    said = [re.sub("<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][ >].*?</t[hd]>", table)]
    assert said[3:] == ["planned", "9 April 2021", "as first stated", "in progress", "10 January 2022", "Ministry"]
    assert "Nothing has been said of the status since then." in page


def test_pages_and_data_tell_no_way_through_the_machine(site: Path) -> None:
    """No page, index or download says where the data lay on the disk of whoever wrote it."""
    for path in site.rglob("*"):
        if path.is_file():
            assert str(DATA.parent).encode() not in path.read_bytes(), path
    assert ".yaml" not in (site / "en/measures/onni.html").read_text("utf-8")


def test_the_money_has_a_picture_for_a_telephone(site: Path) -> None:
    """Beside the wide picture stands a narrow one that says the same sums, and no id is there twice."""
    page = (site / "en/money.html").read_text("utf-8")
    wide, narrow = re.findall("<svg.*?</svg>", page, re.DOTALL)
    assert 'viewBox="0 0 320 ' in narrow
    assert max(float(x) for x in re.findall(r'[ "]x="([0-9.]+)"', narrow)) < 320
    tooltips = [re.findall("<g><title>(.*?)</title>", picture) for picture in (wide, narrow)]
    assert tooltips[0] == tooltips[1] != []
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", narrow)) <= set(re.findall(r'<pattern id="([^"]+)"', narrow))


def test_many_measures_stand_along_time_by_goal(elo: Runner, tmp_path: Path) -> None:
    """The picture of more measures than anyone reads has a row each goal, and not none."""
    files = {f"measures/m{n}": "goal: aim\nperiod: 2021/2023\nsources:\n  - document: plan\n" for n in range(61)} | {
        "vocabulary/goals": "aim:\n  type: strategic-goal\n  name:\n    en: The aim\n",
        "vocabulary/documents": "plan:\n  name:\n    en: Plan\n  date: 2021-04-09\n",
    }
    data = trackers.write(tmp_path / "data", files)
    assert elo("site", str(tmp_path / "public"), *DAY, data=data).code == 0
    (picture,) = re.findall(
        "<svg xmlns.*?</svg>", (tmp_path / "public/en/deadlines.html").read_text("utf-8"), re.DOTALL
    )
    assert "The aim" in picture
    assert "m60" not in picture
