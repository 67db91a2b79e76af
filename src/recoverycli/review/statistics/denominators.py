"""Which calls, promises and words each share and length is of: declared once, for every output.

- Numbers of calls (in all, of a week, of an hour, of a group, of a pattern) count every matching call.
- Shares and lengths of calls are of finished ones. Abandoned calls are counted apart and are in no share and no length.
  A call that was entered afterwards has no length, unless the agent said it.
- Promises and offers count in every call: what was promised or accepted is owed however the call ended.

A denominator says in words what it holds; every share carries these words. `docs/guide/statistics.md` lists them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from recoverycli.frameworks.model import MOODS
from recoverycli.session.person import NO_NAMES
from recoverycli.store.index.columns import micros
from recoverycli.store.index.rows import newest_where

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.session.filters import Filters
    from recoverycli.store.queries import Connection

# The longest time between two calls of one customer about one matter: see `contacts`.
WINDOW = timedelta(days=14)


class Denominator(NamedTuple):
    """What a share or a length is of: the condition on rows of a table, as SQL, and the words for it."""

    condition: str
    words: str


class ShareRule(NamedTuple):
    """A share: its name, the condition of what is counted, and what it is of."""

    name: str
    condition: str
    of: Denominator

    @property
    def sums(self) -> str:
        """The number of what is counted and the number that it is of, as SQL."""
        return f"{number_sql(f'({self.of.condition}) AND {self.condition}')}, {number_sql(self.of.condition)}"


def number_sql(condition: str) -> str:
    """Return the number of rows of which that is true, as SQL."""
    return f"count(*) FILTER (WHERE {condition})"


def _rank(column: str) -> str:
    """How tense a mood is, as SQL: calm is 0."""
    return f"CASE {column} {' '.join(f'''WHEN '{mood}' THEN {place}''' for place, mood in enumerate(MOODS))} END"


FINISHED = Denominator("state = 'finished'", "finished calls")
TIMED = Denominator("state = 'finished' AND seconds > 0", "finished calls with a length")
ENDED = Denominator("state = 'finished' AND outcome IS NOT NULL", "finished calls with an outcome")
TENSE = Denominator("state = 'finished' AND mood_first != 'calm'", "finished calls that began tense")
WALKED = Denominator(FINISHED.condition, "finished calls with this step")
SAID = Denominator(FINISHED.condition, "times something was said in finished calls")
# The shares of calls: of all, of a group, and before and after a change.
RESOLVED = ShareRule("resolved", "outcome = 'resolved'", ENDED)
ESCALATED = ShareRule("escalated", "outcome = 'escalated'", ENDED)
CALMER = ShareRule("ended calmer", f"{_rank('mood_last')} < {_rank('mood_first')}", TENSE)
CALL_SHARES = (RESOLVED, ESCALATED, CALMER)

EVERY = Denominator("TRUE", "calls")
JUDGED = Denominator("state = 'finished' AND ours IS NOT NULL", "finished calls where that is known")
RATED = Denominator("state = 'finished' AND severity IS NOT NULL", "finished calls with a severity")
CAUSED = Denominator("state = 'finished' AND cause IS NOT NULL", "finished calls with a cause")
ABANDONED = ShareRule("abandoned", "state = 'abandoned'", EVERY)
OURS = ShareRule("ours", "ours = 1", JUDGED)
HANDED_ON = ShareRule("handed on", "escalated = 1", FINISHED)
SEVERE = ShareRule("severe", "severity = 'severe'", RATED)
# Whether a customer has a reference. Names and references that were masked or erased are nobody's.
_NOBODY = ", ".join(f"'{name}'" for name in sorted(NO_NAMES))
HAS_REF = f"(ref_folded IS NOT NULL AND ref_folded NOT IN ({_NOBODY}))"
NO_REF = f"(ref_folded IS NULL OR ref_folded IN ({_NOBODY}))"
_KNOWN = f"(customer_key IS NOT NULL OR {HAS_REF})"
# What was recorded; `contacts` finds the earlier and the later calls of the customer besides.
FOLLOWED = Denominator(
    f"state = 'finished' AND (repeated IS NOT NULL OR {_KNOWN})",
    "finished calls where that is known",
)
REPEATED = ShareRule("repeat contacts", "repeated = 1", FOLLOWED)
# A first contact with an outcome, as far as was recorded.
FIRST_CONTACT = f"state = 'finished' AND outcome IS NOT NULL AND coalesce(repeated, 0) = 0 AND {_KNOWN}"


def resolved_at_first(now: datetime) -> ShareRule:
    """Return the share of first contacts that were resolved: of those that are as long ago as WINDOW."""
    among = Denominator(
        f"{FIRST_CONTACT} AND started <= {micros(now - WINDOW)}",
        f"first contacts {WINDOW.days} days ago or more",
    )
    return ShareRule("first-contact resolution", RESOLVED.condition, among)


def kept_in_time(now: datetime) -> ShareRule:
    """Return the share of promises that were kept in time: of those with a date that are done or overdue.

    They are judged by what the customer was promised, as `Commitment.state_at` does.
    """
    settled = f"kind = 'promise' AND promised IS NOT NULL AND (done IS NOT NULL OR promised < {micros(now)})"
    among = Denominator(settled, "promises with a date, done or due")
    return ShareRule("promises kept in time", "done <= promised", among)


class CallCondition:
    """The calls that match the filters, as a condition for each table."""

    def __init__(self, wanted: Filters) -> None:
        self.calls, self.values = newest_where(wanted)
        # Without a condition, no join is needed.
        self.of_calls = f"call IN (SELECT key FROM call WHERE {self.calls})" if self.values else "TRUE"  # noqa: S608
        # Few calls are abandoned: to leave out those is faster than to look up the others.
        self.of_finished = (
            f"call IN (SELECT key FROM call WHERE {self.calls} AND {FINISHED.condition})"  # noqa: S608
            if self.values
            else f"call NOT IN (SELECT key FROM call WHERE NOT {FINISHED.condition})"  # noqa: S608
        )

    def day_at_end(self, connection: Connection, order: Literal["ASC", "DESC"]) -> str | None:
        """Return the day of the first or the last of the calls."""
        sql = f"SELECT day FROM call WHERE {self.calls} ORDER BY started {order}, id {order} LIMIT 1"  # noqa: S608
        found = connection.execute(sql, self.values).fetchone()
        return found and str(found[0])
