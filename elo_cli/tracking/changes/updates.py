"""What the updates of two versions say: which were added, and what each made of the fields; edited and removed ones."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from elo_cli.model.finding import Level
from elo_cli.model.kind import Kind
from elo_cli.model.money import Money
from elo_cli.model.records.base import Update
from elo_cli.model.records.measure import FINISHED
from elo_cli.store.tracker import Entry
from elo_cli.tracking.changes.change import Change, Location, canonical
from elo_cli.tracking.changes.values import differences, is_text, renamed_value
from elo_cli.tracking.day.state import Fold

_RANK: Final = {
    "planned": 0,
    "in-preparation": 1,
    "in-progress": 2,
    "suspended": 2,
    "completed": 3,
    "withdrawn": 3,
}
_DECIDED: Final = frozenset({"appropriated", "granted", "paid"})
"""Stages of money that someone has decided on."""
_RULES: Final = {
    "due": "due-moved",
    "status": "status",
    "confidence": "confidence",
    "stage": "funding-stage",
    "amount": "funding-amount",
    "evidence": "evidence",
    "eu": "eu",
    "value": "value",
    "held": "meeting-moved",
    "decisions": "decision",
    # Who answers a question is the least of what is said of it.
    "questions": "field",
}


class _Placed(NamedTuple):
    """An update with its index in the file."""

    place: int
    update: Update


def update_changes(old: Entry, new: Entry, renamed: Mapping[str, str], first_language: str) -> Iterator[Change]:
    """The updates that were added, with the fields that each set, and those that were edited or removed."""
    said = old.data.get("updates"), new.data.get("updates")
    if not renamed and said[0] == said[1]:
        return
    before = [_Placed(index, _renamed(update, renamed)) for index, update in enumerate(old.record.all_updates)]
    after = [_Placed(index, update) for index, update in enumerate(new.record.all_updates)]
    same = 0 if renamed else _alike(*said)
    gone, come = _unmatched(before[same:], after[same:]), _unmatched(after[same:], before[same:])
    if not gone and not come:
        return
    change = partial(Change, new.id, new.kind.name)
    retracted = list(_retracted(gone, come))
    taken_back = {was.place for was, _ in retracted}
    for was, now in retracted:
        yield _retraction(new, now, Location(old.path, ("updates", was.place)))
    known = {now.place for _, now in retracted}
    gone = [was for was in gone if was.place not in taken_back]
    edited = list(_edited(gone, [now for now in come if now.place not in known]))
    for was, now in edited:
        yield _edit((old, new), was, now, first_language)
    kept = known | {now.place for _, now in edited}
    for was in gone:
        if all(was is not other for other, _ in edited):
            places = Location(old.path, ("updates", was.place)), Location(new.path, ("updates",))
            yield change("update-removed", Level.ERROR, "updates", was.update, None, *places, update=was.update)
    added = {now.place for now in come} - kept
    if added:
        yield from _added(old, new, after, added)


def _alike(old: object, new: object) -> int:
    """How many updates at the beginning are the same data on both sides: a new word stands at the end as a rule."""
    if not isinstance(old, list) or not isinstance(new, list):
        return 0
    pairs = enumerate(zip(old, new, strict=False))
    return next((index for index, (was, now) in pairs if was != now), min(len(old), len(new)))


def _renamed(update: Update, renamed: Mapping[str, str]) -> Update:
    value = renamed_value(update, renamed)
    return value if isinstance(value, Update) else update


def _unmatched(some: Sequence[_Placed], others: Sequence[_Placed]) -> list[_Placed]:
    """The updates that have no equal on the other side; content is identity, and the place in the list is not."""
    left = Counter(_content(placed.update) for placed in others)
    unmatched = []
    for placed in some:
        content = _content(placed.update)
        if left[content]:
            left[content] -= 1
        else:
            unmatched.append(placed)
    return unmatched


def _content(update: Update) -> str:
    """An update's content as text; the order of a list of ids and an empty field are none of it."""
    stated = {name: getattr(update, name) for name in update.model_fields_set}
    said = {
        name: sorted(value) if isinstance(value, list) and all(isinstance(item, str) for item in value) else value
        for name, value in stated.items()
    }
    return canonical(said)


