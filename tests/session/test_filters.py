"""Which calls are meant, and the words for days that have been."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from unicodedata import normalize
from zoneinfo import ZoneInfo

import pytest

from recoverycli.session.filters import Filters
from recoverycli.session.transcript.model import (
    TranscriptCard,
    TranscriptCustomer,
    TranscriptMood,
    TranscriptOffer,
    TranscriptSwitch,
)
from recoverycli.store.calls.archive import Archive
from recoverycli.store.index.index import Index
from recoverycli.store.index.rows import CallRow, page
from recoverycli.times.past import read_since, read_until
from tests.cases import for_each
from tests.matching import matches
from tests.review.calls import BERLIN, NOW, a_call, amendment, promise

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.session.transcript.model import Call


def the_call(**more: Any) -> Call:
    customer = TranscriptCustomer("Ana Lemos", "C-71")
    return a_call(
        promise(1, "a call back", NOW), customer=customer, agent="Kim", channel="phone", issue="Billing, twice",
        outcome="callback", moods=(TranscriptMood(NOW, "angry"),),
        switches=(TranscriptSwitch(NOW, "little", "other"),), offers=(TranscriptOffer(NOW, "Refund", 5.0),),
        cards=(TranscriptCard("Threat", None, NOW), TranscriptCard("bereaved", NOW)),
        **{"state": "abandoned", "ours": False, "repeated": True, "severity": "serious", **more},
    )  # fmt: skip


def test_without_filters_every_call_matches() -> None:
    assert matches(Filters(), the_call())
    assert matches(Filters(), a_call())


# What matches the call, and what does not.
CASES: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = (
    ({"framework": "little"}, {"framework": "lit"}),
    ({"framework": "other"}, {"framework": "third"}),
    ({"outcome": "Callback"}, {"outcome": "resolved"}),
    ({"issue": "billing"}, {"issue": "delivery"}),
    ({"channel": "phone"}, {"channel": "chat"}),
    ({"remedy": "refund"}, {"remedy": "voucher"}),
    ({"agent": "kim"}, {"agent": "lee"}),
    ({"customer": "ana lemos"}, {"customer": "Lemos"}),
    ({"customer": "nobody", "spellings": ("Ana Lemos",)}, {"customer": "nobody", "spellings": ("Lemos",)}),
    ({"customer": "c-71"}, {"customer": "C-711"}),
    ({"since": NOW - timedelta(days=1)}, {"since": NOW}),
    ({"until": NOW - timedelta(days=1)}, {"until": NOW - timedelta(days=2)}),
    ({"since": NOW.date() - timedelta(days=1)}, {"since": NOW.date()}),
    ({"until": NOW.date() - timedelta(days=1)}, {"until": NOW.date() - timedelta(days=2)}),
    ({"mood": "angry"}, {"mood": "calm"}),
    ({"card": "threat"}, {"card": "bereaved"}),
    ({"severity": "serious"}, {"severity": "severe"}),
    ({"ours": False}, {"ours": True}),
    ({"repeated": True}, {"repeated": False}),
    ({"abandoned": True}, {"abandoned": True, "agent": "nobody"}),
    ({"issue": "BILLING twice!"}, {"issue": "twice billing"}),
    ({"overdue_at": NOW + timedelta(days=3)}, {"overdue_at": NOW - timedelta(days=3)}),
)


def test_every_filter_has_an_example() -> None:
    # The limit is for the caller.
    assert {name for one, _ in CASES for name in one} == set(Filters.__struct_fields__) - {"limit"}


@pytest.mark.parametrize(("one", "another"), CASES)
def test_each_filter_tells_calls_apart(one: dict[str, Any], another: dict[str, Any], tmp_path: Path) -> None:
    assert matches(Filters(**one), the_call())
    assert not matches(Filters(**another), the_call())
    assert not matches(Filters(**{**one, "limit": 5, "agent": "nobody"}), the_call()), "all of them count together"
    Archive(tmp_path).write(the_call())
    with Index(tmp_path) as index:
        assert len(rows(index, Filters(**one))) == 1
        assert rows(index, Filters(**another)) == ()


def test_a_call_without_the_value_does_not_match() -> None:
    each: tuple[dict[str, Any], ...] = ({"customer": "Ana"}, {"agent": "Kim"}, {"issue": "b"}, {"channel": "phone"})
    for wanted in each:
        assert not matches(Filters(**wanted), a_call())


def test_a_corrected_outcome_is_the_one_that_counts() -> None:
    call = the_call(amendments=(amendment("outcome", "resolved", "callback"),))
    assert matches(Filters(outcome="resolved"), call)
    assert not matches(Filters(outcome="callback"), call)


def test_open_is_the_word_for_no_outcome() -> None:
    assert matches(Filters(outcome="open"), a_call())
    assert not matches(Filters(outcome="open"), the_call())


# NOW is Tuesday, 24 November 2026, noon.
@for_each(
    "words, day",
    [
        ("today", "2026-11-24"),
        ("Yesterday", "2026-11-23"),
        ("last monday", "2026-11-23"),
        ("tuesday", "2026-11-17"),
        ("wed", "2026-11-18"),
        ("3 days ago", "2026-11-21"),
        ("a week ago", "2026-11-17"),
        ("2w", "2026-11-10"),
        ("9 months ago", "2026-02-24"),
        ("1 year", "2025-11-24"),
        ("2026-10-25", "2026-10-25"),
    ],
)
def test_a_day_includes_all_its_hours(words: str, day: str) -> None:
    since, until = read_since(words, NOW), read_until(words, NOW)
    assert since == datetime.fromisoformat(day).replace(tzinfo=BERLIN)
    assert until is not None
    assert until.astimezone(BERLIN).isoformat() == f"{day}T23:59:59.999999+01:00"


def test_the_day_of_the_october_change_has_25_hours() -> None:
    since, until = read_since("2026-10-25", NOW), read_until("2026-10-25", NOW)
    assert since is not None
    assert until is not None
    assert until - since == timedelta(hours=25, microseconds=-1)


@pytest.mark.parametrize("words", ["today", "2026-04-24"])
def test_a_day_whose_midnight_is_skipped_leaves_out_the_day_before(words: str) -> None:
    now = datetime(2026, 4, 24, 9, tzinfo=ZoneInfo("Africa/Cairo"))
    since, until = read_since(words, now), read_until(words, now)
    assert since == datetime(2026, 4, 23, 22, tzinfo=UTC), "the clocks showed 24:00, then 01:00"
    assert until == datetime(2026, 4, 24, 21, tzinfo=UTC) - timedelta(microseconds=1)
    assert read_until("yesterday", now) == since - timedelta(microseconds=1)


def test_a_repeated_hour_includes_both() -> None:
    since, until = read_since("2026-10-25 02:30", NOW), read_until("2026-10-25 02:30", NOW)
    assert since == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert until == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_hours_ago_are_hours_that_have_passed() -> None:
    now = datetime(2026, 3, 29, 4, tzinfo=BERLIN)
    assert read_since("2 hours ago", now) == datetime(2026, 3, 29, 0, tzinfo=UTC)


@pytest.mark.parametrize("year", [1000, 1969, 1970, 3000, 3001, 8999])
def test_days_of_distant_years_are_days_too(year: int) -> None:
    now = datetime(2026, 11, 24, 12, tzinfo=UTC).astimezone()
    since, until = read_since(f"{year}-03-01", now), read_until(f"{year}-03-01", now)
    assert since is not None
    assert until is not None
    assert until - since == timedelta(days=1, microseconds=-1)


def test_a_time_is_exactly_that_time() -> None:
    for read in (read_since, read_until):
        assert read("2026-11-01T09:30Z", NOW) == datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
        assert read("2026-11-01 09:30", NOW) == datetime(2026, 11, 1, 9, 30, tzinfo=BERLIN)
        assert read("2 hours ago", NOW) == NOW - timedelta(hours=2)


def test_months_ago_end_where_their_month_ends() -> None:
    assert read_since("1 month ago", datetime(2026, 3, 31, 12, tzinfo=UTC)) == datetime(2026, 2, 28, tzinfo=UTC)


@pytest.mark.parametrize("words", ["", "gestern", "2026-02-30", "9999 years ago", "0 days ago", "2026-11-01T25:00"])
def test_other_words_are_not_dates(words: str) -> None:
    assert read_since(words, NOW) is None
    assert read_until(words, NOW) is None


@pytest.mark.parametrize(("stored", "asked"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_name_is_found_in_any_unicode_composition(stored: Any, asked: Any, tmp_path: Path) -> None:
    name = normalize(stored, "Łukasz Ünal")
    call = a_call(customer=TranscriptCustomer(name, None), agent=name, issue=name)
    Archive(tmp_path).write(call)
    part = normalize(asked, "ünal")
    for wanted in (Filters(customer=normalize(asked, name)), Filters(agent=part), Filters(issue=part)):
        assert matches(wanted, call)
        with Index(tmp_path) as index:
            assert len(rows(index, wanted)) == 1


def rows(index: Index, wanted: Filters) -> tuple[CallRow, ...]:
    return index.ask(lambda connection: page(connection, wanted, NOW)).rows
