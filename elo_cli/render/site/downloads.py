"""The data for others to use: the files of `elo export` beside the pages, a page that lists them, and their metadata.

The metadata is DCAT-AP 3 as JSON-LD (https://semiceu.github.io/DCAT-AP/releases/3.0.0/). What the tracker does not say,
such as the publisher and the licence, is left out.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final, NamedTuple

from markupsafe import Markup

from elo_cli.model.errors import N_
from elo_cli.model.languages import LANGUAGES
from elo_cli.render.export.csv import package_files
from elo_cli.render.forms.bundle import bundled
from elo_cli.render.forms.html import no_address
from elo_cli.render.site.html import page_body
from elo_cli.render.site.pages import Pages
from elo_cli.render.words.language import Language
from elo_cli.tracking.day.view import View

FOLDER: Final = "data"
_NAME: Final = "strategy"
_TABLES: Final = f"{FOLDER}/tables/"
_METADATA: Final = f"{FOLDER}/dcat-ap.jsonld"
_EU: Final = "http://publications.europa.eu/resource/authority/"
_MEDIA: Final = "https://www.iana.org/assignments/media-types/"
_FORMS: Final[Mapping[str, tuple[str, str]]] = {
    "csv": ("CSV", "text/csv"),
    "json": ("JSON", "application/json"),
    "jsonld": ("JSON_LD", "application/ld+json"),
    "xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "zip": ("ZIP", "application/zip"),
}
"""By ending: the form in the Publications Office's list of file types, and its media type."""
_ABOUT: Final[Mapping[str, tuple[str, str]]] = {
    "xlsx": (N_("Workbook"), N_("How things stand on the day, a sheet a kind, with names and words in this language.")),
    "zip": (
        N_("Tables with their description"),
        N_("All tables as CSV, with a datapackage.json that describes them (Frictionless Data Package)."),
    ),
    "json": (
        N_("All records"),
        N_("What the files say and how it stands on the day: enough to make the records again."),
    ),
    "jsonld": (N_("Metadata"), N_("For catalogues of open data (DCAT-AP).")),
}


class Download(NamedTuple):
    """A file that was written: what a page and the metadata say of it."""

    path: str
    """From the site's folder."""
    size: int
    digest: str
    language: str | None = None

    @property
    def form(self) -> str:
        """How its name ends."""
        return self.path.rpartition(".")[2]


