"""What a writing verb shows before and after: the change as a diff, and the findings that stand in its way."""

import difflib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from elo_cli.render.forms.screen import Screen
from elo_cli.render.forms.text import visible

if TYPE_CHECKING:
    from elo_cli.checks.rule import Finding
    from elo_cli.render.words.language import Language

_STYLES: Final = {"+": "green", "-": "red", "@": "cyan"}


def diff(label: str, old: bytes | None, new: bytes | None) -> list[str]:
    """A change of one file as a unified diff, line by line; None stands for a file that is not there."""
    return [
        line.rstrip("\r\n")
        for line in difflib.unified_diff(
            _lines(old),
            _lines(new),
            "/dev/null" if old is None else f"a/{label}",
            "/dev/null" if new is None else f"b/{label}",
        )
    ]


def _lines(content: bytes | None) -> list[str]:
    return (content or b"").decode("utf-8", "replace").removeprefix("\ufeff").splitlines(keepends=True)


def show_diffs(screen: Screen, files: Mapping[str, tuple[bytes | None, bytes | None]]) -> None:
    """Every file's change, the added lines green and the removed ones red where there is colour."""
    for label, (old, new) in files.items():
        for line in diff(label, old, new):
            text = visible(line, keep_lines=False)
            if screen.colour:
                screen.console.print(screen.text(text, _STYLES.get(line[:1], "")), soft_wrap=True)
            else:
                screen.file.write(f"{text}\n")


def findings_text(language: "Language", findings: Iterable["Finding"]) -> list[str]:
    """Findings as lines, with their place and their rule."""
    from elo_cli.checks.rule import RULES
    from elo_cli.render.words.terms import LEVEL

    return [
        f"{finding.path}:{finding.line}:{finding.column}: {language.say(LEVEL[finding.level].word)} {finding.rule} "
        + language.say_all(RULES[finding.rule].message, finding.args)
        for finding in findings
    ]
