"""Sentences that a civil servant signs: of news, lateness and money, each from a small tracker."""

import re
from pathlib import Path

import pytest

from tests import trackers
from tests.running import Runner

DOCUMENTS = "slides:\n  name:\n    en: Slides\n  date: 2021-04-09\n"
GOALS = "g:\n  type: strategic-goal\n  name:\n    en: A goal\n"
BODIES = "okm:\n  type: ministry\n  name:\n    en: A ministry\n"
SOURCE = "sources:\n  - document: slides\n"
VOCABULARY = {"vocabulary/documents": DOCUMENTS, "vocabulary/goals": GOALS, "vocabulary/organisations": BODIES}
MEASURE = f"key: true\ngoal: g\nresponsible:\n  - okm\nstatus: in-preparation\n{SOURCE}"
NOTE = "updates:\n  - date: 2022\n    by: okm\n    note:\n      en: Still under way\n"
LATER = f"type: forum\ndate: 2024-05-01\n{SOURCE}"


def told(run: str) -> str:
    """Return what was told, with no lines to break a sentence."""
    return " ".join(run.replace("\xa0", " ").split())


def written(folder: Path, files: dict[str, str]) -> Path:
    """Write a tracker with a document, a goal and a ministry to refer to."""
    return trackers.write(folder / "data", {**VOCABULARY, **files})


def test_every_screen_names_the_same_last_update(elo: Runner, tmp_path: Path) -> None:
    """Status, record, page, brief and summary say `2022` of a note that was dated so, and no day that nobody named."""
    data = written(tmp_path, {"measures/m": f"{MEASURE}{NOTE}", "meetings/later": LATER})
    site = tmp_path / "site"
    assert elo("site", str(site), "--as-of", "2024-05-01", data=data).code == 0
    verbs = (("status",), ("show", "m"), ("report", "summary"), ("report", "chase"))
    pages = (site / "en" / "index.html", site / "en" / "measures" / "m.html")
    texts = [
        *(elo(*words, "--lang", "en", "--as-of", "2024-05-01", data=data).out for words in verbs),
        *(re.sub("<[^>]+>", " ", page.read_text("utf-8")) for page in pages),
    ]
    assert [text for text in texts if "ast update 2022" not in told(text) and "last heard of 2022" not in text] == []
    assert [text for text in texts if "31 December 2022" in text or "since the original entry" in text] == []


def test_a_brief_shows_the_state_and_the_day_of_it_apart(elo: Runner, tmp_path: Path) -> None:
    """A note changes what was last heard, and not the day of which the status is."""
    data = written(tmp_path, {"measures/m": f"{MEASURE}{NOTE}", "meetings/later": LATER})
    brief = elo("report", "meeting", "--meeting", "later", "--lang", "en", data=data).out
    assert "in preparation as of 9 April 2021" in told(brief)
    assert "- Last update: 2022" in brief


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fi", "Määräaika umpeutunut, toteutumisesta ei tietoa"),
        ("sv", "Tidsfristen har gått ut, uppgift om utfallet saknas"),
        ("en", "Passed, outcome not known"),
    ],
)
def test_silence_is_headed_outcome_not_known(elo: Runner, tmp_path: Path, lang: str, said: str) -> None:
    """A due that passed without a word is not said to be undone."""
    data = written(tmp_path, {"milestones/s": f"type: national\ndue: 2021-05-17\n{SOURCE}"})
    text = told(elo("deadlines", "--past", "--lang", lang, "--as-of", "2022-01-01", data=data).out)
    assert said in text
    assert "not done" not in text


def test_contested_is_told_wherever_deadlines_are(elo: Runner, tmp_path: Path) -> None:
    """Completed and assessed as not fulfilled: deadlines, status and the brief say contested, and none says done."""
    objection = "updates:\n  - date: 2021-06-01\n    by: okm\n    status: completed\n    eu: negative\n"
    files = {
        "measures/m": MEASURE,
        "milestones/s": f"type: rrf-milestone\nmeasures:\n  - m\ndue: 2021-06-30\n{SOURCE}{objection}",
        "meetings/later": LATER,
    }
    data = written(tmp_path, files)
    for words in (("deadlines",), ("status",), ("report", "meeting", "--meeting", "later"), ("show", "s")):
        text = told(elo(*words, "--lang", "en", data=data).out)
        assert "contested" in text, words
        assert "1 done" not in text


