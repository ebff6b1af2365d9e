"""Writes the pages of the manual that are made from the program: `make docs`. A test says when one is out of date."""

import functools
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from docs.completion_table import completion_table
from docs.guide_pages import SCREEN, walk
from docs.records_page import records_page
from elo_cli.checks.manual import EVERY_RULE
from elo_cli.cli import VERBS
from elo_cli.model import values
from elo_cli.model.languages import SOURCE
from elo_cli.model.money import MAX_EUROS
from elo_cli.render.answers.rules import manual
from elo_cli.render.documents import house_style
from elo_cli.render.findings import annotations
from elo_cli.render.forms import markdown
from elo_cli.render.forms.screen import Screen
from elo_cli.render.schemas.schemas import models_digest
from elo_cli.render.words.language import Language
from elo_cli.store.tables import package as import_package
from elo_cli.store.tables import rows as import_rows
from elo_cli.store.tables import table as import_table
from elo_cli.store.yaml import limits

DOCS = Path(__file__).parent

CLI = """\
# The command line

What `elo --help` and each verb's `--help` say. This page is generated: `make docs` writes it anew.

| exit code | means |
| --- | --- |
| 0 | fine |
| 1 | findings at the chosen level, differences, or an answer that is incomplete because a file could not be read |
| 2 | wrong usage, or an unknown id |
| 3 | the tracker, git or the disk could not be read or written, or the revision is unknown |
| 4 | a fault of elo itself |
| 130 | interrupted |
"""


def run_elo(*words: str) -> str:
    """Return what a person sees on a terminal of 80 columns, in English."""
    run = subprocess.run(
        [sys.executable, "-m", "elo_cli", *words],
        cwd=DOCS.parent,
        env=os.environ | {"COLUMNS": "80", "ELO_LANG": SOURCE, "NO_COLOR": "1", "PYTHONUTF8": "1", "TERM": "xterm"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return "\n".join(line.rstrip() for line in run.stdout.strip("\n").splitlines())


def cli_page() -> str:
    """Return docs/cli.md: the help of elo and of every verb."""
    parts = [CLI, f"## elo\n\n```text\n{run_elo('--help')}\n```\n"]
    parts += [f"## elo {verb}\n\n```text\n{run_elo(verb, '--help')}\n```\n" for verb in VERBS]
    return "\n".join(parts)


RULES = """\
# The rules of elo check

What `elo rules ID` says of each rule, in `fi`, `sv` or `en` there. This page is generated: `make docs` writes it anew.
"""


def rules_page() -> str:
    """Return docs/rules.md: every rule by group, with its level, its message, what it means and how to mend it."""
    blocks = manual(Screen(Language(SOURCE), io.StringIO()), EVERY_RULE.values())
    return f"{RULES}\n{markdown.page(blocks)}"


def readme() -> str:
    """Return README.md with its screen as it is now."""
    before, begin, rest = (DOCS.parent / "README.md").read_text("utf-8").partition(SCREEN[0])
    _, end, after = rest.partition(SCREEN[1])
    return f"{before}{begin}\n\n```text\n{run_elo('status', '--as-of', '2021-04-09')}\n```\n\n{end}{after}"


def guide(path: Path) -> str:
    """Return a guide, docs/guide.LANGUAGE.md, with its screens; every command in it has been run for that."""
    return walk(path.read_text("utf-8"), path.suffixes[0].removeprefix("."))


COLUMNS = "<!-- What follows is generated from the program: `make docs`. -->"


def exporting_page() -> str:
    """Return docs/exporting.md: what is written by hand up to the mark, and the columns of every CSV file below it."""
    written, mark, _ = (DOCS / "exporting.md").read_text("utf-8").partition(COLUMNS)
    parts = [written + mark]
    with tempfile.TemporaryDirectory() as folder:
        run_elo("export", f"{folder}/csv", "--as-of", "2021-04-09")
        package = json.loads((Path(folder) / "csv" / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        fields = resource["schema"]["fields"]
        rows = "\n".join(f"| `{one['name']}` | {one['type']} | {one.get('description', '')} |" for one in fields)
        about = resource["description"]
        parts.append(f"### {resource['path']}\n\n{about}\n\n| Column | Type | Meaning |\n| --- | --- | --- |\n{rows}")
    return "\n\n".join(parts) + "\n"


BOUNDS = ("<!-- bounds: made by `make docs` -->", "<!-- end of bounds -->")


def security_page() -> str:
    """Return docs/security.md with the bounds as the program has them."""
    mebi = 1024 * 1024
    rows = {
        "a record, a vocabulary, `tracker.yaml`": f"{limits.MAX_BYTES // mebi} MiB",
        "depth of lists and mappings in it": f"{limits.MAX_DEPTH}",
        "a name, a line of text": f"{values.NAME_LIMIT:,} characters",
        "a longer text": f"{values.TEXT_LIMIT:,} characters",
        "an amount of money": f"under {MAX_EUROS:,} euros",
        "a file for `elo import`": f"{import_table.MAX_BYTES // mebi} MiB",
        "the same, unpacked": f"{import_package.MAX_UNPACKED // mebi} MiB",
        "sheets · rows in it": f"{import_rows.MAX_SHEETS} · {import_rows.MAX_ROWS:,}",
        "cells in it": f"{import_rows.MAX_CELLS:,}",
        "columns of a sheet": f"{import_rows.MAX_COLUMNS:,}",
        "a cell": f"{import_rows.MAX_CELL:,} characters",
        "a template": f"{limits.MAX_BYTES // mebi} MiB",
        "a Word template": f"{house_style.MAX_BYTES // mebi} MiB, unpacked {import_package.MAX_UNPACKED // mebi} MiB",
        "the summary in CI": f"{annotations.SUMMARY_LIMIT // 1000:,} kB",
    }
    before, begin, rest = (DOCS / "security.md").read_text("utf-8").partition(BOUNDS[0])
    _, end, after = rest.partition(BOUNDS[1])
    table = "\n".join(f"| {what} | {bound} |" for what, bound in rows.items())
    return f"{before}{begin}\n\n| what | at most |\n| --- | --- |\n{table}\n\n{end}{after}"


PAGES: dict[str, Callable[[], str]] = {
    "security.md": security_page,
    "cli.md": cli_page,
    "records.md": records_page,
    "exporting.md": exporting_page,
    "rules.md": rules_page,
    "../README.md": readme,
    "../elo_cli/commands/completion.json": completion_table,
    "../elo_cli/store/schemas.sha256": models_digest,
    **{path.name: functools.partial(guide, path) for path in sorted(DOCS.glob("guide.*.md"))},
}


def main() -> int:
    """Write every generated page that has changed."""
    for name, page in PAGES.items():
        path, text = DOCS / name, page()
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            sys.stderr.write(f"changed {path.resolve().relative_to(DOCS.parent)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
