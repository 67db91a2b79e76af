"""The calendar file, read by another library: the due times are right, and whatever people typed stays text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.review import followup_changes
from recoverycli.review.calendar import calendar
from recoverycli.review.followups import followups
from recoverycli.session.transcript.model import TranscriptAmendment, TranscriptCustomer
from tests.cases import for_each
from tests.review.calls import BERLIN, NOW, a_call, promise, task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.session.transcript.model import Call
    from recoverycli.store.calls.amend import Change


def read(*calls: Call, now: datetime = NOW) -> list[Any]:
    """The events of the file of those calls, as vobject reads them."""
    components = list(vobject.readComponents(calendar(followups(calls, now), now).decode()))
    assert len(components) == 1
    return list(components[0].contents.get("vevent", []))


def amended(call: Call, changes: Sequence[Change]) -> Call:
    made = tuple(TranscriptAmendment(NOW, *change) for change in changes)
    return msgspec.structs.replace(call, amendments=(*call.amendments, *made))


# In Berlin the clocks went back on 25 October 2026 at 3:00: 2:30 came twice. They go on on 28 March 2027.
@pytest.mark.parametrize(
    ("due", "utc"),
    [
        (datetime(2026, 10, 24, 17, 0, tzinfo=BERLIN), datetime(2026, 10, 24, 15, 0, tzinfo=UTC)),
        (datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=0), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        (datetime(2026, 10, 25, 17, 0, tzinfo=BERLIN), datetime(2026, 10, 25, 16, 0, tzinfo=UTC)),
        (datetime(2027, 3, 28, 9, 0, tzinfo=BERLIN), datetime(2027, 3, 28, 7, 0, tzinfo=UTC)),
    ],
)
def test_a_due_time_is_the_same_moment_on_either_side_of_a_change_of_the_clocks(due: datetime, utc: datetime) -> None:
    (event,) = read(a_call(promise(1, "ring back", due)))
    start = event.dtstart.value
    assert start.utcoffset() == timedelta(0), "in UTC: no calendar has to know our zones"
    assert start == utc
    assert event.dtend.value - start == timedelta(minutes=15)
    assert start.astimezone(BERLIN).replace(tzinfo=None) == due.replace(tzinfo=None)


def test_an_event_says_what_is_to_be_done_for_whom_and_reminds_of_it() -> None:
    call = a_call(promise(1, "ring back", NOW), customer=TranscriptCustomer("Ana", "C-7"), issue="billing")
    (event,) = read(call)
    assert event.summary.value == "ring back (Ana)"
    told = event.description.value.split("\n")
    assert told[:3] == ["Customer: Ana", "Reference: C-7", "Issue: billing"]
    assert told[-1] == "When it is done: recovery followups done ab1d-p1"
    assert event.valarm.action.value == "DISPLAY"
    assert event.valarm.trigger.value == timedelta(minutes=-15)
    assert event.dtstamp.value == NOW


def test_to_import_it_twice_makes_no_doubles() -> None:
    calls = [
        a_call(promise(1, "a", NOW), promise(2, "b", NOW), tasks=(task(1, "c", NOW),)),
        a_call(promise(1, "d", NOW), tail="cd2e"),
    ]
    first = [event.uid.value for event in read(*calls)]
    later = [event.uid.value for event in read(*calls, now=NOW + timedelta(days=400))]
    assert len(set(first)) == len(first) == 4
    assert sorted(first) == sorted(later)
    assert f"{calls[0].id}-p1@recoverycli" in first


def test_a_snooze_and_its_undo_move_the_entry_and_grow_its_sequence() -> None:
    call = a_call(promise(1, "ring back", NOW))
    off = amended(call, followup_changes.postpone(call, "p1", NOW + timedelta(hours=2)))
    back = amended(off, followup_changes.undo_postpone(off, "p1"))
    events = [event for one in (call, off, back) for event in read(one)]
    assert len({event.uid.value for event in events}) == 1
    assert [int(event.sequence.value) for event in events] == [0, 1, 2]
    assert [event.dtstart.value for event in events] == [NOW, NOW + timedelta(hours=2), NOW]


def test_what_has_no_date_has_no_place_in_a_calendar() -> None:
    assert read(a_call(promise(1, "some day"))) == []


def test_what_is_done_says_so_and_reminds_of_nothing() -> None:
    call = a_call(promise(1, "ring back", NOW))
    (event,) = read(amended(call, followup_changes.complete(call, "p1", NOW, True, "all is well")))
    assert event.summary.value == "Done: ring back"
    assert "Note: all is well" in event.description.value
    assert "valarm" not in event.contents


FORGED = ["\n", "\r", "\r\n", "\x85", "\u2028", "\x0b", "\x0c", "\\n", "\x00", "\x1c"]


@for_each("line_break", FORGED)
def test_whatever_was_typed_makes_no_line_of_the_file(line_break: str) -> None:
    forged = f"ring{line_break}END:VEVENT{line_break}BEGIN:VEVENT{line_break}UID:mine"
    call = a_call(promise(1, forged, NOW), customer=TranscriptCustomer(forged, forged), issue=forged)
    (event,) = read(call)
    assert event.uid.value == f"{call.id}-p1@recoverycli"
    lines = calendar(followups([call], NOW), NOW).decode().splitlines()
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1


@pytest.mark.parametrize("words", [r"C:\New", r"C:\new", r"\\N", r"\N\N", r"a\;b\,c"])
def test_a_backslash_before_a_letter_makes_no_line_break(words: str) -> None:
    (event,) = read(a_call(promise(1, words, NOW), customer=TranscriptCustomer(words, None)))
    assert event.summary.value == event.valarm.description.value == f"{words} ({words})"
    assert event.description.value.split("\n")[0] == f"Customer: {words}"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_any_text_comes_out_as_it_went_in_but_for_its_blanks_and_control_characters(words: str) -> None:
    (event,) = read(a_call(promise(1, f"x{words}x", NOW)))
    kept = "".join(" " if ord(sign) < 32 or 127 <= ord(sign) < 160 else sign for sign in f"x{words}x")
    assert event.summary.value == " ".join(kept.split())


def test_no_line_is_longer_than_calendars_read_and_every_line_ends_as_they_expect() -> None:
    data = calendar(followups([a_call(promise(1, "ü🙂 " * 100, NOW))], NOW), NOW)
    assert data.endswith(b"END:VCALENDAR\r\n")
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(b"\n" not in line and b"\r" not in line for line in lines)
    for line in lines:
        line.decode()
