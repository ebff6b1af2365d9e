"""The start page: the strategy in numbers, each goal with its progress and money, and measures where they are few."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from elo_cli.model.errors import N_, nN_
from elo_cli.model.kinds import KINDS
from elo_cli.render.forms.blocks import Block, Heading, Items, Pairs, Paragraph
from elo_cli.render.forms.html import Address
from elo_cli.render.reports.facts import MeasureFact
from elo_cli.render.site.bars import Part, parts_of
from elo_cli.render.site.html import html, page_body
from elo_cli.render.site.pages import Pages
from elo_cli.render.words import terms
from elo_cli.render.words.marked import joined, marked
from elo_cli.render.words.money import money_texts
from elo_cli.tracking.overviews.groups import GroupNumbers, group_numbers
from elo_cli.tracking.overviews.overview import MANY


class _Line(NamedTuple):
    """What is told of a group under one head: in words and numbers, and as a bar where it is made of shares."""

    head: str
    text: str
    bar: Sequence[Part] = ()


class Overview:
    """The start page in one language."""

    def __init__(self, pages: Pages, address: Address, lists: Mapping[tuple[str, str], str]) -> None:
        """A page from which records have these addresses; `lists` are those of the lists of a group, by its key."""
        self.pages = pages
        self.language = pages.language
        self.address = address
        self.lists = lists

    def body(self) -> Markup:
        """What stands on the page."""
        config, facts = self.pages.view.tracker.config, self.pages.facts
        standing = self.pages.shared.standing
        self.few = standing.totals.measures <= MANY
        by, groups = group_numbers(self.pages.view, standing)
        told = [self._group(by, group) for group in groups]
        return page_body(
            "overview",
            self.address,
            name=self.language.text(config.name),
            lead=self.language.text(config.description),
            numbers=html([Pairs([(head, [value]) for head, value in facts.numbers(standing)])], self.address),
            groups=told,
            rest=html(self._rest(), self.address),
        )

    def _group(self, by: str, group: GroupNumbers) -> Mapping[str, object]:
        names, say = self.pages.names, self.language.say
        name = group.key if by == "component" and group.key is not None else None
        if group.key is None:
            name = say(N_("Goal not stated") if by == "goal" else N_("In no component"))
        measures = self.language.count(*KINDS["measure"].names.counted, len(group.measures))
        milestones = self.language.count(*KINDS["milestone"].names.counted, group.milestones)
        return {
            "name": names.long(group.key) if name is None and group.key is not None else name or "",
            "lines": list(self._lines(group)),
            "address": self.lists.get((by, group.key or ""), self.lists[by, ""]),
            "link": measures if by == "goal" else milestones,
            "cards": [self._card(self.pages.facts.measure(measure)) for measure in group.measures] if self.few else [],
        }

    def _lines(self, group: GroupNumbers) -> Iterator[_Line]:
        say, language = self.language.say, self.language
        statuses = {**terms.STATUS, "unstated": terms.NO_STATUS}
        timings = {**terms.TIMING, "undated": terms.Term(N_("no due date stated"))}
        yield self._shares(say(N_("Status of the measures")), group.status, statuses, len(group.measures))
        if group.milestones:
            yield self._shares(say(N_("Milestones")), group.timing, timings, group.milestones)
        texts = money_texts(language, self.pages.names, group.money, self.pages.facts.marks.mark)
        if group.shared:
            shared = nN_(
                "{n} line that is for measures elsewhere too: in no sum here",
                "{n} lines that are for measures elsewhere too: in no sum here",
            )
            texts.append(language.count(*shared, group.shared))
        yield _Line(say(N_("Funding")), joined("; ", texts) or say(N_("no funding stated")))

    def _shares(self, head: str, counts: Mapping[str, int], known: Mapping[str, terms.Term], whole: int) -> _Line:
        """Counts of words with a bar; what is completed or done is told as a part of the whole, first."""
        say, number = self.language.say, self.language.number
        done = "completed" if "completed" in known else "done"
        shown = {name: counts[name] for name in (done, *(name for name in known if name != done)) if counts.get(name)}
        texts = [
            marked(say(N_("{number} {words}"), number=number(n), words=say(known[name].word)), "look", name)
            for name, n in shown.items()
            if name != done
        ]
        text = say(N_("{done} of {whole} reported as done"), done=number(counts.get(done, 0)), whole=number(whole))
        return _Line(head, joined(" · ", (text, *texts)), parts_of(shown.items(), whole))

    def _card(self, measure: MeasureFact) -> Mapping[str, object]:
        say, view = self.language.say, self.pages.view
        now = view.state(view.tracker.entries[measure.id].record).now
        first = [measure.who or say(N_("no one responsible stated"))]
        first.append(marked(measure.status, "look", getattr(now, "status", None) or "unstated"))
        if measure.confidence:
            first.append(marked(measure.confidence, "look", getattr(now, "confidence", None) or ""))
        lines = [say(N_("related measure"))] if measure.key is False else []
        lines.append(measure.money or say(N_("no funding stated")))
        if measure.next_due:
            lines.append(say(N_("Deadline: {due}"), due=measure.next_due))
        lines.append(measure.last_update)
        return {"name": measure.name, "lines": [joined(" · ", first), *lines]}

    def _rest(self) -> Iterator[Block]:
        if legend := self.pages.facts.marks.legend():
            yield Paragraph(legend)
        goals = self.pages.shared.standing.goals
        bare = [self.pages.names.long(goal.goal.id) for goal in goals if goal.goal and not goal.measures]
        if bare:
            yield from (Heading(self.language.say(N_("Goals for which no measure is stated"))), Items(bare))