def test_what_was_withdrawn_is_not_done(elo: Runner, tmp_path: Path) -> None:
    """A milestone that was given up is withdrawn, and no open deadline."""
    given_up = "updates:\n  - date: 2021-05-01\n    by: okm\n    status: withdrawn\n"
    data = written(tmp_path, {"milestones/s": f"type: national\ndue: 2021-05-17\n{SOURCE}{given_up}"})
    assert "milestones: 1 withdrawn" in elo("status", "--lang", "en", data=data).out
    assert "No open deadline has passed." in elo("deadlines", "--lang", "en", data=data).out


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fi", "osa kokonaisuudesta 4 milj. €, osuutta ei ilmoitettu"),
        ("sv", "del av en helhet på 4 mn €, andelen ej angiven"),
        ("en", "part of a whole of €4 million, share not stated"),
    ],
)
def test_shared_money_is_a_part_of_a_whole(elo: Runner, tmp_path: Path, lang: str, said: str) -> None:
    """Of money for several measures each is told the whole, and that its share is not stated."""
    line = f"measures:\n  - m\n  - n\nstage: proposed\namount: 4 M€\nbasis: total\n{SOURCE}"
    data = written(tmp_path, {"measures/m": MEASURE, "measures/n": MEASURE, "funding/f": line})
    assert told(elo("status", "--lang", lang, data=data).out).count(said) == 2


LATE_DECISION = {
    "measures/m": MEASURE,
    "measures/n": f"key: true\ngoal: g\n{SOURCE}",
    "funding/f": f"measures:\n  - m\nstage: proposed\namount: 2.5 M€\nproposed_by: okm\ndecided_at: session\n{SOURCE}",
    "funding/g": f"measures:\n  - n\nstage: pending\namount: 0.75 M€\nbasis: per-year\ndecided_at: session\n{SOURCE}",
    "meetings/session": f"type: mid-term-review\ndate: 2021\n{SOURCE}",
    "meetings/later": LATER,
}
"""Two lines that a session of 2021 was to decide: one proposed, of the other the source says only that it decides."""


def screens(elo: Runner, data: Path, lang: str, day: str) -> dict[str, str]:
    """Return what each screen that speaks of money says on a day."""
    verbs = {
        "status": ("status",),
        "funding": ("funding", "--format", "markdown"),
        "by stage": ("funding", "--by", "stage", "--format", "markdown"),
        "list": ("list", "funding", "--format", "markdown"),
        "show": ("show", "f"),
        "summary": ("report", "summary"),
        "brief": ("report", "meeting", "--meeting", "later"),
        "money": ("report", "funding"),
        "chase": ("report", "chase"),
    }
    return {name: told(elo(*verb, "--lang", lang, "--as-of", day, data=data).out) for name, verb in verbs.items()}


@pytest.mark.parametrize(
    ("lang", "proposed", "to_decide"),
    [
        (
            "fi",
            "esitetty 2021, päätöksestä ei tietoa",
            "oli määrä päättää 2021, päätöksestä ei tietoa",
        ),
        (
            "sv",
            "föreslaget 2021, uppgift om beslutet saknas",
            "skulle beslutas 2021, uppgift om beslutet saknas",
        ),
        (
            "en",
            "proposed 2021, no update on the decision",
            "was to be decided 2021, no update on the decision",
        ),
    ],
)
def test_a_decision_of_years_ago_is_not_pending(
    elo: Runner, tmp_path: Path, lang: str, proposed: str, to_decide: str
) -> None:
    """Years after its session every screen says when money was proposed or was to be decided, and that none knows."""
    data = written(tmp_path, LATE_DECISION)
    found = screens(elo, data, lang, "2026-11-24")
    assert [name for name, text in found.items() if proposed not in text] == []
    assert [name for name, text in found.items() if name != "show" and to_decide not in text] == []
    assert [name for name, text in found.items() if "promised" in text or "pending" in text] == []


