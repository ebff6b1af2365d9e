"""Text of the data made harmless for Markdown and HTML: it is shown as it is, and never acts.

One function a format. `render.csv` does the same for spreadsheets, `render.text.visible` for a screen.
"""

import re
from html import escape
from typing import Final
from urllib.parse import quote

from elo_cli.render.text import visible

_BREAK: Final = "&#8203;"
"""A zero-width space, as an entity so that it is seen in the source.

GitHub makes mentions, references, e-mail links and emoji from the text that is left after escapes are undone, so a
backslash does not stop them; a character between does.
"""
_HERE: Final = "\0"
"""Marks where _BREAK goes until the escapes are done; `visible` leaves no such character in the text."""
_ACTIVE: Final = re.compile(r"[\\`*_\[\]<>#|~$]")
_NEXT_ACTS: Final = (
    # @someone, a@example.org
    re.compile(r"@(?=\S)"),
    # #12, owner/name#12, GH-12
    re.compile(r"(?:#|\b[Gg][Hh]-)(?=[0-9])"),
    # :tada:, :100:
    re.compile(r":(?=[a-z0-9_+-]{1,50}:)"),
)
_ENTITY: Final = re.compile(r"&(?=#?[0-9A-Za-z]+;)")
_ADDRESS: Final = re.compile(r"(?i)(\bhttps?|\bftp|\bmailto|\bxmpp)(?=:)|(\bwww)(?=\.)")
_LINE_START: Final = re.compile(r"^(?:([-+=])|([0-9]{1,9})(?=[.)](?:\s|$)))")


class Markdown(str):
    """Text that is Markdown already and is not escaped again."""

    __slots__ = ()


def markdown_text(text: str, *, keep_lines: bool = False) -> Markdown:
    """The text for a paragraph, heading or list item of GitHub Flavored Markdown, shown as it is.

    No emphasis, heading, list, table, code, HTML, link, address, mention, reference, emoji or formula comes from it.
    A line break becomes a space; with `keep_lines` a break, and an empty line a new paragraph.
    """
    shown = visible(text, keep_lines=keep_lines)
    if not keep_lines:
        return Markdown(_line(shown))
    lines = [_line(line) for line in shown.split("\n")]
    out: list[str] = []
    for number, line in enumerate(lines):
        # A backslash before the end of a line breaks it; before an empty line it would only be a backslash.
        out.append(f"{line}\\" if line and number + 1 < len(lines) and lines[number + 1] else line)
    return Markdown("\n".join(out).strip("\n"))


def markdown_cell(text: str) -> Markdown:
    """The text for a cell of a Markdown table: always one line; what is Markdown already stays."""
    return text if isinstance(text, Markdown) else markdown_text(text)


def markdown_link(text: str, address: str) -> Markdown:
    """A link of an address of the data, which the model has held to http and https, under a text of the data."""
    # Whatever could end the target or the cell around it goes in as a percent code.
    safe = _ENTITY.sub("&amp;", quote(visible(address), safe="/:?#@!$&'*+,;=%~.-_"))
    return Markdown(f"[{markdown_text(text)}](<{safe}>)")


def html_text(text: str) -> str:
    """The text for an element or a quoted attribute of HTML or XML."""
    return escape(visible(text, keep_lines=True), quote=True)


def _line(text: str) -> str:
    """One line: what acts inside it, then what acts at its beginning."""
    # Spaces at the beginning make code, two at the end a break; neither is seen anyway.
    text = text.strip()
    text = _ENTITY.sub("&amp;", text)
    for pattern in _NEXT_ACTS:
        text = pattern.sub(lambda found: found[0] + _HERE, text)
    text = _ACTIVE.sub(lambda found: f"\\{found[0]}", text)
    text = _ADDRESS.sub(lambda found: f"{found[0]}\\", text)
    text = _LINE_START.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\", text)
    return text.replace(_HERE, _BREAK)
