"""The lists of the site: rows by name, and their sets and orders as pages of their own, so that no script is needed."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any, Final, NamedTuple

from markupsafe import Markup

from elo_cli.model.errors import N_
from elo_cli.model.kinds import KINDS
from elo_cli.model.money import Money
from elo_cli.model.period import Period
from elo_cli.model.words import FIELDS, VALUES
from elo_cli.render.answers.deadlines import FEW
from elo_cli.render.answers.deadlines import blocks as deadline_blocks
from elo_cli.render.answers.records import listed
from elo_cli.render.forms.blocks import Block, Heading, Table
from elo_cli.render.forms.html import Address
from elo_cli.render.site.bars import parts_of
from elo_cli.render.site.html import html, page_body, page_part, stacked
from elo_cli.render.site.pages import Pages
from elo_cli.render.site.ways import Link, Ways, way_links
from elo_cli.render.words import terms
from elo_cli.render.words.marked import fill
from elo_cli.tracking.day.timing import WAITING, Timing
from elo_cli.tracking.day.view import View
from elo_cli.tracking.deadlines import Deadlines, deadlines
from elo_cli.tracking.listing import Listed, listing
from elo_cli.tracking.overviews.sets import UNSTATED, RowSet, SetBy, keys_of, keys_of_deadline, row_sets

ROWS: Final = 100
"""Rows of a page: more of them are several screens, and on a phone a scroll without end."""
DEADLINES: Final = "deadline"
_LAST: Final = "~"
"""Stands after whatever is stated."""
_ORDERS: Final = ("status", "due", "amount", "date", "number")
"""Columns by which a list can be ordered, where its kind has them."""
_FALLING: Final = ("amount", "date")
"""Ordered from the largest or latest on."""
_HEADS: Final[dict[SetBy, str]] = {
    "timing": N_("Timing"),
    "component": N_("Component of the plan"),
    "owner": FIELDS["responsible"],
    # A proposal whose day of decision has passed stays under the stage that was last told.
    "stage": N_("Last known stage"),
}
"""What a filter is called where it is not the name of a field."""
_NOBODY: Final[dict[SetBy, str]] = {
    "goal": N_("Goal not stated"),
    "owner": N_("no one responsible stated"),
    "instrument": N_("no instrument stated"),
}
_WITH_BAR: Final[tuple[SetBy, ...]] = ("status", "timing", "stage")


class Rows(NamedTuple):
    """A list in no language yet."""

    name: str
    """The kind, or `deadline`."""
    answer: Listed | Deadlines
    sets: Sequence[RowSet]
    orders: Sequence[str]
    """The first is that of the list itself."""

    @property
    def number(self) -> int:
        """How many rows there are."""
        return len(self.answer.rows if isinstance(self.answer, Listed) else self.answer.deadlines)

    @property
    def files(self) -> int:
        """How many pages the list has in one language."""
        return len(self.orders) * _pages(self.number) + sum(_pages(len(group.places)) for group in self.sets)


class ListPage(NamedTuple):
    """A page of a list: its address from the language's folder, and what stands on it."""

    path: str
    title: str
    body: Markup
    is_list: bool
    """Whether it is the list's own first page."""


class _Way(NamedTuple):
    """A set or an order of the rows."""

    path: str
    title: str
    places: Sequence[int]
    order: str


class _Told(NamedTuple):
    """The rows of a list in a language."""

    heads: Sequence[str]
    fields: Sequence[str]
    """The field of each column, "" for a column that is none."""
    rows: Sequence[Markup]
    orders: Sequence[Sequence[str]]
    """By row and column."""
    notes: Sequence[Block]


