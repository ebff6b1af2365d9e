"""Rules about YAML: what a file may hold, so that every reader of it sees the same."""

from elo_cli.checks.rule import reading_rule
from elo_cli.model.errors import N_
from elo_cli.model.finding import Level

_SAFE = N_("YAML can do more than a record needs. What one reader follows and another does not is left out.")

reading_rule(
    "yaml-syntax",
    Level.ERROR,
    message=N_("this is not YAML: {detail}"),
    meaning=N_("The file cannot be read as fields and values, so nothing of it is in any answer."),
    remedy=N_(
        "Mostly it is the indentation, or a colon or quotation mark inside a text: put such a text in quotation marks."
    ),
)
reading_rule(
    "yaml-duplicate-key",
    Level.ERROR,
    message=N_("“{key}” stands here a second time"),
    meaning=N_("Of two values under one name only one can hold, and readers differ in which one they take."),
    remedy=N_("Keep the right one. After a merge, compare the two."),
)
reading_rule(
    "yaml-anchor",
    Level.ERROR,
    message=N_("“{text}” names a place for later (an anchor); write the value itself"),
    meaning=_SAFE,
    remedy=N_("Write the value out. If the text is meant to begin with &, put it in quotation marks."),
)
reading_rule(
    "yaml-alias",
    Level.ERROR,
    message=N_("“{text}” refers to another place (an alias); write the value itself"),
    meaning=_SAFE,
    remedy=N_("Write the value out. If the text is meant to begin with *, put it in quotation marks."),
)
reading_rule(
    "yaml-tag",
    Level.ERROR,
    message=N_("“{text}” sets a type (a tag); leave it out"),
    meaning=_SAFE,
    remedy=N_("Delete it. If the text is meant to begin with !, put it in quotation marks."),
)
reading_rule(
    "yaml-merge-key",
    Level.ERROR,
    message=N_("<< takes over fields from elsewhere; write the fields themselves"),
    meaning=_SAFE,
    remedy=N_("Write the fields out."),
)
reading_rule(
    "yaml-directive",
    Level.ERROR,
    message=N_("“{text}” is an instruction to the reader (a directive); leave it out"),
    meaning=_SAFE,
    remedy=N_("Delete the line."),
)
reading_rule(
    "yaml-several-documents",
    Level.ERROR,
    message=N_("a second document begins here; a file holds one record"),
    meaning=N_("Three hyphens or three dots alone on a line end a document. What follows would be lost."),
    remedy=N_("Delete the line, or put the second record in a file of its own."),
)
reading_rule(
    "yaml-control-character",
    Level.ERROR,
    message=N_("the character {character} cannot be seen, and is not allowed"),
    meaning=N_("Such characters can reverse the order in which a text is shown, or move the cursor of a terminal."),
    remedy=N_("Delete the character; it often comes along when a text is copied from a PDF or a web page."),
)
reading_rule(
    "yaml-invisible-character",
    Level.WARNING,
    message=N_("the character {character} cannot be seen here"),
    meaning=N_(
        "Two names that look alike differ when one of them holds such a character, and a search finds only one of them."
    ),
    remedy=N_("Delete the character; it often comes along when a text is copied from a PDF or a web page."),
)
reading_rule(
    "yaml-tab",
    Level.ERROR,
    message=N_("here is a tab; right would be spaces"),
    meaning=N_("How wide a tab is is not defined, and in YAML the spaces say what belongs to what."),
    remedy=N_("Replace the tab by spaces."),
)
reading_rule(
    "yaml-key-not-text",
    Level.ERROR,
    message=N_("the name “{key}” is not a text; put it in quotation marks"),
    meaning=N_(
        "Names of fields and entries are texts. A year, yes or no without quotation marks is something else to YAML."
    ),
    remedy=N_("Put the name in quotation marks."),
)
reading_rule(
    "yaml-number",
    Level.ERROR,
    message=N_("this number is not finite or has more than 15 digits"),
    meaning=N_("Numbers of that size cannot be kept exactly, and no figure of a strategy is that large."),
    remedy=N_("Write the right number; money is written such as 24.3 M€."),
)
reading_rule(
    "yaml-too-deep",
    Level.ERROR,
    message=N_("the values are nested more than {limit} levels deep"),
    meaning=N_("No record needs so many levels; a file that has them is broken or meant to do harm."),
    remedy=N_("Look for brackets or hyphens that repeat, and take them out."),
)
