"""The columns of a stored call, each declared once, in the order of the tables.

A class is a table, its fields are the columns that are read from the transcript. The desk's index makes its tables and
its rows from them; the team's database derives the same in SQL (team/migrations/0006_derived.sql). A change here needs
a new VERSION of the index and a migration of the team's database; tests compare both with this module.

Times are microseconds since 1970 (UTC) unless their name ends in `_at`: those are RFC 3339 as the transcript has them.
Weekday (Monday is 0) and hour are local to the call.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, NewType, get_args, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.session.model import Status

# A time in microseconds is too large for 32 bits, so a database needs a wider type for it than for a count.
Micros = NewType("Micros", int)
# The version of the tables: a change to a table or column needs a new number.
VERSION = 6
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class IndexedCall(NamedTuple):
    """A row of `call`, with the values of today.

    `_folded` is without case, `_key` the `word_key`: equal for spellings of the same. Names that were masked or erased
    have no key, because they may be of different people. `entered`, `moods` and `cards` (those that were opened) are
    `|a|b|`. `escalated` is whether the call was handed on, or its outcome says so.
    """

    id: str
    started: Micros
    started_at: str
    ended_at: str
    seconds: float
    weekday: int
    hour: int
    day: str
    state: str
    kind: str
    framework: str
    framework_name: str
    entered: str
    agent: str | None
    channel: str | None
    issue: str | None
    customer: str | None
    ref: str | None
    found_by: str
    mood_first: str | None
    mood_last: str | None
    moods: str | None
    outcome: str | None
    steps_done: int
    steps_total: int
    promises: int
    summary: str | None
    cause: str | None
    agent_folded: str | None
    ref_folded: str | None
    ended: Micros
    repeated: bool | None
    ours: bool | None
    severity: str | None
    cards: str | None
    escalated: bool
    issue_key: str | None
    customer_key: str | None


class StepKind(NamedTuple):
    """A row of `step_kind`: what steps of many calls share."""

    framework: str
    id: str
    name: str
    intent: str
    phase: str


class IndexedStep(NamedTuple):
    """A row of `step`. `kind` is stored as the key of its row in `step_kind`, `status` by its number in STATUS."""

    kind: StepKind
    status: int
    visits: int
    seconds: float
    own: int
    read_out: int


class IndexedOffer(NamedTuple):
    """A row of `offer`. `within` is whether it was within the agent's authority; `answer` is None without one."""

    remedy: str
    remedy_folded: str
    value: float | None
    currency: str | None
    within: bool | None
    answer: str | None


class IndexedCommitment(NamedTuple):
    """A row of `commitment`: a promise or a task. It is planned for `due`, and judged by `promised`."""

    kind: str
    item: str
    what: str
    due: Micros | None
    done: Micros | None
    satisfied: bool | None
    promised: Micros | None


Table = type[IndexedCall | StepKind | IndexedStep | IndexedOffer | IndexedCommitment]

STATUS: dict[Status, int] = {"done": 0, "skipped": 1, "open": 2}
# The rows that belong to a call, by the name of their table.
PARTS: dict[str, Table] = {"step": IndexedStep, "offer": IndexedOffer, "commitment": IndexedCommitment}
_SQLITE: dict[object, str] = {
    str: "TEXT",
    int: "INTEGER",
    Micros: "INTEGER",
    bool: "INTEGER",
    StepKind: "INTEGER",
    float: "REAL",
}


def column_types(table: Table) -> dict[str, object]:
    """Return the columns of a table, in order, with the Python type of each; nullability is left out."""
    return {
        name: next((one for one in get_args(hint) if one is not type(None)), hint)
        for name, hint in get_type_hints(table).items()
    }


def sqlite_columns(table: Table) -> dict[str, str]:
    """Return the columns of a table, in order, with the type that they have in SQLite."""
    return {name: _SQLITE[kind] for name, kind in column_types(table).items()}


def insertion(table: str, columns: Iterable[str], mark: str = "?") -> str:
    """Return the statement that inserts a row; `mark` is the placeholder of a value."""
    names = tuple(columns)
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join([mark] * len(names))})"  # noqa: S608  # own names


def micros(moment: datetime) -> Micros:
    """Return a time (aware) as microseconds since 1970; the first and last years work too."""
    since = moment - _EPOCH
    return Micros((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds)


def from_micros(count: int) -> datetime:
    """Return the time of `micros`, in UTC."""
    return _EPOCH + timedelta(microseconds=count)
