"""The values of the report on amendments: what decisions changed, by measure or component, the figures first."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from elo_cli.model.errors import N_, nN_
from elo_cli.render.reports.facts import Facts
from elo_cli.render.words import terms
from elo_cli.render.words.changes import Sentences, excerpt, is_text
from elo_cli.render.words.language import LocalPart
from elo_cli.render.words.marked import fill, joined
from elo_cli.tracking.changes.amendments import Amendment, AmendmentCount, Grouping, Sort, amendments
from elo_cli.tracking.changes.change import Change


class Amended(NamedTuple):
    """Between what amendments are asked for, and the changes there."""

    base: str | date
    """A revision as it was named, or a day."""
    head: str | date | None
    """None for the files as they are."""
    changes: Sequence[Change]
    by: Grouping = "measure"


def amendment_values(facts: Facts, asked: Amended) -> Mapping[str, object]:
    """What the template is given."""
    language, say = facts.language, facts.language.say
    held = amendments(facts.view, asked.changes, asked.by)
    notes = []
    if held.confirmed:
        text = nN_(
            "{n} record is confirmed as it was by the later decision",
            "{n} records are confirmed as they were by the later decision",
        )
        notes.append(language.count(*text, held.confirmed))
    if held.undecided:
        text = nN_(
            "{n} change of a promise has no decision behind it and is not in this table; elo diff tells it",
            "{n} changes of promises have no decision behind them and are not in this table; elo diff tells them",
        )
        notes.append(language.count(*text, held.undecided))
    return {
        "title": say(
            N_("Amendments from {base} to {head}"), base=_side(facts, asked.base), head=_side(facts, asked.head)
        ),
        "by_day": isinstance(asked.base, date),
        "numbers": [
            (_what(facts, count), language.number(count.amendments), language.number(count.records))
            for count in held.counts
        ],
        "notes": notes,
        "groups": [(_group(facts, name, asked.by), _rows(facts, rows)) for name, rows in held.groups],
    }


def _side(facts: Facts, side: str | date | None) -> str:
    if side is None:
        return facts.language.say(N_("the files as they are"))
    return facts.language.day(side) if isinstance(side, date) else side


_SORTS: Final[Mapping[Sort, str]] = {
    # Translators: what a decision did to a milestone or measure
    "new": N_("New"),
    "withdrawn": N_("Withdrawn"),
    "restored": N_("Stands again"),
}


def _what(facts: Facts, count: AmendmentCount) -> str:
    return facts.language.say(_SORTS[count.sort]) if count.sort in _SORTS else Sentences(facts.names).label(count.field)


def _group(facts: Facts, name: str | None, by: Grouping) -> str:
    say = facts.language.say
    if name is None:
        return say(N_("Without a measure")) if by == "measure" else say(N_("Without a component"))
    return fill("{} ({})", facts.names.long(name), name) if by == "measure" else say(N_("Component {name}"), name=name)


def _rows(facts: Facts, rows: Iterable[Amendment]) -> list[tuple[str, ...]]:
    return [_row(facts, amendment) for amendment in rows]


def _row(facts: Facts, amendment: Amendment) -> tuple[str, ...]:
    """Number, name, field, before, after, reason, decider, document."""
    language, names, update = facts.language, facts.names, amendment.update
    if amendment.sort == "new":
        field, old, new = language.say(_SORTS["new"]), "–", terms.kind_word(language, amendment.kind)
    else:
        field = Sentences(facts.names).label(amendment.field)
        old, new = _values(facts, amendment)
    documents = [source.document for source in (update.sources if update is not None else None) or ()]
    if update is None:
        entry = facts.view.tracker.entries.get(amendment.record)
        documents = [source.document for source in (entry.record.sources if entry is not None else None) or ()]
    return (
        amendment.number or amendment.record,
        names.long(amendment.record),
        field,
        old,
        new,
        language.text(update.reason) if update is not None else "–",
        names.long(update.decided_by) if update is not None and update.decided_by is not None else "–",
        joined("; ", dict.fromkeys(names.long(document) for document in documents)) or "–",
    )


def _values(facts: Facts, amendment: Amendment) -> tuple[str, str]:
    """Both values; of long texts the words that differ."""
    if is_text(amendment.old) and is_text(amendment.new):
        language, nothing = facts.language, LocalPart("", facts.language.code)
        before, after = language.part(amendment.old) or nothing, language.part(amendment.new) or nothing
        cut = excerpt(before.text, after.text)
        return (
            language.in_its_language(before._replace(text=cut[0])),
            language.in_its_language(after._replace(text=cut[1])),
        )
    old, new = (Sentences(facts.names).value(amendment.field, value) for value in (amendment.old, amendment.new))
    return old, new