def test_a_decision_is_pending_until_its_meeting(elo: Runner, tmp_path: Path) -> None:
    """Before the session has passed both wait for it."""
    found = screens(elo, written(tmp_path, LATE_DECISION), "en", "2021-04-09")
    silent = {"chase"}
    assert [name for name, text in found.items() if name not in silent and "pending a decision" not in text] == []
    assert [name for name, text in found.items() if "no update on the decision" in text] == []


def test_nobody_is_asked_how_a_thing_stands_that_somebody_is_asked_about(elo: Runner, tmp_path: Path) -> None:
    """Who proposed the money of a measure is asked for the decision; nobody else is asked how the measure stands."""
    unnamed = f"key: true\ngoal: g\n{SOURCE}"
    files = {name: text for name, text in LATE_DECISION.items() if name not in {"funding/g", "measures/n"}}
    data = written(tmp_path, {**files, "measures/m": unnamed})
    chased = told(elo("report", "chase", "--lang", "en", "--as-of", "2026-11-24", data=data).out)
    assert chased.count("We ask for a word on 1 matter") == 1
    assert "Nobody is named" not in chased


@pytest.mark.parametrize(
    ("due", "reached", "said"),
    [
        ("2021-spring", "2023-02-28", "completed 20 months late"),
        ("2021", "2022-01-20", "completed about 3 weeks late"),
        ("2021", "2022-01-05", "completed about 5 days late"),
        ("2021-06-30", "2021-07-05", "completed 5 days late"),
        ("2021-06-30", "2023", "completed at least 18 months late"),
        ("2021-spring", "2021-06-30", "done"),
    ],
)
def test_completed_late_says_by_how_much(elo: Runner, tmp_path: Path, due: str, reached: str, said: str) -> None:
    """Lateness is told from the last day of the due, and no more exactly than both days are known."""
    done = f'updates:\n  - date: "2023-12-31"\n    effective: "{reached}"\n    by: okm\n    status: completed\n'
    data = written(tmp_path, {"milestones/s": f'type: national\ndue: "{due}"\n{SOURCE}{done}'})
    assert f"({said})" in told(elo("show", "s", "--lang", "en", "--as-of", "2026-11-24", data=data).out)


def test_a_record_refers_to_none_before_it_said_so(elo: Runner, tmp_path: Path) -> None:
    """A body that reported in 2022 on a measure is not said in 2021 to have been named by it."""
    silent = f"key: true\ngoal: g\n{SOURCE}{NOTE}"
    data = written(tmp_path, {"measures/m": silent})
    shown = [elo("show", "okm", "--lang", "en", "--as-of", day, data=data).out for day in ("2021-12-31", "2023-01-01")]
    assert ["Referred to by" in text for text in shown] == [False, True]


def test_a_decision_is_awaited_once(elo: Runner, tmp_path: Path) -> None:
    """A part stands beneath its whole, and no decision of its own is awaited for it."""
    files = {
        "measures/m": MEASURE,
        "funding/whole": f"measures:\n  - m\nstage: proposed\namount: 10 M€\nbasis: total\n{SOURCE}",
        "funding/part": f"measures:\n  - m\nstage: proposed\namount: 4 M€\nbasis: total\npart_of: whole\n{SOURCE}",
        "meetings/later": LATER,
    }
    brief = elo("report", "meeting", "--meeting", "later", "--lang", "en", data=written(tmp_path, files)).out
    awaited = brief[brief.index("## Decisions that are awaited") : brief.index("## Annex 1")]
    lines = [line for line in awaited.splitlines() if line.startswith("  - ")]
    assert len(lines) == 1
    assert "€10 million" in lines[0]
    assert "€4 million" in lines[0]


