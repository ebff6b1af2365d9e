"""Rules about references: that each leads to a record of the right kind, and in no circle."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from elo_cli.checks.rule import Context, Spot, rule
from elo_cli.model.errors import N_
from elo_cli.model.finding import Level, Phrase
from elo_cli.model.kind import Reference
from elo_cli.model.kinds import KINDS
from elo_cli.model.records.funding import Funding
from elo_cli.store.tracker import Entry, Link, Tracker


@rule(
    "link-unknown",
    Level.ERROR,
    message=N_("there is no “{target}” ({kinds}){hint}"),
    meaning=N_("What is named here is not in the tracker, so the record hangs in the air."),
    remedy=N_("Mend the id, or add the record that it names; elo new does."),
)
def unknown(context: Context) -> Iterator[Spot]:
    """References to nothing; what is there but cannot be read has its own finding."""
    for link, entry in context.once(_astray):
        if entry is None and not _is_document(link):
            yield _spot(context, link, kinds=_kinds(link), target=link.target, hint=nearest(context, link))


@rule(
    "link-wrong-kind",
    Level.ERROR,
    message=N_("“{target}” is {found}; right here would be {kinds}"),
    meaning=N_("The reference leads to a record that cannot stand in this field."),
    remedy=N_("Name a record of the right kind."),
)
def wrong_kind(context: Context) -> Iterator[Spot]:
    """References to a record of a kind that the field does not take."""
    for link, entry in context.once(_astray):
        if entry is not None:
            yield _spot(context, link, target=link.target, found=Phrase(entry.kind.names.a), kinds=_kinds(link))


@rule(
    "link-circular",
    Level.ERROR,
    message=N_("“{field}” leads in a circle: {circle}"),
    meaning=N_("A record that comes before itself, or is a part of itself, can neither be reached nor be added up."),
    remedy=N_("Take out one of the references, the one that no source gives."),
)
def circular(context: Context) -> Iterator[Spot]:
    """Each circle once, at the record in it that comes first by id."""
    for reference, onward in _onward(context.tracker):
        for circle in _circles({origin: [link.target for link in links] for origin, links in onward.items()}):
            start = circle.index(min(circle))
            told = [*circle[start:], *circle[:start]]
            link = next(link for link in onward[told[0]] if link.target == told[1 % len(told)])
            yield _spot(context, link, field=reference.field, circle=" → ".join([*told, told[0]]))


@rule(
    "link-part-of-basis",
    Level.ERROR,
    message=N_("a part that comes {part} stands in a whole that comes {whole}"),
    meaning=N_(
        "Money of one year and money of the whole period cannot be compared, so no part can be taken off such a whole."
    ),
    remedy=N_(
        "Mend the basis of the one that is wrong, or take part_of out if the source does not say that it is a part."
    ),
)
def part_of_basis(context: Context) -> Iterator[Spot]:
    """Parts whose amounts are on another basis than that of their whole."""
    view = context.view
    for entry, line in context.of(Funding):
        whole = context.tracker.get(Funding, view.state(line).now.part_of)
        if whole is not None:
            part_basis, whole_basis = view.state(line).now.basis, view.state(whole).now.basis
            if part_basis is not None and whole_basis is not None and part_basis != whole_basis:
                yield context.spot(entry, "part_of", part=_BASIS[part_basis], whole=_BASIS[whole_basis])


@rule(
    "link-formerly-in-use",
    Level.ERROR,
    message=N_("“{id}” is said to be an earlier id of this record, and it names another record ({other})"),
    meaning=N_("An id is never given away again: who follows it from old minutes would come to the wrong record."),
    remedy=N_("Take it out of formerly, or give the other record another id."),
)
def formerly_in_use(context: Context) -> Iterator[Spot]:
    """Earlier ids that are the id, or an earlier id, of another record."""
    owners: dict[str, str] = {}
    for entry in context.tracker.entries.values():
        for index, old in enumerate(entry.record.formerly or ()):
            other = old if old in context.tracker.entries else owners.setdefault(old, entry.id)
            if other != entry.id or old == entry.id:
                yield context.spot(entry, "formerly", index, id=old, other=other)


def nearest(context: Context, link: Link) -> Phrase | str:
    """Which id was probably meant, as the rest of a sentence; "" when none is near."""
    return context.guess(
        link.target, [record for kind in link.reference.kinds for record in context.tracker.by_kind[kind]]
    )


def missing_documents(context: Context) -> Iterator[tuple[Link, Spot]]:
    """References to documents that the vocabulary does not hold, which have a rule of their own."""
    for link, entry in context.once(_astray):
        if entry is None and _is_document(link):
            yield link, _spot(context, link, target=link.target, hint=nearest(context, link))


_BASIS: Final = {"total": Phrase(N_("once for the whole period")), "per-year": Phrase(N_("every year"))}


def _astray(context: Context) -> list[tuple[Link, Entry | None]]:
    """The references that lead to nothing, or to a record of the wrong kind, with that record."""
    entries, broken = context.tracker.entries, context.tracker.broken
    astray: list[tuple[Link, Entry | None]] = []
    for links in context.tracker.links.values():
        for link in links:
            entry = entries.get(link.target)
            if entry is None:
                if link.target not in broken:
                    astray.append((link, None))
            elif entry.kind.name not in link.reference.kinds:
                astray.append((link, entry))
    return astray


def _onward(tracker: Tracker) -> Iterator[tuple[Reference, Mapping[str, list[Link]]]]:
    """Each reference that says before or above, of each kind, with the links of it by their origin."""
    for name, kind in KINDS.items():
        groups: dict[Reference, dict[str, list[Link]]] = {
            reference: defaultdict(list)
            for reference in kind.references
            if reference.onward and reference.path[0] != "updates"
        }
        for origin in tracker.by_kind[name] if groups else ():
            for link in tracker.links.get(origin, ()):
                if link.reference.onward and link.reference in groups:
                    groups[link.reference][origin].append(link)
        yield from groups.items()


def _is_document(link: Link) -> bool:
    return link.reference.kinds == ("document",)


def _kinds(link: Link) -> Phrase:
    kinds = [Phrase(KINDS[kind].names.a) for kind in link.reference.kinds]
    if len(kinds) == 1:
        return kinds[0]
    rest = Phrase(N_("{a} or {b}"), {"a": kinds[-2], "b": kinds[-1]})
    for kind in reversed(kinds[:-2]):
        rest = Phrase(N_("{a}, {b}"), {"a": kind, "b": rest})
    return rest


def _spot(context: Context, link: Link, **args: object) -> Spot:
    return Spot(context.tracker.entries[link.origin].path, link.where, args, link.origin)


def _circles(onward: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """The circles of a graph, each once, found without recursion: every node is entered once."""
    done: set[str] = set()
    for start in onward:
        path: list[str] = []
        places: dict[str, int] = {}
        stack: list[tuple[str, Iterator[str]]] = []
        if start not in done:
            stack.append((start, iter(onward[start])))
            places[start] = 0
            path.append(start)
        while stack:
            node, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                path.pop()
                del places[node]
                done.add(node)
            elif following in places:
                yield path[places[following] :]
            elif following in onward and following not in done:
                places[following] = len(path)
                path.append(following)
                stack.append((following, iter(onward[following])))
