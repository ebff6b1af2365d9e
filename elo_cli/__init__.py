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