def test_parts_about_as_large_as_their_whole_are_no_finding(elo: Runner, tmp_path: Path) -> None:
    """24.4 of about 24.3 million is what “about” means; of exactly 24.3 it is too much."""
    part = f"measures:\n  - m\nstage: granted\namount: 24.4 M€\nbasis: per-year\npart_of: whole\n{SOURCE}"
    whole = f"measures:\n  - m\nstage: granted\namount: 24.3 M€\nbasis: per-year\n{SOURCE}"
    about = {"measures/m": MEASURE, "funding/part": part, "funding/whole": f"{whole}approximate: true\n"}
    exact = {**about, "funding/whole": whole}
    found = [
        "money-parts-exceed-whole" in elo("check", "--lang", "en", data=written(tmp_path / name, files)).out
        for name, files in (("about", about), ("exact", exact))
    ]
    assert found == [False, True]


def test_a_line_and_its_item_on_the_agenda_are_one_decision(elo: Runner, tmp_path: Path) -> None:
    """What a meeting lists as to be decided under the id of a line is that line, and is told once."""
    files = {
        "measures/m": MEASURE,
        "funding/grant": f"measures:\n  - m\nstage: proposed\namount: 2.5 M€\ndecided_at: session\n{SOURCE}",
        "meetings/session": f"type: mid-term-review\ndate: 2021\ndecides:\n  grant:\n    en: The grant\n{SOURCE}",
        "meetings/later": LATER,
    }
    data = written(tmp_path, files)
    brief = elo("report", "meeting", "--meeting", "later", "--lang", "en", "--as-of", "2021-04-09", data=data).out
    assert brief.count("€2.5 million (in total or per year?), pending a decision") == 1
    assert "The grant" not in brief


def test_what_was_read_without_a_date_was_not_known_before(elo: Runner, tmp_path: Path) -> None:
    """A grant that only an undated page tells of is in no answer of a day before that page was read."""
    page = f"{DOCUMENTS}page:\n  name:\n    en: A page\n  read: 2026-11-24\n"
    grant = "measures:\n  - m\nstage: granted\namount: 20 M€\nbasis: total\nsources:\n  - document: page\n"
    data = written(tmp_path, {"measures/m": MEASURE, "funding/grant": grant, "vocabulary/documents": page})
    days = ("2019-01-01", "2021-04-09", "2026-11-24")
    told_of = ["€20 million" in elo("funding", "--lang", "en", "--as-of", day, data=data).out for day in days]
    assert told_of == [False, False, True]


def test_a_meeting_that_has_passed_says_of_what_no_decision_is_known(elo: Runner, tmp_path: Path) -> None:
    """Years later its items are marked, those alone of which nothing has been decided since."""
    granted = "updates:\n  - date: 2021-12-01\n    by: okm\n    stage: granted\n"
    files = {
        "measures/m": MEASURE,
        "funding/grant": f"measures:\n  - m\nstage: proposed\ndecided_at: session\n{SOURCE}{granted}",
        "meetings/session": (
            "type: mid-term-review\ndate: 2021\n"
            f"decides:\n  grant:\n    en: The grant\n  law:\n    en: The law\n{SOURCE}"
        ),
    }
    data = written(tmp_path, files)
    shown = [
        told(elo("show", "session", "--lang", "en", "--as-of", day, data=data).out)
        for day in ("2021-04-09", "2026-11-24")
    ]
    assert ["The law: no update on the decision" in text for text in shown] == [False, True]
    assert "The grant: no update" not in " ".join(shown)


PROPOSALS = {
    "measures/m": f"key: true\ngoal: g\nresponsible:\n  - okm\n{SOURCE}",
    "funding/asked": f"measures:\n  - m\nstage: proposed\namount: 26 M€\nbasis: total\n{SOURCE}",
    "funding/to-ask": f"measures:\n  - m\nstage: to-be-proposed\namount: 1 M€\nbasis: total\n{SOURCE}",
    "meetings/later": LATER,
}


