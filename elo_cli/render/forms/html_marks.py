"""Text of the data with marks inside: in which language a fallback is, and which record a name belongs to.

What builds sentences joins plain strings, so what HTML needs beyond the words travels inside them, between control
characters that no record can hold. A form that cannot use a mark takes it out.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from elo_cli.render.forms.escape import html_text
from elo_cli.render.words.language import Language

_MARK: Final = re.compile("\x02([#@!]?)([A-Za-z0-9-]*)\x03")
_CUT: Final = re.compile("\x02[#@!]?[A-Za-z0-9-]*$")
_CLOSE: Final = "\x02\x03"


class MarkedLanguage(Language):
    """A reader's language that marks what is not in it, and with `links` the names of records too."""

    def __init__(self, code: str, fallbacks: tuple[str, ...] = (), *, links: bool = False) -> None:
        """A language as `Language` makes it."""
        super().__init__(code, fallbacks)
        self.unmarked = Language(code, fallbacks)
        self.links = links

    def text(self, text: Mapping[str, str] | None, default: str = "") -> str:
        """A text of the data, marked with its language when that is not the reader's."""
        part = self.part(text)
        if part is None:
            return default
        return part.text if part.language == self.code else f"\x02@{part.language}\x03{part.text}{_CLOSE}"

    def refer(self, record_id: str, name: str) -> str:
        """A record's name, marked with the record."""
        return f"\x02#{record_id}\x03{name}{_CLOSE}" if self.links and "\x02#" not in name else name


def styled(name: str, text: str) -> str:
    """A word that is set off on a page, in a way that its name in the style says."""
    return f"\x02!{name}\x03{text}{_CLOSE}"


def plain_text(text: str) -> str:
    """The words alone."""
    return _CUT.sub("", _MARK.sub("", text)) if "\x02" in text else text


def told_text(text: str) -> str:
    """The words, with the code of the language in brackets behind those that are in another one: `Nimi (fi)`."""
    return replaced(text, str, "", lambda language: f" ({language})") if "\x02" in text else text


def html_marked(text: str, address: Callable[[str], str | None]) -> str:
    """The text as HTML: names of records as links where `address` has one, other languages as `lang`."""
    if "\x02" not in text:
        return html_text(text)
    out: list[str] = []
    open_tags: list[str] = []
    place = 0
    for mark in _MARK.finditer(text):
        out.append(html_text(text[place : mark.start()]))
        place = mark.end()
        kind, value = mark.groups()
        if kind == "@":
            out.append(f'<span lang="{value}">')
            open_tags.append("</span>")
        elif kind == "!":
            out.append(f'<span class="word {value}">')
            open_tags.append("</span>")
        elif kind == "#":
            where = address(value)
            # A link within a link is no link.
            linked = where is not None and "</a>" not in open_tags
            out.append(f'<a href="{html_text(where or "")}">' if linked else "")
            open_tags.append("</a>" if linked else "")
        elif open_tags:
            out.append(open_tags.pop())
    out.append(html_text(_CUT.sub("", text[place:])))
    # A text that was shortened may have lost its ends.
    return "".join([*out, *reversed(open_tags)])


def replaced(text: str, words: Callable[[str], str], opening: str, closing: Callable[[str], str]) -> str:
    """The text with its words changed by `words` and what is in another language set between two marks of a form."""
    out: list[str] = []
    languages: list[str] = []
    place = 0
    for mark in _MARK.finditer(text):
        out.append(words(text[place : mark.start()]))
        place = mark.end()
        kind, value = mark.groups()
        if kind:
            languages.append(value if kind == "@" else "")
            out.append(opening.format(value) if kind == "@" else "")
        elif languages and (language := languages.pop()):
            out.append(closing(language))
    out.append(words(_CUT.sub("", text[place:])))
    return "".join([*out, *(closing(language) for language in reversed(languages) if language)])
