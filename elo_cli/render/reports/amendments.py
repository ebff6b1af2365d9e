"""The values of the report on amendments: what decisions changed, by measure or component, the figures first."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from elo_cli.model.errors import N_, nN_
from elo_cli.render.reports.facts import Facts
from elo_cli.render.words import terms
from elo_cli.render.words.changes import Sentences, excerpt, is_text
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
    found = amendments(facts.view, asked.changes, asked.by)
    notes = []
    if found.confirmed:
        text = nN_(
            "{n} record is confirmed as it was by the later decision",
            "{n} records are confirmed as they were by the later decision",
        )
        notes.append(language.count(*text, found.confirmed))
    if found.undecided:
        text = nN_(
            "{n} change of a promise has no decision behind it and is not in this table; elo diff tells it",
            "{n} changes of promises have no decision behind them and are not in this table; elo diff tells them",
        )
        notes.append(language.count(*text, found.undecided))
    return {
        "title": say(
            N_("Amendments from {base} to {head}"), base=_side(facts, asked.base), head=_side(facts, asked.head)
        ),
        "by_day": isinstance(asked.base, date),
        "numbers": [
            (_what(facts, one), language.number(one.amendments), language.number(one.records)) for one in found.counts
        ],
        "notes": notes,
        "groups": [(_group(facts, name, asked.by), _rows(facts, rows)) for name, rows in found.groups],
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


def _what(facts: Facts, one: AmendmentCount) -> str:
    return facts.language.say(_SORTS[one.sort]) if one.sort in _SORTS else Sentences(facts.names).label(one.field)


def _group(facts: Facts, name: str | None, by: Grouping) -> str:
    say = facts.language.say
    if name is None:
        return say(N_("Without a measure")) if by == "measure" else say(N_("Without a component"))
    return f"{facts.names.long(name)} ({name})" if by == "measure" else say(N_("Component {name}"), name=name)


def _rows(facts: Facts, rows: Iterable[Amendment]) -> list[tuple[str, ...]]:
    return [_row(facts, one) for one in rows]


def _row(facts: Facts, one: Amendment) -> tuple[str, ...]:
    """Number, name, field, before, after, reason, decider, document."""
    language, names, word = facts.language, facts.names, one.update
    if one.sort == "new":
        field, old, new = language.say(_SORTS["new"]), "–", terms.kind_word(language, one.kind)
    else:
        field = Sentences(facts.names).label(one.field)
        old, new = _values(facts, one)
    documents = [source.document for source in (word.sources if word is not None else None) or ()]
    if word is None:
        entry = facts.view.tracker.entries.get(one.record)
        documents = [source.document for source in (entry.record.sources if entry is not None else None) or ()]
    return (
        one.number or one.record,
        names.long(one.record),
        field,
        old,
        new,
        language.text(word.reason) if word is not None else "–",
        names.long(word.decided_by) if word is not None and word.decided_by is not None else "–",
        "; ".join(dict.fromkeys(names.long(document) for document in documents)) or "–",
    )


def _values(facts: Facts, one: Amendment) -> tuple[str, str]:
    """Both values; of long texts the words that differ."""
    if is_text(one.old) and is_text(one.new):
        old, new = (facts.language.text(value) for value in (one.old, one.new))
        return excerpt(old, new)
    old, new = (Sentences(facts.names).value(one.field, value) for value in (one.old, one.new))
    return old, new
