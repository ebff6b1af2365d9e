"""`elo import` of a table of 1,312 rows against `elo check` of what comes of it."""

import csv
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measure import ELO, Row, compare, interleaved, once

ROWS = 1_312
CODES = 1_136
LIMIT = 3.0
_TRACKER = "format: 1\nname:\n  it: Prova\nlanguages:\n  - it\n"
_DOCUMENTS = "elenco:\n  name:\n    it: Elenco\n  date: 2022-10-10\n  sources:\n    - document: elenco\n"
_WORDS = "Il testo descrive che cosa si deve raggiungere, con quali mezzi e con quali documenti lo si dimostra. " * 4
_HEADS = (
    "Codice Univoco Submisura",
    "ID Submisura",
    "Descrizione Submisura",
    "Amministrazione Titolare",
    "Codice univoco Milestone-Target",
    "Milestone-Target",
    "Nome Milestone-Target",
    "Descrizione specifica di ogni Milestone e Target",
    "ITA-UE",
    "Indicatori qualitativi Milestone",
    "Unità di misura Target (riclassificata)",
    "Riferimento di partenza Target",
    "Valore-obiettivo Target",
    "Trimestre di conseguimento",
    "Anno di conseguimento",
    "OA - Meccanismo di verifica",
    "OA - Ulteriori Informazioni",
)


def table(path: Path) -> Path:
    """Write a table in the form of Italy's open data: some codes stand on two rows, each row with a measure."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(_HEADS)
        writer.writerows(_row(number) for number in range(ROWS))
    return path


def _row(number: int) -> Sequence[str]:
    code = number % CODES
    measure = f"M1C1I{number % 280}.01.00"
    head = [
        measure,
        measure,
        f"Misura {measure}",
        "MINISTERO DELLA SALUTE",
        f"M1C1-{code}",
        "Target",
        f"Obiettivo {code}",
    ]
    goal = ["UE", "N/A", "Numero", "0", f"{code + 1000:,}".replace(",", ".") + ",00"]
    return [*head, f"{code}: {_WORDS}", *goal, f"Q{code % 4 + 1}", f"{2021 + code % 6}", _WORDS, "N/A"]


def rows(*, large: bool = False) -> Iterator[Row]:
    """Yield the ratio of importing into an empty tracker, and of importing again what is there, to a check of it."""
    del large
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = table(folder / "table.csv")
        empty, full = (_tracker(folder / one) for one in ("empty", "full"))
        words: list[str | Path] = [source, "--mapping", "italy-rrf", "--source", "elenco", "--data"]
        once([ELO, "import", *words, full, "--yes"])
        commands: dict[str, Sequence[str | Path]] = {
            "elo import": [ELO, "import", *words, empty],
            "again": [ELO, "import", *words, full],
            "elo check": [ELO, "check", "--data", full],
        }
        costs = interleaved(commands, runs=3)
        check = {"elo check": costs["elo check"]}
        for title, one in (("new", "elo import"), ("again", "again")):
            yield compare(f"elo import : elo check, {ROWS:,} rows, {title}", {one: costs[one], **check}, limit=LIMIT)


def _tracker(folder: Path) -> Path:
    (folder / "vocabulary").mkdir(parents=True)
    (folder / "tracker.yaml").write_text(_TRACKER, "utf-8")
    (folder / "vocabulary" / "documents.yaml").write_text(_DOCUMENTS, "utf-8")
    return folder
