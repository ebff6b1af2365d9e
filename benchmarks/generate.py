"""Makes trackers of any size: `python -m benchmarks.generate DIR RECORDS`.

The same number gives the same bytes. The records look like those that people write (0.9 kB, three languages, sources,
two updates), refer to each other, and have nothing wrong with them, so that what is measured is reading, not reporting.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

# Of a hundred records, as in the strategy's own data: mostly milestones and lines of money.
SHARES = {"measures": 10, "funding": 25, "meetings": 5}
GOALS, ORGANISATIONS, PROGRAMMES, INSTRUMENTS, DOCUMENTS, FUNCTIONS = 20, 60, 20, 8, 100, 10

TRACKER = """\
format: 1
name:
  fi: Koekäytön strategia
  sv: Strategi för prov
  en: A strategy to try things on
languages:
  - fi
  - sv
  - en
"""


def generate(folder: Path, records: int) -> Path:
    """Write a tracker of so many records, vocabularies aside, into a new folder, and return its data folder."""
    data = folder / "data"
    for name in ("vocabulary", "measures", "milestones", "funding", "meetings"):
        (data / name).mkdir(parents=True)
    (data / "tracker.yaml").write_text(TRACKER, "utf-8")
    for name, text in vocabularies():
        (data / "vocabulary" / f"{name}.yaml").write_text(text, "utf-8")
    counts = {kind: max(1, records * share // 100) for kind, share in SHARES.items()}
    counts["milestones"] = records - sum(counts.values())
    write: dict[str, Callable[[int, dict[str, int]], str]] = {
        "measures": measure,
        "funding": funding,
        "meetings": meeting,
        "milestones": milestone,
    }
    for kind, count in counts.items():
        for number in range(count):
            # The name is the id: `milestone-000017`.
            (data / kind / f"{record_id(kind, number)}.yaml").write_text(write[kind](number, counts), "utf-8")
    return data


def record_id(kind: str, number: int) -> str:
    """Return the id of a record by its kind's folder and its number."""
    return f"{kind.removesuffix('s')}-{number:06}"


def texts(field: str, finnish: str, swedish: str, english: str, *, indent: int = 0) -> str:
    """Return a text in three languages as the lines of a field."""
    space = " " * indent
    return f"{space}{field}:\n{space}  fi: {finnish}\n{space}  sv: {swedish}\n{space}  en: {english}\n"


def named(number: int, finnish: str, swedish: str, english: str) -> str:
    """Return the name of a record or entry that is one of many."""
    return texts("name", f"{finnish} {number}", f"{swedish} {number}", f"{english} {number}")


def source(number: int) -> str:
    """Return the source of a record: a slide in one of the documents."""
    return f"sources:\n  - document: document-{number % DOCUMENTS}\n    slide: {number % 40 + 1}\n"


def organisation(number: int) -> str:
    """Return the id of one of the organisations."""
    return f"organisation-{number % ORGANISATIONS}"


def update(number: int, day: str, fields: str) -> str:
    """Return one update with a note, said by an organisation."""
    return f"  - date: {day}\n    by: {organisation(number)}\n{fields}" + texts(
        "note", "Työ etenee suunnitellusti", "Arbetet framskrider enligt plan", "Work proceeds as planned", indent=4
    )


def measure(number: int, counts: dict[str, int]) -> str:
    """Return a measure: goal, programme, organisations, period, status."""
    del counts
    return (
        f"id: {record_id('measures', number)}\n"
        "key: false\n"
        + named(
            number, "Jatkuvan oppimisen toimenpide", "Åtgärd för kontinuerligt lärande", "Continuous learning measure"
        )
        + texts(
            "description",
            "Mitä tehdään, kenelle ja miksi",
            "Vad görs, för vem och varför",
            "What is done, for whom and why",
        )
        + f"goal: goal-{number % GOALS}\n"
        f"programmes:\n  - programme-{number % PROGRAMMES}\n"
        f"responsible:\n  - {organisation(number)}\n  - {organisation(number + 7)}\n"
        f"lead: {organisation(number)}\n"
        "period: 2021/2028\n"
        "status: planned\n"
        + source(number)
        + "updates:\n"
        + update(number, "2022-05-20", "    status: in-preparation\n")
        + update(number, "2026-01-08", "    status: in-progress\n    confidence: on-track\n")
    )


