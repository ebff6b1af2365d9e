"""The columns of the chase sheet, which `elo export chase.xlsx --owner ID` writes and `elo import` takes back.

The first row says what is asked, by when and where to send it. The second one holds the fields' names (`id`, `kind`, …)
and is hidden; the third one holds the heads in the reader's language; records follow. A column that no row of a sheet
can fill is not in it.
"""

from typing import Final, Literal, NamedTuple

from elo_cli.model.errors import N_

Holds = Literal["text", "day", "period", "number", "word"]


class ChaseColumn(NamedTuple):
    """One column: the name in the hidden row, its head (a msgid), what it holds, and who fills it in."""

    field: str
    head: str
    asked: bool = False
    """True where the organisation writes; the others are written by elo and locked."""
    holds: Holds = "text"
    sets: str = ""
    """The field that the answer changes: rows of kinds that have no such field are locked. "" where every row has it;
    of a `word` also the list that it is of."""
    hint: str = ""
    """What to write, for whoever stands on the cell (a msgid)."""
    width: int = 24


_PERIOD: Final = N_("A day, a month, a quarter or a year: 30 June 2025, June 2025, Q2 2025 or 2025.")

CHASE_COLUMNS: Final = (
    ChaseColumn("id", N_("Id"), width=20),
    ChaseColumn("kind", N_("Kind"), width=14),
    ChaseColumn("name", N_("Name"), width=40),
    ChaseColumn("ask", N_("What we ask"), width=40),
    ChaseColumn("due", N_("Due")),
    ChaseColumn("number", N_("Number in the Council decision"), width=14),
    ChaseColumn("unit", N_("Unit"), width=16),
    ChaseColumn("goal", N_("Goal"), width=12),
    ChaseColumn("status", N_("Status now")),
    ChaseColumn(
        "new_status", N_("New status"), asked=True, holds="word", sets="status", hint=N_("Choose one of the list.")
    ),
    ChaseColumn(
        "confidence",
        N_("Will it be reached"),
        asked=True,
        holds="word",
        sets="confidence",
        hint=N_("Choose one of the list. When it is at risk or off track, say why in the next column."),
    ),
    ChaseColumn("reason", N_("Why, if not on track"), asked=True, sets="confidence", width=30),
    ChaseColumn(
        "new_stage",
        N_("New stage of the money"),
        asked=True,
        holds="word",
        sets="stage",
        hint=N_("Choose one of the list."),
    ),
    ChaseColumn(
        "amount", N_("Amount in euros"), asked=True, holds="number", sets="amount", hint=N_("Whole euros: 24300000.")
    ),
    ChaseColumn(
        "effective",
        N_("Happened on"),
        asked=True,
        holds="period",
        hint=N_("When it happened, if that was before the day on which you report it."),
    ),
    ChaseColumn(
        "date",
        N_("Reported on"),
        asked=True,
        holds="day",
        hint=N_("The day of your answer; left empty, it is the day on which the answer is taken in."),
    ),
    ChaseColumn(
        "value",
        N_("Value of the indicator"),
        asked=True,
        holds="number",
        sets="value",
        hint=N_("The number reached, in the unit that the row states."),
    ),
    ChaseColumn("expected", N_("When it is expected"), asked=True, holds="period", sets="expected", hint=_PERIOD),
    ChaseColumn(
        "evidence_title",
        N_("Title of the evidence"),
        asked=True,
        sets="evidence",
        hint=N_("The document that shows it."),
    ),
    ChaseColumn(
        "evidence_uri",
        N_("Address of the evidence"),
        asked=True,
        sets="evidence",
        hint=N_("Its web address, if it is published."),
    ),
    ChaseColumn("note", N_("Note"), asked=True, width=40, hint=N_("Whatever else is to be known.")),
)
"""In the order of the sheet. A word is one of the field's list in any of elo's languages, or its name in a file."""
REFUSED_HEAD: Final = N_("Why it was refused")
"""The column that `elo import --refused` adds to rows that come back; nobody answers in it."""
