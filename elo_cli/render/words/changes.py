"""A change of the data as a sentence in the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeGuard

from elo_cli.model.errors import N_, nN_
from elo_cli.model.kinds import KINDS
from elo_cli.model.money import Money
from elo_cli.model.period import Period
from elo_cli.model.records.base import Correction, Update
from elo_cli.render.words import terms
from elo_cli.render.words.fields import FieldText
from elo_cli.render.words.marked import fill, joined, run_on
from elo_cli.render.words.names import Names
from elo_cli.tracking.changes.change import Change

_LONG: Final = 160
_CONTEXT: Final = 3
"""Words that are shown on both sides of what differs in a long text."""


class Sentences:
    """Says changes: each in one sentence, with the reason and the decider where an update gives them."""

    def __init__(self, names: Names) -> None:
        """Say them with these names, in their language."""
        self.names = names
        self.language = names.language
        self.fields = FieldText(names)
        self._by_rule: dict[str, Callable[[Change], str]] = {
            "record-added": self._added,
            "record-removed": self._removed,
            "record-renamed": self._renamed,
            "record-id-changed": self._id_changed,
            "record-id-reused": self._id_reused,
            "promise-rewritten": self._rewritten,
            "promise-wording": self._rewritten,
            "promise-completed": self._completed,
            "promise-corrected": self._corrected,
            "translation": self._translation,
            "correction-added": self._correction,
            "record-correction-removed": self._correction,
            "translation-old": self._old_translation,
            "due-moved": self._due,
            "update-due-unexplained": self._due,
            "funding-amount": self._amount,
            "update-grant-lowered": self._amount,
            "evidence": self._evidence,
            "source": self._source,
            "source-removed": self._source,
            "update-added": self._word_added,
            "update-edited": self._word_edited,
            "update-translated": self._word_edited,
            "update-removed": self._word_removed,
            "update-retracted": self._word_retracted,
            "update-retraction-changed": self._word_edited,
        }

    def say(self, change: Change, *, grounds: bool = True) -> str:
        """The sentence for a change, with no full stop; `grounds` adds why it changed and who decided it."""
        sentence = self._by_rule.get(change.rule, self._field)(change)
        update = change.update
        if update is None or change.rule in _OF_UPDATES:
            return sentence
        lacks = [self.language.say(_LACKS[change.rule])] if change.rule in _LACKS else []
        return run_on((sentence, *(self.grounds(update) if grounds else ()), *lacks))

    def grounds(self, update: Update) -> list[str]:
        """Why an update changes something, and who decided it, as far as it says."""
        say = self.language.say
        parts = []
        if update.reason:
            parts.append(say(N_("reason: {reason}"), reason=self.language.text(update.reason).rstrip(" .")))
        if update.decided_by:
            parts.append(say(N_("decided by {who}"), who=self.names.long(update.decided_by)))
        return parts

    def about(self, update: Update) -> str:
        """The day of an update, and who said it."""
        day = self.language.period(update.date)
        return fill("{}, {}", day, self.names.short(update.by)) if update.by else day

    def label(self, field: str) -> str:
        """A field's name; what lies deeper stands in brackets: `Roles (guidance, Task)`."""
        first, *rest = field.split(".")
        head = terms.head(self.language, first)
        return f"{head} ({', '.join(terms.head(self.language, part) for part in rest)})" if rest else head

    def value(self, field: str, value: object) -> str:
        """A value on one line."""
        return self.fields.stated(field.rpartition(".")[2], value)

    # One method a sentence

    def _added(self, change: Change) -> str:
        return self.language.say(N_("new: {kind}"), kind=terms.kind_word(self.language, change.kind))

    def _removed(self, change: Change) -> str:
        return self.language.say(N_("removed: {kind}"), kind=terms.kind_word(self.language, change.kind))

    def _renamed(self, change: Change) -> str:
        return self.language.say(N_("the id is now {new}, formerly {old}"), new=change.new, old=change.old)

    def _id_changed(self, change: Change) -> str:
        return self.language.say(
            N_("the id changed from {old} to {new}, and “formerly” does not say so"), new=change.new, old=change.old
        )

    def _id_reused(self, change: Change) -> str:
        if change.old in KINDS:
            kinds = [terms.kind_word(self.language, str(kind)) for kind in (change.old, change.new)]
            return self.language.say(
                N_("under this id there was another record: {old}, now {new}"), old=kinds[0], new=kinds[1]
            )
        return self.language.say(N_("this id was formerly that of {other}; an id is used once"), other=change.also)

    def _rewritten(self, change: Change) -> str:
        return self.language.say(
            N_("promise rewritten, and no correction says why: {change}"), change=self._field(change)
        )

    def _old_translation(self, change: Change) -> str:
        return self.language.say(
            N_("{field}: translations of the earlier text: {languages}"),
            field=self.label(change.field),
            languages=change.new,
        )

    def _completed(self, change: Change) -> str:
        return self.language.say(
            N_("stated in the promise afterwards, and no correction says why: {change}"), change=self._field(change)
        )

    def _corrected(self, change: Change) -> str:
        return self.language.say(N_("our mistake corrected: {change}"), change=self._field(change))

    def _translation(self, change: Change) -> str:
        return self.language.say(N_("translation: {change}"), change=self._field(change))

    def _correction(self, change: Change) -> str:
        entry = change.new if isinstance(change.new, Correction) else change.old
        if not isinstance(entry, Correction):
            return self._field(change)
        message = (
            N_("correction of {field}: {reason}") if change.old is None else N_("correction removed: {field}: {reason}")
        )
        return self.language.say(message, field=self.label(entry.field), reason=self.language.text(entry.reason))

    def _due(self, change: Change) -> str:
        old, new = change.old, change.new
        say = self.language.say
        if not isinstance(new, Period):
            return say(N_("the deadline {old} no longer holds"), old=self.value("due", old))
        if not isinstance(old, Period):
            return say(N_("deadline set: {new}"), new=self.value("due", new))
        return say(
            N_("deadline moved from {old} to {new}, {distance}"),
            old=self.value("due", old),
            new=self.value("due", new),
            distance=distance(self.language.count, old, new) or say(N_("on another scale")),
        )

    def _amount(self, change: Change) -> str:
        sentence = self._field(change)
        if not isinstance(change.old, Money) or not isinstance(change.new, Money):
            return sentence
        gap = change.new.euros - change.old.euros
        message = N_("{change} ({difference} more)") if gap > 0 else N_("{change} ({difference} less)")
        return self.language.say(message, change=sentence, difference=self.language.money(Money(abs(gap))))

    def _evidence(self, change: Change) -> str:
        if change.old is None:
            return self.language.say(N_("evidence: {document}"), document=self.value("evidence", change.new))
        return self._field(change)

    def _source(self, change: Change) -> str:
        if change.field != "sources":
            # Of a source that stays, something was added or mended: what is inferred, a note, the place.
            return self._field(change)
        if change.old is None:
            return self.language.say(N_("source added: {source}"), source=self.value("sources", change.new))
        if change.new is None:
            return self.language.say(N_("source removed: {source}"), source=self.value("sources", change.old))
        return self._field(change)

    def _word_added(self, change: Change) -> str:
        if change.update is None:
            return ""
        note = self.language.text(change.update.note)
        message = N_("update of {about}: {note}") if note else N_("update of {about}")
        return self.language.say(message, about=self.about(change.update), note=note)

    def _word_edited(self, change: Change) -> str:
        if change.update is None:
            return ""
        message = _EDITED[change.rule]
        return self.language.say(message, about=self.about(change.update), change=self._inner(change))

    def _word_removed(self, change: Change) -> str:
        if change.update is None:
            return ""
        said = run_on(self.fields.changes(change.update)) or self.language.text(change.update.note)
        return self.language.say(
            N_("published update of {about} removed: {said}"), about=self.about(change.update), said=said
        )

    def _word_retracted(self, change: Change) -> str:
        update = change.update
        if update is None or update.retracted is None:
            return ""
        said = run_on(self.fields.changes(update)) or self.language.text(update.note)
        return self.language.say(
            N_("update of {about} retracted, {day}: {reason}; it no longer counts: {said}"),
            about=self.about(update),
            day=update.retracted.date,
            reason=self.language.text(update.retracted.reason).rstrip(" ."),
            said=said or "–",
        )

    def _inner(self, change: Change) -> str:
        """What differs between two versions of an update."""
        if isinstance(change.old, Update) and isinstance(change.new, Update):
            before, after = (run_on(self.fields.changes(word)) or "–" for word in (change.old, change.new))
            return fill("{} → {}", before, after)
        return self._field(change._replace(field=change.field.removeprefix("updates.")))

    def _field(self, change: Change) -> str:
        label = self.label(change.field)
        old, new = change.old, change.new
        if is_text(old) and is_text(new):
            return self._texts(label, old, new)
        if _is_ids(old) and _is_ids(new):
            return self._ids(label, change.field, old, new)
        if old is None:
            return fill("{}: {}", label, self.value(change.field, new))
        return fill("{}: {} → {}", label, self.value(change.field, old), self.value(change.field, new))

    def _texts(self, label: str, old: Mapping[str, str], new: Mapping[str, str]) -> str:
        """The wording that differs, by language: the words around the place, where the text is long."""
        parts = []
        for code in dict.fromkeys((*self.language.preferred, *old, *new)):
            before, after = old.get(code), new.get(code)
            if before == after:
                continue
            say = self.language.say
            shown = [
                say(N_("“{text}”"), text=text) if text else say(N_("not stated")) for text in excerpt(before, after)
            ]
            parts.append(f"{label} [{code}]: {shown[0]} → {shown[1]}")
        return "; ".join(parts)

    def _ids(self, label: str, field: str, old: Sequence[str], new: Sequence[str]) -> str:
        say, name = self.language.say, field.rpartition(".")[2]
        parts = []
        if more := [item for item in new if item not in old]:
            parts.append(say(N_("added {names}"), names=self.value(name, more)))
        if less := [item for item in old if item not in new]:
            parts.append(say(N_("removed {names}"), names=self.value(name, less)))
        return fill("{}: {}", label, joined(", ", parts))