def milestone(number: int, counts: dict[str, int]) -> str:
    """Return a milestone of a measure, which depends on the one before it unless it is the first of ten."""
    before = f"depends_on:\n  - {record_id('milestones', number - 1)}\n" if number % 10 else ""
    return (
        f"id: {record_id('milestones', number)}\n"
        "type: national\n"
        + named(
            number, "Palvelu on otettu käyttöön vaiheessa", "Tjänsten har tagits i bruk i fas", "Service in use, stage"
        )
        + f"measures:\n  - {record_id('measures', number % counts['measures'])}\n"
        f"due: {2026 + number % 3}-Q{number % 3 + 2}\n"
        f"responsible:\n  - {organisation(number)}\n  - {organisation(number + 11)}\n"
        f"lead: {organisation(number)}\n"
        + before
        + texts("description", "Käyttäjät löytävät palvelun", "Användarna hittar tjänsten", "Users find the service")
        + "status: planned\n"
        + source(number)
        + "updates:\n"
        + update(number, "2023-03-15", "    status: in-progress\n")
        + update(number, "2026-01-09", "    confidence: on-track\n")
    )


def funding(number: int, counts: dict[str, int]) -> str:
    """Return a line of money for a measure; every fourth line is the whole, and the next three are its parts."""
    whole = number - number % 4
    part = f"part_of: {record_id('funding', whole)}\n" if number % 4 else ""
    amount = f"{1 + number % 9}.{number % 10} M€" if number % 4 == 0 else f"{100 + number % 200} k€"
    return (
        f"id: {record_id('funding', number)}\n"
        + named(number, "Rahoitus kehittämiseen", "Finansiering för utveckling", "Funding for development")
        + f"measures:\n  - {record_id('measures', whole // 4 % counts['measures'])}\n"
        f"instrument: instrument-{whole // 4 % INSTRUMENTS}\n"
        "stage: proposed\n"
        f"amount: {amount}\n"
        "basis: total\n"
        "period: 2021/2028\n"
        + part
        + f"proposed_by: {organisation(number)}\n"
        + texts("description", "Mihin raha käytetään", "Vad pengarna används till", "What the money is used for")
        + source(number)
        + "updates:\n"
        + update(number, "2022-02-01", "    stage: appropriated\n")
        + update(number, "2022-06-01", "    stage: granted\n")
    )


def meeting(number: int, counts: dict[str, int]) -> str:
    """Return a meeting with an agenda."""
    del counts
    return (
        f"id: {record_id('meetings', number)}\n"
        "type: forum\n"
        + named(number, "Foorumin kokous", "Forumets möte", "Meeting of the forum")
        + f"date: {2021 + number % 5}-{number % 12 + 1:02}-{number % 28 + 1:02}\n"
        f"organisers:\n  - {organisation(number)}\n"
        "agenda:\n"
        + texts("opening", "Avaus ja tilannekatsaus", "Öppning och lägesöversikt", "Opening and overview", indent=2)
        + texts("funding", "Rahoituksen tilanne", "Finansieringsläget", "State of the funding", indent=2)
        + source(number)
    )


def vocabularies() -> Iterator[tuple[str, str]]:
    """Yield the vocabularies by name."""

    def entries(
        count: int, prefix: str, names: tuple[str, str, str], fields: Callable[[int], str] = lambda _: ""
    ) -> str:
        def entry(number: int) -> str:
            text = named(number, *names) + fields(number) + source(number)
            return f"{prefix}-{number}:\n" + "".join(f"  {line}\n" for line in text.splitlines())

        return "".join(map(entry, range(count)))

    yield "goals", entries(GOALS, "goal", ("Tavoite", "Mål", "Goal"), lambda _: "type: strategic-goal\n")
    yield (
        "organisations",
        entries(ORGANISATIONS, "organisation", ("Virasto", "Ämbetsverk", "Agency"), lambda _: "type: agency\n"),
    )
    yield "programmes", entries(PROGRAMMES, "programme", ("Ohjelma", "Program", "Programme"))
    yield "instruments", entries(INSTRUMENTS, "instrument", ("Rahoituslähde", "Finansieringskälla", "Instrument"))
    yield (
        "documents",
        entries(
            DOCUMENTS,
            "document",
            ("Asiakirja", "Dokument", "Document"),
            lambda number: f"date: 2021-01-{number % 28 + 1:02}\npublisher: {organisation(number)}\n",
        ),
    )
    yield "functions", entries(FUNCTIONS, "function", ("Toiminto", "Funktion", "Function"))


def main() -> int:
    """Write a tracker where the command line says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("records", type=int, metavar="RECORDS")
    arguments = parser.parse_args()
    print(generate(arguments.folder, arguments.records))
    return 0


if __name__ == "__main__":
    sys.exit(main())
