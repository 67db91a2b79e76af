"""What this desk knows of a customer who calls again: the earlier calls, and the promises that are still open."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.redaction.rules import NAME_MASK
from recoverycli.session.filters import Filters
from recoverycli.store.index.rows import due_before, page
from recoverycli.text.format import day_and_time, plural
from recoverycli.text.tokens import fold_case
from recoverycli.times.wall_clock import to_local

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.store.index.rows import CallRow, DueItem
    from recoverycli.store.queries import CallQueries

# Promises are made for less than so long.
_AHEAD = timedelta(days=3650)
# Earlier calls are looked for among so many whose customer has the words in the name.
_MOST = 50


class CustomerHistory(NamedTuple):
    """The earlier calls of a customer, newest first, and their open promises with a due time."""

    calls: tuple[CallRow, ...]
    promises: tuple[DueItem, ...]


def customer_history(
    calls: CallQueries, name: str | None, ref: str | None, now: datetime, but: str
) -> CustomerHistory | None:
    """Return what is known of the customer with that name or reference, leaving out the call `but`; None for nothing.

    A name counts as a whole, without case; part of another name is somebody else. Raises StoreProblem.
    """
    names = [words for words in (name, ref) if words and words != NAME_MASK]
    found: dict[str, CallRow] = {}
    promises: dict[tuple[str, str], DueItem] = {}
    for words in names:
        wanted = Filters(customer=words, limit=_MOST)
        # mypy infers no type for a lambda with a default value, which binds the loop variable.
        for row in calls.ask(lambda connection, wanted=wanted: page(connection, wanted, now).rows):  # type: ignore[misc]
            if row.id != but and fold_case(words) in {fold_case(row.customer or ""), fold_case(row.ref or "")}:
                found[row.id] = row
        # mypy infers no type for a lambda with a default value, which binds the loop variable.
        due = calls.ask(lambda connection, wanted=wanted: due_before(connection, now + _AHEAD, wanted))  # type: ignore[misc]
        promises |= {(item.call, item.item): item for item in due}
    if not found:
        return None
    newest = tuple(sorted(found.values(), key=lambda row: row.started_at, reverse=True))
    return CustomerHistory(newest, tuple(item for item in promises.values() if item.call in found))


def history_line(found: CustomerHistory, issue: str | None) -> str:
    """Return the history in one line: how many calls, the last one, open promises, how often this issue."""
    told = [plural(len(found.calls), "earlier call"), f"last {_call_text(found.calls[0])}"]
    if found.promises:
        told.append(f"{plural(len(found.promises), 'promise')} still open")
    same = sum(fold_case(row.issue or "") == fold_case(issue) for row in found.calls) if issue else 0
    if same:
        told.append(f"{issue} {plural(same, 'time')} before: /repeated yes if it is the same again")
    return " · ".join((*told, "/history"))


def history_lines(found: CustomerHistory) -> tuple[str, ...]:
    """Return the calls, a line each and newest first, then the open promises."""
    calls = (", ".join(filter(None, (_call_text(row), row.mood, row.summary))) for row in found.calls)
    promises = (f"Still open: {item.what}, by {day_and_time(to_local(item.due))}" for item in found.promises)
    return (*calls, *promises)


def _call_text(row: CallRow) -> str:
    return ", ".join(filter(None, (day_and_time(to_local(row.started_at)), row.issue, row.outcome or "no outcome")))
