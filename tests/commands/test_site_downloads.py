"""The downloads of `elo site`: the same as `elo export` writes, listed on a page and described for catalogues."""

import json
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

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
    """JSON, workbook and tables are byte for byte those of `elo export`, and the package has each table once."""
    assert elo("export", "out.json", *DAY, data=None).code == 0
    assert (public / "data/strategy.json").read_bytes() == Path("out.json").read_bytes()
    assert elo("export", "out.xlsx", "--lang", "en", *DAY, data=None).code == 0
    assert (public / "data/strategy-en.xlsx").read_bytes() == Path("out.xlsx").read_bytes()
    assert elo("export", "out", "--lang", "fi", *DAY, data=None).code == 0
    tables = {path.name: path.read_bytes() for path in Path("out").iterdir()}
    assert {path.name: path.read_bytes() for path in (public / "data/tables").iterdir()} == tables
    with ZipFile(BytesIO((public / "data/strategy.zip").read_bytes())) as package:
        assert {name: package.read(name) for name in package.namelist()} == tables


def test_the_page_leads_to_every_file(public: Path) -> None:
    """In each language the page links every download, of the workbooks that of the language."""
    files = {path.relative_to(public).as_posix() for path in (public / "data").rglob("*") if path.is_file()}
    for language, other in (("fi", "en"), ("en", "fi")):
        page = (public / language / "downloads.html").read_text("utf-8")
        assert {path for path in files if f'href="../{path}"' in page} == files - {f"data/strategy-{other}.xlsx"}


def test_the_metadata_describes_each_file_and_invents_nothing(public: Path) -> None:
    """The catalogue has whole addresses, sizes and digests that are right, and neither publisher nor licence."""
    catalogue = json.loads((public / "data/dcat-ap.jsonld").read_text("utf-8"))
    dataset = catalogue["dcat:dataset"]
    assert catalogue["@type"] == "dcat:Catalog"
    assert dataset["dct:title"] == [
        {"@value": "Strategia", "@language": "fi"},
        {"@value": "Strategy", "@language": "en"},
    ]
    assert dataset["dct:temporal"]["dcat:endDate"]["@value"] == "2023-12-31"
    assert dataset["dcat:contactPoint"]["vcard:hasEmail"] == {"@id": "mailto:registry@example.org"}
    assert not {"dct:publisher", "dct:license"} & {*catalogue, *dataset}
    described = {}
    for distribution in dataset["dcat:distribution"]:
        address = distribution["dcat:downloadURL"]["@id"]
        content = (public / address.removeprefix("https://example.org/s/")).read_bytes()
        assert distribution["dcat:byteSize"]["@value"] == str(len(content))
        assert distribution["spdx:checksum"]["spdx:checksumValue"]["@value"] == sha256(content).hexdigest()
        described[address] = distribution["dcat:mediaType"]["@id"].rpartition("/")[2]
    files = {path for path in (public / "data").rglob("*") if path.is_file() and path.suffix != ".jsonld"}
    assert len(described) == len(files)
    assert described["https://example.org/s/data/tables/measures.csv"] == "csv"


def test_without_an_address_the_metadata_has_none(elo: Runner, tmp_path: Path) -> None:
    """Where nobody says where the site stands, files are named from the metadata's own place."""
    data = trackers.write(tmp_path / "data", FILES)
    assert elo("site", str(tmp_path / "public"), data=data).code == 0
    dataset = json.loads((tmp_path / "public/data/dcat-ap.jsonld").read_text("utf-8"))["dcat:dataset"]
    for distribution in dataset["dcat:distribution"]:
        assert (tmp_path / "public/data" / distribution["dcat:accessURL"]["@id"]).resolve().is_file()
