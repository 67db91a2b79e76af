"""Contacts of one customer about one matter: which calls are repeat contacts, and which calls make a case.

A call is a repeat contact of an earlier one if both are of the same customer and about the same matter, and began at
most WINDOW apart. The customer is known by the reference, else by the whole name. Two calls are about the same matter
if `Topics.matter` of their issues is the same, or one has no issue. Abandoned calls are contacts too: the customer had
to call again all the same.

There is no standard length of the window: centres commonly take 7 to 14 days (wiki.wfmlabs.org, First Contact
Resolution). The longer one is taken here, because what is promised in a call often takes more than a week.

Calls around the matching ones are looked at as well, so that a filter does not turn a repeat contact into a first one.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.review.statistics.denominators import HAS_REF, NO_REF, WINDOW
from recoverycli.session.filters import Filters
from recoverycli.store.index.rows import start_conditions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recoverycli.review.statistics.denominators import CallCondition
    from recoverycli.review.statistics.topics import Topics
    from recoverycli.store.queries import Connection

_PERSON = f"CASE WHEN {NO_REF} THEN 'name ' || customer_key ELSE 'ref ' || ref_folded END"
_SPAN = WINDOW // timedelta(microseconds=1)


class Contact(NamedTuple):
    """A call of a customer who called again within the window; times in microseconds since 1970.

    `matches` is whether the filters select it. `done` is when the last of its promises and tasks was done, `owed` how
    many are not.
    """

    person: str
    started: int
    ended: int
    issue: str | None
    state: str
    outcome: str | None
    repeated: bool | None
    matches: bool
    done: int | None
    owed: int

    @property
    def has_outcome(self) -> bool:
        """Whether it is a finished call with an outcome."""
        return self.state == "finished" and self.outcome is not None

    @property
    def is_first(self) -> bool:
        """Whether it is a first contact by what was recorded: FIRST_CONTACT for a row that was read."""
        return self.has_outcome and not self.repeated


class Linked(NamedTuple):
    """A contact with its place in the case: whether one about the same matter came before and came after it."""

    contact: Contact
    has_earlier: bool
    has_later: bool


# The case of one customer about one matter: its contacts in order.
Case = list[Linked]


def cases(connection: Connection, among: CallCondition, wanted: Filters, topics: Topics) -> Iterator[Case]:
    """Yield the cases of the customers who called again within the window, those of one contact included."""
    for _, contacts in groupby(_neighbours(connection, among, wanted), key=lambda one: one.person):
        yield from _cases(tuple(contacts), topics)


def _neighbours(connection: Connection, among: CallCondition, wanted: Filters) -> Iterator[Contact]:
    """The calls that have another one of the same customer within the window, by customer and time."""
    reach = tuple(start_conditions(around(wanted), "call"))
    within = " AND ".join(["TRUE", *(sql for sql, _ in reach)])
    ends = tuple(value for _, values in reach for value in values)
    # Few customers call again: to look up those first, in an index, spares sorting every call by its customer.
    refs = f"SELECT ref_folded FROM call WHERE {within} AND {HAS_REF} GROUP BY ref_folded HAVING count(*) > 1"  # noqa: S608
    names = (
        f"SELECT customer_key FROM call WHERE {within} AND customer_key IS NOT NULL AND {NO_REF}"  # noqa: S608
        " GROUP BY customer_key HAVING count(*) > 1"
    )
    found = connection.execute(
        "SELECT linked.person, call.started, call.ended, call.issue, call.state, call.outcome, call.repeated,"  # noqa: S608
        f" {among.of_calls},"
        " (SELECT max(done) FROM commitment WHERE commitment.call = linked.call),"
        " (SELECT count(*) FROM commitment WHERE commitment.call = linked.call AND done IS NULL)"
        " FROM (SELECT key AS call, person, started,"
        " lag(started) OVER same AS before, lead(started) OVER same AS after"
        f" FROM (SELECT key, started, {_PERSON} AS person FROM call"
        f" WHERE {within} AND (ref_folded IN ({refs}) OR ({NO_REF} AND customer_key IN ({names})))) AS known"
        " WINDOW same AS (PARTITION BY person ORDER BY started)) AS linked"
        " JOIN call ON call.key = linked.call AND call.started = linked.started"
        f" WHERE (linked.started - before <= {_SPAN} OR after - linked.started <= {_SPAN}) AND {within}"
        " ORDER BY linked.person, call.started, call.id",
        (*among.values, *ends, *ends, *ends, *ends),
    )
    return (Contact._make(row) for row in found)


def around(wanted: Filters) -> Filters:
    """Return filters for the time of the matching calls, and a window before and after it."""
    return Filters(
        since=None if wanted.since is None else wanted.since - WINDOW,
        until=None if wanted.until is None else wanted.until + WINDOW,
    )


def _cases(contacts: Sequence[Contact], topics: Topics) -> list[Case]:
    """The cases of one customer: a call belongs to that of the nearest call before it that it repeats."""
    matters = [topics.matter(one.issue) for one in contacts]
    times = [one.started for one in contacts]
    earlier = _nearest(times, matters)
    last = len(contacts) - 1
    later = {last - place for place in _nearest([-time for time in reversed(times)], reversed(matters))}
    found: list[Case] = []
    case_of: list[Case] = []
    for place, contact in enumerate(contacts):
        if place in earlier:
            case = case_of[earlier[place]]
        else:
            case = []
            found.append(case)
        case.append(Linked(contact, place in earlier, place in later))
        case_of.append(case)
    return found


def _nearest(times: Iterable[int], matters: Iterable[str | None]) -> dict[int, int]:
    """The place of the nearest call before each that is about the same matter and within the window."""
    found: dict[int, int] = {}
    latest: dict[str | None, int] = {}
    at: list[int] = []
    for place, (time, matter) in enumerate(zip(times, matters, strict=True)):
        at.append(time)
        alike = (place - 1,) if matter is None else (latest.get(matter, -1), latest.get(None, -1))
        nearest = max(alike)
        if nearest >= 0 and time - at[nearest] <= _SPAN:
            found[place] = nearest
        latest[matter] = place
    return found
