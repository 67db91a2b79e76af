"""Time to resolution: from the start of the first contact of a case until the last thing that resolved it.

A case is resolved by its last finished call with an outcome, if that is `resolved`, and when every promise and task of
all its calls is done: it took until the latest of these. Cases without such a call are left out.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from recoverycli.review.statistics.denominators import FIRST_CONTACT
from recoverycli.review.statistics.figures import FEWEST
from recoverycli.review.statistics.lengths import percentiles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recoverycli.review.statistics.contacts import Case, Contact
    from recoverycli.review.statistics.denominators import CallCondition
    from recoverycli.store.queries import Connection

_MINUTE = 60_000_000  # microseconds
_OUTCOME = "CASE WHEN outcome <> 'resolved' THEN 'unresolved' WHEN owed > 0 THEN 'pending' ELSE 'resolved' END"
_MINUTES = f"(CASE WHEN done > ended THEN done ELSE ended END - call.started + {_MINUTE // 2}) / {_MINUTE}"


class _Course(NamedTuple):
    """What became of a case, and in how many minutes if it is resolved."""

    outcome: Literal["unresolved", "pending", "resolved"]
    minutes: int | None = None


class Resolution(msgspec.Struct, frozen=True):
    """The times to resolution in seconds, to the minute: the median and the 90th percentile, None of too few cases.

    `resolved` cases count; `pending` ones wait for a promise or a task alone, `unresolved` ones for a call.
    """

    resolved: int
    pending: int
    unresolved: int
    median: float | None = None
    ninth: float | None = None


def resolution(connection: Connection, among: CallCondition, cases: Iterable[Case]) -> Resolution:
    """Return the times of the cases that began with a matching call; `cases` are those of `contacts.cases`."""
    courses = _single_contacts(connection, among)
    for case in cases:
        # They were counted as if they were alone.
        courses.subtract(_course([contact]) for contact, *_ in case if contact.matches and contact.is_first)
        first = case[0].contact
        contacts = [contact for contact, *_ in case]
        if first.matches and not first.repeated and any(one.has_outcome for one in contacts):
            courses[_course(contacts)] += 1
    timed = ((one.minutes, number) for one, number in courses.items() if number)
    times = sorted((60.0 * minutes, number) for minutes, number in timed if minutes is not None)
    resolved = sum(number for _, number in times)
    middle, ninth = percentiles(times) if resolved >= FEWEST else (None, None)
    return Resolution(resolved, courses[_Course("pending")], courses[_Course("unresolved")], middle, ninth)


def _single_contacts(connection: Connection, among: CallCondition) -> Counter[_Course]:
    """The cases of all first contacts, as if no customer had called again."""
    found = connection.execute(
        f"SELECT {_OUTCOME} AS course, CASE {_OUTCOME} WHEN 'resolved' THEN {_MINUTES} END, count(*)"  # noqa: S608
        " FROM call LEFT JOIN"
        " (SELECT call AS of_call, max(done) AS done, count(*) - count(done) AS owed"
        f" FROM commitment WHERE {among.of_calls} GROUP BY call) AS bound ON bound.of_call = call.key"
        f" WHERE {among.calls} AND {FIRST_CONTACT} GROUP BY 1, 2",
        (*among.values, *among.values),
    )
    return Counter({_Course(outcome, minutes): number for outcome, minutes, number in found})


def _course(contacts: Sequence[Contact]) -> _Course:
    """What became of a case with these contacts, in order; one of them has an outcome."""
    last = next(one for one in reversed(contacts) if one.has_outcome)
    if last.outcome != "resolved":
        return _Course("unresolved")
    if any(one.owed for one in contacts):
        return _Course("pending")
    end = max(last.ended, *(one.done or 0 for one in contacts))
    return _Course("resolved", (end - contacts[0].started + _MINUTE // 2) // _MINUTE)
