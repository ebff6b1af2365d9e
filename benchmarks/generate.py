"""Makes trackers of any size: `python -m benchmarks.generate DIR RECORDS`, or DIR `--countries N` for plans of the RRF.

The same number gives the same bytes. The records look like those that people write (0.9 kB, three languages, sources,
two updates), refer to each other, and have nothing wrong with them, so that what is measured is reading, not reporting.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

# Of a hundred records, as in the strategy's own data: mostly milestones and lines of money.
SHARES = {"measures": 10, "funding": 25, "meetings": 5}
TODAY_YEAR = 2026
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


# The recovery and resilience plans of the Union: as many milestones a country as the largest plans have.
COUNTRIES = (
    "at", "be", "bg", "cy", "cz", "de", "dk", "ee", "el", "es", "fi", "fr", "hr", "hu",
    "ie", "it", "lt", "lu", "lv", "mt", "nl", "pl", "pt", "ro", "se", "si", "sk",
)  # fmt: skip
PLAN_MEASURES, PLAN_MILESTONES, INSTALMENTS, BODIES = 400, 1_200, 10, 12
AMENDMENTS = ("2022-12-01", "2023-06-01", "2023-12-01", "2024-06-01", "2024-12-01")
"""The days of the decisions that change each plan; each moves the due of a fifth of its milestones."""
NEXT_AMENDMENT = "2025-12-01"
"""The day of one more decision, which changes nothing yet."""


def generate_plans(folder: Path, countries: int) -> Path:
    """Write a tracker of the plans of so many countries into a new folder, and return its data folder.

    A country has 400 measures, 1,200 milestones and targets with five updates each, ten payment requests, and its own
    instrument with the RRF's rules.
    """
    data = folder / "data"
    for name in ("vocabulary", "measures", "milestones", "requests"):
        (data / name).mkdir(parents=True)
    (data / "tracker.yaml").write_text(TRACKER, "utf-8")
    chosen = COUNTRIES[:countries]
    entries: dict[str, list[str]] = {"goals": [], "organisations": [], "instruments": [], "documents": []}
    for country in chosen:
        for name, text in plan_vocabularies(country):
            entries[name].append("".join(f"  {line}\n" if line[-1:] != "^" else f"{line[:-1]}\n" for line in text))
        for number in range(PLAN_MEASURES):
            (data / "measures" / f"{country}-measure-{number:03}.yaml").write_text(
                plan_measure(country, number), "utf-8"
            )
        for number in range(PLAN_MILESTONES):
            (data / "milestones" / f"{country}-{number:04}.yaml").write_text(plan_milestone(country, number), "utf-8")
        for number in range(1, INSTALMENTS + 1):
            (data / "requests" / f"{country}-request-{number}.yaml").write_text(plan_request(country, number), "utf-8")
    for name, texts_of in entries.items():
        (data / "vocabulary" / f"{name}.yaml").write_text("".join(texts_of), "utf-8")
    return data


def plan_vocabularies(country: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the lines of a country's entries by vocabulary; a line that ends with ^ is the id of an entry."""

    def entry(record_id: str, name: str, fields: str, decision: int = 0) -> list[str]:
        text = texts("name", name, name, name) + fields + f"sources:\n  - document: {country}-decision-{decision}\n"
        return [f"{record_id}:^", *text.splitlines()]

    yield "goals", entry(f"{country}-goal", f"Goal {country}", "type: strategic-goal\n")
    for number in range(BODIES):
        yield "organisations", entry(f"{country}-body-{number}", f"Body {country} {number}", "type: ministry\n")
    days = "rules: rrf\nlast_day: 2026-08-31\nlast_payment_day: 2026-12-31\n"
    yield "instruments", entry(f"{country}-rrf", f"RRF {country}", days)
    for number, day in enumerate(("2021-07-13", *AMENDMENTS, NEXT_AMENDMENT)):
        yield (
            "documents",
            entry(f"{country}-decision-{number}", f"Decision {country} {number}", f"date: {day}\n", number),
        )


def plan_measure(country: str, number: int) -> str:
    """Return a measure of a plan."""
    return (
        f"id: {country}-measure-{number:03}\nkey: false\n"
        + named(number, "Uudistus tai investointi", "Reform eller investering", "Reform or investment")
        + f"goal: {country}-goal\nresponsible:\n  - {country}-body-{number % BODIES}\nperiod: 2021/2026\n"
        f"sources:\n  - document: {country}-decision-0\n    page: {number + 1}\n"
        "updates:\n  - date: 2025-06-30\n"
        f"    by: {country}-body-{number % BODIES}\n    status: in-progress\n    confidence: on-track\n"
    )


