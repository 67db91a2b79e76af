"""What this desk knows of a customer who calls again: the earlier calls, and the promises that are still open."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.redaction.rules import NAME_MASK
from recoverycli.session.filters import Filters
from recoverycli.session.person import person_of
from recoverycli.store.index.rows import due_before, page
from recoverycli.store.same_customers import same_customers
from recoverycli.text.format import day_and_time, plural
from recoverycli.text.tokens import word_key
from recoverycli.times.recorded import recorded_time
from recoverycli.times.wall_clock import to_local

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.store.index.rows import CallRow, DueItem
    from recoverycli.store.queries import CallQueries
    from recoverycli.store.same_customers import KnownCustomer

# Promises are made for less than so long.
_AHEAD = timedelta(days=3650)
# So many earlier calls are read.
_MOST = 50
# More customers than this who are perhaps the same are no help in a line, and no more than that in a list.
_FEW, _SOME = 3, 8


class CustomerHistory(NamedTuple):
    """The earlier calls of a customer, newest first, and their open promises with a due time; who is perhaps the same
    customer.
    """

    calls: tuple[CallRow, ...]
    promises: tuple[DueItem, ...]
    perhaps: tuple[KnownCustomer, ...] = ()


def customer_history(
    calls: CallQueries, name: str | None, ref: str | None, now: datetime, but: str
) -> CustomerHistory | None:
    """Return what is known of the customer with that name or reference, leaving out the call `but`; None for nothing.

    Raises StoreProblem.
    """
    person = person_of(None if name == NAME_MASK else name, ref)
    if not person.queries:
        return None
    found = same_customers(calls, person)
    rows, promises = _of_customers(calls, found.certain, now, but)
    return CustomerHistory(rows, promises, found.doubtful) if rows or found.doubtful else None


def _of_customers(
    calls: CallQueries, certain: tuple[KnownCustomer, ...], now: datetime, but: str
) -> tuple[tuple[CallRow, ...], tuple[DueItem, ...]]:
    spellings = tuple(dict.fromkeys(filter(None, (words for one in certain for words in (one.name, one.ref)))))
    if not spellings:
        return (), ()
    wanted = Filters(customer=spellings[0], spellings=spellings[1:], limit=_MOST)
    theirs = {(one.name, one.ref) for one in certain}
    rows = [
        row
        for row in calls.ask(lambda connection: page(connection, wanted, now, size=_MOST).rows)
        if row.id != but and (row.customer, row.ref) in theirs
    ]
    due = calls.ask(lambda connection: due_before(connection, now + _AHEAD, wanted))
    ids = {row.id for row in rows}
    return tuple(rows), tuple(item for item in due if item.call in ids)


def history_line(found: CustomerHistory, issue: str | None) -> str:
    """Return the history in one line: how many calls, the last one, open promises, how often this issue.

    A customer who is perhaps the same is only counted. Empty where nothing certain is known and many are perhaps meant.
    """
    told = []
    if found.calls:
        told += [plural(len(found.calls), "earlier call"), f"last {_call_text(found.calls[0])}"]
    if found.promises:
        told.append(f"{plural(len(found.promises), 'promise')} still open")
    same = sum(word_key(row.issue or "") == word_key(issue) for row in found.calls) if issue else 0
    if same:
        told.append(f"{issue} {plural(same, 'time')} before: /repeated yes if it is the same again")
    if 0 < len(found.perhaps) <= _FEW:
        told.append(f"perhaps the same customer: {'; '.join(map(customer_text, found.perhaps))}")
    return " · ".join((*told, "/history")) if told else ""


def history_lines(found: CustomerHistory) -> tuple[str, ...]:
    """Return the calls, a line each and newest first, then the open promises, then who is perhaps the same."""
    calls = (", ".join(filter(None, (_call_text(row), row.mood, row.summary))) for row in found.calls)
    promises = (f"Still open: {item.what}, {_date_text(item)}" for item in found.promises)
    perhaps = (f"Perhaps the same: {customer_text(one)}, {one.why}" for one in found.perhaps[:_SOME])
    more = len(found.perhaps) - _SOME
    return (*calls, *promises, *perhaps, *([f"... and {more} more"] if more > 0 else ()))


def _date_text(item: DueItem) -> str:
    planned = day_and_time(to_local(item.due))
    if item.promised is None:
        return f"no date promised, planned for {planned}"
    moved = f" (moved to {planned})" if item.promised != item.due else ""
    return f"by {day_and_time(to_local(item.promised))}{moved}"


def customer_text(one: KnownCustomer) -> str:
    """Return a customer with the number of their calls, in a few words."""
    return f"{', '.join(filter(None, (one.name, one.ref)))} ({plural(one.calls, 'call')})"


def _call_text(row: CallRow) -> str:
    return ", ".join(filter(None, (recorded_time(row.started_at), row.issue, row.outcome or "no outcome")))
