"""The downloads of `elo site`: the same as `elo export` writes, listed on a page and described for catalogues."""

import json
import re
from pathlib import Path

import pytest

from tests import trackers
from tests.running import Runner

FILES = {
    "tracker.yaml": ("format: 1\nname:\n  fi: Strategia\n  en: Strategy\nlanguages: [fi, en]\nperiod: 2020/2023\n"),
    "measures/one": "name:\n  fi: Yksi\n  en: One\nkey: true\n",
}
DAY = ("--as-of", "2022-06-01")


@pytest.fixture
def public(elo: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a site with an address and a mailbox, written from where its data folder is `data`."""
    trackers.write(tmp_path / "data", FILES)
    monkeypatch.chdir(tmp_path)
    more = ("--base-url", "https://example.org/s/", "--feedback", "registry@example.org")
    assert elo("site", "public", *DAY, *more, data=None).code == 0
    return tmp_path / "public"


def test_downloads_are_what_export_writes(elo: Runner, public: Path) -> None:
    """Workbook, JSON and tables are byte for byte those of `elo export`."""
    assert elo("export", "out.json", *DAY, data=None).code == 0
    assert (public / "data/strategy.json").read_bytes() == Path("out.json").read_bytes()
    assert elo("export", "out.xlsx", "--lang", "fi", *DAY, data=None).code == 0
    assert (public / "data/strategy.xlsx").read_bytes() == Path("out.xlsx").read_bytes()
    assert elo("export", "out", "--lang", "fi", *DAY, data=None).code == 0
    tables = {path.name: path.read_bytes() for path in Path("out").iterdir()}
    assert {path.name: path.read_bytes() for path in (public / "data/tables").iterdir()} == tables


def test_the_page_leads_to_every_file(public: Path) -> None:
    """In each language the page links every download, and says nothing that is not there."""
    files = {path.relative_to(public).as_posix() for path in (public / "data").rglob("*") if path.is_file()}
    for language in ("fi", "en"):
        page = (public / language / "downloads.html").read_text("utf-8")
        assert set(re.findall(r'href="\.\./(data/[^"]+)"', page)) == files


def test_the_metadata_knows_where_the_files_stand(elo: Runner, public: Path, tmp_path: Path) -> None:
    """With an address of the site the metadata has whole addresses; without one they are those beside it."""
    dataset = json.loads((public / "data/dataset.jsonld").read_text("utf-8"))
    addresses = [file["dcat:downloadURL"]["@id"] for file in dataset["dcat:distribution"]]
    assert addresses
    for address in addresses:
        assert (public / address.removeprefix("https://example.org/s/")).is_file()
    assert elo("site", str(tmp_path / "bare"), data=tmp_path / "data").code == 0
    dataset = json.loads((tmp_path / "bare/data/dataset.jsonld").read_text("utf-8"))
    for file in dataset["dcat:distribution"]:
        assert (tmp_path / "bare/data" / file["dcat:accessURL"]["@id"]).is_file()
