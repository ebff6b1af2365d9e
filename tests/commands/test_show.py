"""`elo show`: one record whole."""

import json
from pathlib import Path

import pytest

from tests import trackers
from tests.running import Runner


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("digital-service-package-rrf",), ["26 milj. €", "esitetty"]),
        (("guidance-counselling-permanent",), ["24,3 milj. €"]),
        (("dsp-pilots",), ["määräaika", "II/2023"]),
        (("okm",), ["Opetus- ja kulttuuriministeriö"]),
        (("forum-2021-04-09",), ["9.4.2021"]),
        (("multi-professional-guidance",), ["yksi näistä (KEHA-keskus, THL)", "organisaatio ei luettavissa"]),
        (("regional-reporting-results",), ["vain mahdollista kyllä", "nimi omin sanoin kyllä"]),
        (("guidance-municipal-duty",), ["pysyvä kyllä", "Oikeus oppia"]),
    ],
)
def test_figures_are_found_in_finnish(elo: Runner, words: tuple[str, ...], told: list[str]) -> None:
    """What the slides say is found by the record's id, in the reader's own forms, with the slide."""
    run = elo("show", *words, "--lang", "fi")
    assert run.code == 0
    text = " ".join(run.out.replace("\xa0", " ").split())
    for part in told:
        assert part.casefold() in text.casefold()
    assert "dia " in text


def test_promise_and_update_stay_apart(elo: Runner, tmp_path: Path) -> None:
    """The present state and the promise are both told; before the update the promise alone holds."""
    data = trackers.write(
        tmp_path,
        {
            "vocabulary/organisations": "okm:\n  name:\n    en: OKM\n  type: ministry\n",
            "milestones/m": """\
                type: national
                due: 2021-Q4
                updates:
                  - date: 2021-11-01
                    by: okm
                    due: 2022-Q2
                    reason:
                      en: The tender failed.
                    decided_by: okm
                """,
        },
    )
    late, early = (elo("show", "m", "--as-of", day, data=data).out for day in ("2021-12-01", "2021-10-01"))
    assert "Q2 2022" in late
    assert "Q4 2021" in late
    assert "The tender failed." in late
    assert "Q2 2022" not in early.split("Updates")[0]
    assert "said later than the day asked about" in early
    answer = json.loads(elo("show", "m", "--as-of", "2021-12-01", "--format", "json", data=data).out)
    assert answer["record"]["due"]["text"] == "2022-Q2"
    assert answer["promise"]["due"]["text"] == "2021-Q4"
    assert [update["decided_by"] for update in answer["updates"]] == ["okm"]


def test_what_was_before_is_told_in_the_readers_words(elo: Runner, tmp_path: Path) -> None:
    """A corrected value and a promised amount are said as present ones are: the term, and the amount with its basis."""
    data = trackers.write(
        tmp_path,
        {
            "measures/m": """\
                status: in-progress
                corrections:
                  - date: 2021-05-01
                    field: status
                    was: completed
                    reason:
                      en: Misread.
                  - date: 2021-05-02
                    field: lead
                    was: null
                    reason:
                      en: Forgotten.
                """,
            "funding/f": """\
                measures: [m]
                stage: proposed
                amount: 2 M€
                basis: per-year
                updates:
                  - date: 2022-01-01
                    stage: granted
                    amount: 1.5 M€
                """,
        },
    )
    corrected = elo("show", "m", "--lang", "fi", data=data).out
    assert "aiemmin ”toteutunut”" in corrected
    assert "Päävastuu, aiemmin ei merkintää – Forgotten." in " ".join(corrected.split())
    assert "None" not in corrected
    money = elo("show", "f", "--lang", "en", data=data).out
    assert "€1.5 million/year" in money
    assert "first stated: €2 million/year" in money


def test_links_both_ways(elo: Runner) -> None:
    """A measure names what refers to it, and a milestone what it refers to."""
    measure = json.loads(elo("show", "digital-service-package", "--format", "json").out)
    assert "dsp-pilots" in {link["id"] for link in measure["backlinks"]}
    milestone = json.loads(elo("show", "dsp-pilots", "--format", "json").out)
    assert "digital-service-package" in {link["id"] for link in milestone["links"]}


def test_unknown_id_names_the_nearest(elo: Runner) -> None:
    """A mistyped id ends with exit code 2 and the id that was probably meant."""
    run = elo("show", "dsp-pilot")
    assert (run.code, run.out) == (2, "")
    assert "dsp-pilots" in run.err