_OF_UPDATES: Final = frozenset(
    {"update-added", "update-edited", "update-removed", "update-translated"}
    | {"update-retracted", "update-retraction-changed"}
)
"""Rules whose sentence is about an update itself, and says all of it."""
_EDITED: Final = {
    "update-edited": N_("published update of {about} rewritten: {change}"),
    "update-translated": N_("translation of the update of {about}: {change}"),
    "update-retraction-changed": N_("retraction of the update of {about} rewritten: {change}"),
}
_LACKS: Final = {
    "update-due-unexplained": N_("a reason and a decider are missing"),
    "update-change-unexplained": N_("a reason and a decider are missing"),
    "update-status-backwards": N_("a reason is missing"),
    "update-fulfilment-undone": N_("a reversal is missing"),
    "update-grant-lowered": N_("a decision is missing"),
}
"""What an update that breaks a change rule lacks."""


def distance(count: Callable[..., str], old: Period, new: Period) -> str:
    """How far a due has moved, in the unit that both are given in; days between the last days else; "" when open."""
    if old.end is None or new.end is None:
        return ""
    months = 12 * (new.end.year - old.end.year) + new.end.month - old.end.month
    if old.unit == new.unit and old.unit in _STEPS:
        size, later, earlier = _STEPS[old.unit]
        steps = months // size
    else:
        steps = (new.end - old.end).days
        later, earlier = nN_("{n} day later", "{n} days later"), nN_("{n} day earlier", "{n} days earlier")
    if steps == 0:
        return ""
    return count(*(later if steps > 0 else earlier), abs(steps))