def plan_milestone(country: str, number: int) -> str:
    """Return a milestone or target of a plan, with one update by a decision and four words of those who do it."""
    target, instalment = number % 2 == 0, number * INSTALMENTS // PLAN_MILESTONES + 1
    # Two instalments a year from 2021 on; the decision moves the due by a quarter.
    year, half = 2021 + instalment // 2, instalment % 2
    body, decision = f"{country}-body-{number % BODIES}", number % len(AMENDMENTS) + 1
    due, moved = f"{year}-Q{2 * half + 1}", f"{year}-Q{2 * half + 2}"
    done = year < TODAY_YEAR
    unit = "    fi: henkilöä\n    sv: personer\n    en: persons\n"
    indicator = f"  unit:\n{unit}  baseline: 0\n  goal: {100 + number}\n" if target else plan_text("text", indent=2)
    words = [
        update_of(body, "2022-01-31", "    status: in-preparation\n"),
        f"  - date: {AMENDMENTS[decision - 1]}\n    sources:\n      - document: {country}-decision-{decision}\n"
        f"    due: {moved}\n    rrf:\n      cid_version: {country}-decision-{decision}\n"
        + texts("reason", "Olosuhteet", "Omständigheter", "Objective circumstances", indent=4)
        + f"    decided_by: {country}-decision-{decision}\n",
        update_of(body, "2025-02-10", "    status: in-progress\n"),
        update_of(body, "2025-05-20", f"    value: {100 + number}\n" if target else "    confidence: on-track\n"),
        update_of(body, "2025-10-15", plan_evidence(country, number) if done else "    confidence: on-track\n"),
    ]
    return (
        f"id: {country}-{number:04}\ntype: {'rrf-target' if target else 'rrf-milestone'}\n"
        + named(number, "Palvelu on käytössä", "Tjänsten är i bruk", "The service is in use")
        + f"measures:\n  - {country}-measure-{number % PLAN_MEASURES:03}\n"
        f"due: {due}\nresponsible:\n  - {body}\ninstrument: {country}-rrf\n"
        f"support: {'loan' if number % 3 == 0 else 'grant'}\nindicator:\n{indicator}"
        "verification:\n  evidence:\n" + plan_text("report", indent=4) + plan_text("list", indent=4) + "rrf:\n"
        f"  plan_measure: C{number % 20}.I{number % 7}\n  cid_version: {country}-decision-0\n"
        f'  cid_number: "{number + 1}"\n  instalment: {instalment}\n'
        + (f"depends_on:\n  - {country}-{number - 1:04}\n" if number % 10 else "")
        + f"sources:\n  - document: {country}-decision-0\n    page: {number + 1}\n"
        "updates:\n" + "".join(words)
    )


def plan_text(field: str, *, indent: int) -> str:
    """Return a text of some length, as the annex of a decision has them."""
    return texts(
        field,
        "Kertomus, josta käyvät ilmi saavutetut tulokset ja niiden perusteet",
        "En rapport av vilken framgår de uppnådda resultaten och grunderna för dem",
        "A report that shows the results that were achieved and what they rest on",
        indent=indent,
    )


def plan_evidence(country: str, number: int) -> str:
    """Return the fields of an update by which a milestone is completed, with what verification requires."""
    return (
        "    status: completed\n    evidence:\n"
        f"      - title: Report {country} {number}\n        uri: https://example.org/{country}/{number}\n"
        "        covers:\n          - report\n          - list\n"
    )


def plan_request(country: str, number: int) -> str:
    """Return a payment request: an instalment of a plan."""
    return (
        f"id: {country}-request-{number}\nnumber: {number}\n"
        + named(number, "Maksupyyntö", "Betalningsansökan", "Payment request")
        + f"instrument: {country}-rrf\namount: {number} M€\nexpected: {2021 + (number + 1) // 2}\n"
        f"sources:\n  - document: {country}-decision-0\n"
    )


def update_of(body: str, day: str, fields: str) -> str:
    """Return an update by a body."""
    return f"  - date: {day}\n    by: {body}\n{fields}"


def main() -> int:
    """Write a tracker where the command line says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("records", type=int, metavar="RECORDS", nargs="?", default=0)
    parser.add_argument("--countries", type=int, choices=range(1, len(COUNTRIES) + 1), metavar="N")
    arguments = parser.parse_args()
    if arguments.countries is not None:
        print(generate_plans(arguments.folder, arguments.countries))
    else:
        print(generate(arguments.folder, arguments.records))
    return 0


if __name__ == "__main__":
    sys.exit(main())
