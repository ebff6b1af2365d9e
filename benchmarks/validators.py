"""How long `elo check` takes with all its rules, against two programs that know YAML and JSON Schema alone.

Both are looked for where programs are (`PATH`), and in the benchmark's own environment; one that is not there is
skipped, and said to be. They belong into an environment of their own: `python -m venv DIR`, then
`DIR/bin/pip install check-jsonschema yamllint`.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.check import AS_OF, RECORDS
from benchmarks.generate import generate
from benchmarks.measure import ELO, ROOT, Row, interleaved

TIMES = {"check-jsonschema": 15, "yamllint": 25}
"""How many times as long each shall take."""
SCHEMAS = {"measures": "measure", "milestones": "milestone", "funding": "funding", "meetings": "meeting"}


def rows(*, large: bool = False) -> Iterator[Row]:
    """Yield for each program that is there what `elo check` takes of the part of its time that it may; `large` is all.

    check-jsonschema is asked once for each kind of record, since it takes one schema.
    """
    del large
    with tempfile.TemporaryDirectory() as name:
        data = generate(Path(name) / str(RECORDS), RECORDS)
        for program, times in TIMES.items():
            place = _place(program)
            if place is None:
                print(f"  {program} is not installed: skipped")
                continue
            check: list[str | Path] = [ELO, "check", "--as-of", AS_OF, "--data", data]
            mine, *others = interleaved({"elo check": check, **_commands(program, place, data)}, runs=1).values()
            theirs = sum(cost.seconds for cost in others)
            detail = f"elo check {mine.seconds:.1f} s, {program} {theirs:.1f} s: {theirs / mine.seconds:.0f} times"
            yield Row(f"{times} times elo check : {program}", times * mine.seconds / theirs, 1, detail)


def _place(program: str) -> str | None:
    beside = Path(sys.executable).with_name(program)
    return shutil.which(program) or (str(beside) if beside.exists() else None)


def _commands(program: str, place: str, data: Path) -> dict[str, list[str | Path]]:
    if program == "yamllint":
        return {program: [place, "-d", "relaxed", data]}
    schemas = ROOT / "schemas"
    return {
        folder: [place, "-q", "--schemafile", schemas / f"{schema}.schema.json", *sorted((data / folder).iterdir())]
        for folder, schema in SCHEMAS.items()
    }
