"""What changed between two versions, as blocks for the screen, Markdown and HTML, and as JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, Literal, NamedTuple

from pydantic import PositiveInt

from elo_cli.model.characters import first_of
from elo_cli.model.errors import N_, nN_
from elo_cli.model.finding import Level
from elo_cli.model.kinds import KINDS
from elo_cli.model.languages import SOURCE
from elo_cli.model.records.base import Update
from elo_cli.render.forms.blocks import Block, Heading, Items, Paragraph, Space, Struck, paragraphs
from elo_cli.render.words import terms
from elo_cli.render.words.changes import Sentences
from elo_cli.render.words.filters import filter_text
from elo_cli.render.words.language import Language
from elo_cli.render.words.names import Names
from elo_cli.store.tracker import Tracker
from elo_cli.tracking.changes.change import CONFIG_ID, Change, Location, canonical
from elo_cli.tracking.changes.files import Differences
from elo_cli.tracking.changes.filters import ChangeCount, ChangeFilters, counts
from elo_cli.tracking.changes.groups import By, groups_of
from elo_cli.tracking.day.filters import EVERYTHING, Filters
from elo_cli.tracking.day.view import View


class Side(NamedTuple):
    """One of the two versions: what it is called, and the day on which it was recorded."""

    name: str | None
    """The revision as it was asked for; None for the files as they are."""
    commit: str | None
    day: date | None
    """The day on which it was recorded; without a revision, by which it had been said."""


class Compared(NamedTuple):
    """Everything that `elo diff` says."""

    tracker: Tracker
    """The new side, whose records are read as their names are needed."""
    base: Side
    head: Side
    differences: Differences
    by: By
    filters: Filters = EVERYTHING
    chosen: ChangeFilters = ChangeFilters()
    """What the changes themselves were chosen by."""


class PlaceRow(NamedTuple):
    """A place in a file."""

    path: str
    line: PositiveInt


class ChangeRow(NamedTuple):
    """One change of meaning between two versions of a record."""

    id: str
    kind: str
    """The record's kind; “tracker” for tracker.yaml."""
    rule: str
    """What the change is; a rewritten promise's begins with promise."""
    level: Level
    field: str | None
    """The field, with a point before what lies deeper; None for a whole record."""
    old: Any
    """The value before; None where there was none."""
    new: Any
    """The value now; None where there is none."""
    wording: bool
    """Whether only words differ, and no fact."""
    message: str
    """In English."""
    base: PlaceRow | None
    """Where it stood; None where it did not stand."""
    head: PlaceRow | None
    """Where it stands; None where it does not."""
    fingerprint: str
    """Stays the same from run to run, and when lines move."""


class DiffAnswer(NamedTuple):
    """`elo diff`."""

    clock: Literal["recorded", "said"]
    """Whether the base is a revision, or what had been said by a day because the history begins later."""
    base: str | None
    """The commit that was compared with."""
    head: str | None
    """The commit that was compared; None for the files as they are."""
    counts: Sequence[ChangeCount]
    """The changes by rule and field, the most frequent first."""
    changes: Sequence[ChangeRow]
    filters: Filters = EVERYTHING
    """Which filters it is under, by the names of their options; empty without one."""


def blocks(language: Language, answer: Compared) -> list[Block]:
    """The changes by group and record, each in a sentence, those that must not land before the others."""
    sentences = Sentences(Names(language, View(answer.tracker, date.max)))
    changes = answer.differences.changes
    parts: list[Block] = [
        Heading(
            language.say(
                N_("Changes from {base} to {head}"),
                base=_side(language, answer.base),
                head=_side(language, answer.head),
            ),
            1,
        ),
        *paragraphs(filter_text(sentences.names, answer.filters)),
        *_summary(language, changes, _unread(answer), filtered=any(answer.chosen)),
        *tally(sentences, changes),
        *chosen(language, answer.chosen),
    ]
    if answer.base.name is None and answer.base.day is not None:
        text = N_("Told by the day of each update, because the history of the files does not reach back so far.")
        parts.append(Paragraph(language.say(text), style="dim"))
    for group, records in _grouped(answer).items():
        parts += [Space(), Heading(_group_name(sentences, answer.by, group))]
        for record_id, of_record in records.items():
            parts += [
                Paragraph(record_line(sentences, record_id, of_record[0]), 1),
                Items(lines(sentences, of_record), 1),
            ]
    return parts


