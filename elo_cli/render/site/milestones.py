"""The list of many milestones: sets and orders as links that need no script, and a field that narrows what is shown."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from markupsafe import Markup

from elo_cli.model.errors import N_
from elo_cli.model.kinds import KINDS
from elo_cli.model.records.milestone import Milestone
from elo_cli.render.answers.records import listed
from elo_cli.render.forms.blocks import Heading
from elo_cli.render.forms.html import Address, no_address
from elo_cli.render.site.html import html, page_part, stacked
from elo_cli.render.site.pages import Pages
from elo_cli.render.words import terms
from elo_cli.render.words.marked import fill
from elo_cli.tracking.day.view import View
from elo_cli.tracking.listing import listing
from elo_cli.tracking.overviews.sets import MilestoneSet, SetBy, by_due, milestone_sets

MANY: Final = 40
"""A shorter list is seen at a glance and needs no parts."""
FOLDER: Final = "milestones-by"
_LIST: Final = "milestones/index.html"
_HEADS: Final[dict[SetBy, str]] = {
    "timing": N_("By timing"),
    "instalment": N_("By instalment"),
    "component": N_("By component"),
    "owner": N_("By responsible organisation"),
}
_SORTED: Final = {"due": N_("By due"), "name": N_("By name")}


class Part(NamedTuple):
    """A page of the list: its address from the language's folder, and what stands on it."""

    path: str
    title: str
    milestones: Sequence[Milestone]


class MilestoneLists:
    """The pages of the list in one language; none but the list itself where it is short."""

    def __init__(self, pages: Pages, sets: Sequence[MilestoneSet]) -> None:
        """Pages of these sets."""
        self.pages = pages
        self.language = pages.language
        self.view = pages.view
        self.sets = sets

    def parts(self) -> Iterator[Part]:
        """Every page besides the list itself."""
        head = self.language.say(KINDS["milestone"].names.many)
        if not self.sets:
            return
        for order in _SORTED:
            milestones = by_due(self.view, self.view.milestones)
            if order == "name":
                milestones = tuple(sorted(milestones, key=self._name))
            yield Part(_path(order), f"{head}: {self.language.say(_SORTED[order])}", milestones)
        for group in self.sets:
            yield Part(_path(group.by, group.key), fill("{}: {}", head, self.name(group)), group.milestones)

    def body(self, part: Part | None, address: Address) -> Markup:
        """What stands on a page; None is the list itself, by id."""
        say = self.language.say
        rows = listing(self.view, KINDS["milestone"])
        title = say(KINDS["milestone"].names.many) if part is None else part.title
        if part is not None:
            order = {milestone.id: place for place, milestone in enumerate(part.milestones)}
            kept = sorted((row for row in rows.rows if row.entry.id in order), key=lambda row: order[row.entry.id])
            rows = rows._replace(rows=kept)
        blocks = listed(self.language, self.view, rows)
        shown = [self.pages.linked(block, rows.rows) for block in blocks]
        label, left = say(N_("Show only rows with these words")), say(N_("Rows shown: {n}"))
        return stacked(
            html([Heading(title, 1)], no_address),
            *self._ways(part.path if part is not None else _LIST),
            page_part("narrowed", label, left, str(len(rows.rows)), html(shown, address)),
        )

    def name(self, group: MilestoneSet) -> str:
        """What a set is called: a word, a number, a code or an organisation."""
        if group.by == "timing":
            return terms.word(self.language, "timing", group.key)
        if group.by == "instalment":
            return self.language.say(N_("Instalment {number}"), number=group.key)
        return self.pages.names.short(group.key) if group.by == "owner" else group.key

    def _ways(self, here: str) -> Iterator[Markup]:
        """The links to the sets and orders; those of the page's own kind are open."""
        say = self.language.say
        orders = [(_LIST, say(N_("By id")), ""), *((_path(name), say(text), "") for name, text in _SORTED.items())]
        yield page_part("ways", say(N_("Order")), orders, here, here == _LIST, address=no_address)
        for by, head in _HEADS.items():
            links = [
                (_path(by, group.key), self.name(group), self.language.number(len(group.milestones)))
                for group in self.sets
                if group.by == by
            ]
            if links:
                yield page_part(
                    "ways", say(head), links, here, any(path == here for path, *_ in links), address=no_address
                )

    def _name(self, milestone: Milestone) -> tuple[str, str]:
        text = self.language.text(self.view.state(milestone).now.name, milestone.id)
        return (text.casefold(), milestone.id)


def sets_of(view: View) -> list[MilestoneSet]:
    """The sets that have a page each; none where the list is short."""
    return list(milestone_sets(view)) if len(view.milestones) > MANY else []


def number_of(sets: Sequence[MilestoneSet]) -> int:
    """How many pages there are besides the list itself, in one language."""
    return len(sets) + len(_SORTED) if sets else 0


def _path(by: str, key: str = "") -> str:
    return f"{FOLDER}/{by}{'-' if key else ''}{key.lower()}.html"