def rows_of(view: View) -> list[Rows]:
    """Every list of the site: one a kind, and the deadlines."""
    lists = []
    for kind in KINDS.values():
        answer = listing(view, kind)
        sets = row_sets(view, [keys_of(view, row.entry.record) for row in answer.rows])
        orders = ["name", *(name for name in _ORDERS if name in kind.columns and len(answer.rows) > 1)]
        lists.append(Rows(kind.name, answer, sets, orders))
    dues = deadlines(view, None)
    if sum(row.timing in WAITING for row in dues.deadlines) > FEW:
        # What can still be done would stand below all that has passed.
        dues = dues._replace(deadlines=tuple(sorted(dues.deadlines, key=lambda row: row.timing in WAITING)))
    sets = row_sets(view, [keys_of_deadline(view, row) for row in dues.deadlines])
    return [*lists, Rows(DEADLINES, dues, sets, ("due", "name"))]


class Lists:
    """The pages of all lists in one language."""

    def __init__(self, pages: Pages, address: Callable[[str], Address]) -> None:
        """Pages in this language; `address` gives the addresses of records by the way to the language's folder."""
        self.pages = pages
        self.language = pages.language
        self.address = address

    def pages_of(self, rows: Rows) -> Iterator[ListPage]:
        """The list, its orders and its sets, each as so many pages as it needs."""
        at = path_of(rows)
        below = self.address("../")
        told = self._told(rows, below)
        title = self.title(rows)
        ways: list[_Way] = []
        for order in rows.orders:
            path = at if order == rows.orders[0] else _by(rows, f"order-{order}")
            named = title if order == rows.orders[0] else fill("{}: {}", title, self._head(order))
            ways.append(_Way(path, named, _ordered(told, order), order))
        ranks = {place: rank for rank, place in enumerate(ways[0].places)}
        for group in rows.sets:
            path = _by(rows, group.by, group.key)
            places = sorted(group.places, key=ranks.__getitem__)
            ways.append(_Way(path, fill("{}: {}", title, self.set_name(group)), places, rows.orders[0]))
        links = {home: list(self._ways(rows, home)) for home in {_home(way.path) for way in ways}}
        beside = self._told(rows, self.address("")) if rows.name == DEADLINES else told
        for way in ways:
            # The deadlines themselves stand beside the folders, and their rows lead to records from there.
            yield from self._pages(rows, told if "/" in way.path else beside, way, links[_home(way.path)])

    def title(self, rows: Rows) -> str:
        """What the list is called."""
        return self.language.say(N_("Deadlines") if rows.name == DEADLINES else KINDS[rows.name].names.many)

    def set_name(self, group: RowSet) -> str:
        """What a set is called: a word, a number, a code, a goal or an organisation."""
        say = self.language.say
        match group.by:
            case by if not group.key and by in _NOBODY:
                return say(_NOBODY[by])
            case "status" if group.key == UNSTATED:
                return say(terms.NO_STATUS.word)
            case "timing" | "status" | "stage":
                return terms.word(self.language, group.by, group.key)
            case "instalment":
                return say(N_("Instalment {number}"), number=group.key)
            case "goal" | "owner" | "instrument":
                return self.pages.names.short(group.key)
            case _:
                return group.key

    def set_path(self, rows: Rows, group: RowSet) -> str:
        """The address of a set from the language's folder."""
        return _by(rows, group.by, group.key)

    def groups(self, lists: Sequence[Rows]) -> dict[tuple[str, str], str]:
        """The addresses of the lists of one goal's measures and one component's milestones, by these."""
        addresses: dict[tuple[str, str], str] = {}
        for rows in lists:
            by = {"measure": "goal", "milestone": "component"}.get(rows.name)
            if by is not None:
                addresses[by, ""] = path_of(rows)
                addresses |= {(by, group.key): self.set_path(rows, group) for group in rows.sets if group.by == by}
        return addresses

    # One page

    def _pages(self, rows: Rows, told: _Told, way: _Way, ways: Sequence[Ways]) -> Iterator[ListPage]:
        number = _pages(len(way.places))
        home = _home(way.path)
        for page in range(1, number + 1):
            path = _numbered(way.path, page)
            is_first = path == path_of(rows)
            shown = way.places[(page - 1) * ROWS : page * ROWS]
            title = way.title
            if page > 1:
                title = self.language.say(N_("{title} (page {page} of {pages})"), title=title, page=page, pages=number)
            body = page_body(
                "list",
                self.address(home),
                title=title,
                language=self.language.code,
                ways=ways,
                here=way.path,
                home=home,
                path=path,
                rows=stacked(*(told.rows[place] for place in shown)),
                heads=told.heads,
                ordered=told.fields.index(way.order) if way.order in told.fields else None,
                direction="descending" if way.order in _FALLING else "ascending",
                pages=list(self._pager(way.path, page, number)) if number > 1 else [],
                total=self._total(shown, page, len(way.places)) if number > 1 else "",
                notes=html(told.notes, self.address(home)),
                picture=self._picture(rows) if is_first else "",
                said=self._words(),
            )
            yield ListPage(path, title, body, is_first)

    def _picture(self, rows: Rows) -> Markup:
        """What stands below the deadlines, along time."""
        return self.pages.along_time() if rows.name == DEADLINES else Markup()

    def _total(self, shown: Sequence[int], page: int, whole: int) -> str:
        first = (page - 1) * ROWS + 1
        number = self.language.number
        return self.language.say(
            N_("{first}–{last} of {whole}"),
            first=number(first),
            last=number(first + len(shown) - 1),
            whole=number(whole),
        )

    def _words(self) -> dict[str, str]:
        say = self.language.say
        return {
            "ways": say(N_("Filters and order")),
            "narrow": say(N_("Show only rows of this page with these words")),
            "shown": say(N_("Rows shown: {n}")),
            "sort": say(N_("Order by: {column}")),
            "pages": say(N_("Pages of the list")),
        }

    def _ways(self, rows: Rows, home: str) -> Iterator[Ways]:
        """The links to the sets and orders; the first sets are open, and on a page of theirs so are others."""
        say, number, own = self.language.say, self.language.number, path_of(rows)
        groups: dict[SetBy, list[RowSet]] = {}
        for group in rows.sets:
            groups.setdefault(group.by, []).append(group)
        for by, sets in groups.items():
            links = [
                Link(
                    self.set_path(rows, group),
                    self.set_name(group),
                    number(len(group.places)),
                    (group.key or UNSTATED) if by in _WITH_BAR else "",
                )
                for group in sets
            ]
            shares = [(group.key, len(group.places)) for group in sets]
            whole = by in _WITH_BAR and sum(share for _, share in shares) <= rows.number
            everything = Link(own, say(N_("All")), number(rows.number))
            bar = parts_of(shares, rows.number) if whole else ()
            opened = {link.path for link in links} | ({own} if by == next(iter(groups)) else set())
            yield Ways(self._head(by), way_links([everything, *links], home), opened, bar)
        if len(rows.orders) > 1:
            paths = [own, *(_by(rows, f"order-{order}") for order in rows.orders[1:])]
            links = [Link(path, self._head(order)) for path, order in zip(paths, rows.orders, strict=True)]
            opened = set(paths if not rows.sets else paths[1:])
            yield Ways(say(N_("Order")), way_links(links, home), opened)

    def _pager(self, path: str, page: int, number: int) -> Iterator[Link]:
        """Links to the pages before and after, and to each page where they are few, else to those nearby."""
        say, figure = self.language.say, self.language.number
        if page > 1:
            yield Link(_numbered(path, page - 1), say(N_("Previous")), rel="prev")
        for other in range(1, number + 1):
            if other in {1, number} or abs(other - page) <= _NEAR:
                yield Link(_numbered(path, other), figure(other))
        if page < number:
            yield Link(_numbered(path, page + 1), say(N_("Next")), rel="next")

    def _head(self, name: str) -> str:
        if name in _HEADS:
            return self.language.say(_HEADS[name])
        return terms.head(self.language, name)

    # The rows

    def _told(self, rows: Rows, address: Address) -> _Told:
        pages, view = self.pages, self.pages.view
        if isinstance(rows.answer, Listed):
            blocks = [pages.linked(block, rows.answer.rows) for block in listed(self.language, view, rows.answer)]
        else:
            answer = rows.answer
            blocks = [pages.by_name(block, answer.deadlines) for block in deadline_blocks(self.language, view, answer)]
        table = next((block for block in blocks if isinstance(block, Table)), Table((), ()))
        notes = [block for block in blocks if not isinstance(block, Table | Heading)]
        named = {terms.head(self.language, name): name for name in ("name", "status", *_ORDERS, "period", "stage")}
        named[self.language.say(N_("What"))] = "name"
        named[self.language.say(N_("Due"))] = "due"
        timing = self.language.say(N_("Timing"))
        fields = ["timing" if head == timing else named.get(head, "") for head in table.heads]
        heads = [str(head) for head in table.heads]
        orders = [[value(field) for field in fields] for value in self._values(rows)]
        made = [
            page_part("row", list(zip(cells, ordered, strict=True)), heads, address=address)
            for cells, ordered in zip(table.rows, orders, strict=True)
        ]
        return _Told(table.heads, fields, made, orders, notes)

    def _values(self, rows: Rows) -> Iterator[Callable[[str], str]]:
        """For each row what it is ordered by in a column: "" where that is the text as it stands."""
        place = self.language.record.place
        if isinstance(rows.answer, Listed):
            for row in rows.answer.rows:
                now, timing = row.state.now, row.timing
                name = place(self.language.text(now.name, now.id))
                yield partial(_value, now, timing, name)
            return
        for number, due in enumerate(rows.answer.deadlines):
            name = place(self.language.text(due.name, due.id))
            days = {"name": name, "due": f"{number:06}", "timing": f"{number:06}"}
            yield defaultdict(str, days).__getitem__


