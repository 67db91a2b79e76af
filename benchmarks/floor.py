"""A floor of calls that never happened, for `team.py`: many at once into a database, and desks that have some to send.

What is written are the rows that a push writes (`team.storing`), by COPY and without the checks of foreign keys, which
hold by the way the rows are made. The full-text index is built at the end.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from itertools import islice
from multiprocessing import Pool
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.synthetic import END, calls

from recoverycli.session.transcript.model import encode
from recoverycli.store.layout import ID, SESSIONS
from recoverycli.team import storage
from recoverycli.team.trial import OWNER
from synthetic import Share, shares

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.team.floor import Floor

    from recoverycli.team.connection import Database

DESKS = 50
_AT_ONCE = 1000
_KEYS = 10_000_000  # to each share of the calls, more than it has
_WEEK = timedelta(days=7)


class Load(NamedTuple):
    """A share of the calls and the database that they go into; `number` keeps its keys apart from the others'."""

    floor: Floor
    share: Share
    number: int


def role(desk: int) -> str:
    """The role of a desk."""
    return f"desk_{desk:02}"


def fill(floor: Floor, count: int, seed: int = 1) -> None:
    """Put `count` calls of 700 days into a database that is ready and empty, those of each desk under its own role."""
    with floor.connect(OWNER) as database:
        index = database.execute("SELECT pg_get_indexdef('call_words'::regclass)").fetchone()
        assert index is not None  # noqa: S101  # a migration made it
        database.execute("DROP INDEX call_words")
    loads = [Load(floor, share, number) for number, share in enumerate(shares(Path(), count, seed))]
    with Pool(os.cpu_count()) as pool:
        for done, _ in enumerate(pool.imap_unordered(_load, loads), start=1):
            print(f"  {done} of {len(loads)} shares are in", file=sys.stderr)
    with floor.connect(OWNER) as database:
        database.execute("SET statement_timeout = 0")
        database.execute("SET maintenance_work_mem = '1GB'")
        # As it is told, it would be one of no partition.
        database.execute(index[0].replace(" ON ONLY ", " ON ").encode())
        database.execute("SELECT setval(pg_get_serial_sequence('known', 'key'), %s)", (len(loads) * _KEYS,))
        database.execute("VACUUM (ANALYZE)")


def desks(folder: Path, each: int, week: int) -> list[Path]:
    """Make data folders of desks with `each` calls of the first week after those of `fill`, or a later one."""
    homes = [folder / role(desk) for desk in range(DESKS)]
    for number, call in enumerate(calls(DESKS * each, week, end=END + week * _WEEK, days=_WEEK.days)):
        year, month, day = ID.fullmatch(call.id).groups()  # type: ignore[union-attr]  # made as one
        there = homes[number % DESKS] / SESSIONS / year / month / day
        there.mkdir(mode=0o700, parents=True, exist_ok=True)
        (there / f"{call.id}.json").write_bytes(encode(call))
    return homes


def _load(load: Load) -> None:
    share, kinds = load.share, storage.Kinds()
    made = enumerate(calls(share.count, share.seed, end=share.end, days=share.days), start=load.number * _KEYS + 1)
    with load.floor.connect(OWNER) as database:
        database.execute("SET statement_timeout = 0")
        database.execute("SET session_replication_role = replica")
        database.execute("SET synchronous_commit = off")
        while some := list(islice(made, _AT_ONCE)):
            sent = [(key, storage.prepare(encode(call), "everything")) for key, call in some]
            storage.make_room(database, (one for _, one in sent), kinds)
            with database.transaction():
                for table in _tables(sent, kinds):
                    _copy(database, table)


def _tables(sent: list[tuple[int, storage.PreparedCall]], kinds: storage.Kinds) -> Iterator[storage.TableRows]:
    """All rows of some calls, a table each."""
    tables: dict[str, storage.TableRows] = {}
    for key, one in sent:
        desk = role(key % DESKS)
        columns = ("id", "key", "started", "desk", "digest")
        known = storage.TableRows("known", columns, [(one.id, key, one.started, desk, one.digest)])
        for table, names, rows in (known, *storage.rows_of(one, key, desk, kinds)):
            into = tables.setdefault(table, storage.TableRows(table, (*names, "owner"), []))
            into.rows.extend((*row, desk) for row in rows)
    yield from tables.values()


def _copy(database: Database, into: storage.TableRows) -> None:
    statement = f"COPY {into.table} ({', '.join(into.columns)}) FROM STDIN"
    with database.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        for row in into.rows:
            copy.write_row(row)
