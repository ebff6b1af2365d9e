"""Rules about fields: that each is known, there, and of the right form."""

from elo_cli.checks.rule import reading_rule
from elo_cli.model.errors import N_
from elo_cli.model.finding import Level

reading_rule(
    "schema-unknown-field",
    Level.ERROR,
    message=N_("there is no field “{field}” here; {detail}"),
    meaning=N_("What stands under an unknown name is in no answer, although whoever wrote it believes that it is."),
    remedy=N_("Use the right name; docs/records.md lists the fields of each kind, and an editor completes them."),
)
reading_rule(
    "schema-missing-field",
    Level.ERROR,
    message=N_("the field “{field}” is missing"),
    meaning=N_("Without this field the record cannot be understood."),
    remedy=N_("Add the field."),
)
reading_rule(
    "schema-type",
    Level.ERROR,
    message=N_("“{field}” is {found}; right would be {expected}"),
    meaning=N_("The value has another form than the field."),
    remedy=N_("Write the value in the form of the field; docs/records.md shows each form."),
)
reading_rule(
    "schema-value",
    Level.ERROR,
    message=N_("“{field}” cannot be “{given}”: {detail}"),
    meaning=N_("The value has the right form, but it is none that the field can have."),
    remedy=N_("Write one of the values that the finding names."),
)
reading_rule(
    "schema-newer-format",
    Level.ERROR,
    message=N_("the tracker is of format {format}, and this elo reads up to {known}; install a newer elo"),
    meaning=N_(
        "The files were written for a newer elo. What an older one made of them would be wrong, so it reads none."
    ),
    remedy=N_(
        "Install the elo that the tracker’s own instructions or its CI name; an older revision can be read by --rev."
    ),
)
reading_rule(
    "schema-quote-text",
    Level.ERROR,
    message=N_('“{field}” is a text, and {given} without quotation marks is not: write "{given}"'),
    meaning=N_("YAML takes digits for a number and yes or no for true or false, unless they stand in quotation marks."),
    remedy=N_("Put the text in quotation marks."),
)
reading_rule(
    "schema-flow-comma",
    Level.ERROR,
    message=N_(
        "the comma in “{field}” begins a new entry; write the text in a block of its own lines or in quotation marks"
    ),
    meaning=N_(
        "Between braces a comma separates entries: the text ends at the comma, and an entry without a value begins."
    ),
    remedy=N_("Write the language and its text on a line of their own below the field."),
)
reading_rule(
    "schema-id-file-name",
    Level.ERROR,
    message=N_("the id is “{id}”, and the file is called “{file}”"),
    meaning=N_("A record is found by the name of its file, so the two are the same."),
    remedy=N_("Rename the file, or mend the id; elo mv renames a record with everything that refers to it."),
)
reading_rule(
    "schema-duplicate-id",
    Level.ERROR,
    message=N_("the id “{id}” is already that of {other}"),
    meaning=N_(
        "An id names one record in all kinds and vocabularies. Of two with one id only the first is in the answers."
    ),
    remedy=N_("Give the newer record another id."),
)
