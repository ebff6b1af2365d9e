"""The columns of the chase sheet, which `elo export chase.xlsx --owner ID` writes and `elo import` takes back.

The first row of the sheet holds the fields' names (`id`, `kind`, …) and is hidden; the second one holds the heads in
the reader's language; records follow. Sorting and filtering begin at the second row, so that the names stay.
"""

from typing import Final, Literal, NamedTuple

from elo_cli.model.errors import N_

Holds = Literal["text", "date", "number", "status"]


class ChaseColumn(NamedTuple):
    """One column: the field's name in the first row, its head (a msgid), what it holds, and who fills it in."""

    field: str
    head: str
    holds: Holds
    asked: bool
    """True where the organisation writes; the others are written by elo and locked."""


CHASE_COLUMNS: Final = (
    ChaseColumn("id", N_("Id"), "text", asked=False),
    ChaseColumn("kind", N_("Kind"), "text", asked=False),
    ChaseColumn("name", N_("Name"), "text", asked=False),
    ChaseColumn("due", N_("Due"), "text", asked=False),
    ChaseColumn("status", N_("Status now"), "text", asked=False),
    ChaseColumn("new_status", N_("New status"), "status", asked=True),
    ChaseColumn("date", N_("Date of the news"), "date", asked=True),
    ChaseColumn("value", N_("Value of the indicator"), "number", asked=True),
    ChaseColumn("expected", N_("When it is expected"), "text", asked=True),
    ChaseColumn("evidence_title", N_("Title of the evidence"), "text", asked=True),
    ChaseColumn("evidence_uri", N_("Address of the evidence"), "text", asked=True),
    ChaseColumn("note", N_("Note"), "text", asked=True),
)
"""In the order of the sheet. `new_status` holds a status by its word in any of elo's languages, or by its name."""
