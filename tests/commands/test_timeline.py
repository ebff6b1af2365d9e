"""`elo timeline`: measures and milestones along time, as characters, a picture, a chart and a table."""

import csv
import json
import re
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from elo_cli.model.languages import LANGUAGES
from elo_cli.model.words import VALUES
from elo_cli.render.pictures.timeline import BAR_SILENT, BAR_STATED, OPEN_END
from elo_cli.render.words.language import Language
from tests import hostile, trackers
from tests.running import Run, Runner

SVG = "{http://www.w3.org/2000/svg}"
FILES = {
    "vocabulary/organisations": "okm:\n  name:\n    en: OKM\n  type: ministry\n",
    "measures/guidance": "name:\n  en: Guidance\nperiod: 2021/2023\nstatus: in-progress\nresponsible: [okm]\n",
    "measures/open": "name:\n  en: Open\n",
    "milestones/pilots": """\
        name:
          en: Pilots
        type: national
        measures: [guidance]
        due: 2022-Q2
        updates:
          - date: 2022-03-01
            by: okm
            due: 2023-Q1
            reason:
              en: The tender failed.
            decided_by: okm
        """,
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a measure with a period and a moved milestone, and one without a date."""
    return trackers.write(tmp_path / "data", FILES)


def picture(run: Run) -> Element:
    """Return the picture of an answer, which has to be well-formed XML."""
    assert run.code in {0, 1}, run.err
    root: Element = fromstring(run.out)
    return root


@pytest.mark.parametrize("width", [40, 80, 160])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_terminal_shows_every_measure_and_milestone(elo: Runner, lang: str, width: int) -> None:
    """At any width the lines fit, and every name of the answer is told, drawn or named as undated."""
    run = elo("timeline", "--lang", lang, width=width)
    assert run.code == 0
    assert [line for line in run.lines if len(line) > width] == []
    told = "".join(run.out.split())
    answer = json.loads(elo("timeline", "--format", "json").out)
    names = [one["name"][lang] for lane in answer["lanes"] for one in (lane, *lane["milestones"]) if one["name"]]
    if width < 120:
        assert [name for name in names if "".join(name.split()) not in told] == []


def test_ascii_terminal_gets_ascii(elo: Runner, data: Path) -> None:
    """A dumb terminal gets bars and signs of ASCII; only words keep their letters."""
    run = elo("timeline", "--lang", "en", data=data, env={"TERM": "dumb"})
    assert "Guidance" in run.out
    assert "=" in run.out
    assert not set(run.out) & set("━┬─│▶✓◷‼◇◆")


def test_moved_due_is_shown_beside_the_promised_one(elo: Runner, data: Path) -> None:
    """A deadline that moved is told with both dates, in words and in JSON; before the word it stands as promised."""
    (lane, *_) = json.loads(elo("timeline", "--format", "json", "--as-of", "2022-04-01", data=data).out)["lanes"]
    (mark,) = lane["milestones"]
    assert (mark["due"]["text"], mark["promised"]["text"]) == ("2023-Q1", "2022-Q2")
    table = elo("timeline", "--format", "markdown", "--as-of", "2022-04-01", "--lang", "en", data=data).out
    assert "Q1 2023" in table
    assert "Q2 2022" in table
    (lane, *_) = json.loads(elo("timeline", "--format", "json", "--as-of", "2022-02-01", data=data).out)["lanes"]
    assert lane["milestones"][0]["due"]["text"] == "2022-Q2"


def test_what_has_no_date_is_named(elo: Runner, data: Path) -> None:
    """A measure without a period is not drawn, and is said to have none."""
    assert json.loads(elo("timeline", "--format", "json", data=data).out)["undated"] == ["open"]
    assert "Open" in elo("timeline", "--lang", "en", data=data).out


@pytest.mark.parametrize("chart", ["measures", "money"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_picture_says_what_it_is(elo: Runner, lang: str, chart: str) -> None:
    """The SVG has a title and a description, its language, no script, and no address that it would load."""
    run = elo("timeline", "--format", "svg", "--chart", chart, "--lang", lang)
    root = picture(run)
    assert root.get("role") == "img"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == lang
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert title.text
    assert description is not None
    assert description.text
    assert set((root.get("aria-labelledby") or "").split()) == {title.get("id"), description.get("id")}
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert not tags & {"script", "image", "foreignObject", "a", "style", "use"}
    assert "http" not in run.out.replace("http://www.w3.org/2000/svg", "")


def test_picture_shows_statuses_by_shape_and_word(elo: Runner) -> None:
    """What is done and what is unreported differ in more than colour: the words stand beside the signs."""
    words = {element.text for element in picture(elo("timeline", "--format", "svg", "--lang", "en")).iter(f"{SVG}text")}
    assert {"done", "unreported"} <= words


@pytest.mark.parametrize("form", ["svg", "mermaid", "markdown", "csv", "json", "table"])
def test_hostile_names_stay_text(elo: Runner, tmp_path: Path, form: str) -> None:
    """Names that try to be markup, directives or formulas are text in every form."""
    data = trackers.write(tmp_path / "data", hostile.files())
    run = elo("timeline", "--format", form, data=data)
    assert run.code == 0, run.err
    if form == "svg":
        tags = {element.tag.removeprefix(SVG) for element in picture(run).iter()}
        assert not tags & {"script", "img", "table", "h1"}
    elif form == "mermaid":
        # Only what the chart itself writes begins a line, and nothing in a name is active.
        for line in run.lines[1:]:
            assert re.match(r"    (title|dateFormat|axisFormat|todayMarker|section|[^:]+ :)", line), line
            assert not re.search(r"[<>`\[\]{}\"]", line), line
    elif form == "csv":
        assert not re.search(r"(?m)(^|,)\"?=", run.out)


def test_file_is_written_whole_and_not_over_anothers(elo: Runner, data: Path, tmp_path: Path) -> None:
    """-o writes the picture, takes the place of an older one of its own, and leaves any other file alone."""
    target = tmp_path / "line.svg"
    for _ in range(2):
        assert elo("timeline", "-o", str(target), data=data).code == 0
    assert fromstring(target.read_text("utf-8")).tag == f"{SVG}svg"
    target.write_text("<p>mine</p>", "utf-8")
    assert elo("timeline", "-o", str(target), data=data).code != 0
    assert target.read_text("utf-8") == "<p>mine</p>"
    assert elo("timeline", "-o", str(target), "--force", data=data).code == 0
    assert elo("timeline", "-o", str(tmp_path / "line.pdf"), data=data).code == 2


def test_filters(elo: Runner) -> None:
    """--measure shows one measure with its milestones."""
    answer = json.loads(elo("timeline", "--measure", "digital-service-package", "--format", "json").out)
    assert [lane["id"] for lane in answer["lanes"]] == ["digital-service-package"]
    assert len(answer["lanes"][0]["milestones"]) == 5
    assert elo("timeline", "--chart", "money", "--format", "json").code == 2


OPEN = {
    **FILES,
    "measures/quiet": """\
        name:
          en: Quiet
        period: 2021/..
        updates:
          - date: 2021-09-30
            by: okm
            note:
              en: It goes on.
        """,
}


def line_of(run: Run, name: str) -> str:
    """Return the line that is drawn below a name in the terminal."""
    at = next(number for number, line in enumerate(run.lines) if line.startswith(f"{name}:"))
    return next(line for line in run.lines[at + 1 :] if set(line) & set("━─┈"))


@pytest.fixture
def open_data(tmp_path: Path) -> Path:
    """Give a strategy until 2023 with a measure that has no end and no status, and one word of September 2021."""
    data = trackers.write(tmp_path / "data", OPEN)
    (data / "tracker.yaml").write_text((data / "tracker.yaml").read_text("utf-8") + "period: 2020/2023\n", "utf-8")
    return data


def test_bar_ends_where_nothing_more_is_known(elo: Runner, open_data: Path) -> None:
    """A period without an end is drawn to the last word on it, then fades, and its words say that no end is stated."""
    when = ("--as-of", "2026-11-24", "--lang", "en")
    run = elo("timeline", *when, data=open_data, width=80)
    assert "Quiet: 2021–, end not stated, no status stated" in run.out
    drawn = line_of(run, "Quiet").split("┊")[0].rstrip()
    assert re.fullmatch(r" *─+┈┈┈", drawn), drawn
    stated = line_of(run, "Guidance")
    assert "━" in stated
    assert "┈" not in stated
    lanes = json.loads(elo("timeline", "--format", "json", *when, data=open_data).out)["lanes"]
    assert {lane["id"]: lane["known_until"] for lane in lanes} == {"guidance": None, "quiet": "2021-09-30"}
    chart = elo("timeline", "--format", "mermaid", *when, data=open_data).out
    assert re.search(r"end not stated.*:t[0-9]+, 2021-01-01, 2021-10-01", chart)


def test_nothing_is_known_after_the_day_asked_about(elo: Runner, open_data: Path) -> None:
    """Before the word was said, the bar is no longer than its first day."""
    answer = json.loads(elo("timeline", "--format", "json", "--as-of", "2021-03-01", data=open_data).out)
    assert {lane["known_until"] for lane in answer["lanes"] if lane["id"] == "quiet"} == {"2021-01-01"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_legend_names_every_sign(elo: Runner, open_data: Path, lang: str) -> None:
    """Bars with and without a status, an open end, the day and the strategy's end are labelled in every picture."""
    language = Language(lang)
    when = ("--as-of", "2022-11-24", "--lang", lang)
    words = [language.say(text) for text in (BAR_STATED, BAR_SILENT, OPEN_END)]
    days = [
        language.say("as of {day}", day=date(2022, 11, 24)),
        language.say("the strategy ends {day}", day=date(2023, 12, 31)),
    ]
    screen = elo("timeline", *when, data=open_data, width=80).out
    svg = picture(elo("timeline", "--format", "svg", *when, data=open_data))
    told = " ".join(text.text or "" for text in svg.iter(f"{SVG}text"))
    for text in (*words, *days):
        # On one line: a sign and its words stay together.
        assert text in screen
        assert text in told
    assert days[1] in elo("timeline", "--format", "mermaid", *when, data=open_data).out


def test_what_a_strategy_does_not_state_is_not_marked(elo: Runner, data: Path) -> None:
    """Without a period of the strategy there is no line and no word of its end."""
    assert json.loads(elo("timeline", "--format", "json", data=data).out)["strategy_end"] is None
    assert "the strategy ends" not in elo("timeline", "--lang", "en", data=data).out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_money_as_a_chart_of_one_basis(elo: Runner, lang: str) -> None:
    """Each basis has a chart of its own, in which every bar is named with its sum and stage; the others are told."""
    run = elo("timeline", "--chart", "money", "--format", "mermaid", "--lang", lang)
    assert run.code == 0
    assert "--basis per-year" in run.err
    table = list(csv.reader(elo("timeline", "--chart", "money", "--format", "csv", "--lang", lang).out.splitlines()))
    total = Language(lang).say(VALUES["basis"]["total"])
    stated = [row for row in table[1:] if row[2] == total and any(character.isdigit() for character in row[3])]
    bars = next(line for line in run.lines if line.startswith("    bar [")).strip("bar []").split(", ")
    assert len(bars) == len(stated)
    assert next(line for line in run.lines if "x-axis" in line).count('"') == 2 * len(bars)
    assert elo("timeline", "--chart", "money", "--basis", "total").code == 2


def test_money_chart_keeps_names_text(elo: Runner, tmp_path: Path) -> None:
    """A name that would end the quotes, or begin a directive, is text; a tracker without amounts has no chart."""
    data = trackers.write(tmp_path / "data", hostile.files())
    charts = 0
    for basis in ("total", "per-year", "unstated"):
        run = elo("timeline", "--chart", "money", "--format", "mermaid", "--basis", basis, data=data)
        assert run.code in {0, 2}
        charts += run.code == 0
        for line in run.lines[8:]:
            whole = r'xychart-beta horizontal|    (title|y-axis) "[^"]*".*'
            assert re.fullmatch(rf'{whole}|    x-axis \[("[^"]*",? ?)+\]|    bar \[[0-9., ]+\]', line), line
            assert not re.search(r"[<`{}%\\]", line), line
    assert charts
    empty = trackers.write(tmp_path / "empty", FILES)
    assert elo("timeline", "--chart", "money", "--format", "mermaid", data=empty).code == 2
