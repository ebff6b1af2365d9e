"""What happens when elo is built or installed for editing: catalogues are compiled, addresses of the project set.

ELO_PROJECT is the address of the repository that a release comes from, such as `https://HOST/OWNER/elo`. It stands in
no file, since a copy elsewhere is as good; docs/releasing.md says when to set it.
"""

import os
import re
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

_RELATIVE_LINK = re.compile(r"\]\((?![a-z]+:|#)([^)]+)\)")


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


class AddressHook(MetadataHookInterface):
    """Gives the package the project's address, and the README links that work where only the package is."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set `readme` and `urls`, which pyproject.toml leaves to this hook."""
        address = os.environ.get("ELO_PROJECT", "").rstrip("/")
        text = (Path(self.root) / "README.md").read_text("utf-8")
        metadata["urls"] = {}
        if address:
            text = linked(text, f"{address}/blob/v{metadata['version']}/")
            metadata["urls"] = {
                "Source": address,
                "Changelog": f"{address}/blob/v{metadata['version']}/CHANGELOG.md",
                "Issues": f"{address}/issues",
            }
        metadata["readme"] = {"content-type": "text/markdown", "text": text}


def linked(text: str, base: str) -> str:
    """Markdown with its relative links below an address: `](docs/ci.md)` becomes `](https://…/docs/ci.md)`."""
    return _RELATIVE_LINK.sub(lambda link: f"]({base}{link[1]})", text)


if __name__ == "__main__":
    compile_catalogues(Path(__file__).parent)
