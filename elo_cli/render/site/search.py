"""The search: a page of all names from A to Ö, and an index of all texts, which a script of the page looks into."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from markupsafe import Markup

from elo_cli.model.errors import N_
from elo_cli.model.kinds import KINDS
from elo_cli.render.forms.html import Address
from elo_cli.render.site.html import page_body
from elo_cli.render.site.pages import Pages
from elo_cli.store.tracker import Entry
from elo_cli.tracking.texts.finding import searched

TEXTS: Final = "search-texts.js"
"""What records are found by, the same in every language, since texts of every language are looked into."""
INDEX: Final = "search-index.js"
"""What is found, in one language."""
_FIGURES: Final = "0–9"
_SIGNS: Final = "#"


class Search:
    """The search in one language."""

    def __init__(self, pages: Pages) -> None:
        """Over all records that have a page."""
        self.pages = pages
        self.language = pages.language
        self.entries = list(pages.shared.entries.values())

    def body(self, address: Address) -> Markup:
        """The page: every record under its letter; the field is shown by the script, since it would do nothing else."""
        say = self.language.say
        return page_body(
            "search",
            address,
            said={
                "title": say(N_("Search and list of all pages")),
                "label": say(N_("Search in all texts, in any language")),
                "found": say(N_("Pages found: {n}")),
                "more": say(N_("The first {n} are shown.")),
                "letters": say(N_("Letters")),
            },
            letters=list(self._letters()),
        )

    def index(self, folders: Mapping[str, str]) -> str:
        """What stands in INDEX: of each record its address, its name and its kind; `folders` are the addresses."""
        state = self.pages.view.state
        kinds = {kind.name: self.language.say(kind.names.one) for kind in KINDS.values()}
        rows = [
            [folders[entry.id], self.language.text(state(entry.record).now.name, entry.id), kinds[entry.kind.name]]
            for entry in self.entries
        ]
        return _script("eloPages", rows)

    def _letters(self) -> Iterator[Mapping[str, object]]:
        place = self.language.record.place
        kinds = {kind.name: self.language.say(kind.names.one) for kind in KINDS.values()}
        keys = {
            entry.id: place(self.language.text(self.pages.view.state(entry.record).now.name, entry.id))
            for entry in self.entries
        }
        by_name = sorted(self.entries, key=lambda entry: (self._rank(keys[entry.id]), keys[entry.id], entry.id))
        for number, (letter, group) in enumerate(groupby(by_name, lambda entry: self._letter(keys[entry.id]))):
            records = [{"name": self.pages.names.long(entry.id), "kind": kinds[entry.kind.name]} for entry in group]
            yield {"name": letter, "anchor": f"letter-{number}", "records": records}

    def _letter(self, key: str) -> str:
        """The letter that a name stands under."""
        first = key[:1]
        after_z = ord(first) - ord("z") - 1 if first else -1
        if 0 <= after_z < len(self.language.record.after_z):
            return self.language.record.after_z[after_z].upper()
        return first.upper() if first.isalpha() else _FIGURES if first.isdecimal() else _SIGNS

    @staticmethod
    def _rank(key: str) -> int:
        """Figures and signs before letters, whatever the alphabet."""
        return 2 if key[:1].isalpha() or key[:1] in "{|}" else 1 if key[:1].isdecimal() else 0


def texts(entries: Sequence[Entry]) -> str:
    """What stands in TEXTS: of each record its id, names and other texts as `elo find` compares them."""
    return _script("eloTexts", [list(searched(entry)) for entry in entries])


def _script(name: str, rows: Sequence[Sequence[str]]) -> str:
    """Data that a page can load from disk too, where a script may be loaded and a file may not be read."""
    return f"window.{name} = {json.dumps(rows, ensure_ascii=True, separators=(',', ':'))};\n".replace("<", "\\u003c")
