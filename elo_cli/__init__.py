"""elo follows a government strategy's measures, funding and RRF milestones in YAML files under git."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from elo_cli.api import FileProblem, Tracker, open  # noqa: A004 - it is called elo_cli.open
    from elo_cli.model.errors import EloError, UnreadableProblem, UsageProblem
    from elo_cli.model.records.funding import Funding
    from elo_cli.model.records.measure import Measure
    from elo_cli.model.records.meeting import Meeting
    from elo_cli.model.records.milestone import Milestone
    from elo_cli.model.records.request import PaymentRequest

# What Python programs are offered (docs/python.md); all else may change from one version to the next.
__all__ = [
    "EloError",
    "FileProblem",
    "Funding",
    "Measure",
    "Meeting",
    "Milestone",
    "PaymentRequest",
    "Tracker",
    "UnreadableProblem",
    "UsageProblem",
    "open",
    "version",
]

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


_PLACES: Final = {
    "model.errors": ("EloError", "UnreadableProblem", "UsageProblem"),
    "model.records.funding": ("Funding",),
    "model.records.measure": ("Measure",),
    "model.records.meeting": ("Meeting",),
    "model.records.milestone": ("Milestone",),
    "model.records.request": ("PaymentRequest",),
    "api": ("FileProblem", "Tracker", "open"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any of the offered names
    """Import what is offered when it is asked for: the command line starts without it."""
    for module, names in _PLACES.items():
        if name in names:
            return getattr(import_module(f"elo_cli.{module}"), name)
    raise AttributeError(name)


def __dir__() -> list[str]:
    return sorted(__all__)
