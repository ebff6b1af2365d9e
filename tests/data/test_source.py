"""Each fact of the repository's data says where it is from, and what was deduced says how."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from elo_cli.store.loading import load
from elo_cli.store.source import WorkTree
from elo_cli.store.tracker import Entry, Tracker

ROOT: Final = Path(__file__).parents[2]
SLIDES: Final = "forum-slides-2021-04-09"
ELSEWHERE: Final = {
    "digitalisation-programme",
    "digivisio-additional-grant",
    "digivisio-special-grant",
    "european-commission",
    "rrf-reform-p3c2r1",
    "special-grant",
    "valtiokonttori",
    "vm",
}
"""Records that the slides do not hold, from the sources that docs/data.md names; documents speak for themselves."""


@pytest.fixture(scope="module")
def tracker() -> Tracker:
    """Load the repository's data once."""
    return load(WorkTree(ROOT / "data"))


def test_every_record_names_its_slide(tracker: Tracker) -> None:
    """Each record comes from a slide of the deck, or is one of the few that are known to come from elsewhere."""
    others = {
        entry.id
        for entry in tracker.entries.values()
        if entry.kind.name != "document" and not _slides(_holders(entry)[:1])
    }
    assert others == ELSEWHERE


def test_every_slide_is_used(tracker: Tracker) -> None:
    """No slide of the deck is left without a record."""
    used = {slide for entry in tracker.entries.values() for slide in _slides(_holders(entry))}
    assert used == set(range(1, 23))


def test_what_is_deduced_says_how(tracker: Tracker) -> None:
    """A field listed as inferred is there, and a note stands beside it."""
    wrong = [
        (entry.id, field)
        for entry in tracker.entries.values()
        for holder in _holders(entry)
        for source in holder.get("sources", [])
        for field in source.get("inferred", [])
        if field not in holder or not (source.get("note") or holder.get("note"))
    ]
    assert wrong == []


def test_an_update_brings_the_word_of_a_later_document(tracker: Tracker) -> None:
    """Only what the slides say happened before them is an update from the slides; all others have their own source."""
    from_slides = {
        entry.id
        for entry in tracker.entries.values()
        for update in _holders(entry)[1:]
        if any(source["document"] == SLIDES for source in update["sources"])
    }
    assert from_slides == {"budget-session-autumn-2020", "strategy-publication"}


def test_every_text_is_in_all_languages(tracker: Tracker) -> None:
    """Each text has the tracker's three languages."""
    languages = set(tracker.config.languages)
    wrong = [
        (entry.id, text)
        for entry in tracker.entries.values()
        for text in _texts(entry.data)
        if set(text) != languages or not all(text.values())
    ]
    assert wrong == []


def test_the_manual_lists_every_record_under_its_slides(tracker: Tracker) -> None:
    """The table of docs/data.md names, for each slide, exactly the records that cite it, vocabularies aside."""
    by_slide = defaultdict(set)
    for entry in tracker.entries.values():
        if not entry.kind.vocabulary:
            for slide in _slides(_holders(entry)):
                by_slide[slide].add(entry.id)
    text = (ROOT / "docs" / "data.md").read_text("utf-8")
    table = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0].isdigit():
            table[int(cells[0])] = {name.strip(" `") for name in cells[2].split(",") if name.strip(" `–")}
    assert table == {slide: by_slide[slide] for slide in range(1, 23)}


def _holders(entry: Entry) -> list[dict[str, Any]]:
    """Give what has sources: the record, then its updates."""
    data: dict[str, Any] = dict(entry.data)
    return [data, *data.get("updates", [])]


def _slides(holders: list[dict[str, Any]]) -> set[int]:
    return {
        source["slide"]
        for holder in holders
        for source in holder.get("sources", [])
        if source["document"] == SLIDES and "slide" in source
    }


def _texts(value: Any) -> Iterator[dict[str, str]]:  # noqa: ANN401 - plain YAML data
    if isinstance(value, dict):
        if "fi" in value:
            yield value
        else:
            for inner in value.values():
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
