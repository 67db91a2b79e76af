"""The first sentences of a report: what is said of which calls, and in which order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from recoverycli.review.report.page import ReportOptions, report
from recoverycli.review.report.words import percent
from recoverycli.review.statistics.topics import Topics
from recoverycli.session.filters import Filters
from recoverycli.session.transcript import model as ts
from recoverycli.store.calls.archive import Archive
from recoverycli.store.local_calls import KeptCalls
from tests.synthetic import calls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from recoverycli.review.report.page import Report

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
(PLAIN,) = calls(1, seed=1)


@pytest.fixture
def made(tmp_path: Path) -> Callable[[Iterable[ts.Call]], Report]:
    def make(some: Iterable[ts.Call]) -> Report:
        archive = Archive(tmp_path)
        for call in some:
            path = archive.path(call.id)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(ts.encode(call))
        with KeptCalls(tmp_path) as kept:
            return report(kept, Filters(), NOW, Topics(), ReportOptions("A title", names=True))

    return make


def a_call(number: int, days_ago: float, **changes: Any) -> ts.Call:
    """A finished call with nothing in it that a finding could be about."""
    at = NOW - timedelta(days=days_ago, minutes=number)
    plain: dict[str, Any] = {
        "id": f"{at:%Y%m%dT%H%M%S}-heart-{number:04d}", "state": "finished", "started_at": at, "ended_at": at,
        "seconds": 100.0, "outcome": "resolved", "issue": "billing", "root_cause": None, "repeated": None,
        "customer": ts.TranscriptCustomer(f"Person {number}", None), "steps": (), "offers": (), "promises": (),
        "tasks": (), "moods": (), "escalations": (), "amendments": (), "severity": None,
    }  # fmt: skip
    return msgspec.structs.replace(PLAIN, **plain | changes)


def each_day(days: int, **changes: Any) -> Iterator[ts.Call]:
    """Five calls a day, until yesterday."""
    return (a_call(place, 1 + place // 5, **changes) for place in range(5 * days))


def promise(days_ago: int) -> ts.TranscriptPromise:
    due = NOW - timedelta(days=days_ago)
    return ts.TranscriptPromise("p1", due - timedelta(days=1), "a call back", "tomorrow", due)


def offer(value: float, currency: str, remedy: str = "voucher") -> ts.TranscriptOffer:
    return ts.TranscriptOffer(NOW - timedelta(days=9), remedy, value, currency, answer="accepted")


def test_what_became_worse_lately_is_said_first(made: Callable[[Iterable[ts.Call]], Report]) -> None:
    some = [
        msgspec.structs.replace(call, outcome="escalated" if place % 10 < (6 if place < 140 else 1) else "resolved")
        for place, call in enumerate(each_day(56, promises=(promise(5),)))
    ]
    first, second = made(some).findings[:2]
    assert first.fact == "resolved: 40 % of 140 in the 28 days from 2026-10-31, 90 % of 140 in as many before"
    assert first.command == "recovery log list --outcome unresolved --since 2026-10-31"
    assert second.fact.startswith("280 of 280 promises with a date are overdue, the oldest since 2026-11-23")


def test_then_come_costs_repeats_and_what_stays_open(made: Callable[[Iterable[ts.Call]], Report]) -> None:
    some = [
        *(a_call(n, 9, root_cause="rain", offers=(offer(5.0, "EUR"),), repeated=n < 3) for n in range(12)),
        *(a_call(20 + n, 9, root_cause="strike", offers=(offer(900.0, "USD"),), repeated=False) for n in range(2)),
        *(a_call(30 + n, 9, issue="late", outcome="escalated", repeated=True) for n in range(12)),
    ]
    assert [one.fact for one in made(some).findings] == [
        "rain: 60 EUR in 12 accepted offers, 100 % of what 12 offers cost",
        "late: 100 % of 12 finished calls where that is known were repeat contacts",
        "late: 12 of 12 finished calls with an outcome did not end resolved",
    ]


def test_the_second_of_a_kind_stands_in_where_kinds_are_missing(made: Callable[[Iterable[ts.Call]], Report]) -> None:
    found = made(a_call(n, 9, root_cause="rain", offers=(offer(5.0, "EUR", "cake"),)) for n in range(12))
    assert [one.fact for one in found.findings] == [
        "rain: 60 EUR in 12 accepted offers, 100 % of what 12 offers cost",
        "cake: 60 EUR in 12 accepted offers, 100 % of what 12 offers cost",
    ]
    assert found.lacking.startswith("Only this can be said")


def test_of_few_offers_nothing_is_said(made: Callable[[Iterable[ts.Call]], Report]) -> None:
    few = (a_call(n, 9, root_cause=f"cause {n}", offers=(offer(5.0, "EUR", f"cake {n}"),)) for n in range(12))
    assert made(few).findings == ()


def test_a_promise_to_one_customer_is_enough(made: Callable[[Iterable[ts.Call]], Report]) -> None:
    (only,) = made([a_call(1, 9, promises=(promise(2),)), a_call(2, 9)]).findings
    assert only.fact == "1 of 1 promise with a date is overdue, the oldest since 2026-11-26"
    assert only.meaning == "a customer was told a day and still waits"


def test_what_is_not_nothing_is_not_rounded_to_nothing() -> None:
    assert [percent(share) for share in (0.0, 0.0004, 0.006, 0.5, 1.0)] == ["0 %", "under 1 %", "1 %", "50 %", "100 %"]
