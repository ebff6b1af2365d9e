"""What every record has: an id, a name, sources, corrections, and the updates that follow the promise."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from elo_cli.model.errors import N_
from elo_cli.model.period import Period
from elo_cli.model.values import Id, Key, LocalName, LocalText, Number, ref

Support = Literal["grant", "loan"]
"""How money is given: not to be paid back (2021/241 art. 11), or a loan (art. 14)."""


class Strict(BaseModel):
    """A model that accepts what is written and nothing else: no unknown field, no conversion, no change afterwards."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        # A verb pays only for the models that it reads with.
        defer_build=True,
        # Python compiles each pattern once; the other engine compiles it again for each of a hundred fields.
        regex_engine="python-re",
    )


class Source(Strict):
    """Where a fact stands: the document and the place in it."""

    identity: ClassVar[tuple[str, ...]] = ("document", "slide", "page", "section")
    """The fields that tell two items of a list apart."""

    document: Annotated[str, ref("document")] = Field(description=N_("The id of the document in the vocabulary."))
    slide: int | None = Field(None, ge=1, le=9999, description=N_("The slide's number."))
    page: int | None = Field(None, ge=1, le=99999, description=N_("The page's number."))
    section: str | None = Field(
        None, min_length=1, max_length=200, description=N_("The section, article or heading, as text.")
    )
    inferred: list[str] | None = Field(
        None,
        min_length=1,
        description=N_("The fields that are not in the source's words but follow from it; the note says how."),
    )
    note: LocalText | None = Field(None, description=N_("What is inferred and how, or what is unclear in the source."))


class Correction(Strict):
    """We had written a field of the promise down wrongly; the right value stands in the promise, for every as-of."""

    identity: ClassVar[tuple[str, ...]] = ("field", "date")
    """The fields that tell two items of a list apart."""

    date: Period = Field(description=N_("The day of the correction."))
    field: str = Field(min_length=1, max_length=200, description=N_("The name of the field that was wrong."))
    was: Any = Field(None, description=N_("What had been written; null when the field was missing."))
    reason: LocalText = Field(description=N_("Why it was wrong."))


class Retraction(Strict):
    """A published update was wrong; it stays in the file, and from this day on it counts nowhere."""

    date: Period = Field(description=N_("The day from which the update no longer counts; before it, it still does."))
    reason: LocalText = Field(description=N_("Why the update was wrong."))
    ours: bool | None = Field(
        None,
        description=N_(
            "True when the mistake was ours and nobody had said so: then the update counts on no day at all."
        ),
    )


class Fields(Strict):
    """The fields that a promise states and an update may change; absent is not stated, or unchanged."""

    promise_fields: ClassVar[frozenset[str]] = frozenset()
    """Fields that change lawfully only by an update with a reason and a decider."""
    grows: ClassVar[frozenset[str]] = frozenset()
    """Fields of which an update says only what is new: a list is added to, a mapping merged."""

    name: LocalName | None = Field(
        None, description=N_("The name by language, the source's in the first one unless own_words says otherwise.")
    )
    description: LocalText | None = Field(
        None, description=N_("What it is, in our own words; the source's stand in quotation marks.")
    )


class Update(Strict):
    """A dated word on what became of the promise: who said it, what it changes; an absent field is unchanged."""

    meta_fields: ClassVar[frozenset[str]] = frozenset(
        {"date", "by", "sources", "note", "effective", "reason", "decided_by", "retracted"}
    )

    date: Period = Field(
        description=N_(
            "The day of the word: the document's, or the day someone reported. A period counts from its last day."
        )
    )
    by: Annotated[str, ref("organisation")] | None = Field(None, description=N_("The organisation that said it."))
    sources: list[Source] | None = Field(None, min_length=1, description=N_("Where it stands."))
    effective: Period | None = Field(
        None, description=N_("When it happened, if on another day than it was said; timeliness is judged by it.")
    )
    reason: LocalText | None = Field(None, description=N_("Why it changed."))
    decided_by: Annotated[str, ref("organisation", "meeting", "document")] | None = Field(
        None, description=N_("Who decided it: an organisation, a meeting or a decision document.")
    )
    note: LocalText | None = Field(None, description=N_("What was said, in our own words."))
    retracted: Retraction | None = Field(
        None, description=N_("That the update was wrong: from which day it no longer counts, and why.")
    )

    @property
    def said_on(self) -> dt.date:
        """The day from which it counts."""
        return self.date.word_day

    @property
    def without_retraction(self) -> Self:
        """The update as it was said, whatever became of it."""
        if "retracted" not in self.model_fields_set:
            return self
        bare = self.model_copy(update={"retracted": None})
        bare.model_fields_set.discard("retracted")
        return bare

    def is_retracted(self, as_of: dt.date) -> bool:
        """Whether it had been taken back by a day; what nobody had said counts on no day."""
        if self.retracted is None:
            return False
        return bool(self.retracted.ours) or self.retracted.date.word_day <= as_of

    @property
    def is_explained(self) -> bool:
        """Whether it says why and who decided, without which no promise changes lawfully."""
        return self.reason is not None and self.decided_by is not None

    def changes(self) -> dict[str, Any]:
        """The fields that it sets, with their values, in no order of meaning."""
        fields = self.__dict__
        return {name: fields[name] for name in self.model_fields_set - self.meta_fields}


class Record(Fields):
    """A promise and its updates: what one YAML file holds."""

    update_names: ClassVar[Mapping[str, str]] = {}
    """Fields that go by another name in an update, because `date` is there the day of the word."""

    id: Id = Field(description=N_("The file's name without .yaml: kebab-case, unique in the tracker, for ever."))
    own_words: bool | None = Field(
        None, description=N_("True when the name in the first language is ours, and not in the source's words.")
    )
    formerly: list[Key] | None = Field(None, min_length=1, description=N_("Ids that this record had before."))
    sources: list[Source] | None = Field(
        None, min_length=1, description=N_("Where the promise stands; without a source there is no fact.")
    )
    note: LocalText | None = Field(
        None, description=N_("What a reader must know, such as what the source leaves unclear.")
    )
    corrections: list[Correction] | None = Field(
        None, min_length=1, description=N_("What we had written down wrongly, and when it was put right.")
    )

    @property
    def all_updates(self) -> Sequence[Update]:
        """The updates in the file's order; kinds without updates have none."""
        updates: Sequence[Update] | None = getattr(self, "updates", None)
        return updates or ()


class PersonYears(Strict):
    """Work in person-years: how many, over how many years."""

    amount: Number = Field(description=N_("How many person-years."))
    years: Number | None = Field(None, description=N_("Over how many years."))
    approximate: bool | None = Field(None, description=N_("True when the source says “about”."))