class Downloads:
    """The files, made one after the other; what is told of them is known when they have been made."""

    def __init__(self, view: View, languages: Sequence[Language], base: str | None, contact: str | None) -> None:
        """Of this view; `base` is the address of the site's folder, `contact` the publisher's mailbox, where known."""
        self.view = view
        self.languages = languages
        self.base = base
        self.contact = contact
        self.made: list[Download] = []

    @property
    def number(self) -> int:
        """How many files there are besides the tables."""
        return len(self.languages) + len(_ABOUT) - 1

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The path and the content of every file."""
        from elo_cli.render.export import json as export_json
        from elo_cli.render.export import xlsx

        package = list(package_files(self.languages[0], self.view))
        for language in self.languages:
            content = xlsx.write(language, self.view)
            yield self._made(f"{FOLDER}/{_NAME}-{language.code}.xlsx", content, language.code)
        yield self._made(f"{FOLDER}/{_NAME}.zip", bundled(package))
        yield self._made(f"{FOLDER}/{_NAME}.json", export_json.write(self.view).encode())
        for name, content in package:
            yield self._made(f"{_TABLES}{name}", content)
        yield self._made(_METADATA, f"{json.dumps(self._metadata(), ensure_ascii=False, indent=2)}\n".encode())

    def page(self, pages: Pages) -> Markup:
        """The page that lists the files, from the language's folder."""
        say, language = pages.language.say, pages.language
        whole = [
            file for file in self.made if not file.path.startswith(_TABLES) and file.language in {None, language.code}
        ]
        return page_body(
            "downloads",
            no_address,
            said={
                "title": say(N_("Data for downloading")),
                "about": say(
                    N_("The records as files, as they were on {day}: the same as elo export writes."),
                    day=self.view.as_of,
                ),
                "tables": say(N_("Tables one by one")),
                "about_tables": say(N_("The heads of their columns are the same in every language.")),
            },
            files=[
                {
                    "address": f"../{file.path}",
                    "title": say(_ABOUT[file.form][0]),
                    "about": say(_ABOUT[file.form][1]),
                    "form": _FORMS[file.form][0].replace("_", "-"),
                    "size": _size(language, file.size),
                }
                for file in whole
            ],
            tables=[
                {
                    "address": f"../{file.path}",
                    "title": file.path.removeprefix(_TABLES),
                    "size": _size(language, file.size),
                }
                for file in self.made
                if file.path.startswith(_TABLES)
            ],
        )

    def _made(self, path: str, content: bytes, language: str | None = None) -> tuple[str, bytes]:
        self.made.append(Download(path, len(content), sha256(content).hexdigest(), language))
        return path, content

    # Metadata

    def _metadata(self) -> dict[str, Any]:
        config, version = self.view.tracker.config, self.view.tracker.source.revision or self.view.as_of.isoformat()
        said = {
            "dct:title": _texts(config.name),
            "dct:description": _texts(config.description or config.name),
            "dct:language": _languages(config.languages),
        }
        dataset: dict[str, Any] = {
            "@id": self._address(f"{FOLDER}/#dataset"),
            "@type": "dcat:Dataset",
            **said,
            "dcat:version": version,
            "dcat:landingPage": {"@id": self._address("")},
            "dcat:distribution": [self._distribution(file) for file in self.made],
        }
        if config.period is not None:
            dataset["dct:temporal"] = _time(config.period.start.isoformat(), config.period.end)
        if self.contact is not None:
            dataset["dcat:contactPoint"] = {
                "@type": "vcard:Kind",
                "vcard:hasEmail": {"@id": f"mailto:{self.contact}"},
            }
        return {
            "@context": _CONTEXT,
            "@id": self._address(f"{FOLDER}/#catalogue"),
            "@type": "dcat:Catalog",
            **said,
            "dcat:dataset": dataset,
        }

    def _distribution(self, file: Download) -> dict[str, Any]:
        form, media = _FORMS[file.form]
        address = {"@id": self._address(file.path)}
        return {
            "@type": "dcat:Distribution",
            "dct:title": file.path.removeprefix(f"{FOLDER}/"),
            "dcat:accessURL": address,
            "dcat:downloadURL": address,
            "dct:format": {"@id": f"{_EU}file-type/{form}"},
            "dcat:mediaType": {"@id": f"{_MEDIA}{media}"},
            "dcat:byteSize": {"@value": str(file.size), "@type": "xsd:nonNegativeInteger"},
            "spdx:checksum": {
                "@type": "spdx:Checksum",
                "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
                "spdx:checksumValue": {"@value": file.digest, "@type": "xsd:hexBinary"},
            },
            **({"dct:language": _languages([file.language])} if file.language is not None else {}),
        }

    def _address(self, path: str) -> str:
        """Whole where the site's address is known, else from the metadata's own place."""
        return f"{self.base}{path}" if self.base is not None else f"../{path}"


_CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def _texts(text: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@value": value, "@language": code} for code, value in text.items()]


def _languages(codes: Sequence[str]) -> list[dict[str, str]]:
    return [
        {"@id": f"{_EU}language/{LANGUAGES[code].authority}"}
        for code in codes
        if code in LANGUAGES and LANGUAGES[code].authority
    ]


def _time(start: str, end: object) -> dict[str, Any]:
    last = {"dcat:endDate": {"@value": str(end), "@type": "xsd:date"}} if end is not None else {}
    return {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": {"@value": start, "@type": "xsd:date"},
        **last,
    }


def _size(language: Language, size: int) -> str:
    """A size as people read it."""
    for unit, bytes_in_it in (("MB", 1_000_000), ("kB", 1_000)):
        if size >= bytes_in_it:
            return f"{language.number(round(size / bytes_in_it))}\u00a0{unit}"
    return f"{language.number(size)}\u00a0B"
