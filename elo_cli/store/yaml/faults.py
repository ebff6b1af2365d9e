"""What readers of YAML find wrong with a text, in elo's own sentences, so that each reader of elo understands them.

Each library words its complaints in English and in its own way; the table takes those that people meet.
"""

import re
from typing import Final

from elo_cli.model.errors import N_
from elo_cli.model.finding import Phrase

_TABLE: Final = (
    (
        r"mapping values are not allowed",
        N_("a colon stands where no field can begin; put the text in quotation marks, or mend the indentation"),
    ),
    (
        r"unclosed bracket|while parsing a flow|expected ',' or",
        N_("what stands in brackets is not whole: look for a bracket that is not closed, or for two commas"),
    ),
    (r"misplaced bracket", N_("a bracket is closed here that was not opened")),
    (
        r"multiline quoted scalar|unexpected end of stream|unexpected document separator",
        N_("a quotation mark is not closed, or the lines of the text between quotation marks are not indented"),
    ),
    (
        r"did not find expected (?:key|'-' indicator)|expected <block end>|sequence entries are not allowed",
        N_("this line is not indented like the lines that it belongs to"),
    ),
    (
        r"simple key expect|could not find expected ':'",
        N_("this line is neither a field with a colon nor part of the text above it"),
    ),
    (
        r"escape (?:character|sequence|code)|expected hexadecimal|expected escape sequence",
        N_("behind a backslash stands what YAML does not know; write two backslashes for one"),
    ),
    (
        r"(?:unexpected character: `|found character ['\"]\\?)(?P<character>[^\s'\"`]|`)",
        N_("a text cannot begin with {character} unless it stands in quotation marks"),
    ),
    (
        r"anchor or alias|scanning an (?:anchor|alias)",
        N_("a text cannot begin with & or * unless it stands in quotation marks"),
    ),
    (r"scanning a block scalar", N_("behind | and > nothing else stands on the line")),
    (
        r"trailing content after",
        N_("a text goes on behind its closing quotation mark; one inside a text is written twice between single ones"),
    ),
    (r"tag", N_("a text cannot begin with ! unless it stands in quotation marks")),
)
"""Parts of complaints of yaml-rs and ruamel.yaml, the more special ones first, and what they come to."""


def fault(complaint: str) -> Phrase:
    """What a reader's complaint means; of one that is not in the table, that reading ends there."""
    for pattern, text in _TABLE:
        if (match := re.search(pattern, complaint)) is not None:
            return Phrase(text, {name: value for name, value in match.groupdict().items() if value})
    return Phrase(N_("from here on it cannot be read as fields and values"))
