"""`elo timeline`: measures and milestones along time, as characters, a picture, a chart and a table."""

import json
import re
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from elo_cli.model.languages import LANGUAGES
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
    assert root.get("lang") == lang
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
