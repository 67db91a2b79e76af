"""The dates people type after "by", "in" and "on", read on a Wednesday four days before the clocks go forward."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from recoverycli.session.events import Promised
from recoverycli.session.grammar.meanings import Record
from recoverycli.session.grammar.promises import read_promise
from recoverycli.times.future import read_date
from recoverycli.times.vocabulary import MONTHS
from recoverycli.times.working_time import WorkingTime
from tests.cases import for_each
from tests.platforms import needs_zones
from tests.tables import DATES, date_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 25, 14, 30, 20, tzinfo=BERLIN)

# What was typed, and what it means at NOW. From 29 March on the offset is +02:00.
MEANINGS = {
    # Days by name
    "today": "2026-03-25T17:00+01:00",
    "tomorrow": "2026-03-26T17:00+01:00",
    "Tomorrow.": "2026-03-26T17:00+01:00",
    "tomorrow 5pm": "2026-03-26T17:00+01:00",
    "tomorrow at 10:30": "2026-03-26T10:30+01:00",
    "5pm tomorrow": "2026-03-26T17:00+01:00",
    "tomorrow, 9 am": "2026-03-26T09:00+01:00",
    "today at 4.30pm": "2026-03-25T16:30+01:00",
    "the day after tomorrow": "2026-03-27T17:00+01:00",
    "day after tomorrow at noon": "2026-03-27T12:00+01:00",
    "friday": "2026-03-27T17:00+01:00",
    "FRI": "2026-03-27T17:00+01:00",
    "fri 5pm": "2026-03-27T17:00+01:00",
    "on friday at 10": "2026-03-27T10:00+01:00",
    "this friday": "2026-03-27T17:00+01:00",
    "monday": "2026-03-30T17:00+02:00",
    "tuesday 9:15am": "2026-03-31T09:15+02:00",
    "thurs": "2026-03-26T17:00+01:00",
    "sun noon": "2026-03-29T12:00+02:00",
    "10am on saturday": "2026-03-28T10:00+01:00",
    "next tuesday": "2026-03-31T17:00+02:00",
    "next tuesday at 10": "2026-03-31T10:00+02:00",
    "next wednesday": "2026-04-01T17:00+02:00",
    "friday next week": "2026-04-03T17:00+02:00",
    "next week monday": "2026-03-30T17:00+02:00",
    "monday next week at 8am": "2026-03-30T08:00+02:00",
    # Today's own weekday: the next week's, unless a later time today is named
    "wednesday 4pm": "2026-03-25T16:00+01:00",
    "wednesday 9am": "2026-04-01T09:00+02:00",
    # Parts of the day
    "monday morning": "2026-03-30T09:00+02:00",
    "tomorrow morning": "2026-03-26T09:00+01:00",
    "friday afternoon": "2026-03-27T15:00+01:00",
    "this afternoon": "2026-03-25T15:00+01:00",
    "this evening": "2026-03-25T19:00+01:00",
    "tonight": "2026-03-25T20:00+01:00",
    "in the morning": "2026-03-26T09:00+01:00",
    "first thing tomorrow": "2026-03-26T09:00+01:00",
    "tomorrow lunchtime": "2026-03-26T12:00+01:00",
    "end of day": "2026-03-25T17:00+01:00",
    "the end of the day": "2026-03-25T17:00+01:00",
    "eod": "2026-03-25T17:00+01:00",
    "close of business": "2026-03-25T17:00+01:00",
    "end of day friday": "2026-03-27T17:00+01:00",
    "friday eod": "2026-03-27T17:00+01:00",
    "end of the week": "2026-03-27T17:00+01:00",
    "end of month": "2026-03-31T17:00+02:00",
    # Times alone: the next one
    "noon": "2026-03-26T12:00+01:00",
    "midnight": "2026-03-26T00:00+01:00",
    "5pm": "2026-03-25T17:00+01:00",
    "17:00": "2026-03-25T17:00+01:00",
    "9am": "2026-03-26T09:00+01:00",
    "09:00": "2026-03-26T09:00+01:00",
    "6 p.m.": "2026-03-25T18:00+01:00",
    "at 10": "2026-03-26T10:00+01:00",
    "10 o'clock tomorrow": "2026-03-26T10:00+01:00",
    # Lengths of time: hours and minutes to the minute, days and more to the end of that working day
    "in 2 hours": "2026-03-25T16:30+01:00",
    "2 hours": "2026-03-25T16:30+01:00",
    "two hours": "2026-03-25T16:30+01:00",
    "half an hour": "2026-03-25T15:00+01:00",
    "in an hour": "2026-03-25T15:30+01:00",
    "an hour and a half": "2026-03-25T16:00+01:00",
    "45 min": "2026-03-25T15:15+01:00",
    "in 1 hour 30 minutes": "2026-03-25T16:00+01:00",
    "1h 30m": "2026-03-25T16:00+01:00",
    "in 96 hours": "2026-03-29T15:30+02:00",
    "within 24 hours": "2026-03-26T14:30+01:00",
    "in 3 days": "2026-03-28T17:00+01:00",
    "3 days from now": "2026-03-28T17:00+01:00",
    "in a week": "2026-04-01T17:00+02:00",
    "in two weeks": "2026-04-08T17:00+02:00",
    "in 2 weeks and 3 days": "2026-04-11T17:00+02:00",
    "a fortnight": "2026-04-08T17:00+02:00",
    "in a month": "2026-04-25T17:00+02:00",
    "in 3 days at 10am": "2026-03-28T10:00+01:00",
    # Dates
    "friday by noon": "2026-03-27T12:00+01:00",
    "2026-12-01 09:00": "2026-12-01T09:00+01:00",
    "2026-12-01T09:00": "2026-12-01T09:00+01:00",
    "2026-07-01": "2026-07-01T17:00+02:00",
    "2026-07-01 5pm": "2026-07-01T17:00+02:00",
    "2026-07-01T09:00Z": "2026-07-01T11:00+02:00",
    "2026-03-29 02:30": "2026-03-29T03:30+02:00",  # an hour that the clocks skip
    "2025-12-01": "2025-12-01T17:00+01:00",  # past, and as it was typed
    "3 dec": "2026-12-03T17:00+01:00",
    "dec 3": "2026-12-03T17:00+01:00",
    "3rd of december": "2026-12-03T17:00+01:00",
    "the 3rd of December at 10am": "2026-12-03T10:00+01:00",
    "December 3rd, 2026": "2026-12-03T17:00+01:00",
    "3 march": "2027-03-03T17:00+01:00",
    "3 march 2026": "2026-03-03T17:00+01:00",  # past, and as it was typed
    "25 march": "2026-03-25T17:00+01:00",
    "3 may": "2026-05-03T17:00+02:00",
    "friday 3 april": "2026-04-03T17:00+02:00",
    "fri, 3 apr 2026, 14:00": "2026-04-03T14:00+02:00",
    "29 feb": "2028-02-29T17:00+01:00",
    "the 3rd": "2026-04-03T17:00+02:00",
    "the 30th at 2pm": "2026-03-30T14:00+02:00",
    "friday the 3rd": "2026-04-03T17:00+02:00",
    "31/12/2026": "2026-12-31T17:00+01:00",
    "12/31/2026": "2026-12-31T17:00+01:00",
    "5/5/2026": "2026-05-05T17:00+02:00",
    "3.12.2026": "2026-12-03T17:00+01:00",
    "3.12.2026 9:30": "2026-12-03T09:30+01:00",
}

# Words that are no date, that say too little, or that two people would read as two dates.
NO_DATES = [
    "", " ", "in", "at", "the", "in full", "by mistake", "mistake", "me", "on me", "post", "in person", "person",
    "in writing", "on the house", "the house", "card", "in stock", "on time", "time", "may", "march", "march on",
    "second time", "second", "the second", "in a second", "sun cream",
    "and a day", "night", "at night", "sat down", "in the sun", "2", "10",
    "1700", "2026", "20 EUR", "20.50", "1.5", "order 12345", "a day at the spa", "the day", "day",
    "the bill of 3 march", "tomorrow or friday", "not tomorrow", "tomorrow tomorrow", "friday friday", "5pm 6pm",
    "soon", "asap", "later", "now", "as soon as possible", "yesterday", "last friday", "2 days ago", "24/7", "1/2",
    "3/4", "3.12", "50%", "room 12", "the 3rd floor", "the 3rd time", "morning coffee", "the end", "good morning",
    "december", "spring",
    "30 february", "31 april", "2026-02-30", "2026-13-01", "friday 4 april",
    "the 32nd", "25:00", "13pm", "0am", "9:75",
    "a few days", "a couple of hours", "in 999999 days", "in 0 days", "in 999 years",
    "3 dec 9999", "0001-01-01", "9999-12-31", "99999-01-01", "12026-12-01", "2026-12-01-", "tomorrow\x005pm",
    "tomorrow\x1f5pm", "\x1b[31mfriday", "friday\n", "\u0665pm", "tomorrow \uff15pm", "x" * 10_240, "1" * 10_240,
    "in " * 3_000, "tomorrow " * 2_000, "1 hour " * 2_000,
]  # fmt: skip


@for_each("words, meaning", MEANINGS.items())
def test_a_date_that_people_type_is_read(words: str, meaning: str) -> None:
    due = the_date(words, NOW)

    assert due.isoformat(timespec="minutes") == meaning


@for_each("words", NO_DATES, name=lambda words: repr(words[:30]))
def test_what_is_no_date_or_not_surely_one_is_left_alone(words: str) -> None:
    assert read_date(words, NOW) is None


def the_date(words: str, now: datetime) -> datetime:
    """The only reading of words that are a date."""
    due = read_date(words, now)
    assert isinstance(due, datetime)
    return due


# A length of time after "by" says how much, not when: "the bill was reduced by 2 hours".
LENGTHS = ("2 hours", "two hours", "half an hour", "an hour and a half", "45 min", "1h 30m", "a fortnight")


@for_each("preposition", ["by", "on"])
@for_each("words, meaning", MEANINGS.items())
def test_a_promise_takes_every_date_of_the_reader(words: str, meaning: str, preposition: str) -> None:
    promise = promise_of(f"the refund {preposition} {words}")

    if words in LENGTHS:
        assert (promise.what, promise.due) == (f"the refund {preposition} {words}", None)
        promise = promise_of(f"the refund in {words}")
    assert promise.what == "the refund"
    assert promise.due is not None
    assert promise.due.isoformat(timespec="minutes") == meaning


@for_each(
    "words", [words for words in NO_DATES if words and words == words.strip()], name=lambda words: repr(words[:30])
)
def test_a_promise_keeps_words_that_are_no_date(words: str) -> None:
    assert promise_of(f"the refund by {words}").due is None


@for_each("month", ["January", "feb", "march", "Apr", "may", "June", "jul", "August", "sep", "oct", "dec"])
def test_a_promise_takes_every_day_of_a_month(month: str) -> None:
    for day in range(1, 29):
        promise = promise_of(f"the refund by {day} {month}")

        assert promise.what == "the refund"
        assert promise.due is not None
        assert (promise.due.day, MONTHS[promise.due.month - 1]) == (day, month[:3].casefold())


def promise_of(words: str) -> Promised:
    meaning = read_promise(words, NOW, read_date)
    assert isinstance(meaning, Record)
    assert isinstance(meaning.event, Promised)
    return meaning.event


@for_each("number", range(1, 32))
def test_every_day_of_the_month_comes_within_two_months(number: int) -> None:
    due = the_date(f"the {number}th", NOW)

    assert due.day == number
    assert timedelta() < due - NOW < timedelta(days=62)


@for_each(
    "words, meaning",
    [
        ("today", "2026-03-27T23:59+01:00"),
        ("end of day", "2026-03-27T23:59+01:00"),
        ("27 march", "2026-03-27T23:59+01:00"),
        ("5pm", "2026-03-28T17:00+01:00"),
        ("friday", "2026-04-03T17:00+02:00"),
        ("friday 5pm", "2026-04-03T17:00+02:00"),
        ("friday 8pm", "2026-03-27T20:00+01:00"),
        ("today 9am", "2026-03-27T09:00+01:00"),
        ("in 36 hours", "2026-03-29T07:30+02:00"),
        ("in 2 days", "2026-03-29T17:00+02:00"),
    ],
)
def test_on_a_friday_evening_the_working_day_is_over(words: str, meaning: str) -> None:
    evening = datetime(2026, 3, 27, 18, 30, tzinfo=BERLIN)

    due = the_date(words, evening)

    assert due.isoformat(timespec="minutes") == meaning


@for_each(
    "now, words, meaning",
    [
        ("2026-03-29T01:50+01:00", "02:30", "2026-03-29T03:30+02:00"),
        ("2026-03-29T01:50+01:00", "today at 02:30", "2026-03-29T03:30+02:00"),
        ("2026-10-25T01:50+02:00", "02:30", "2026-10-25T02:30+02:00"),
        ("2026-10-25T02:40+02:00", "02:30", "2026-10-25T02:30+01:00"),
        ("2026-10-25T02:10+01:00", "today at 02:30", "2026-10-25T02:30+01:00"),
        ("2026-10-25T02:40+01:00", "02:30", "2026-10-26T02:30+01:00"),
        ("2026-10-25T02:40+02:00", "in 90 minutes", "2026-10-25T03:10+01:00"),
        ("2026-10-20T09:00+02:00", "2026-10-25 02:30", "2026-10-25T02:30+02:00"),
        ("2026-10-20T09:00+02:00", "2026-10-25 02:30+01:00", "2026-10-25T02:30+01:00"),
    ],
)
def test_in_the_hour_that_is_skipped_or_comes_twice_a_date_lies_ahead(now: str, words: str, meaning: str) -> None:
    due = the_date(words, datetime.fromisoformat(now).astimezone(BERLIN))

    assert due.isoformat(timespec="minutes") == meaning


def test_next_friday_is_read_where_there_is_only_one() -> None:
    saturday = datetime(2026, 3, 28, 9, 0, tzinfo=BERLIN)

    this_week, next_week = (datetime(2026, *day, 17, 0, tzinfo=BERLIN) for day in ((3, 27), (4, 3)))
    assert read_date("next friday", NOW) == (this_week, next_week)
    assert read_date("next friday", saturday) == datetime(2026, 4, 3, 17, 0, tzinfo=BERLIN)


@pytest.fixture
def in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@needs_zones
@pytest.mark.usefixtures("in_berlin")
def test_the_systems_own_offset_changes_with_the_clocks() -> None:
    now = datetime.fromisoformat("2026-03-25T14:30+01:00")

    assert str(read_date("monday 9am", now)) == "2026-03-30 09:00:00+02:00"
    assert str(read_date("in 96 hours", now)) == "2026-03-29 15:30:00+02:00"


@needs_zones
@pytest.mark.usefixtures("in_berlin")
@pytest.mark.parametrize("hours", [-8, 0, 5.5])
def test_an_offset_from_elsewhere_is_kept(hours: float) -> None:
    now = datetime(2026, 3, 25, 14, 30, tzinfo=timezone(timedelta(hours=hours)))

    assert read_date("monday 9am", now) == datetime(2026, 3, 30, 9, 0, tzinfo=now.tzinfo)
    due = the_date("in 96 hours", now)
    assert due.utcoffset() == now.utcoffset()


zones = st.sampled_from([BERLIN, ZoneInfo("America/New_York"), ZoneInfo("Pacific/Auckland"), UTC])
# No clock says the times that are left out when summer time begins.
moments = st.datetimes(datetime(2001, 1, 1), datetime(2090, 1, 1), timezones=zones, allow_imaginary=False)  # noqa: DTZ001
TABLE = sorted({row.words for row in date_rows(DATES)})
vocabulary = st.sampled_from(sorted({word for words in [*MEANINGS, *NO_DATES, *TABLE] for word in words[:60].split()}))
said = st.sampled_from(TABLE)
phrases = st.one_of(st.lists(vocabulary, max_size=6).map(" ".join), said, st.sampled_from(list(MEANINGS)), st.text())
countries = st.sampled_from([None, "DE", "GB-ENG", "US"])
# A full date is returned unchanged, past or not.
NAMES_A_MOMENT = re.compile(r"20\d\d|\d\.\d+\.|^this\b|\b(?:today|tonight|this (?:morning|afternoon|evening))\b")


def read_all(words: str, now: datetime, working: WorkingTime) -> list[datetime]:
    found = read_date(words, now, working)
    return [] if found is None else list(found) if isinstance(found, tuple) else [found]


@given(phrases, moments, countries)
@example("the 31st", datetime(2026, 4, 30, 23, 59, tzinfo=BERLIN), "DE")
@example("29 feb", datetime(2096, 3, 1, tzinfo=BERLIN), None)
@example("in 999 working days", datetime(2089, 12, 1, tzinfo=BERLIN), "DE")
@example("5 working days", datetime(2026, 3, 25, tzinfo=BERLIN), "XX")
@example("midnight", datetime(2026, 3, 28, 23, 30, tzinfo=ZoneInfo("Asia/Beirut")), None)
def test_whatever_is_typed_it_is_dates_with_an_offset_or_none(words: str, now: datetime, country: str | None) -> None:
    working = WorkingTime(country)
    readings = read_all(words, now, working)

    assert readings == read_all(words, now, working)
    assert readings == sorted(set(readings))
    for due in readings:
        assert due.utcoffset() is not None
        assert (due.second, due.microsecond) == (0, 0)
        assert read_date(due.strftime("%Y-%m-%d %H:%M"), now) == due


@given(said, moments, countries)
def test_a_date_that_names_no_year_lies_ahead(words: str, now: datetime, country: str | None) -> None:
    assume(not NAMES_A_MOMENT.search(words))

    for due in read_all(words, now, WorkingTime(country)):
        assert due > now - timedelta(minutes=1)


@given(st.one_of(said, vocabulary), moments, st.sampled_from([str.upper, str.title, str.swapcase]))
def test_case_and_spacing_do_not_change_a_date(words: str, now: datetime, change: Callable[[str], str]) -> None:
    spaced = f" {change(words)}  ".replace(" ", "  ")

    assert read_date(words, now) == read_date(spaced, now) or len(spaced) > 60
