"""Links to the sets and orders of a list, which stand on each of its pages."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from markupsafe import Markup

from elo_cli.render.site.bars import Part
from elo_cli.render.site.html import page_part, stacked


class Link(NamedTuple):
    """A link of a list: to a set, an order or another page of it."""

    path: str
    name: str
    number: str = ""
    word: str = ""
    rel: str = ""


class WayLink(NamedTuple):
    """A link to a set or an order as it stands on each page of the list, so made once."""

    path: str
    away: Markup
    here: Markup
    """On the page that it leads to."""


class Ways(NamedTuple):
    """Sets or orders of one kind, behind one head."""

    head: str
    links: Sequence[WayLink]
    opened: Collection[str]
    """The pages on which they are shown unasked."""
    bar: Sequence[Part] = ()

    def seen_from(self, path: str) -> Markup:
        """The links as items of a list on the page at this path."""
        return stacked(*(link.here if link.path == path else link.away for link in self.links))


def way_links(links: Sequence[Link], home: str) -> list[WayLink]:
    """The links as they stand on the pages from which `home` is the way to the language's folder."""
    return [WayLink(link.path, page_part("way", link, home), page_part("way", link, home, "page")) for link in links]
