"""The calendar: read by another program as meant, updated by a second import, the same bytes for the same data."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
import vobject

from elo_cli.render.export.calendar import write
from elo_cli.render.words.language import Language
from elo_cli.store.loading import load
from elo_cli.store.source import WorkTree
from elo_cli.tracking.calendar import EVENT_KINDS, EventKind, calendar
from elo_cli.tracking.day.filters import EVERYTHING, Filters
from elo_cli.tracking.day.view import View
from tests.tools import ROOT
from tests.trackers import tracker

MOVED = {
    "vocabulary/organisations": (
        "okm:\n  type: ministry\n  name:\n    en: OKM\nvm:\n  type: ministry\n  name:\n    en: VM\n"
    ),
    "vocabulary/instruments": (
        "rrf:\n  name:\n    en: RRF\n  rules: rrf\n"
        "  last_day: 2026-08-31\n  last_payment_day: 2026-12-31\n  reporting:\n"
        '    spring:\n      name:\n        en: Report\n      day: "04-30"\n'
    ),
    "measures/m": "responsible:\n  - okm\n",
    "milestones/late": """
        name:
          en: "Comma, semicolon; colon: \\"quoted\\"\\nEND:VEVENT line 😀 ääkköset in a line that has to be folded"
        type: rrf-milestone
        measures:
          - m
        due: 2025-Q4
        updates:
          - date: 2025-12-01
            due: 2026-Q3
            reason:
              en: took longer
            decided_by: okm
          - date: 2026-02-01
            status: withdrawn
            retracted:
              date: 2026-05-01
              reason:
                en: of another milestone
        """,
    "milestones/gone": """
        type: national
        responsible:
          - vm
        due: 2025-06
        updates:
          - date: 2025-05-01
            due: 2025/..
            reason:
              en: no end
            decided_by: vm
        """,
    "meetings/forum": (
        "type: forum\ndate: 2025-autumn\nupdates:\n  - date: 2025-08-01\n    held: 2025-10-06/2025-10-07\n"
    ),
    "meetings/series": "type: working-group\ndate: 2025-01/2025-12\n",
}


def read(
    day: date, alarm: int | None = None, filters: Filters = EVERYTHING, only: Sequence[EventKind] = EVENT_KINDS
) -> dict[str, Any]:
    """Return the events of the calendar of a day by UID, as another program reads them."""
    view = View(tracker(MOVED), day)
    content = write(Language("en"), view, calendar(view, filters, only), alarm)
    events = list(vobject.readOne(content.decode()).vevent_list)
    found = {event.uid.value.rsplit(".", 1)[0]: event for event in events}
    assert len(found) == len(events)
    return found


def test_deadline_stands_on_its_last_day() -> None:
    """A due is an event of its whole last day, by the text of the record, whatever signs are in it."""
    event = read(date(2025, 1, 1))["due.late"]
    assert (event.dtstart.value, event.dtend.value) == (date(2025, 12, 31), date(2026, 1, 1))
    assert event.summary.value.startswith('Comma, semicolon; colon: "quoted" END:VEVENT line 😀 ääkköset')
    assert (event.status.value, event.transp.value, event.sequence.value) == ("CONFIRMED", "TRANSPARENT", "0")
    assert "Responsible: OKM" in event.description.value


def test_a_later_file_is_taken_for_the_newer_one() -> None:
    """As a record changes its event keeps its UID, moves, and has a higher SEQUENCE and a later stamp each time."""
    days = [date(2025, 1, 1), date(2026, 1, 1), date(2026, 3, 1), date(2026, 6, 1)]
    versions = [read(day)["due.late"] for day in days]
    assert [event.sequence.value for event in versions] == ["0", "1", "2", "3"]
    assert [event.dtstart.value for event in versions] == [date(2025, 12, 31), *[date(2026, 8, 31)] * 3]
    assert [event.status.value for event in versions] == ["CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED"]
    stamps = [event.dtstamp.value for event in versions]
    assert stamps == sorted(set(stamps))
    assert "Promised: Q4 2025" in versions[1].description.value
    assert "took longer" in versions[1].description.value


NAMED = {
    "tracker": "format: 1\nid: guidance\nname:\n  en: A\nlanguages:\n  - en\n",
    "measures/m": """
        name: {en: Guidance}
        updates:
          - date: 2025-03-01
            by: okm
            name: {en: Guidance for all}
            reason: {en: It grew}
            decided_by: okm
        """,
    "milestones/a": "type: national\ndue: 2025-Q4\nmeasures: [m]\n",
}


def test_another_name_of_what_the_event_shows_is_a_change() -> None:
    """A measure's new name stands in its deadlines' events, so their SEQUENCE and LAST-MODIFIED rise with it."""
    versions = []
    for day in (date(2025, 1, 1), date(2025, 4, 1)):
        view = View(tracker(NAMED), day)
        (event,) = vobject.readOne(write(Language("en"), view, calendar(view)).decode()).vevent_list
        versions.append(event)
    before, after = versions
    assert "Guidance for all" in after.description.value
    assert "Guidance for all" not in before.description.value
    assert (before.sequence.value, after.sequence.value) == ("0", "1")
    assert after.last_modified.value.date() == date(2025, 3, 1)
    assert before.last_modified.value < after.last_modified.value


def test_the_id_of_the_tracker_keeps_its_events() -> None:
    """Events are known by the tracker's id where it has one, whatever it is called; else by its name."""
    renamed = NAMED | {"tracker": NAMED["tracker"].replace("en: A", "en: B")}
    without = NAMED | {"tracker": NAMED["tracker"].replace("id: guidance\n", "")}

    def uid(files: dict[str, str]) -> str:
        view = View(tracker(files), date(2025, 1, 1))
        (event,) = vobject.readOne(write(Language("en"), view, calendar(view)).decode()).vevent_list
        return str(event.uid.value)

    assert uid(NAMED) == uid(renamed) == "due.a.guidance@elo"
    assert uid(without) not in {uid(NAMED), uid(without | {"tracker": without["tracker"].replace("en: A", "en: B")})}


