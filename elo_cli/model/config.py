"""tracker.yaml: what the tracker is called, in which languages and currency it is kept, and its limits."""

from datetime import tzinfo
from hashlib import sha256
from typing import Annotated, Final, Literal, get_args
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field

from elo_cli.model.errors import N_, InvalidValueError
from elo_cli.model.period import Period
from elo_cli.model.records.base import Strict
from elo_cli.model.values import Id, LanguageCode, LocalName, LocalText, Mailbox


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError):
        # ZoneInfoNotFoundError is a KeyError; a path that leaves the database is a ValueError.
        raise InvalidValueError(
            N_("there is no time zone “{name}”; right would be Europe/Helsinki"), name=name
        ) from None
    except KeyError:
        raise InvalidValueError(
            N_("there is no time zone “{name}”; right would be Europe/Helsinki"), name=name
        ) from None
    return name


def _each_once(languages: list[str]) -> list[str]:
    """Every language stands for a column or a page, of which there is one."""
    twice = next((language for index, language in enumerate(languages) if language in languages[:index]), None)
    if twice is not None:
        raise InvalidValueError(N_("“{language}” stands there twice; each language stands there once"), language=twice)
    return languages


class Limits(Strict):
    """How many days make a due “due soon”, a word old, and a proposal long open."""

    due_soon: int = Field(90, ge=1, le=3650, description=N_("A due within this many days is due soon."))
    stale: int = Field(180, ge=1, le=3650, description=N_("An update older than this many days is old."))
    proposal: int = Field(365, ge=1, le=3650, description=N_("A proposal open for more days than this is long open."))


class TrackerConfig(Strict):
    """The settings of one tracker; `format: 1` keeps older revisions readable when the model moves on."""

    # To Python true is 1.
    format: Annotated[Literal[1], BeforeValidator(lambda value: str(value) if value is True else value)] = Field(
        description=N_("The version of the file format.")
    )
    id: Id | None = Field(
        None, description=N_("Tells this tracker from others, for ever: the events of its calendar are known by it.")
    )
    name: LocalName = Field(description=N_("The strategy's name by language."))
    description: LocalText | None = Field(None, description=N_("What the tracker follows."))
    languages: Annotated[list[LanguageCode], AfterValidator(_each_once)] = Field(
        min_length=1,
        max_length=20,
        json_schema_extra={"uniqueItems": True},
        description=N_("The languages of the data; the first one is required in every text."),
    )
    period: Period | None = Field(None, description=N_("The time of the strategy, so that older money is told apart."))
    currency: Literal["EUR"] = Field("EUR", description=N_("The currency of all amounts."))
    time_zone: Annotated[str, AfterValidator(_time_zone)] = Field(
        "Europe/Helsinki", description=N_("The time zone that decides which day is today.")
    )
    limits: Limits = Field(default_factory=Limits, description=N_("Thresholds in days."))
    contact: Mailbox | None = Field(
        None, description=N_("The role mailbox that answers are sent to; never a person's.")
    )
    translations: LocalText | None = Field(None, description=N_("What a reader must know about translated texts."))

    @property
    def key(self) -> str:
        """What tells this tracker from others: its id, else eight digits made of its name in its first language."""
        if self.id is not None:
            return self.id
        return sha256(self.name.get(self.first_language, "").encode()).hexdigest()[:8]

    @property
    def zone(self) -> tzinfo:
        """The time zone for “today”."""
        return ZoneInfo(self.time_zone)

    @property
    def first_language(self) -> str:
        """The language that every text must have."""
        return self.languages[0]


FORMAT: Final[int] = max(get_args(TrackerConfig.model_fields["format"].annotation))
"""The newest format that is read; `format` names every one that is."""