def answer(asked: Compared) -> DiffAnswer:
    """The changes as JSON carries them."""
    rows = change_rows(english(asked.tracker), asked.tracker, asked.differences, asked.differences.changes)
    clock: Literal["recorded", "said"] = "said" if asked.base.name is None else "recorded"
    numbers = counts(asked.differences.changes)
    return DiffAnswer(clock, asked.base.commit, asked.head.commit, numbers, rows, asked.filters)


def english(tracker: Tracker) -> Sentences:
    """Says changes in English, as programs get them."""
    return Sentences(Names(Language(SOURCE), View(tracker, date.max)))


def change_rows(
    sentences: Sentences, tracker: Tracker, differences: Differences, changes: Iterable[Change]
) -> list[ChangeRow]:
    """Changes as JSON carries them: values as everywhere, places on both sides."""

    def place(spot: Location | None, line: int) -> PlaceRow | None:
        return None if spot is None else PlaceRow(tracker.shown(spot.path), line)

    texts = differences.texts
    return [
        ChangeRow(
            change.record,
            change.kind,
            change.rule,
            change.level,
            change.field or None,
            _value(change.old),
            _value(change.new),
            change.wording,
            sentences.say(change),
            place(change.base, texts.base(change.base).line),
            place(change.head, texts.head(change.head).line),
            change.fingerprint,
        )
        for change in changes
    ]


def _value(value: object) -> object:
    """A value; of an update or another model only what it states."""
    stated = getattr(value, "model_fields_set", None)
    return value if stated is None else {name: getattr(value, name) for name in sorted(stated)}


def _side(language: Language, side: Side) -> str:
    if side.name is None and side.day is not None:
        return language.say(N_("what had been said by {day}"), day=side.day)
    if side.name is None:
        return language.say(N_("the files as they are"))
    day = f" ({language.day(side.day)})" if side.day is not None else ""
    return f"{side.name}{day}"


def _unread(answer: Compared) -> list[str]:
    """The files that could not be read on either side, so that what changed in them is not among the changes."""
    return list(answer.tracker.incomplete)


def tally(sentences: Sentences, changes: Sequence[Change]) -> list[Paragraph]:
    """How many changes there are of what, the most frequent first; what an update consists of is counted by itself."""
    numbers: Counter[str] = Counter()
    for count in counts(changes):
        if count.rule in {"record-added", "record-removed"}:
            word = N_("new records") if count.rule == "record-added" else N_("removed records")
            numbers[sentences.language.say(word)] += count.changes
        elif count.rule != "update-added":
            numbers[sentences.label(count.field or "updates")] += count.changes
    if len(numbers) < _WORTH_COUNTING:
        return []
    parts = [f"{what} {sentences.language.number(number)}" for what, number in numbers.most_common(_TALLIED)]
    more = " …" if len(numbers) > _TALLIED else ""
    return [Paragraph(" · ".join(parts) + more, style="dim")]


def chosen(language: Language, filters: ChangeFilters) -> list[Paragraph]:
    """What the changes were chosen by, so that nobody takes them for all."""
    given = [
        f"--{option} {word}" for option, words in zip(("field", "kind", "rule"), filters, strict=True) for word in words
    ]
    return [Paragraph(language.say(N_("only: {filters}"), filters=" ".join(given)), style="dim")] if given else []


_WORTH_COUNTING: Final = 2
_TALLIED: Final = 12


