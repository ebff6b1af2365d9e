"""A meeting: what it discusses, what it decides, and what was decided."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, cast

from pydantic import Field

from elo_cli.model.errors import N_
from elo_cli.model.period import Period
from elo_cli.model.records.base import Fields, Record, Update
from elo_cli.model.values import Key, LocalText, ref

MeetingType = Literal[
    "forum", "working-group", "budget-session", "mid-term-review", "network-event", "preparation", "other",
]  # fmt: skip
"""What kind of meeting it is."""


class MeetingFields(Fields):
    """What a meeting states."""

    promise_fields: ClassVar[frozenset[str]] = frozenset(
        {"name", "description", "date", "agenda", "decides", "organisers"}
    )
    grows: ClassVar[frozenset[str]] = frozenset({"decisions"})

    organisers: list[Annotated[str, ref("organisation")]] | None = Field(
        None, min_length=1, description=N_("Who holds it.")
    )
    agenda: dict[Key, LocalText] | None = Field(
        None, min_length=1, description=N_("The items of the agenda in order, each under a key of its own.")
    )
    decides: dict[Key, LocalText] | None = Field(
        None, min_length=1, description=N_("What it shall decide, besides the funding lines that name it.")
    )
    decisions: dict[Key, LocalText] | None = Field(
        None, min_length=1, description=N_("What was decided, each under a key.")
    )


class MeetingUpdate(Update, MeetingFields):
    """A dated word on a meeting; `held` moves it to another day."""

    # Without None in its type, since a meeting always has a date: null cannot clear it.
    held: Period = Field(
        default_factory=lambda: cast("Period", None), description=N_("When it is or was held, if it moved.")
    )


class Meeting(Record, MeetingFields):
    """A meeting and its updates; the file is `data/meetings/<id>.yaml`."""

    update_names: ClassVar[Mapping[str, str]] = {"held": "date"}

    type: MeetingType = Field(description=N_("What kind of meeting it is."))
    date: Period = Field(description=N_("When it is held."))
    updates: list[MeetingUpdate] | None = Field(None, min_length=1, description=N_("Dated updates, the oldest first."))
