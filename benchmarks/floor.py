"""A floor of calls that never happened, for `team.py`: many at once into a database, and desks that have some to send.

Calls are sent as a push sends them (`team.storage`), each under the role of its desk. The full-text index is built at
the end.
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
from recoverycli.store.index.columns import StepKind
from recoverycli.store.layout import ID, SESSIONS
from recoverycli.team import storage
from recoverycli.team.trial import OWNER
from synthetic import Share, shares

if TYPE_CHECKING:
    from tests.team.floor import Floor

DESKS = 50
_AT_ONCE = 1000
_WEEK = timedelta(days=7)


class Load(NamedTuple):
    """A share of the calls and the database that they go into."""

    floor: Floor
    share: Share


def role(desk: int) -> str:
    """The role of a desk."""
    return f"desk_{desk:02}"


def fill(floor: Floor, count: int, seed: int = 1) -> None:
    """Put `count` calls of 700 days into a database that is ready and empty, those of each desk under its own role."""
    with floor.connect(OWNER) as database:
        index = database.execute("SELECT pg_get_indexdef('call_words'::regclass)").fetchone()
        assert index is not None  # noqa: S101  # a migration made it
        database.execute("DROP INDEX call_words")
    loads = [Load(floor, share) for share in shares(Path(), count, seed)]
    with Pool(os.cpu_count()) as pool:
        for done, _ in enumerate(pool.imap_unordered(_load, loads), start=1):
            print(f"  {done} of {len(loads)} shares are in", file=sys.stderr)
    with floor.connect(OWNER) as database:
        database.execute("SET statement_timeout = 0")
        database.execute("SET maintenance_work_mem = '1GB'")
        # As it is told, it would be one of no partition.
        database.execute(index[0].replace(" ON ONLY ", " ON ").encode())
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
    share, known = load.share, set[StepKind]()
    made = calls(share.count, share.seed, end=share.end, days=share.days)
    with load.floor.connect(OWNER) as database:
        database.execute("SET statement_timeout = 0; SET synchronous_commit = off")
        while some := list(islice(made, _AT_ONCE)):
            sent = [storage.prepare(encode(call), "all") for call in some]
            storage.make_room(database, sent, known)
            with database.transaction(), database.cursor() as cursor:
                for desk in range(DESKS):
                    cursor.execute(f"SET LOCAL ROLE {role(desk)}".encode())
                    rows = [(one.raw, role(desk), one.share, *one.words) for one in sent[desk::DESKS]]
                    cursor.executemany("SELECT recovery.put_call(%s, %s, %s, %s, %s)", rows)
