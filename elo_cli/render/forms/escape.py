"""Text of the data made harmless, one function a target: it is shown as it is, and never acts.

`render.text.visible` comes first in each: no control character, and no command for a service that reads a log.
"""

import json
import re
from functools import lru_cache
from html import escape
from typing import Final
from urllib.parse import quote

from elo_cli.model.characters import code_point
from elo_cli.render.forms.text import visible

BREAK: Final = "\u200b"
"""A zero-width space; as itself, since people read Markdown as plain text too, and would see an entity in names.

GitHub and GitLab make mentions, references, links and emoji from the text that is left after escapes are undone, so a
backslash does not stop them; a character between does.
"""
_HERE: Final = "\0"
"""Marks where BREAK goes until the escapes are done; `visible` leaves no such character in the text."""
_ACTIVE: Final = re.compile(r"[\\`*_\[\]<>#|~$]")
_NEXT_ACTS: Final = re.compile(
    # @someone, a@example.org; at the end too, since the next value may follow at once
    r"(?i)@(?=\S|$)"
    # #12, !12, $12, &12, %12, %"milestone", %{placeholder}, ~label, GH-12, GL-12
    r"|[#!$&](?=[0-9])|[%~](?=[\w\"{])|(?:gh|gl)-(?=[0-9])"
    # an address of any scheme, also after a letter or `_`
    r"|:(?=//)|(?:mailto|xmpp):|www(?=\.)"
    # :tada:, :100:
    r"|:(?=[a-z0-9_+-]{1,50}:)"
    # [vulnerability:12], [TOC], [[page]], {+ inserted +}, [- deleted -], *iteration:12
    r"|\[(?=\w{1,30}:|toc\]|\[)|[\[{](?=[+-])|\*(?=iteration:)"
    # a commit: digits alone are a number, letters alone a word
    r"|(?<![0-9a-z])(?=[0-9]*[a-f])(?=[a-f]*[0-9])(?P<commit>[0-9a-f]{7,64})(?![0-9a-z])"
)
_SIX: Final = re.compile("[0-9A-Fa-f]{6}(?=.)")
_ENTITY: Final = re.compile(r"&(?=#?[0-9A-Za-z]+;)")
_LINE_START: Final = re.compile(r"^(?:([-+=:])|([0-9]{1,9})(?=[.)](?:\s|$)))")

_UNSEEN: Final = (
    "\x00-\x08\x0b\x0c\x0e-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    "\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff"
)
"""Spaces and characters without a form, within a class of a regular expression; tabs and line breaks apart."""
_FORMULA: Final = re.compile(
    rf"^(?=[\t\r\n])|(?:^|(?<=[;\t\r\n]))(?=[{_UNSEEN}\"']*[=+\-@＝＋－＠])"  # noqa: RUF001 - full-width forms, which spreadsheets read too
)
_CELL_ENDS: Final = ";\t\r\n"
_SHEET_CODE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

_RAW: Final = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff0-\uffff"
    r"\U000e0000-\U000e0fff]|#(?=#[A-Za-z]*\[)"
)
"""What a text in JSON holds by its number: what no screen shows as it is, and `##[`, a command in a log."""

_MERMAID: Final = re.compile(r"[^\w .()/–-]")
_DIRECTIVE: Final = re.compile(
    r"(?i)(?:gantt|title|section|dateFormat|axisFormat|tickInterval|todayMarker|inclusiveEndDates|topAxis|includes"
    r"|excludes|weekday|weekend|click|href|call|acc|vert|style|classDef|end|monday|tuesday|wednesday|thursday|friday"
    r"|saturday|sunday|init|[\W\d_])"
)
"""How a name may not begin: like a directive, or like the date, the comment or the sign of one."""
_LONGEST_NAME: Final = 90
"""Mermaid sets longer names over one another, since it wraps none."""


class Markdown(str):
    """Text that is Markdown already and is not escaped again."""

    __slots__ = ()


def markdown_text(text: str, *, keep_lines: bool = False, breaks: bool = True) -> Markdown:
    """The text for a paragraph, heading or list item of the Markdown of GitHub and GitLab, shown as it is.

    No emphasis, heading, list, table, code, HTML, link, address, mention, reference, emoji or formula comes from it.
    A line break becomes a space; with `keep_lines` a break, and an empty line a new paragraph. Without `breaks` it is
    for a reader of Markdown that makes no links of its own.
    """
    shown = visible(text, keep_lines=keep_lines)
    mark = BREAK if breaks else ""
    if not keep_lines:
        return Markdown(_line(shown, mark))
    lines = [_line(line, mark) for line in shown.split("\n")]
    out: list[str] = []
    for number, line in enumerate(lines):
        # A backslash before the end of a line breaks it; before an empty line it would only be a backslash.
        out.append(f"{line}\\" if line and number + 1 < len(lines) and lines[number + 1] else line)
    return Markdown("\n".join(out).strip("\n"))


