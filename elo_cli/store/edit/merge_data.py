"""Two versions of a record's data merged over the version that both came from: what each changed, and no guess.

Lists are merged by declared identity: updates by content, sources, evidence, legal bases and corrections by what names
them, lists of ids as sets. What both sides changed differently is a conflict, named by its place.
"""

import json
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from typing import Any, Final, cast

from elo_cli.model.errors import InvalidValueError
from elo_cli.model.finding import Where
from elo_cli.model.period import validate_period
from elo_cli.model.records.base import Correction, Source, Update
from elo_cli.model.records.measure import LegalBasis
from elo_cli.store.edit.record import same
from elo_cli.store.yaml.strict import Plain, is_mapping


class MergeConflictError(Exception):
    """Both sides changed one value differently; `where` is its place."""

    def __init__(self, where: Where) -> None:
        """Keep the place."""
        super().__init__(".".join(map(str, where)))
        self.where = where


class _Absent:
    """Stands for a value that is not there; null is a value."""


ABSENT: Final = _Absent()

_IDENTITY: Final[Mapping[str, tuple[str, ...]]] = {
    "sources": Source.identity,
    "legal_basis": LegalBasis.identity,
    "corrections": Correction.identity,
}


def merge(base: Plain, ours: Plain, theirs: Plain) -> Plain:
    """What both sides made of a file's data together; MergeConflictError where they disagree.

    The answer is the same whichever side is called ours.
    """
    merged = _value((), base, ours, theirs)
    return cast("Plain", merged) if isinstance(merged, dict) else {}


def _value(where: Where, base: object, ours: object, theirs: object) -> object:
    if _same(ours, theirs):
        return ours
    if _same(base, ours):
        return theirs
    if _same(base, theirs):
        return ours
    if is_mapping(ours) and is_mapping(theirs) and (is_mapping(base) or base is ABSENT):
        return _mapping(where, base if is_mapping(base) else {}, ours, theirs)
    if isinstance(ours, list) and isinstance(theirs, list) and (isinstance(base, list) or base is ABSENT):
        return _list(where, base if isinstance(base, list) else [], ours, theirs)
    raise MergeConflictError(where)


def _mapping(
    where: Where, base: Mapping[str, object], ours: Mapping[str, object], theirs: Mapping[str, object]
) -> dict[str, object]:
    merged: dict[str, object] = {}
    for key in dict.fromkeys((*ours, *theirs)):
        value = _value((*where, key), *(side.get(key, ABSENT) for side in (base, ours, theirs)))
        if value is not ABSENT:
            merged[key] = value
    return merged


def _list(where: Where, base: list[object], ours: list[object], theirs: list[object]) -> list[object]:
    name = where[-1]
    if name == "updates":
        return _updates(where, base, ours, theirs)
    everything = (*base, *ours, *theirs)
    if all(isinstance(item, str) for item in everything):
        return _keyed(where, base, ours, theirs, _content)
    if name == "evidence" and all(map(is_mapping, everything)):
        return _keyed(where, base, ours, theirs, _document)
    if name in _IDENTITY and all(map(is_mapping, everything)):
        parts = _IDENTITY[str(name)]
        return _keyed(where, base, ours, theirs, lambda item: tuple(str(item.get(part)) for part in parts))
    raise MergeConflictError(where)


def _document(item: Plain) -> str:
    """The identity of a piece of evidence, as its model has it."""
    return str(next((item[part] for part in ("label", "uri", "archive", "title") if item.get(part)), None))


def _keyed(
    where: Where,
    base: Sequence[object],
    ours: Sequence[object],
    theirs: Sequence[object],
    identity: Callable[[Any], Hashable],
) -> list[object]:
    """A list whose items have an identity: those that were there in their order, then the new ones, sorted."""
    sides = [{identity(item): item for item in side} for side in (base, ours, theirs)]
    if any(len(side) != len(items) for side, items in zip(sides, (base, ours, theirs), strict=True)):
        # Twice the same: which of the two is meant cannot be told.
        raise MergeConflictError(where)
    new = sorted({*sides[1], *sides[2]} - {*sides[0]}, key=lambda key: _content(sides[1].get(key, sides[2].get(key))))
    items = [_value(where, *(side.get(key, ABSENT) for side in sides)) for key in (*sides[0], *new)]
    return [item for item in items if item is not ABSENT]


# Updates


def _updates(where: Where, base: list[object], ours: list[object], theirs: list[object]) -> list[object]:
    """The updates of both sides in the order of their days, each with the retraction that a side has added to it."""
    if not all(map(is_mapping, (*base, *ours, *theirs))):
        raise MergeConflictError(where)
    sides = [[_bare(cast("Plain", item)) for item in side] for side in (base, ours, theirs)]
    retractions = [
        {_content(bare): item["retracted"] for bare, item in zip(bares, side, strict=True) if "retracted" in item}
        for bares, side in zip(sides, cast("Sequence[list[Plain]]", (base, ours, theirs)), strict=True)
    ]
    merged: list[object] = []
    for bare in _said(where, *sides):
        key = _content(bare)
        retracted = _value(
            (*where, str(bare.get("date")), "retracted"), *(side.get(key, ABSENT) for side in retractions)
        )
        merged.append(bare if retracted is ABSENT else {**bare, "retracted": retracted})
    return merged


def _bare(update: Plain) -> Plain:
    """What an update says, whatever became of it."""
    return {name: value for name, value in update.items() if name != "retracted"}


def _said(where: Where, base: list[Plain], ours: list[Plain], theirs: list[Plain]) -> list[Plain]:
    """The updates of both sides without their retractions; an update is its content, so an edit is another one."""
    contents = [[_content(item) for item in side] for side in (base, ours, theirs)]
    if any(len(set(side)) != len(side) for side in contents):
        raise MergeConflictError(where)
    known, mine, others = (set(side) for side in contents)
    removed = [known - side for side in (mine, others)]
    if removed[0] and removed[1] and (mine - known) != (others - known):
        # Both touched what was published: whether they touched the same is not ours to guess.
        raise MergeConflictError(where)
    added = {content: item for content, item in zip(contents[1], ours, strict=True) if content not in known}
    theirs_new = [item for content, item in zip(contents[2], theirs, strict=True) if content not in known]
    for update in added.values():
        for other in theirs_new:
            if _contradict(update, other):
                raise MergeConflictError((*where, str(update.get("date"))))
    added |= {_content(item): item for item in theirs_new}
    kept = [item for content, item in zip(contents[0], base, strict=True) if content not in removed[0] | removed[1]]
    for content in sorted(added, key=lambda content: (_day(added[content]), content)):
        _insert(kept, added[content])
    return kept


def _contradict(ours: Plain, theirs: Plain) -> bool:
    """Whether two updates of one day set a field differently, which no reader could order."""
    if same(ours, theirs) or _day(ours) != _day(theirs):
        return False
    fields = (ours.keys() & theirs.keys()) - Update.meta_fields
    return any(not same(ours[field], theirs[field]) for field in fields)


def _insert(updates: list[Plain], update: Plain) -> None:
    """Put an update behind the last one that is not of a later day."""
    day = _day(update)
    place = next((index for index in range(len(updates), 0, -1) if _day(updates[index - 1]) <= day), 0)
    updates.insert(place, update)


def _day(update: Plain) -> date:
    try:
        return validate_period(update.get("date")).word_day
    except InvalidValueError:
        raise MergeConflictError(("updates",)) from None


def _content(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)


def _same(value: object, other: object) -> bool:
    return value is other or (value is not ABSENT and other is not ABSENT and same(value, other))
