"""elo follows a government strategy's measures, funding and RRF milestones in YAML files under git."""

from typing import Final

DISTRIBUTION: Final = "strategy-elo"
"""What this package is called where packages are installed from; `elo` is another project there."""


def version() -> str:
    """Return the version of the elo that runs."""
    # Most verbs do without it, and start sooner.
    from importlib.metadata import version as installed

    return installed(DISTRIBUTION)