def test_due_that_was_taken_back_is_cancelled() -> None:
    """A due that has no last day any longer is cancelled where calendars have it."""
    event = read(date(2025, 6, 1))["due.gone"]
    assert (event.status.value, event.dtstart.value) == ("CANCELLED", date(2025, 6, 30))


def test_meeting_stands_on_its_days_when_they_are_known() -> None:
    """A meeting of which only the season is known is tentative; once its days are known it moves there."""
    before, after = read(date(2025, 1, 1))["meeting.forum"], read(date(2025, 9, 1))["meeting.forum"]
    assert (before.status.value, before.dtstart.value) == ("TENTATIVE", date(2025, 7, 1))
    assert "autumn 2025, day not known" in before.summary.value
    assert (after.status.value, after.dtstart.value, after.dtend.value) == (
        "CONFIRMED",
        date(2025, 10, 6),
        date(2025, 10, 8),
    )


def test_what_has_no_day_is_told() -> None:
    """A series of meetings over months stands nowhere, and is named."""
    assert calendar(View(tracker(MOVED), date(2025, 1, 1))).undated == ("series",)


def test_instruments_days_are_events_of_their_own() -> None:
    """Each coming of a reporting day, the last day and the last payment day have a UID of their own."""
    found = {name: event.dtstart.value for name, event in read(date(2025, 1, 1)).items() if name.endswith(".rrf")}
    assert found == {
        "spring.2025.rrf": date(2025, 4, 30),
        "spring.2026.rrf": date(2026, 4, 30),
        "last_day.rrf": date(2026, 8, 31),
        "last_payment_day.rrf": date(2026, 12, 31),
    }


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        ({"filters": Filters(owner="okm")}, {"due.late"}),
        ({"filters": Filters(owner="vm")}, {"due.gone"}),
        ({"filters": Filters(measure="m")}, {"due.late"}),
        ({"only": ("meeting",)}, {"meeting.forum"}),
        ({"only": ("payment",)}, {"last_payment_day.rrf"}),
    ],
)
def test_filters(asked: dict[str, Any], right: set[str]) -> None:
    """An organisation gets what it answers for, also through its measures; a kind gets its own events."""
    assert read(date(2025, 1, 1), **asked).keys() == right


def test_reminders_only_where_asked_for_and_to_come() -> None:
    """A reminder stands before what is to come and not cancelled, and nowhere without being asked for."""
    assert not any(hasattr(event, "valarm") for event in read(date(2026, 3, 1)).values())
    reminded = {name for name, event in read(date(2026, 3, 1), alarm=14).items() if hasattr(event, "valarm")}
    assert reminded == {"spring.2026.rrf", "last_day.rrf", "last_payment_day.rrf"}
    alarm = read(date(2026, 3, 1), alarm=14)["last_day.rrf"].valarm
    assert alarm.trigger.value == timedelta(days=-14)


@pytest.mark.parametrize("code", ["fi", "sv", "en"])
def test_file_keeps_to_the_standard(code: str) -> None:
    """Lines end with CR LF and hold at most 75 bytes; the same data gives the same file."""
    view = View(load(WorkTree(ROOT / "data")), date(2021, 4, 9))
    content = write(Language(code, ("fi", "sv", "en")), view, calendar(view), 7)
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert content == write(Language(code, ("fi", "sv", "en")), view, calendar(view), 7)
    assert len(list(vobject.readOne(content.decode()).vevent_list)) == len(calendar(view).events)


def test_renamed_record_keeps_its_event() -> None:
    """A record that was renamed keeps the UID of its first id, so that nobody has it twice."""
    files = {**MOVED, "milestones/renamed": "formerly:\n  - first\n  - second\ntype: national\ndue: 2025\n"}
    view = View(tracker(files), date(2025, 1, 1))
    content = write(Language("en"), view, calendar(view))
    assert b"UID:due.first." in content
    assert b"renamed." not in content.replace(b"Id: renamed", b"")