@pytest.mark.parametrize(
    ("lang", "proposed", "to_propose"),
    [
        ("fi", "esitetty 2021, päätöksestä ei tietoa", "oli määrä esittää 2021, ei uutta tietoa"),
        ("sv", "föreslaget 2021, uppgift om beslutet saknas", "skulle föreslås 2021, inga nya uppgifter"),
        ("en", "proposed 2021, no update on the decision", "was to be proposed 2021, no update"),
    ],
)
def test_a_proposal_of_years_ago_says_of_when_it_is(
    elo: Runner, tmp_path: Path, lang: str, proposed: str, to_propose: str
) -> None:
    """Of a proposal that names no meeting, every screen says once it is old that no decision is known."""
    data = written(tmp_path, PROPOSALS)
    for day, old in (("2022-04-09", False), ("2022-04-10", True)):
        found = screens(elo, data, lang, day)
        silent = {"show"} if old else {"show", "chase"}
        assert [name for name, text in found.items() if name not in silent and (proposed in text) is not old] == []
        assert [name for name, text in found.items() if name not in silent and (to_propose in text) is not old] == []


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fi", "Viimeisin tieto 9.4.2021."),
        ("sv", "Senaste uppgift 9.4.2021."),
        ("en", "Last update 9 April 2021."),
    ],
)
def test_nothing_is_missed_on_the_first_day(elo: Runner, tmp_path: Path, lang: str, said: str) -> None:
    """On the day of the slides a summary does not say that nothing has been heard since."""
    data = written(tmp_path, {"measures/m": MEASURE})
    summary = elo("report", "summary", "--lang", lang, "--as-of", "2021-04-09", data=data).out
    assert said in summary.replace("\xa0", " ").splitlines()


def test_no_goal_in_the_source_is_not_stated(elo: Runner, tmp_path: Path) -> None:
    """A measure for which the source names no goal is not said to be without one, nor a goal without a measure."""
    goals = GOALS + GOALS.replace("g:", "h:", 1)
    files = {"measures/m": f"key: true\n{SOURCE}", "measures/n": MEASURE, "vocabulary/goals": goals}
    data = written(tmp_path, files)
    site = tmp_path / "site"
    assert elo("site", str(site), "--as-of", "2021-04-09", data=data).code == 0
    page = told(re.sub("<[^>]+>", " ", (site / "en" / "index.html").read_text("utf-8")))
    assert "Goal not stated" in page
    assert "Goals for which no measure is stated" in page
    assert "ithout a goal" not in page + told(elo("report", "summary", "--lang", "en", data=data).out)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fi", "1 rahoituserän summaa ei ole ilmoitettu, eikä sitä ole laskettu mukaan."),
        ("sv", "1 finansieringspost anger inget belopp och har inte räknats med."),
        ("en", "1 funding line states no amount and is not counted."),
    ],
)
def test_what_states_no_amount_is_not_said_to_be_in_no_sum(elo: Runner, tmp_path: Path, lang: str, said: str) -> None:
    """Its money may lie in the sum of another line: only that it was not counted is known."""
    unstated = f"measures:\n  - m\nstage: proposed\n{SOURCE}"
    data = written(tmp_path, {"measures/m": MEASURE, "funding/f": unstated, "funding/a": PROPOSALS["funding/asked"]})
    assert said in told(elo("report", "summary", "--lang", lang, data=data).out)


EARLIER = f"type: forum\ndate: 2021-04-09\n{SOURCE}"
SEASON = f"type: forum\ndate: 2021-autumn\n{SOURCE}"


