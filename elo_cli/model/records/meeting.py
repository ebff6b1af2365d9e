"""A meeting: what it discusses, what it decides, and what was decided."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, cast

from pydantic import Field

from elo_cli.model.errors import N_
from elo_cli.model.period import Period
from elo_cli.model.records.base import Fields, Record, Strict, Update
from elo_cli.model.values import DayTime, Key, LocalText, ref

MeetingType = Literal[
    "forum", "working-group", "budget-session", "mid-term-review", "network-event", "preparation", "other",
]  # fmt: skip
"""What kind of meeting it is."""


class Attendee(Strict):
    """A body that takes part in a meeting, and as what; never a person."""

    identity: ClassVar[tuple[str, ...]] = ("organisation",)
    """The fields that tell two items of a list apart."""

    organisation: Annotated[str, ref("organisation")] = Field(description=N_("The body that takes part."))
    role: LocalText | None = Field(None, description=N_("As what: the chair, the secretary, a speaker."))


class MeetingFields(Fields):
    """What a meeting states."""

    promise_fields: ClassVar[frozenset[str]] = frozenset(
        {"name", "description", "date", "agenda", "decides", "organisers"}
    )
    grows: ClassVar[frozenset[str]] = frozenset({"decisions"})

    organisers: list[Annotated[str, ref("organisation")]] | None = Field(
        None, min_length=1, description=N_("Who holds it.")
    )
    series: Key | None = Field(
        None,
        description=N_(
            "The series that it belongs to, by a short name of your own; the last one of it is looked back to."
        ),
    )
    starts: DayTime | None = Field(None, description=N_("When it begins, in the tracker's time zone, such as 13:00."))
    ends: DayTime | None = Field(None, description=N_("When it ends on its last day, such as 15:30."))
    place: LocalText | None = Field(None, description=N_("Where it is held: an address, a room, or that it is online."))
    attendees: list[Attendee] | None = Field(
        None, min_length=1, description=N_("The bodies that take part, and as what; never persons.")
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
