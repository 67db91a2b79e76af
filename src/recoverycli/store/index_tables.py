"""The tables of the index, and what they hold of a call. A change here needs a new number in VERSION.

Times are microseconds since 1970 (UTC) unless their name ends in `_at`: those are RFC 3339 as the transcript has them.
Weekday (Monday is 0) and hour are those of the clock on the wall where the call was taken.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from recoverycli.session.amendments import current
from recoverycli.session.commitments import commitments
from recoverycli.session.searching import FIELDS, texts
from recoverycli.session.tokens import words_of
from recoverycli.session.wall_clock import aware

if TYPE_CHECKING:
    import sqlite3

    from recoverycli.session.transcript import Call, TranscriptStep

VERSION = 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
STATUS = {"done": 0, "skipped": 1, "open": 2}

# The words are folded and taken apart before they get here: to the tokenizer they are plain.
_TABLES = f"""
CREATE TABLE folder (key INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, changed INTEGER NOT NULL);
CREATE TABLE skipped (
  folder INTEGER, name TEXT, size INTEGER, changed INTEGER, why TEXT, again INTEGER, PRIMARY KEY (folder, name)
) WITHOUT ROWID;
CREATE TABLE call (
  key INTEGER PRIMARY KEY, folder INTEGER, id TEXT, size INTEGER, changed INTEGER,
  started INTEGER, started_at TEXT, ended_at TEXT, seconds REAL, weekday INTEGER, hour INTEGER, day TEXT,
  state TEXT, kind TEXT, framework TEXT, framework_name TEXT, entered TEXT, agent TEXT, channel TEXT, issue TEXT,
  customer TEXT, ref TEXT, found_by TEXT, mood_first TEXT, mood_last TEXT, moods TEXT, outcome TEXT,
  steps_done INTEGER, steps_total INTEGER, promises INTEGER, summary TEXT, cause TEXT,
  agent_folded TEXT, issue_folded TEXT, customer_folded TEXT, ref_folded TEXT
);
CREATE TABLE step_kind (key INTEGER PRIMARY KEY, framework TEXT, id TEXT, name TEXT, intent TEXT, phase TEXT);
CREATE TABLE step (
  call INTEGER, place INTEGER, kind INTEGER, status INTEGER, visits INTEGER, seconds REAL, own INTEGER,
  read_out INTEGER, PRIMARY KEY (call, place)
) WITHOUT ROWID;
CREATE TABLE offer (
  call INTEGER, place INTEGER, remedy TEXT, remedy_folded TEXT, value REAL, currency TEXT, within INTEGER,
  PRIMARY KEY (call, place)
) WITHOUT ROWID;
CREATE TABLE commitment (
  call INTEGER, place INTEGER, kind TEXT, item TEXT, what TEXT, due INTEGER, done INTEGER, satisfied INTEGER,
  PRIMARY KEY (call, place)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(
  {", ".join(FIELDS)}, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
)"""
# Made after the rows, which is faster than with each of them.
_INDEXES = """
CREATE UNIQUE INDEX call_id ON call (id);
CREATE INDEX call_started ON call (started, id);
CREATE INDEX call_folder ON call (folder);
CREATE INDEX commitment_due ON commitment (due) WHERE done IS NULL AND due IS NOT NULL"""


def make_tables(connection: sqlite3.Connection) -> None:
    """Make the tables of an empty index."""
    for statement in _TABLES.split(";\n"):
        connection.execute(statement)


def make_indexes(connection: sqlite3.Connection) -> None:
    """Make what finds rows quickly, and mark the index as whole."""
    for statement in _INDEXES.split(";\n"):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def micros(moment: datetime) -> int:
    """Return a moment as microseconds since 1970; one at the ends of the calendar fits too."""
    offset = moment.utcoffset()
    bare = moment.replace(tzinfo=UTC) - _EPOCH
    return (bare - offset if offset else bare) // _MICROSECOND


def from_micros(count: int) -> datetime:
    """Return the moment that `micros` counted, in UTC."""
    return _EPOCH + timedelta(microseconds=count)


class Rows:
    """Puts calls into the tables. One for a connection and a transaction: it knows the kinds of steps."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._kinds: dict[tuple[str, ...], int] = {
            tuple(kind): key
            for key, *kind in connection.execute("SELECT key, framework, id, name, intent, phase FROM step_kind")
        }
        (highest,) = connection.execute("SELECT max(key) FROM call").fetchone()
        self._next = (highest or 0) + 1

    def add(self, folder: int, size: int, changed: int, stored: Call) -> None:
        """Put a call in. `changed` is the time of its file in nanoseconds."""
        key, self._next = self._next, self._next + 1
        call = current(stored)
        execute, executemany = self._connection.execute, self._connection.executemany
        execute(_CALL, (key, folder, call.id, size, changed, *_call_row(call)))
        executemany(
            "INSERT INTO step VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(key, place, self._kind(step), *_step_row(step)) for place, step in enumerate(call.steps)],
        )
        if call.offers:
            offers = [(o.remedy, _case(o.remedy), o.value, o.currency, o.within_authority) for o in call.offers]
            executemany(
                "INSERT INTO offer VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(key, place, *row) for place, row in enumerate(offers)],
            )
        if call.promises or call.tasks:
            executemany(
                "INSERT INTO commitment VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [(key, place, *row) for place, row in enumerate(_commitment_rows(call))],
            )
        execute(_WORDS, (key, *_words_row(call)))

    def remove(self, keys: list[int]) -> None:
        """Take calls out."""
        for table, column in (
            ("call", "key"), ("step", "call"), ("offer", "call"), ("commitment", "call"), ("words", "rowid")
        ):  # fmt: skip
            self._connection.executemany(
                f"DELETE FROM {table} WHERE {column} = ?",  # noqa: S608  # names of our own
                [(key,) for key in keys],
            )

    def _kind(self, step: TranscriptStep) -> int:
        kind = (step.framework, step.id, step.name, step.intent, step.phase)
        key = self._kinds.get(kind)
        if key is None:
            key = self._kinds[kind] = len(self._kinds) + 1
            self._connection.execute("INSERT INTO step_kind VALUES (?, ?, ?, ?, ?, ?)", (key, *kind))
        return key


