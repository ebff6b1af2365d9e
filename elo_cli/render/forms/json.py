"""Answers as JSON: versioned, complete, and the same whatever the reader's language, width or colour.

An answer is a NamedTuple: its fields are the names in the JSON, in their order, and the texts below them are the
descriptions in `schemas/output/` (`render.schemas`), where None is called null. `plain` is the one encoder. Where what
tracking returns says the same, that is the answer; else `render.answers` has a type made from it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, NamedTuple, Protocol

from pydantic import BaseModel

from elo_cli.model.finding import Phrase
from elo_cli.model.kinds import KindName
from elo_cli.model.money import Money, Percentage, plain_decimal
from elo_cli.model.period import Period
from elo_cli.model.records.base import Record, Update
from elo_cli.model.records.funding import Funding
from elo_cli.model.records.request import PaymentRequest
from elo_cli.render.forms.escape import json_text
from elo_cli.store.tracker import Entry, Link, Tracker
from elo_cli.tracking.day.filters import Filters
from elo_cli.tracking.day.view import View
from elo_cli.tracking.requests import RequestStep, step

NOT_STATE: Final = frozenset({"id", "name", "updates", "corrections"})
"""Fields of a record that its state in an answer has first, or in a place of their own."""


class Head(NamedTuple):
    """What every answer begins with."""

    schema: str
    """The answer's name and version: elo/<verb>/1."""
    as_of: date | None
    """The day that the answer is for; None where no day matters."""
    rev: str | None
    """The git revision that was read; None for the files as they are."""
    incomplete: Sequence[str]
    """Paths of files that could not be read whole."""


class Days(NamedTuple):
    """A stretch of days."""

    text: str
    """As it is written: 2021-Q4."""
    start: date
    """The first day."""
    end: date | None
    """The last day; None when it is open."""


class Bounds(NamedTuple):
    """A percentage, or the range that it lies in."""

    text: str
    low: Decimal
    high: Decimal


class Linked(NamedTuple):
    """A reference by the field that makes it."""

    field: str
    id: str
    kind: KindName | None
    """None when the record is not there."""


class RecordForm(NamedTuple):
    """Marks in an answer's type what stands for a record: its fields are those of the models, and said there."""

    form: Literal["state", "promise", "update", "standing"]
    """`standing` is the state in an export, which has what the file says beside it."""
    kind: KindName | None = None
    """Which kind it is of; None for any."""
    beside: type | None = None
    """The fields that follow the record's own (`record`)."""


class Stepped(NamedTuple):
    """What a payment request has beside its fields."""

    step: RequestStep
    """How far it is, which follows from its updates."""


State = Annotated[Mapping[str, Any], RecordForm("state")]
Promise = Annotated[Mapping[str, Any], RecordForm("promise")]
Word = Annotated[Mapping[str, Any], RecordForm("update")]


class Answer(Protocol):
    """A NamedTuple, of whatever fields."""

    def _asdict(self) -> dict[str, Any]: ...


def document(
    verb: str, tracker: Tracker | None, as_of: date | None, answer: Answer, incomplete: Sequence[str] | None = None
) -> str:
    """The whole answer of a verb: schema, day, revision, what could not be read, and the answer itself.

    An answer that is not about a tracker, such as the rules', has none. Paths are named from the working folder unless
    others are given.
    """
    head = Head(
        f"elo/{verb}/1",
        as_of,
        tracker.source.revision if tracker is not None else None,
        incomplete if incomplete is not None else tracker.incomplete if tracker is not None else [],
    )
    return json_text({**plain(head), **plain(answer)})


def plain(value: object) -> Any:  # noqa: ANN401 - any JSON value
    """A value of the model as JSON has it: a period with its days, money as euros, numbers as exact decimal strings."""
    match value:
        case None | bool() | int() | float():
            return value
        case Period():
            return plain(Days(value.text, value.start, value.end))
        case Money():
            return value.plain
        case Percentage():
            return plain(Bounds(str(value), value.low, value.high))
        case Decimal():
            return plain_decimal(value)
        case date():
            return value.isoformat()
        case Phrase():
            return str(value)
        case str():
            return str(value)
        case Filters():
            return {name: str(asked) for name, asked in value.given.items()}
        case BaseModel():
            return {name: plain(getattr(value, name)) for name in type(value).model_fields}
        case Mapping():
            return {str(key): plain(inner) for key, inner in value.items()}
        case tuple() if (fields := getattr(value, "_fields", None)) is not None:
            # A name that Python keeps for itself, such as `with`, has an underscore behind it.
            return {name.rstrip("_"): plain(inner) for name, inner in zip(fields, value, strict=True)}
        case list() | tuple():
            return [plain(inner) for inner in value]
        case _:
            raise TypeError(type(value).__name__)


def record(view: View, entry: Entry, now: Record, beside: Answer | None = None) -> dict[str, Any]:
    """A record with the present state of its fields, what is not stated as null, and what an answer puts beside it."""
    fields = {name: plain(getattr(now, name)) for name in type(now).model_fields if name not in NOT_STATE}
    if isinstance(now, Funding):
        fields["stage"] = view.stage(now)
    if isinstance(now, PaymentRequest):
        fields |= Stepped(step(now))._asdict()
    return {
        "id": entry.id,
        "kind": entry.kind.name,
        "name": plain(now.name),
        **fields,
        "path": view.tracker.shown(entry.path),
        **(plain(beside) if beside is not None else {}),
    }


def promise(entry: Entry) -> dict[str, Any]:
    """What was promised, as the file says it; only what is stated."""
    stated = entry.record.model_fields_set - {"updates", "corrections"}
    return {name: plain(getattr(entry.record, name)) for name in type(entry.record).model_fields if name in stated}


def update(update: Update) -> dict[str, Any]:
    """A dated word: only what it says."""
    return {name: plain(getattr(update, name)) for name in type(update).model_fields if name in update.model_fields_set}


def links(tracker: Tracker, made: Sequence[Link], *, outward: bool) -> list[Linked]:
    """References by field: to the record that is referred to, or (`outward` false) from the one that refers."""
    rows: dict[tuple[str, str], Linked] = {}
    for link in made:
        other = link.target if outward else link.origin
        entry = tracker.entries.get(other)
        row = Linked(link.reference.field, other, entry.kind.name if entry is not None else None)
        rows.setdefault((row.field, other), row)
    return list(rows.values())