def test_news_since_a_meeting_of_a_season_names_the_season(elo: Runner, tmp_path: Path) -> None:
    """Neither the pages nor a brief say a day that nobody named; what was said in the season is no news after it."""
    files = {"measures/m": f"{MEASURE}{NOTE}", "meetings/season": SEASON, "meetings/later": LATER}
    data = written(tmp_path, files)
    site = tmp_path / "site"
    assert elo("site", str(site), "--as-of", "2024-04-30", data=data).code == 0
    page = told(re.sub("<[^>]+>", " ", (site / "en" / "changes.html").read_text("utf-8")))
    brief = told(elo("report", "meeting", "--meeting", "later", "--lang", "en", data=data).out)
    assert [text for text in (page, brief) if "after autumn 2021" not in text or "31 December 2021" in text] == []
    assert [text for text in (page, brief) if "Still under way" not in text] == []


def test_what_began_the_tracker_is_counted_and_not_called_new(elo: Runner, tmp_path: Path) -> None:
    """On the day of the first slides the pages do not say that the meetings of the year before are new."""
    earlier = f"type: forum\ndate: 2020-09-30\n{SOURCE}"
    data = written(tmp_path, {"measures/m": MEASURE, "meetings/earlier": earlier})
    site = tmp_path / "site"
    assert elo("site", str(site), "--as-of", "2021-04-09", data=data).code == 0
    page = told(re.sub("<[^>]+>", " ", (site / "en" / "changes.html").read_text("utf-8")))
    assert "recorded for the first time: 1 measure and 1 meeting" in page or "1 meeting and 1 measure" in page
    assert "new m" not in page


def test_unreported_is_what_nobody_has_said_the_outcome_of(elo: Runner, tmp_path: Path) -> None:
    """The page that explains the words does not call a due unreported only where nothing at all was said."""
    data = written(tmp_path, {"measures/m": MEASURE})
    site = tmp_path / "site"
    assert elo("site", str(site), data=data).code == 0
    page = told(re.sub("<[^>]+>", " ", (site / "en" / "about.html").read_text("utf-8")))
    assert "while nobody has said since whether it was reached" in page


def test_a_brief_tells_the_latest_and_how_many_it_leaves_out(elo: Runner, tmp_path: Path) -> None:
    """Of three words on a measure the last two are told, and that there is one more."""
    words = "".join(
        f"  - date: {year}\n    by: okm\n    note:\n      en: Word of {year}\n" for year in (2021, 2022, 2023)
    )
    files = {"measures/m": f"{MEASURE}updates:\n{words}", "meetings/first": EARLIER, "meetings/later": LATER}
    data = written(tmp_path, files)
    brief = told(elo("report", "meeting", "--meeting", "later", "--lang", "en", data=data).out)
    assert "Word of 2021" not in brief
    assert "Word of 2022; update of 2023, A ministry: Word of 2023; (and 1 more)" in brief


def test_a_brief_does_not_call_open_what_nobody_has_told_of(elo: Runner, tmp_path: Path) -> None:
    """The heading above unreported milestones says that their outcome is unknown; what is only possible is none."""
    milestone = f"type: national\nmeasures:\n  - m\ndue: 2021-05-17\n{SOURCE}"
    possible = milestone.replace("due:", "possible: true\ndue:")
    files = {"measures/m": MEASURE, "milestones/s": milestone, "milestones/t": possible, "meetings/later": LATER}
    brief = elo("report", "meeting", "--meeting", "later", "--lang", "en", data=written(tmp_path, files)).out
    assert "still open" not in brief
    assert "| A goal | 1 | 1 in preparation | 1 | 1 unreported |" in brief


PREPARATION = f"type: preparation\ndate: 2020-09-30\n{SOURCE}"


def test_news_is_not_counted_from_a_day_of_the_preparation(elo: Runner, tmp_path: Path) -> None:
    """Whether anybody met on such a day is not known: neither the pages nor the brief count from it."""
    files = {"measures/m": MEASURE, "meetings/earlier": PREPARATION, "meetings/first": EARLIER}
    data = written(tmp_path, files)
    site = tmp_path / "site"
    assert elo("site", str(site), "--as-of", "2021-04-09", data=data).code == 0
    page = told(re.sub("<[^>]+>", " ", (site / "en" / "changes.html").read_text("utf-8")))
    brief = told(elo("report", "meeting", "--meeting", "first", "--lang", "en", data=data).out)
    assert "Since 30 September 2020" not in page
    assert "30 September 2020" not in brief