def _summary(
    language: Language, changes: Sequence[Change], missing: Sequence[str], *, filtered: bool
) -> Iterator[Paragraph]:
    if missing:
        # First and in plain letters: whoever reads on must not take the rest for all.
        yield Paragraph(
            language.say(
                N_("this is not all: what changed in {paths} cannot be told, since it cannot be read"),
                paths=first_of(missing, _NAMED),
            )
        )
    elif not changes:
        text = N_("nothing of that has changed") if filtered else N_("nothing has changed in meaning")
        yield Paragraph(language.say(text), style="dim")
    if changes:
        yield Paragraph(_counts(language, changes), style="dim")


def _counts(language: Language, changes: Sequence[Change]) -> str:
    records = len({change.record for change in changes})
    parts = [
        language.count(*nN_("{n} record", "{n} records"), records),
        language.count(*nN_("{n} change", "{n} changes"), len(changes)),
    ]
    for level, message in _COUNTS.items():
        if number := sum(change.level is level for change in changes):
            parts.append(language.count(*message, number))
    return " · ".join(parts)


_NAMED: Final = 5
"""How many unreadable files are named; elo check names all."""
_COUNTS = {
    Level.ERROR: nN_("{n} that must not land", "{n} that must not land"),
    Level.WARNING: nN_("{n} to look at", "{n} to look at"),
}


def _grouped(answer: Compared) -> dict[str | None, dict[str, list[Change]]]:
    """Changes by group and record; a record of several groups stands in each, what has no group comes last."""
    by_record: dict[str, list[Change]] = {}
    for change in answer.differences.changes:
        by_record.setdefault(change.record, []).append(change)
    groups: dict[str | None, dict[str, list[Change]]] = {}
    for record_id, changes in by_record.items():
        for group in groups_of(answer.tracker, record_id, answer.by) or (None,):
            groups.setdefault(group, {})[record_id] = changes
    return {group: groups[group] for group in sorted(groups, key=lambda group: (group is None, group or ""))}


def _group_name(sentences: Sentences, by: By, group: str | None) -> str:
    if group is not None:
        return sentences.names.long(group)
    return sentences.language.say(_WITHOUT[by])


_WITHOUT: Mapping[By, str] = {
    "goal": N_("Goal not stated"),
    "measure": N_("Without a measure"),
    "organisation": N_("Without a responsible organisation"),
}


def record_line(sentences: Sentences, record_id: str, change: Change) -> str:
    """Which record changes are of: its name, its kind and its id."""
    if record_id == CONFIG_ID and change.kind not in KINDS:
        return sentences.language.say(N_("Settings (tracker.yaml)"))
    kind = terms.kind_word(sentences.language, change.kind)
    return f"{sentences.names.long(record_id)} · {kind} · {record_id}"


def lines(
    sentences: Sentences, changes: Sequence[Change], numbered: Mapping[str, tuple[int, Update]] | None = None
) -> list[str]:
    """The changes of one record in sentences, those that must not land first and named as such.

    `numbered` has the updates that the record has now by their content: a word that was brought gets its number, and
    says so when it has been retracted since.
    """
    told: set[int] = set()
    texts = []
    for change in sorted(changes, key=lambda change: change.level.rank):
        line = _line(sentences, change, grounds=id(change.update) not in told)
        if numbered and change.rule == "update-added" and change.update is not None:
            number, now = numbered.get(canonical(change.update.without_retraction), (None, None))
            line = f"{number}. {line}" if number is not None else line
            if now is not None and now.retracted is not None:
                retracted = sentences.fields.retracted(now.retracted)
                line = Struck(f"{line} – {retracted}", sentences.language.say(N_("retracted")))
        texts.append(line)
        if change.rule != "update-added":
            # Why and by whom is said once of an update, and not of each field that it sets.
            told.add(id(change.update))
    return texts


def _line(sentences: Sentences, change: Change, *, grounds: bool) -> str:
    sentence = sentences.say(change, grounds=grounds)
    if change.level is Level.NOTE:
        return sentence
    return f"{sentences.language.say(terms.LEVEL[change.level].word).upper()}: {sentence}"