def markdown_cell(text: str) -> Markdown:
    """The text for a cell of a Markdown table: always one line; what is Markdown already stays."""
    return text if isinstance(text, Markdown) else markdown_text(text)


@lru_cache(maxsize=10_000)
def html_text(text: str) -> str:
    """The text for an element or a quoted attribute of HTML or XML."""
    return escape(visible(text, keep_lines=True), quote=True)


def csv_text(text: str) -> str:
    """The text for a cell of CSV, with an apostrophe before whatever a spreadsheet would run as a formula.

    That is what begins with = + - @, also behind characters that are not seen and behind quotes (OWASP, “CSV
    injection”): at the beginning of the cell, of a line in it, and after a `;`, where many spreadsheets end a cell.
    """
    if _FORMULA.match(text) or any(sign in text for sign in _CELL_ENDS):
        text = _FORMULA.sub("'", text)
    return visible(text, keep_lines=True)


def sheet_text(text: str) -> str:
    """The text as XLSX can hold it: `_x000D_` is not taken for a character.

    ECMA-376 part 1, 22.9.2.19 (ST_Xstring): `_x` and four digits stand for a character, `_x005F_` for the `_` itself.
    """
    return _SHEET_CODE.sub("_x005F_", visible(text, keep_lines=True))


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run the text, if someone typed it."""
    return _FORMULA.search(text) is not None


def json_text(value: object) -> str:
    r"""A value as JSON, indented, in which only what can be read stands as it is; the rest is `\u009b`."""
    return _RAW.sub(_numbered, json.dumps(value, ensure_ascii=False, indent=2))


def mermaid_text(text: str) -> str:
    """The text for a name in Mermaid: one line, shortened, nothing in it active."""
    shown = " ".join(visible(text).split()) or "-"
    if len(shown) > _LONGEST_NAME:
        shown = shown[: _LONGEST_NAME - 1] + "…"
    safe = _MERMAID.sub(_entity, shown)
    # An entity is none of the words and signs that a line may begin with.
    return _entity(first) + safe[1:] if safe[0] != "#" and (first := _DIRECTIVE.match(safe)) else safe


def command_text(text: str) -> str:
    """The text for the message of a workflow command of GitHub."""
    return visible(text).replace("%", "%25")


def command_property(text: str) -> str:
    """The text for a property of a workflow command of GitHub."""
    return command_text(text).replace(":", "%3A").replace(",", "%2C")


def sarif_text(text: str) -> str:
    """The text for a message of SARIF: no link (`[text](target)`) and no place (`{0}`), as 3.11.5 and 3.11.6 ask."""
    shown = visible(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return shown.replace("{", "{{").replace("}", "}}")


def uri_path(path: str) -> str:
    """The path of a file for an address; a name that is not UTF-8 keeps its bytes."""
    try:
        return quote(path.encode("utf-8", "surrogateescape"), safe="/")
    except UnicodeEncodeError:
        return quote(visible(path), safe="/")


def _line(text: str, mark: str) -> str:
    """One line: what acts inside it, then what acts at its beginning; `mark` goes where a backslash stops nothing."""
    # Spaces at the beginning make code, two at the end a break; neither is seen anyway.
    text = _NEXT_ACTS.sub(_broken, text.strip())
    text = _ENTITY.sub("&amp;", text)
    text = _ACTIVE.sub(lambda match: f"\\{match[0]}", text)
    text = _LINE_START.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\", text)
    return text.replace(_HERE, mark)


def _broken(match: re.Match[str]) -> str:
    # Seven digits of a commit are enough for a link.
    return _SIX.sub(f"\\g<0>{_HERE}", match[0]) if match["commit"] else match[0] + _HERE


def _numbered(match: re.Match[str]) -> str:
    character = match[0]
    if "\ud800" <= character <= "\udfff":
        # Half a character is no JSON to many readers.
        return f"<{code_point(character)}>"
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def _entity(match: re.Match[str]) -> str:
    return f"#{ord(match[0][0])};"