def test_what_is_only_possible_is_not_counted_as_without_a_deadline(elo: Runner, tmp_path: Path) -> None:
    """A goal counts the milestones that the total counts; what is only possible is none of them."""
    milestone = f"type: national\nmeasures:\n  - m\ndue: 2021-05-17\n{SOURCE}"
    possible = milestone.replace("due:", "possible: true\ndue:")
    files = {"measures/m": MEASURE, "milestones/s": milestone, "milestones/t": possible}
    site = tmp_path / "site"
    assert elo("site", str(site), data=written(tmp_path, files)).code == 0
    page = told(re.sub("<[^>]+>", " ", (site / "en" / "index.html").read_text("utf-8")))
    assert "0 of 1 reported as done" in page
    assert "no due date stated" not in page


def test_sentences_in_a_row_keep_one_mark_between_them(elo: Runner, tmp_path: Path) -> None:
    """Decisions that are sentences follow each other with no semicolon behind a full stop."""
    decisions = (
        "updates:\n  - date: 2021-05-01\n    decisions:\n      a:\n        en: The centres stay.\n"
        "      b:\n        en: The project goes on.\n"
    )
    files = {"measures/m": MEASURE, "meetings/first": f"{EARLIER}{decisions}"}
    site = tmp_path / "site"
    assert elo("site", str(site), data=written(tmp_path, files)).code == 0
    page = told(re.sub("<[^>]+>", "", (site / "en" / "changes.html").read_text("utf-8")))
    assert "The centres stay. The project goes on." in page
    assert ".;" not in page


def test_what_is_itemised_of_a_whole_says_of_which_stage_it_is(elo: Runner, tmp_path: Path) -> None:
    """Where one part is at another stage, the sum of the others is not said to be all that is itemised."""
    line = f"measures:\n  - m\nbasis: per-year\n{SOURCE}"
    files = {
        "measures/m": MEASURE,
        "funding/whole": f"amount: 10 M€\nstage: granted\n{line}",
        "funding/same": f"amount: 6 M€\nstage: granted\npart_of: whole\n{line}",
        "funding/other": f"amount: 4 M€\nstage: appropriated\npart_of: whole\n{line}",
    }
    text = told(elo("funding", "--lang", "en", data=written(tmp_path, files)).out)
    assert "of which itemised at the same stage €6 million/year" in text
    assert "(besides, 1 part at another stage or on another basis)" in text


def test_a_list_does_not_call_pending_what_was_to_be_decided_long_ago(elo: Runner, tmp_path: Path) -> None:
    """The filter of the funding lines names the stage that was last known, beside rows that say how long ago."""
    pending = f"measures:\n  - m\nstage: pending\ndecided_at: first\namount: 1 M€\nbasis: total\n{SOURCE}"
    site = tmp_path / "site"
    files = {"measures/m": MEASURE, "meetings/first": EARLIER, "funding/f": pending}
    files["funding/given"] = pending.replace("pending", "granted")
    assert elo("site", str(site), "--as-of", "2026-01-01", data=written(tmp_path, files)).code == 0
    page = told(re.sub("<[^>]+>", " ", (site / "en" / "funding" / "index.html").read_text("utf-8")))
    assert "Last known stage" in page
    assert "no update on the decision" in page


@pytest.mark.parametrize(
    ("lang", "said", "false"),
    [
        ("fi", "oli määrä esittää 2021", "esitetään 2021"),
        ("sv", "skulle föreslås 2021", "· föreslås 2021"),
        ("en", "was to be proposed 2021", "· to be proposed 2021"),
    ],
)
def test_a_full_screen_tells_an_old_intention_as_one_of_the_past(elo: Runner, lang: str, said: str, false: str) -> None:
    """Where there is room for the year alone, what was meant to be proposed years ago is not told as still to come."""
    text = " ".join(elo("status", "--lang", lang).out.split())
    assert said in text
    assert false not in text
