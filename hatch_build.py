"""Compiles the catalogues (.po) to the form that gettext reads (.mo) when elo is built or installed for editing."""

import os
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_catalogues(root: Path) -> list[Path]:
    """Write a .mo beside every .po below `root`, and return them.

    The same .po gives the same bytes: entries are written in order, and neither time nor path is recorded.
    """
    compiled = []
    for source in sorted(root.glob("elo_cli/locales/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=source.parent.parent.name, domain=source.stem, abort_invalid=True)
        # Two builds may run at once.
        draft = target.with_suffix(f".mo.{os.getpid()}.new")
        with draft.open("wb") as stream:
            write_mo(stream, catalogue, use_fuzzy=False)
        # In one step, so that an elo that runs meanwhile never reads half a catalogue.
        draft.replace(target)
        compiled.append(target)
    return compiled


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]  # the parameter is of no use to a hook
    """Runs before hatchling collects the files of a wheel, an editable install or an sdist."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # the signature is hatchling's
        """Compile the catalogues."""
        compile_catalogues(Path(self.root))


if __name__ == "__main__":
    compile_catalogues(Path(__file__).parent)
