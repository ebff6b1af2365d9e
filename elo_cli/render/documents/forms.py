"""The forms of a report: which one is asked for, by option and by the file's name, and who writes it."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from elo_cli.model.errors import N_, UsageProblem

if TYPE_CHECKING:
    from elo_cli.render.documents.house_style import HouseStyle
    from elo_cli.render.reports.template import Template

ReportForm = Literal["markdown", "html", "docx", "pdf"]


class Written(NamedTuple):
    """What a writer of a form is given besides the text."""

    language: str
    day: date
    house: "HouseStyle | None" = None


def _markdown(text: str, _about: Written) -> bytes:
    return text.encode()


def _html(text: str, about: Written) -> bytes:
    from elo_cli.render.reports.html import page

    return page(text, about.language).encode()


def _docx(text: str, about: Written) -> bytes:
    from elo_cli.render.documents.docx import document

    return document(text, about.language, about.day, about.house)


def _pdf(text: str, about: Written) -> bytes:
    from elo_cli.render.documents.pdf import document

    return document(text, about.language, about.day)


FORMS: Final[dict[ReportForm, Callable[[str, Written], bytes]]] = {
    "markdown": _markdown,
    "html": _html,
    "docx": _docx,
    "pdf": _pdf,
}
"""What the text of a report, which templates of Markdown write, becomes."""


ENDINGS: Final[dict[str, ReportForm]] = {
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".pdf": "pdf",
}
"""The form by the ending of a file's name."""


def form_of(format: ReportForm | None, output: Path | None, template: "Template", *, to_terminal: bool) -> ReportForm:
    """The form that was asked for, by option and by the file's name, which must agree; HTML makes nothing else."""
    form = _agreed(format, output) or ("html" if template.writes_html else "markdown")
    if template.writes_html and form != "html":
        raise UsageProblem(
            N_("the template {path} writes HTML; right would be --format html, or a template named .md.jinja"),
            path=template.shown,
        )
    if form in {"docx", "pdf"} and output is None and to_terminal:
        raise UsageProblem(N_("a document is no text for a terminal; right would be -o {name}"), name=f"report.{form}")
    return form


def _agreed(format: ReportForm | None, output: Path | None) -> ReportForm | None:
    if output is None or output == Path("-") or _no_file(output):
        return format
    by_name = ENDINGS.get(output.suffix.lower())
    if by_name is not None and format in {None, by_name}:
        return by_name
    right = [ending for ending, form in ENDINGS.items() if format in {None, form}]
    raise UsageProblem(
        N_("the name {name} does not say which form the report has; right would be {known}"),
        name=output.name,
        known=" | ".join(output.with_suffix(ending).name if output.name else f"report{ending}" for ending in right),
    )


def _no_file(path: Path) -> bool:
    """Whether it is a pipe, a device or stdout by another name, which has no ending to read."""
    of_system = Path(os.path.abspath(path)).is_relative_to("/dev")  # noqa: PTH100 - links are to be seen
    return of_system or (os.path.exists(path) and not os.path.isfile(path))  # noqa: PTH110, PTH113 - these never raise
