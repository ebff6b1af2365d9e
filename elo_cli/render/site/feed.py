"""The feed of updates (Atom, RFC 4287) and the map of the site (sitemaps.org): what programs read of it."""

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
from elo_cli.tracking.changes.recording import Recordings, WordKey

_ATOM: Final = "http://www.w3.org/2005/Atom"
_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_RECORDED: Final = N_("In the order in which they were recorded.")
_SAID: Final = N_("By the day on which each was said, since no history of the files is at hand.")
_MOST: Final = 50
"""Entries of a feed: who reads it asks more often than so much is said."""
ADDRESSES: Final = 50_000
"""The most addresses that one sitemap may hold."""
_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for."""


def feed(
    language: Language, facts: Facts, sayings: Sequence[Saying], home: str | None, recorded: Recordings | None
) -> str:
    """The latest updates; `home` is the address of the language's folder, where it is known.

    They stand in the order in which they were `recorded`; where no history says that, by the day on which they were
    said, and the feed says which. An entry's id is made of the record, the day and the number among the record's words
    of that day, so that it stays.
    """
    config = facts.view.tracker.config
    # By the first language: the same strategy in each of its own feeds, and apart from other strategies.
    strategy = config.name[config.first_language]
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": language.code})
    moments = [_changed(saying, recorded, facts.view.as_of) for saying in sayings]
    # What is recorded at one moment stands by the day of the word, as `sayings` has it.
    by_time = sorted(zip(moments, sayings, strict=True), key=lambda pair: pair[0], reverse=True)[:_MOST]
    name = language.text(config.name)
    _text(root, "id", _id(strategy, language.code))
    _text(root, "title", language.say(N_("{strategy}: updates"), strategy=name))
    _text(root, "subtitle", language.say(_SAID if recorded is None else _RECORDED))
    _text(root, "updated", by_time[0][0] if by_time else _moment(facts.view.as_of))
    _text(ET.SubElement(root, "author"), "name", name)
    if home is not None:
        ET.SubElement(root, "link", {"rel": "self", "href": f"{home}feed.atom"})
        ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": f"{home}changes.html"})
    for moment, saying in by_time:
        entry = ET.SubElement(root, "entry")
        _text(entry, "id", _id(strategy, language.code, saying.entry.id, saying.update.date.text, str(saying.number)))
        _text(entry, "title", facts.names.long(saying.entry.id))
        _text(entry, "updated", moment)
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


def _changed(saying: Saying, recorded: Recordings | None, as_of: date) -> str:
    """When the word was recorded, or the day on which it was said; when it was taken back, if that came later.

    What nobody has committed yet is as new as the pages.
    """
    retracted = saying.update.retracted
    if recorded is None:
        first = _moment(saying.update.said_on)
    else:
        key = WordKey(saying.entry.id, saying.update.date.text, saying.number)
        first = recorded[key].strftime("%Y-%m-%dT%H:%M:%SZ") if key in recorded else _moment(as_of)
    return first if retracted is None else max(first, _moment(retracted.date.word_day))


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
