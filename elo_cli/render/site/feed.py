"""The feed of what has been said (Atom, RFC 4287) and the map of the site (sitemaps.org): what programs read of it."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from elo_cli.model.errors import N_
from elo_cli.render.reports.facts import Facts
from elo_cli.render.site.pages import Saying
from elo_cli.render.words.language import Language

_ATOM: Final = "http://www.w3.org/2005/Atom"
_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MOST: Final = 50
"""Entries of a feed: who reads it asks more often than so much is said."""
ADDRESSES: Final = 50_000
"""The most addresses that one sitemap may hold."""
_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for."""


def feed(language: Language, facts: Facts, sayings: Sequence[Saying], home: str | None) -> str:
    """The latest of what has been said; `home` is the address of the language's folder, where it is known.

    An entry's id is made of the record, the day and the number among the record's words of that day, so that it stays.
    """
    config = facts.view.tracker.config
    # By the first language: the same strategy in each of its own feeds, and apart from other strategies.
    strategy = config.name[config.first_language]
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": language.code})
    latest = sayings[:_MOST]
    name = language.text(config.name)
    _text(root, "id", _id(strategy, language.code))
    _text(root, "title", language.say(N_("{strategy}: what has been said"), strategy=name))
    days = [_changed(saying) for saying in latest]
    _text(root, "updated", _moment(max(days, default=facts.view.as_of)))
    _text(ET.SubElement(root, "author"), "name", name)
    if home is not None:
        ET.SubElement(root, "link", {"rel": "self", "href": f"{home}feed.atom"})
        ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": f"{home}changes.html"})
    for saying, day in zip(latest, days, strict=True):
        entry = ET.SubElement(root, "entry")
        _text(entry, "id", _id(strategy, language.code, saying.entry.id, saying.update.date.text, str(saying.number)))
        _text(entry, "title", facts.names.long(saying.entry.id))
        _text(entry, "updated", _moment(day))
        if home is not None:
            address = f"{home}{saying.entry.kind.folder}/{saying.entry.id}.html"
            ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": address})
        _text(entry, "content", "\n".join(_lines(language, facts, saying)))
    return _written(root)


def _lines(language: Language, facts: Facts, saying: Saying) -> Iterator[str]:
    if saying.update.retracted is not None:
        yield facts.fields.retracted(saying.update.retracted)
    yield from facts.said(saying.update, saying.before)
    yield language.say(N_("Said: {day}"), day=language.period(saying.update.date))


def _changed(saying: Saying) -> date:
    """The day of the word, or that on which it was taken back."""
    retracted = saying.update.retracted
    return saying.update.said_on if retracted is None else max(saying.update.said_on, retracted.date.word_day)


def sitemaps(base: str, paths: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The path and the text of each sitemap below an address; `sitemap.xml` lists the others where one is too small."""
    parts = [paths[start : start + ADDRESSES] for start in range(0, len(paths), ADDRESSES)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)] if len(parts) > 1 else ["sitemap.xml"]
    for name, part in zip(names, parts, strict=True):
        yield name, _addresses("urlset", "url", base, part)
    if len(parts) > 1:
        yield "sitemap.xml", _addresses("sitemapindex", "sitemap", base, names)


def _addresses(of: str, each: str, base: str, paths: Sequence[str]) -> str:
    root = ET.Element(of, {"xmlns": _SITEMAP})
    for path in paths:
        _text(ET.SubElement(root, each), "loc", f"{base}{path}")
    return _written(root)


def _id(*parts: str) -> str:
    return uuid5(NAMESPACE_URL, "\x1f".join(("elo", *parts))).urn


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _NO_XML.sub("\ufffd", text)


def _written(root: ET.Element) -> str:
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, "unicode")}\n'