def _retracted(gone: Sequence[_Placed], come: Sequence[_Placed]) -> Iterator[tuple[_Placed, _Placed]]:
    """Pairs of an update and the same one with a retraction added, and not a word changed beside it."""
    left = [now for now in come if now.update.retracted is not None]
    for was in gone:
        if was.update.retracted is None:
            said = _content(was.update.without_retraction)
            now = next((now for now in left if _content(now.update.without_retraction) == said), None)
            if now is not None:
                left.remove(now)
                yield was, now


def _retraction(new: Entry, now: _Placed, base: Location | None) -> Change:
    """That an update was taken back: it says so itself, and what it had set counts no longer."""
    return Change(
        new.id,
        new.kind.name,
        "update-retracted",
        Level.NOTE,
        "updates.retracted",
        None,
        now.update.retracted,
        base,
        Location(new.path, ("updates", now.place, "retracted")),
        update=now.update,
    )


def _edited(gone: Sequence[_Placed], come: Sequence[_Placed]) -> Iterator[tuple[_Placed, _Placed]]:
    """Pairs of an update and what was made of it: the same day and the same speaker, where that leaves no doubt."""

    def speaker(placed: _Placed) -> object:
        return placed.update.date, placed.update.by

    def speaker_and_fields(placed: _Placed) -> object:
        return placed.update.date, placed.update.by, frozenset(placed.update.changes())

    for keys in (speaker_and_fields, speaker):
        old_counts, new_counts = Counter(map(keys, gone)), Counter(map(keys, come))
        sure = {key for key, count in old_counts.items() if count == 1 and new_counts[key] == 1}
        pairs = [(was, now) for was in gone for now in come if keys(was) == keys(now) and keys(was) in sure]
        yield from pairs
        gone = [was for was in gone if all(was is not other for other, _ in pairs)]
        come = [now for now in come if all(now is not other for _, other in pairs)]


def _edit(sides: tuple[Entry, Entry], was: _Placed, now: _Placed, first_language: str) -> Change:
    old, new = sides
    names = dict.fromkeys((*was.update.model_fields_set, *now.update.model_fields_set))
    order = [name for name in type(now.update).model_fields if name in names]
    edits = [
        difference
        for name in order
        for difference in differences(name, getattr(was.update, name), getattr(now.update, name))
    ]
    # Only the first language is what was said: a translation added or mended leaves the published update as it was.
    translated = bool(edits) and all(
        difference.text and _translated(difference.old, difference.new, first_language) for difference in edits
    )
    field = edits[0] if edits else None
    if [(difference.field, difference.new) for difference in edits] == [("retracted.ours", True)]:
        # It counts on no day any more: taken back further, and nothing else of it is another.
        return _retraction(new, now, Location(old.path, ("updates", was.place)))
    touched = was.update.retracted is not None and any(
        difference.field.startswith("retracted.") for difference in edits
    )
    edited = "update-retraction-changed" if touched else "update-edited"
    return Change(
        new.id,
        new.kind.name,
        "update-translated" if translated else edited,
        Level.NOTE if translated else Level.ERROR,
        f"updates.{field.field}" if field is not None and len(edits) == 1 else "updates",
        field.old if field is not None and len(edits) == 1 else was.update,
        field.new if field is not None and len(edits) == 1 else now.update,
        Location(old.path, ("updates", was.place, *(field.old_where if field is not None and field.old else ()))),
        Location(new.path, ("updates", now.place, *(field.new_where if field is not None and field.new else ()))),
        wording=all(difference.text for difference in edits),
        update=now.update,
    )


def _translated(old: object, new: object, first_language: str) -> bool:
    if not isinstance(new, dict) or not isinstance(old, dict):
        return False
    same = first_language in old and old[first_language] == new.get(first_language)
    return same or all(new.get(key) == text for key, text in old.items())


