"""What the index answers to whoever browses calls, or looks for what was promised."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from recoverycli.session.filters import Filters
from recoverycli.session.transcript.model import TranscriptAmendment
from recoverycli.store.calls.archive import Archive
from recoverycli.store.index.index import Index
from recoverycli.store.index.rows import calls_by_commitment, committed_calls
from recoverycli.store.index.search import search_prefix
from tests.review.calls import NOW, a_call, promise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ANY = Filters(limit=20)


def tails(ids: list[str]) -> list[str]:
    return [one[-4:] for one in ids]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    archive = Archive(tmp_path)

    def days(number: int) -> datetime:
        return NOW - timedelta(days=number)

    done = TranscriptAmendment(NOW, "promises.p1.done_at", None, NOW.isoformat())
    for call in (
        a_call(promise(1, "a call"), tail="aa01", at=days(1), issue="billing", outcome="resolved"),
        a_call(promise(1, "a letter"), promise(2, "a visit"), tail="aa02", at=days(2), summary="late parcel"),
        a_call(
            promise(1, "a refund"), tail="aa03", at=days(3), amendments=(done,), summary="lost parcel", agent="Noor"
        ),
        a_call(tail="aa04", at=days(4), issue="billing", summary="parcels and a lateness"),
    ):
        archive.write(call)
    with Index(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["aa01", "aa02", "aa03", "aa04"]),
        ("parcel", ["aa02", "aa03", "aa04"]),
        ("PARC lat", ["aa02", "aa04"]),
        ("parcel noor", ["aa03"]),
        ("aa03", ["aa03"]),
        ("resolved", ["aa01"]),
        ("little finished", ["aa01", "aa02", "aa03", "aa04"]),
        ("parcel nowhere", []),
        ('"', ["aa01", "aa02", "aa03", "aa04"]),
    ],
)
def test_a_list_is_narrowed_to_the_calls_that_hold_every_word(index: Index, typed: str, found: list[str]) -> None:
    rows, total = index.ask(lambda connection: search_prefix(connection, typed, ANY, NOW))
    assert (tails([row.id for row in rows]), total) == (found, len(found))


def test_no_more_are_listed_than_asked_for_and_all_are_counted(index: Index) -> None:
    rows, total = index.ask(lambda connection: search_prefix(connection, "parcel", Filters(limit=2), NOW))
    assert (tails([row.id for row in rows]), total) == (["aa02", "aa03"], 3)


def test_filters_hold_while_one_types(index: Index) -> None:
    rows, total = index.ask(
        lambda connection: search_prefix(connection, "parcel", Filters(issue="billing", limit=9), NOW)
    )
    assert (tails([row.id for row in rows]), total) == (["aa04"], 1)


def test_calls_with_promises_are_reported_newest_first_and_those_with_something_to_do_apart(index: Index) -> None:
    every, still = index.ask(lambda connection: committed_calls(connection, Filters(), is_open=True))
    assert (tails(every), tails(still)) == (["aa01", "aa02", "aa03"], ["aa01", "aa02"])
    every, meant = index.ask(lambda connection: committed_calls(connection, Filters(issue="billing"), is_open=False))
    assert (tails(every), tails(meant)) == (["aa01", "aa02", "aa03"], ["aa01"])
    assert tails(index.ask(lambda connection: committed_calls(connection, Filters(), is_open=False))[1]) == tails(every)


@pytest.mark.parametrize(
    ("part", "most", "found"),
    [
        ("aa02-p2", 9, ["aa02"]),
        ("-p1", 9, ["aa01", "aa02", "aa03"]),
        ("-p1", 2, ["aa01", "aa02"]),
        ("-p3", 9, []),
        ("aa02", 9, ["aa02"]),
    ],
)
def test_a_promise_is_found_by_a_part_of_its_whole_name(index: Index, part: str, most: int, found: list[str]) -> None:
    assert tails(index.ask(lambda connection: calls_by_commitment(connection, part, most))) == found
