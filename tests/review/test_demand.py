"""Why customers call, and call again: what the index counts is what reading the transcripts one by one gives."""

from __future__ import annotations

import sqlite3
from collections import Counter
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from recoverycli.review.statistics.demand import Demand, demand
from recoverycli.review.statistics.denominators import WINDOW
from recoverycli.review.statistics.figures import FEWEST, Share
from recoverycli.review.statistics.topics import Topics
from recoverycli.session.filters import Filters
from recoverycli.session.transcript import model as ts
from recoverycli.session.transcript.commitments import commitments
from recoverycli.store.index.tables import IndexedFile, RowWriter, make_indexes, make_tables
from recoverycli.store.index.values import values_of
from tests.matching import matches
from tests.review.calls import NOW, a_call, amendment, promise, task

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recoverycli.session.transcript.model import Call

FAMILIES = {"late parcel": "Delivery", "where is it": "Delivery"}
TOPICS = Topics(FAMILIES.get)


def index(made: Iterable[Call]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    make_tables(connection)
    RowWriter(connection).add(1, [IndexedFile(call.id, 0, 0, values_of(call)) for call in made])
    make_indexes(connection)
    return connection


def told(made: Iterable[Call], wanted: Filters | None = None, now: datetime = NOW) -> Demand:
    return demand(index(made), wanted or Filters(), now, TOPICS)


def by(name: str | None, days: float, ref: str | None = None, *bound: ts.TranscriptPromise, **more: Any) -> Call:
    """A resolved call of a customer, so many days before NOW."""
    at = NOW - timedelta(days=days)
    fields = {"outcome": "resolved", "issue": "late parcel", **more}
    call = a_call(*bound, at=at, **fields)
    return msgspec.structs.replace(
        call, id=f"{call.id}{name}{ref}{more.get('issue')}", customer=ts.TranscriptCustomer(name, ref)
    )


def pair(share: Share) -> tuple[int, int]:
    return share.count, share.of


# By hand.


def test_a_customer_who_calls_again_within_two_weeks_was_not_helped_at_first() -> None:
    found = told([by("Ana Lopez", 60), by("ana lópez", 50), by("Ana Lopez", 20), by("Ben Adu", 30)])
    # 50 days ago repeats the call of 60 days ago; 20 days ago is a first contact again.
    assert pair(found.first_contact) == (2, 3)
    assert pair(found.repeats) == (1, 4)
    assert found.waiting == 0


def test_the_reference_says_who_called_before_the_name_does() -> None:
    same = told([by("Ana Lopez", 60, "C-1"), by("A. Lopez", 59, "c-1")])
    assert pair(same.repeats) == (1, 2)
    others = told([by("Ana Lopez", 60, "C-1"), by("Ana Lopez", 59, "C-2"), by("Ana Lopez", 58), by("Ana", 58)])
    assert pair(others.repeats) == (0, 4)
    assert pair(told([by("4711", 60), by("Ana Lopez", 59, "4711")]).repeats) == (0, 2)


def test_names_that_were_erased_or_masked_and_unknown_ones_are_nobody() -> None:
    made = [by("[erased]", day, "[erased]") for day in (60, 59)] + [by("[name]", 58), by("[name]", 57), by(None, 56)]
    found = told(made)
    assert pair(found.first_contact) == pair(found.repeats) == (0, 0)
    assert (found.resolution.resolved, found.resolution.unresolved) == (0, 0)
    recorded = told([*made, by(None, 55, repeated=True), by(None, 54, repeated=False)])
    assert pair(recorded.repeats) == (1, 2)


def test_another_issue_is_no_repeat_but_the_same_family_and_an_unknown_one_are() -> None:
    def repeats(*issues: str | None) -> int:
        return told([by("Ana", 60 - place, issue=issue) for place, issue in enumerate(issues)]).repeats.count

    assert repeats("billing", "late parcel") == 0
    assert repeats("late parcel", "Late-Parcel!") == 1
    assert repeats("late parcel", "where is it") == 1
    assert repeats("billing", None) == repeats(None, "billing") == 1
    assert repeats("billing", "late parcel", "billing") == 1
    assert repeats("billing", "late parcel", None, "billing") == 2


def test_a_call_that_was_recorded_as_a_repeat_is_one_without_an_earlier_call() -> None:
    found = told([by("Ana", 60, repeated=True), by("Ben", 60, repeated=False)])
    assert pair(found.repeats) == (1, 2)
    assert pair(found.first_contact) == (1, 1)
    assert (found.resolution.resolved, found.issues[0].repeats.count) == (1, 1)


def test_first_contacts_of_the_last_two_weeks_wait() -> None:
    found = told([by("Ana", 14), by("Ben", 13.9), by("Cem", 13), by("Cem", 1)])
    assert pair(found.first_contact) == (1, 1)
    assert found.waiting == 2
    assert pair(found.repeats) == (1, 4)


def test_an_abandoned_call_is_a_contact_in_no_share() -> None:
    found = told([by("Ana", 60), by("Ana", 59, state="abandoned", outcome=None)])
    assert pair(found.first_contact) == (0, 1)
    assert pair(found.repeats) == (0, 1)
    assert pair(found.abandoned) == (1, 2)


def test_a_filter_does_not_make_a_first_contact_of_a_repeat() -> None:
    made = [by("Ana", 60), by("Ana", 50, severity="severe"), by("Ana", 40)]
    assert pair(told(made, Filters(since=NOW - timedelta(days=55), until=NOW - timedelta(days=45))).repeats) == (1, 1)
    assert pair(told(made, Filters(since=(NOW - timedelta(days=55)).date())).repeats) == (2, 2)
    first = told(made, Filters(until=NOW - timedelta(days=55)))
    assert pair(first.first_contact) == (0, 1)
    # The case went on until its last call, within the window of the end.
    assert first.resolution.resolved == 1
    assert pair(told(made, Filters(limit=1)).repeats) == (1, 1)


def test_the_time_to_resolution_ends_with_the_last_promise_that_was_kept() -> None:
    def kept(days: float) -> ts.TranscriptAmendment:
        return amendment("promises.p1.done_at", (NOW - timedelta(days=days)).isoformat())

    single = by("Ana", 60, None, promise(1, "a call"), amendments=(kept(57),))
    again = [by("Ben", 60, outcome="callback"), by("Ben", 50), by("Cem", 60)]
    made = [single, *again]
    many = [
        msgspec.structs.replace(one, id=f"{one.id}{n}", customer=ts.TranscriptCustomer(f"{one.customer.name}{n}"))
        for one in made
        for n in range(10)
    ]
    found = told(many).resolution
    assert (found.resolved, found.pending, found.unresolved) == (30, 0, 0)
    # Ten took 4 minutes, ten 3 days, ten 10 days and 4 minutes.
    assert found.median == timedelta(days=3).total_seconds()
    assert found.ninth == timedelta(days=10, minutes=4).total_seconds()
    # A promise of the first call of a case may be kept after its last call.
    last = [by("Dia", 60, None, promise(1, "a call"), amendments=(kept(40),)), by("Dia", 50)]
    many = [msgspec.structs.replace(one, id=f"{one.id}{n}", customer=ts.TranscriptCustomer(f"Dia{n}"))
            for one in last for n in range(10)]  # fmt: skip
    assert told(many).resolution.median == timedelta(days=20).total_seconds()
    few = told(made).resolution
    assert (few.resolved, few.median, few.ninth) == (3, None, None)


def test_what_is_still_owed_and_what_was_never_resolved_are_counted_apart() -> None:
    found = told([
        by("Ana", 60, None, promise(1, "a call")),
        by("Ben", 60, tasks=(task(1, "look"),)),
        by("Cem", 60, outcome="unresolved"),
        by("Dia", 60), by("Dia", 50, outcome="unresolved"),
        by("Eva", 60, None, promise(1, "a call")), by("Eva", 55),
        by("Fay", 60, state="abandoned", outcome=None),
    ]).resolution  # fmt: skip
    assert (found.resolved, found.pending, found.unresolved) == (0, 3, 2)


def test_issues_are_in_the_order_of_volume_severity_and_repeats() -> None:
    def some(issue: str, calls: int, severe: int, repeated: int) -> list[Call]:
        return [
            by(
                None,
                60 + n,
                issue=issue,
                severity="severe" if n < severe else "minor",
                repeated=n < repeated,
            )
            for n in range(calls)
        ]

    found = told([*some("billing", 40, 2, 4), *some("late parcel", 20, 10, 10), *some("rude", 9, 9, 9)]).issues
    assert [(one.issue, one.calls, one.severe_repeats) for one in found] == [
        ("late parcel", 20, 5.0), ("billing", 40, 0.2), ("rude", 9, None),
    ]  # fmt: skip


def test_whose_fault_escalations_and_cards_are_of_finished_calls() -> None:
    card = (ts.TranscriptCard("refunds", None, NOW), ts.TranscriptCard("threats", NOW, None))
    handed = (ts.TranscriptEscalation(NOW, None, "asks for a manager"),)
    found = told([
        by("Ana", 60, ours=True, cards=card), by("Ben", 60, ours=False, escalations=handed),
        by("Cem", 60, outcome="escalated"), by("Dia", 60, ours=True, cards=card, state="abandoned", outcome=None),
    ])  # fmt: skip
    assert (pair(found.ours), pair(found.handed_on), pair(found.abandoned)) == ((1, 2), (2, 3), (1, 4))
    assert [(one.name, *pair(one)) for one in found.cards] == [("refunds", 1, 3)]


# Against every transcript.

BEGIN = datetime(2026, 6, 1, tzinfo=UTC)
_ISSUES = ("billing", "Billing!", "late parcel", "where is it", None)
_BASE = by(None, 0)


@st.composite
def some_calls(draw: st.DrawFn) -> list[Call]:
    made = []
    for number in range(draw(st.integers(0, 14))):
        at = BEGIN + timedelta(hours=draw(st.integers(0, 24 * 45)))
        state = draw(st.sampled_from(("finished", "finished", "finished", "abandoned")))
        bound = (promise(1, "a call"),) if draw(st.booleans()) else ()
        done = draw(st.integers(-20, 500))
        kept = ts.TranscriptAmendment(at, "promises.p1.done_at", None, (at + timedelta(hours=done)).isoformat())
        made.append(
            msgspec.structs.replace(
                _BASE,
                id=f"call-{number:02}",
                started_at=at,
                ended_at=at + timedelta(minutes=draw(st.sampled_from((0, 5, 90)))),
                state=state,
                outcome=draw(st.sampled_from(("resolved", "resolved", "unresolved", None))),
                issue=draw(st.sampled_from(_ISSUES)),
                customer=ts.TranscriptCustomer(
                    draw(st.sampled_from(("Ana Lopez", "ANA LÓPEZ", "Ben", None, "[name]"))),
                    draw(st.sampled_from((None, None, "C-1", "c-1", "[erased]"))),
                ),
                repeated=draw(st.sampled_from((None, None, False, True))),
                severity=draw(st.sampled_from((None, "minor", "severe"))),
                ours=draw(st.sampled_from((None, True, False))),
                promises=bound,
                amendments=(kept,) if bound and draw(st.booleans()) else (),
            )
        )
    return made


def who(call: Call) -> str | None:
    name, ref = call.customer.name, call.customer.ref
    if ref and ref != "[erased]":
        return ref.casefold()
    return None if name in {None, "[name]"} else "ben" if name == "Ben" else "ana lopez"


def matter(call: Call) -> str | None:
    return None if call.issue is None else "billing" if call.issue.startswith(("b", "B")) else "delivery"


def is_same(one: Call, other: Call) -> bool:
    """Whether two calls are of one customer about one matter, and not too far apart."""
    known = who(one) is not None and who(one) == who(other)
    alike = None in {matter(one), matter(other)} or matter(one) == matter(other)
    return known and alike and abs(one.started_at - other.started_at) <= WINDOW


def case_of(first: Call, after: Sequence[Call], before: dict[str, Call | None]) -> list[Call]:
    """The calls whose nearest call before them, and the one before that, leads to the first one."""
    case = [first]
    for call in after:
        parent = before[call.id]
        if parent is not None and any(parent.id == one.id for one in case):
            case.append(call)
    return case


def minutes_of(case: Sequence[Call]) -> float | str | None:
    decisive = [call for call in case if call.state == "finished" and call.outcome is not None]
    if not decisive:
        return None
    bound = [one for call in case for one in commitments(call)]
    if decisive[-1].outcome != "resolved":
        return "unresolved"
    if any(one.done_at is None for one in bound):
        return "pending"
    end = max([decisive[-1].ended_at, *(one.done_at for one in bound if one.done_at)])
    return (end - case[0].started_at).total_seconds()


@settings(max_examples=100, deadline=None)
@given(
    some_calls(),
    st.sampled_from(
        (
            Filters(),
            Filters(issue="billing"),
            Filters(since=BEGIN + timedelta(days=9)),
            Filters(until=BEGIN + timedelta(days=20)),
        )
    ),
    st.integers(0, 70),
)
def test_the_figures_are_those_of_reading_every_call(made: list[Call], wanted: Filters, day: int) -> None:
    now = BEGIN + timedelta(days=day)
    found = told(made, wanted, now)
    # Nobody looks further than a window beyond the end.
    seen = [call for call in made if wanted.until is None or call.started_at <= wanted.until + WINDOW]
    ordered = sorted(seen, key=lambda call: (call.started_at, call.id))
    before = {
        call.id: next((one for one in reversed(ordered[:place]) if is_same(one, call)), None)
        for place, call in enumerate(ordered)
    }
    meant = [(place, call) for place, call in enumerate(ordered) if matches(wanted, call)]
    finished = [(place, call) for place, call in meant if call.state == "finished"]
    repeats = [call for _, call in finished if call.repeated or before[call.id]]
    known = [call for _, call in finished if who(call) or call.repeated is not None]
    assert pair(found.repeats) == (len(repeats), len(known))
    first = [
        (place, call) for place, call in finished
        if who(call) and call.outcome and not call.repeated and not before[call.id]
    ]  # fmt: skip
    over = [(place, call) for place, call in first if call.started_at + WINDOW <= now]
    helped = [
        call for place, call in over
        if call.outcome == "resolved" and not any(is_same(call, one) for one in ordered[place + 1 :])
    ]  # fmt: skip
    assert pair(found.first_contact) == (len(helped), len(over))
    assert found.waiting == len(first) - len(over)
    times = Counter(
        minutes_of(case_of(call, ordered[place + 1 :], before))
        for place, call in meant if who(call) and not call.repeated and not before[call.id]
    )  # fmt: skip
    resolved = [time for time in times.elements() if isinstance(time, float)]
    assert (found.resolution.resolved, found.resolution.pending, found.resolution.unresolved) == (
        len(resolved), times["pending"], times["unresolved"],
    )  # fmt: skip
    assert (found.resolution.median is None) == (len(resolved) < FEWEST)
    if len(resolved) >= FEWEST:
        assert found.resolution.median == median(resolved)
    groups: dict[str | None, list[Call]] = {}
    for _, call in meant:
        groups.setdefault(call.issue and call.issue.casefold().strip("!"), []).append(call)
    groups.pop(None, None)
    assert sorted(
        (one.issue.casefold().strip("!"), one.calls, pair(one.severe), one.repeats.count) for one in found.issues
    ) == sorted(
        (
            issue, len(some),
            (sum(c.severity == "severe" and c.state == "finished" for c in some),
             sum(c.severity is not None and c.state == "finished" for c in some)),
            sum(call in repeats for call in some),
        )
        for issue, some in groups.items() if issue
    )  # fmt: skip