_CALL = f"INSERT INTO call VALUES ({', '.join('?' * 36)})"  # noqa: S608
_WORDS = f"INSERT INTO words (rowid, {', '.join(FIELDS)}) VALUES ({', '.join('?' * (len(FIELDS) + 1))})"  # noqa: S608


def _call_row(call: Call) -> tuple[Any, ...]:
    began = aware(call.started_at)
    moods = [mood.mood for mood in call.moods]
    return (
        micros(began), began.isoformat(), aware(call.ended_at).isoformat(), call.seconds,
        began.weekday(), began.hour, f"{began:%Y-%m-%d}",
        call.state, call.kind, call.framework.id, call.framework.name,
        _set(call.framework.id, *(switch.after for switch in call.switches)),
        call.agent, call.channel, call.issue, call.customer.name, call.customer.ref, call.found_by,
        moods[0] if moods else None, moods[-1] if moods else None, _set(*moods), call.outcome,
        sum(step.status == "done" for step in call.steps), len(call.steps), len(call.promises),
        call.summary, call.root_cause,
        _case(call.agent), _case(call.issue), _case(call.customer.name), _case(call.customer.ref),
    )  # fmt: skip


def _step_row(step: TranscriptStep) -> tuple[Any, ...]:
    read_out = sum(words.phrase is not None for words in step.said)
    return STATUS[step.status], len(step.visits), step.seconds, len(step.said) - read_out, read_out


def _commitment_rows(call: Call) -> list[tuple[Any, ...]]:
    return [
        (
            bound.kind, bound.entry.id, bound.entry.what, bound.due and micros(bound.due),
            bound.done_at and micros(bound.done_at), bound.satisfied,
        )
        for bound in commitments(call)
    ]  # fmt: skip


def _words_row(call: Call) -> list[str | None]:
    gathered: dict[str, list[str]] = {}
    for field, text in texts(call):
        gathered.setdefault(field, []).append(text if text.isascii() else words_of(text))
    return ["\n".join(gathered[field]) if field in gathered else None for field in FIELDS]


def _case(text: str | None) -> str | None:
    return text and text.strip().casefold()


def _set(*words: str) -> str | None:
    return f"|{'|'.join(dict.fromkeys(word.strip().casefold() for word in words))}|" if words else None