_NEAR: Final = 2


def _value(now: Any, timing: Timing | None, name: str, field: str) -> str:  # noqa: ANN401 - a record of any kind
    """What a record is ordered by in a column; what is not stated comes last."""
    if field in {"", "name"}:
        return name if field else ""
    if field == "timing":
        return _day(timing.end if timing is not None else None)
    value = getattr(now, field, None)
    match value:
        case None:
            return _LAST
        case Period():
            return _day(timing.end if field == "due" and timing is not None else value.word_day)
        case Money():
            return f"{value.euros:018.2f}"
        case int():
            return f"{value:06}"
        case str() if value in VALUES.get(field, {}):
            return f"{list(VALUES[field]).index(value):02}"
        case _:
            return str(value)


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else _LAST


def _ordered(told: _Told, order: str) -> list[int]:
    """The places of the rows in an order, by name where it leaves them equal; the unstated last either way."""
    if order not in told.fields:
        return list(range(len(told.rows)))
    column, name = told.fields.index(order), told.fields.index("name")
    places = sorted(range(len(told.rows)), key=lambda place: told.orders[place][name])
    stated = [place for place in places if told.orders[place][column] != _LAST]
    stated.sort(key=lambda place: told.orders[place][column], reverse=order in _FALLING)
    return [*stated, *(place for place in places if told.orders[place][column] == _LAST)]


def path_of(rows: Rows) -> str:
    """The address of a list's first page from the language's folder."""
    return "deadlines.html" if rows.name == DEADLINES else f"{KINDS[rows.name].folder}/index.html"


def _by(rows: Rows, by: str, key: str = "") -> str:
    folder = "deadlines" if rows.name == DEADLINES else KINDS[rows.name].folder
    return f"{folder}-by/{by}{'-' if key else ''}{key.lower()}.html"


def _home(path: str) -> str:
    """The way from a page to the language's folder."""
    return "../" if "/" in path else ""


def _pages(rows: int) -> int:
    return max(1, -(-rows // ROWS))


def _numbered(path: str, page: int) -> str:
    """The address of a page of a list; a point stands in no id, so that none can be called the same."""
    return path if page == 1 else f"{path.removesuffix('.html')}.{page}.html"
