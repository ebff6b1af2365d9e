"""A folder of downloads as a dataset for data portals: DCAT-AP 3 (https://semiceu.github.io/DCAT-AP/) as JSON-LD.

What a tracker does not say stands in no place of it: neither a publisher nor a licence is guessed. Addresses are below
the one that is given; without one they are relative to the file, as JSON-LD reads them.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from elo_cli.model.values import LocalText
from elo_cli.render.forms.escape import json_text
from elo_cli.tracking.day.view import View

_AUTHORITY: Final = "http://publications.europa.eu/resource/authority"
_MEDIA: Final = "https://www.iana.org/assignments/media-types"
_CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# The EU's table of languages goes by codes of three letters (ISO 639-3), of file types by names of its own.
_LANGUAGES: Final = {
    "bg": "BUL", "cs": "CES", "da": "DAN", "de": "DEU", "el": "ELL", "en": "ENG", "es": "SPA", "et": "EST", "fi": "FIN",
    "fr": "FRA", "ga": "GLE", "hr": "HRV", "hu": "HUN", "it": "ITA", "lt": "LIT", "lv": "LAV", "mt": "MLT", "nl": "NLD",
    "pl": "POL", "pt": "POR", "ro": "RON", "sk": "SLK", "sl": "SLV", "sv": "SWE",
}  # fmt: skip
_FILE_TYPES: Final = {
    "application/json": "JSON",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
}


class Download(NamedTuple):
    """A file that can be downloaded."""

    path: str
    """Below the folder."""
    title: LocalText
    """What it is, by language."""
    media_type: str
    """As IANA registers it."""
    size: int
    """In bytes."""
    sha256: str
    conforms_to: str | None = None
    """The address of the standard that it follows, where it is one of its own."""


def write(view: View, downloads: Sequence[Download], base: str | None = None) -> str:
    """The description of a tracker and its downloads; `base` is the address of the folder, with a slash at its end."""
    config = view.tracker.config
    dataset: dict[str, Any] = {
        "@context": _CONTEXT,
        "@id": f"{base or ''}#dataset",
        "@type": "dcat:Dataset",
        "dct:identifier": config.key,
        "dct:title": _texts(config.name),
        "dct:description": _texts(config.description or config.name),
        "dct:language": [
            {"@id": f"{_AUTHORITY}/language/{_LANGUAGES[code]}"} for code in config.languages if code in _LANGUAGES
        ],
        # No moment of writing: the same data gives the same file.
        "dcat:version": view.tracker.source.revision or view.as_of.isoformat(),
        "dcat:distribution": [_distribution(download, base or "") for download in downloads],
    }
    if config.period is not None:
        days = {"dcat:startDate": config.period.start, "dcat:endDate": config.period.end}
        dataset["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            **{name: {"@value": day.isoformat(), "@type": "xsd:date"} for name, day in days.items() if day is not None},
        }
    return f"{json_text(dataset)}\n"


def _distribution(download: Download, base: str) -> dict[str, Any]:
    address = {"@id": f"{base}{download.path}"}
    distribution: dict[str, Any] = {
        "@type": "dcat:Distribution",
        "dct:title": _texts(download.title),
        "dcat:accessURL": address,
        "dcat:downloadURL": address,
        "dcat:mediaType": {"@id": f"{_MEDIA}/{download.media_type}"},
        "dcat:byteSize": {"@value": str(download.size), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": download.sha256, "@type": "xsd:hexBinary"},
        },
    }
    if (known := _FILE_TYPES.get(download.media_type)) is not None:
        distribution["dct:format"] = {"@id": f"{_AUTHORITY}/file-type/{known}"}
    if download.conforms_to is not None:
        distribution["dct:conformsTo"] = {"@id": download.conforms_to}
    return distribution


def _texts(text: LocalText) -> list[dict[str, str]]:
    return list(_values(text))


def _values(text: LocalText) -> Iterator[dict[str, str]]:
    for code, words in text.items():
        yield {"@value": words, "@language": code}