_STEPS: Final = {
    "month": (
        1,
        nN_("{n} month later", "{n} months later"),
        nN_("{n} month earlier", "{n} months earlier"),
    ),
    "quarter": (
        3,
        nN_("{n} quarter later", "{n} quarters later"),
        nN_("{n} quarter earlier", "{n} quarters earlier"),
    ),
    "season": (
        6,
        nN_("{n} half-year later", "{n} half-years later"),
        nN_("{n} half-year earlier", "{n} half-years earlier"),
    ),
    "year": (
        12,
        nN_("{n} year later", "{n} years later"),
        nN_("{n} year earlier", "{n} years earlier"),
    ),
}


def excerpt(old: str | None, new: str | None) -> tuple[str, str]:
    """Two versions of a text: whole when they are short, else the words that differ with a few on both sides."""
    if not old or not new or max(len(old), len(new)) <= _LONG:
        return old or "", new or ""
    before, after = old.split(), new.split()
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return _cut(before, start, end), _cut(after, start, end)


def _cut(words: Sequence[str], start: int, end: int) -> str:
    first, last = max(0, start - _CONTEXT), len(words) - max(0, end - _CONTEXT)
    return f"{'… ' if first else ''}{' '.join(words[first:last])}{' …' if last < len(words) else ''}"


def is_text(value: object) -> TypeGuard[dict[str, str]]:
    """Whether a value is a text by language."""
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())


def _is_ids(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