def _added(old: Entry, new: Entry, after: Sequence[_Placed], added: set[int]) -> Iterator[Change]:
    """Each added update, and what it made of every field that it sets, as it stood right before it."""
    change = partial(Change, new.id, new.kind.name)
    fold, names = Fold(new.record), new.record.update_names
    for placed in sorted(after, key=lambda placed: placed.update.said_on):
        changes = placed.update.changes()
        if placed.place in added:
            place = Location(new.path, ("updates", placed.place))
            yield change("update-added", Level.NOTE, "updates", None, placed.update, None, place, update=placed.update)
        if placed.update.retracted is not None:
            # What is taken back has set nothing, neither by itself nor for those that follow.
            if placed.place in added:
                yield _retraction(new, placed, None)
            continue
        if placed.place not in added:
            fold.add(placed.update)
            continue
        fields = {name: names.get(name, name) for name in type(placed.update).model_fields if name in changes}
        stood = _Stood(old.path, {field: fold[field] for field in ("eu", "stage", *fields.values())})
        fold.add(placed.update)
        for name, field in fields.items():
            yield from _set(new, placed, name, stood, (stood.values[field], fold[field]))


class _Stood(NamedTuple):
    """The record right before an update: its file on the old side, and the values that matter to the update."""

    path: str
    values: Mapping[str, Any]


def _set(new: Entry, placed: _Placed, name: str, stood: _Stood, values: tuple[Any, Any]) -> Iterator[Change]:
    was, now = values
    if new.record.update_names.get(name, name) not in type(new.record).model_fields:
        # A word on the day, such as that evidence was verified: it stands for itself, and nothing stood there before.
        was, now = None, placed.update.changes()[name]
    changed = differences(name, was, now)
    if not changed:
        return
    # Of what an update only adds to, what it adds is told, and not all that stood there before.
    whole = len(changed) > 1 and name not in {"indicator", "shares"} and name not in new.record.grows
    pairs = (
        [(name, was, now)] if whole else [(difference.field, difference.old, difference.new) for difference in changed]
    )
    for path, old_value, new_value in pairs:
        rule, level = _judge(new.kind, placed.update, name, (old_value, new_value), stood)
        yield Change(
            new.id,
            new.kind.name,
            rule,
            level,
            path,
            old_value,
            new_value,
            # What the file said before: the promise; an earlier update may stand between.
            Location(stood.path, (name,)),
            Location(new.path, ("updates", placed.place, name)),
            wording=is_text(new_value) and rule == "wording",
            update=placed.update,
        )


def _judge(kind: Kind, update: Update, name: str, values: tuple[Any, Any], stood: _Stood) -> tuple[str, Level]:
    """The rule that a change by an update falls under, and whether it is lawful."""
    old, new = values
    if name == "due" and old is not None and not update.is_explained:
        return "update-due-unexplained", Level.ERROR
    if name == "status" and (is_backwards(old, new) or (old is not None and new is None)):
        if stood.values.get("eu") == "fulfilled" and getattr(update, "eu", None) != "reversed":
            return "update-fulfilment-undone", Level.ERROR
        if not update.reason:
            return "update-status-backwards", Level.ERROR
    if name == "eu" and old == "fulfilled" and new != "reversed":
        return "update-fulfilment-undone", Level.ERROR
    if name == "amount" and stood.values.get("stage") in _DECIDED and is_lowered(old, new) and not update.decided_by:
        return "update-grant-lowered", Level.ERROR
    if name in kind.record.promise_fields and old is not None and not update.is_explained:
        return "update-change-unexplained", Level.ERROR
    if name in _RULES:
        return _RULES[name], Level.NOTE
    if is_text(new):
        return "wording", Level.NOTE
    linked = any(reference.path[0] == name for reference in kind.references)
    return ("link" if linked else "field"), Level.NOTE


def is_backwards(old: str | None, new: str | None) -> bool:
    """Whether a status says that less has been done than was said before, or takes back an end."""
    if old is None or new is None or old == new:
        return False
    return _RANK[new] < _RANK[old] or {old, new} == FINISHED


def is_lowered(old: Money | None, new: Money | None) -> bool:
    """Whether an amount became smaller, or is no longer stated."""
    return old is not None and (new is None or new < old)
