"""The page that lists the files of `elo export`, which lie beside the pages."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from markupsafe import Markup

from elo_cli.model.errors import N_
from elo_cli.render.export.published.dcat import Download
from elo_cli.render.export.published.downloads import DESCRIPTION, write_downloads
from elo_cli.render.forms.html import no_address
from elo_cli.render.site.html import page_body
from elo_cli.render.words.language import Language
from elo_cli.tracking.day.view import View

FOLDER: Final = "data"
"""Beside the languages, below the site's folder."""


class Downloads(NamedTuple):
    """What was written for others to use."""

    day: View
    files: Sequence[Download]
    tables: Sequence[tuple[str, int]]
    """Each table by the name of its file, with its size in bytes."""
    metadata: int
    """The size of the metadata in bytes."""

    @property
    def number(self) -> int:
        """How many files there are."""
        return len(self.files) + len(self.tables) + 1


def write(language: Language, view: View, site: Path, base: str | None) -> Downloads:
    """Write the files into the site's folder; the workbook is in this language.

    `base` is the address of the site's folder, with a slash at its end, where it is known.
    """
    folder = site / FOLDER
    folder.mkdir()
    files = write_downloads(language, view, folder, base=f"{base}{FOLDER}/" if base is not None else None)
    tables = [(path.name, path.stat().st_size) for path in sorted((folder / "tables").glob("*.csv"))]
    return Downloads(view, files, tables, (folder / DESCRIPTION).stat().st_size)


def page(language: Language, downloads: Downloads) -> Markup:
    """The page, from the language's folder."""
    say = language.say
    described = Download(DESCRIPTION, {language.code: say(N_("Metadata for data portals"))}, "", downloads.metadata, "")
    return page_body(
        "downloads",
        no_address,
        said={
            "title": say(N_("Data for downloading")),
            "about": say(
                N_("The records as files, as they were on {day}: the same as elo export writes."),
                day=downloads.day.as_of,
            ),
            "tables": say(N_("Tables one by one")),
            "about_tables": say(N_("The heads of their columns are the same in every language.")),
        },
        files=[
            {
                "address": f"../{FOLDER}/{file.path}",
                "title": language.text(file.title),
                "form": Path(file.path).suffix.removeprefix(".").upper(),
                "size": _size(language, file.size),
            }
            for file in (*downloads.files, described)
        ],
        tables=[
            {"address": f"../{FOLDER}/tables/{name}", "title": name, "size": _size(language, size)}
            for name, size in downloads.tables
        ],
    )


def _size(language: Language, size: int) -> str:
    """A size as people read it."""
    for unit, bytes_in_it in (("MB", 1_000_000), ("kB", 1_000)):
        if size >= bytes_in_it:
            return f"{language.number(round(size / bytes_in_it))}\u00a0{unit}"
    return f"{language.number(size)}\u00a0B"
