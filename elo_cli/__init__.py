"""elo follows a government strategy's measures, funding and RRF milestones in YAML files under git."""

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
"""Where the program lies, with its catalogues, templates and mappings."""
DISTRIBUTION: Final = "strategy-elo"
"""What this package is called where packages are installed from; `elo` is another project there."""


def version() -> str:
    """Return the version of the elo that runs."""
    # Most verbs do without it, and start sooner.
    from importlib.metadata import version as installed

    return installed(DISTRIBUTION)


def home() -> str | None:
    """Return the address of the project, where the package names one (Project-URL)."""
    from importlib.metadata import metadata

    for line in metadata(DISTRIBUTION).get_all("Project-URL") or ():
        _, _, address = str(line).partition(", ")
        if address.startswith("https://"):
            return address
    return None
