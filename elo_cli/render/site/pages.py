"""What stands on the pages of the site, as blocks and HTML: one function a page, in one language."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from markupsafe import Markup

from elo_cli.model.errors import N_
from elo_cli.model.records.base import Update
from elo_cli.model.records.measure import Measure
from elo_cli.model.records.meeting import Meeting
from elo_cli.model.records.milestone import Milestone
from elo_cli.model.records.vocabulary import Document, Instrument, Organisation
from elo_cli.render.answers.deadlines import Cells
from elo_cli.render.answers.funding import parts as funding_parts
from elo_cli.render.answers.records import show, struck
from elo_cli.render.forms.blocks import Block, Heading, Items, Pairs, Paragraph, Table
from elo_cli.render.forms.html import Address
from elo_cli.render.reports.facts import Facts
from elo_cli.render.site.html import html, page_part, stacked
from elo_cli.render.words.language import Language
from elo_cli.render.words.marked import fill, marked
from elo_cli.store.tracker import Entry, Link
from elo_cli.tracking.changes.news import News
from elo_cli.tracking.chase import Chased
from elo_cli.tracking.day.state import Fold, updates_said
from elo_cli.tracking.day.view import View
from elo_cli.tracking.deadlines import Deadline
from elo_cli.tracking.funding import By, funding
from elo_cli.tracking.listing import ListedRecord
from elo_cli.tracking.status import Status
from elo_cli.tracking.timeline import timeline

_LATEST: Final = 200


class Quoted(NamedTuple):
    """One use of a document: by which record, and where in the document it stands."""

    record: str
    place: str
    order: tuple[int, int, str]


class Saying(NamedTuple):
    """A word on a record, and which of the words of its day it is."""

    entry: Entry
    update: Update
    number: int
    before: Mapping[str, object]
    """What each field that it replaces held before, where it held anything."""


class Shared(NamedTuple):
    """What is the same in every language, computed once."""

    standing: Status
    asked: Mapping[str | None, Chased]
    backlinks: Mapping[str, list[Link]]
    entries: Mapping[str, Entry]
    """The records that existed on the day, by id: those that have a page."""
    news: News | None = None
    """What is news since the last meeting."""


class Pages:
    """The contents of all pages in one language; addresses are given from the page that is written."""

    def __init__(self, language: Language, view: View, shared: Shared) -> None:
        """Pages in this language."""
        self.language = language
        self.view = view
        self.shared = shared
        self.facts = Facts(language, view)
        self.names = self.facts.names

    # Pages of their own

    def along_time(self) -> Markup:
        """What is due along time as a picture, of many measures by goal or component; nothing without any."""
        line = timeline(self.view)
        if not line.lanes:
            return Markup()
        from elo_cli.render.pictures.timeline_svg import timeline_svg

        return self._figure(timeline_svg(self.language, self.view, line, everything=False), N_("Along time"))

    def money(self, address: Address) -> Markup:
        """The sums, by instrument with all that explains them, then by measure and organisation."""
        from elo_cli.render.pictures.money import money_svg

        sums = funding_parts(self.language, self.view, funding(self.view, "instrument"))
        parts = [html([sums.title, Paragraph(self.language.say(_SUMS))], address)]
        if sums.table.rows:
            wide, narrow = (money_svg(self.language, self.view, narrow=narrow) for narrow in (False, True))
            parts.append(self._figure(wide, None, narrow))
        parts.append(html([sums.table, *sums.rest], address))
        others: tuple[By, ...] = ("measure", "organisation")
        for by in others:
            other = funding_parts(self.language, self.view, funding(self.view, by))
            parts.append(html([other.title._replace(level=2), other.table], address))
        return stacked(*parts)

    def changes(self, address: Address) -> Markup:
        """What has been said, the latest first."""
        say, updates = self.language.say, self.sayings
        blocks: list[Block] = [Heading(say(N_("Changes")), 1), *self._news()]
        blocks.append(Heading(say(N_("What has been said since the original entries"))))
        if not updates:
            blocks.append(Paragraph(say(N_("Nothing has been said yet."))))
        day = ""
        for saying in updates[:_LATEST]:
            update = saying.update
            if update.date.text != day:
                blocks.append(Heading(self.language.period(update.date)))
                day = update.date.text
            said = self.names.long(saying.entry.id)
            if update.by:
                said = fill("{} ({})", said, self.names.short(update.by))
            if update.retracted is not None:
                said = fill("{} – {}", said, self.facts.fields.retracted(update.retracted))
            blocks.append(Paragraph(said))
            told = self.facts.said(update, saying.before)
            blocks.append(Items(struck(self.language, told) if update.retracted is not None else told))
        if len(updates) > _LATEST:
            blocks.append(Paragraph(say(N_("Older updates stand on the pages of their records."))))
        return html(blocks, address)

    @cached_property
    def sayings(self) -> Sequence[Saying]:
        """Everything that has been said by the view's day, the latest first."""
        sayings = []
        for entry in self.shared.entries.values():
            days: Counter[str] = Counter()
            fold, names = Fold(entry.record), entry.record.update_names
            for _, update in updates_said(entry.record, self.view.as_of):
                days[update.date.text] += 1
                # Of what an update only adds to, what it adds is told.
                replaced = update.changes().keys() - entry.record.grows
                before = {name: value for name in replaced if (value := fold[names.get(name, name)]) is not None}
                sayings.append(Saying(entry, update, days[update.date.text], before))
                # What was taken back counts for nothing that came after it.
                if update.retracted is None:
                    fold.add(update)
        sayings.sort(key=lambda saying: (saying.update.said_on, saying.update.date.text, saying.entry.id), reverse=True)
        return sayings

    def _news(self) -> Iterator[Block]:
        """What is news since the last meeting, by which clock, record by record."""
        news, say = self.shared.news, self.language.say
        if news is None:
            return
        since = self.language.period(news.since)
        yield Heading(say(N_("Since {day}"), day=since))
        if news.clock == "recorded":
            yield Paragraph(say(N_("What was recorded after {day}, whenever it happened:"), day=since))
        else:
            text = N_(
                "What was said after {day}, by the day of each update, because the history of the files does not reach "
                "back so far:"
            )
            yield Paragraph(say(text, day=since))
        changed = self.facts.changes(news)
        yield Items(self.facts.added(news))
        for change in changed[:_LATEST]:
            yield Paragraph(fill("{} ({})", change.name, change.kind))
            yield Items(list(change.lines))
        if not changed and not news.added and not news.first_recorded:
            yield Paragraph(say(N_("Nothing.")))

    # One record

    def record(self, entry: Entry, address: Address, statuses: Markup) -> Markup:
        """A record whole, with the timeline of its statuses and what belongs to it."""
        backlinks = [link for link in self.shared.backlinks.get(entry.id, ()) if link.origin in self.shared.entries]
        head, *rest = show(self.names, entry, backlinks)
        first = next((at for at, block in enumerate(rest) if isinstance(block, Pairs)), 0)
        # The page's own name is no link to itself, and what belongs to it stands before what was said of it.
        told = html([head, *rest[: first + 1]], address)
        return stacked(told, statuses, html([*self._belonging(entry), *rest[first + 1 :]], address))

    def _belonging(self, entry: Entry) -> Iterator[Block]:
        say, record = self.language.say, entry.record
        match record:
            case Measure():
                yield from self._milestones(self.view.milestones_of.get(entry.id, ()))
                funding_lines = self.view.lines_of.get(entry.id, ())
                if funding_lines:
                    yield Heading(say(N_("Funding")))
                    # What counts by itself first, each part after that.
                    funding_lines = sorted(funding_lines, key=lambda line: not self.view.is_top(line))
                    yield Items([self.facts.line_among(line) for line in funding_lines])
            case Instrument():
                yield from self._milestones(self.view.milestones_under.get(entry.id, ()))
            case Organisation() if (chased := self.shared.asked.get(entry.id)) is not None:
                yield Heading(say(N_("What is asked of it")))
                yield Items([self.facts.ask(asked) for asked in chased.asked])
            case Document() if quoted := self.quotes.get(entry.id):
                yield Heading(say(N_("What is taken from it")))
                heads = [say(N_("Record")), say(N_("Place"))]
                yield Table(heads, [(self.names.long(quote.record), quote.place) for quote in quoted])
            case Meeting():
                pass
            case _:
                pass

    def _milestones(self, milestones: Sequence[Milestone]) -> Iterator[Block]:
        if not milestones:
            return
        say = self.language.say
        yield Heading(say(N_("Milestones")))
        rows = []
        for milestone in milestones:
            fact = self.facts.milestone(milestone)
            rows.append((fact.what, fact.due, self._timing(milestone, fact.timing), fact.who or "–"))
        yield Table([say(N_("Milestone")), say(N_("Due")), say(N_("Timing")), say(N_("Responsible"))], rows)

    @cached_property
    def quotes(self) -> Mapping[str, list[Quoted]]:
        """Where each document is cited: by records and by words on them, in the document's order."""
        quoted: dict[str, dict[tuple[str, str], Quoted]] = defaultdict(dict)
        for entry in self.shared.entries.values():
            sources = [
                *(entry.record.sources or ()),
                *(source for update in self.view.state(entry.record).updates for source in update.sources or ()),
            ]
            for source in sources:
                text = self.facts.fields.place(source)
                order = (source.slide or 0, source.page or 0, entry.id)
                quoted[source.document][entry.id, text] = Quoted(entry.id, text or "–", order)
        return {document: sorted(of.values(), key=lambda quote: quote.order) for document, of in quoted.items()}

    # Parts

    def _timing(self, milestone: Milestone, text: str) -> str:
        timing = self.view.timing(milestone)
        return marked(text, "look", timing.word) if timing is not None else text

    def linked(self, block: Block, records: Sequence[ListedRecord]) -> Block:
        """A list's table with the names first, as links; the id, which the address says, goes last."""
        if not isinstance(block, Table):
            return block
        id_head, name_head, *heads = block.heads
        rows = []
        for row, (shown_id, _, *rest) in zip(records, block.rows, strict=True):
            # The last cell of a milestone's row is its timing.
            last = [marked(rest.pop(), "look", row.timing.word)] if row.timing is not None else []
            rows.append((self.names.long(row.entry.id), *rest, *last, shown_id))
        return block._replace(heads=[name_head, *heads, id_head], rows=rows)

    def by_name(self, block: Block, rows: Sequence[Deadline]) -> Block:
        """The table of deadlines with what it is about first, as a link; its id is what the address says."""
        if not isinstance(block, Table):
            return block
        cells = [
            (
                self.language.refer(deadline.id, row.what),
                row.due,
                marked(row.timing, "look", deadline.timing),
                row.measures,
                row.responsible,
            )
            for deadline, row in zip(rows, (Cells(*row) for row in block.rows), strict=True)
        ]
        heads = Cells(*block.heads)
        return Table((heads.what, heads.due, heads.timing, heads.measures, heads.responsible), cells)

    def _figure(self, picture: str, title: str | None, narrow: str = "") -> Markup:
        say = self.language.say
        label = say(N_("Picture; the tables on this page say the same"))
        drawn, small = Markup(picture), Markup(narrow)  # noqa: S704 - made by render.pictures, which escapes each text
        return page_part("figure", drawn, say(title) if title is not None else "", label, small)


_SUMS: Final = N_(
    "Only what is alike is added: totals and yearly amounts apart, and each stage by itself. An amount that is not "
    "stated is counted as a line, never as zero."
)
