"""The status of this desk in the team, for `team status`: its connection, role, and what waits."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import msgspec

from recoverycli.errors import TeamProblem
from recoverycli.store.files import refusal
from recoverycli.team import desk
from recoverycli.team.connection import DSN, connect, driver, translate_errors
from recoverycli.team.migrate import GROUPS, newest_version, version

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from recoverycli.team.connection import Database

# Seconds by which a clock may be wrong without a warning: calls are sorted by it.
_CLOCK = 120
_SAFE_MODES = ("verify-full",)


class Server(msgspec.Struct, frozen=True):
    """The database as it answered. `host` is a name, an address or the folder of a socket.

    `schema` is the number of its newest migration, 0 if there is none and None if the role cannot read it. `rights` are
    among agent, reviewer and publisher; `unbound`: the role bypasses them and sees every row. `tls`: none is needed
    ("local"), not there ("none"), without ("unverified") or with its certificate checked ("verified"). `clock_off` is
    by how many seconds its clock is ahead of this desk's.
    """

    host: str
    port: int
    database: str
    role: str
    version: str
    schema: int | None
    rights: tuple[str, ...]
    unbound: bool
    read_only: bool
    tls: str
    clock_off: int


class DeskStatus(msgspec.Struct, frozen=True):
    """`how`: "RECOVERY_TEAM_DSN", "libpq" or "trial", None if the desk is not connected.

    `server` is None without an answer; `problem` and `hint` then say why. `waiting` counts the outbox.
    """

    connected: bool
    how: str | None
    desk: str | None
    schema_wanted: int
    server: Server | None
    problem: str | None
    hint: str | None
    waiting: int
    pushed_at: str | None
    pulled_at: str | None

    @property
    def remarks(self) -> tuple[str, ...]:
        """Warnings for users."""
        return remarks(self.server, self.schema_wanted) if self.server else ()


def desk_status(home: Path, environ: Mapping[str, str], now: Callable[[], datetime]) -> DeskStatus:
    """Return the status of this desk, also if the database does not answer. Raises TeamProblem, StoreProblem."""
    driver()
    kept = desk.read_desk(home)
    how = DSN if environ.get(DSN) else kept.how if kept else None
    found, problem = None, None
    if how is not None:
        try:
            with translate_errors(), connect(home, environ) as database:
                found = ask(database, now)
        except TeamProblem as fault:
            problem = fault
    return DeskStatus(
        connected=how is not None,
        how=how,
        desk=kept.id if kept else None,
        schema_wanted=newest_version(),
        server=found,
        problem=problem.message if problem else None,
        hint=problem.hint if problem else None,
        waiting=_waiting_count(desk.folder(home) / "outbox"),
        pushed_at=kept.pushed_at if kept else None,
        pulled_at=kept.pulled_at if kept else None,
    )


def ask(database: Database, now: Callable[[], datetime]) -> Server:
    """Query the database about itself and the connected role. Raises psycopg's errors."""
    facts = database.execute(
        "SELECT current_database(), current_user::text, current_setting('server_version'), "
        "current_setting('transaction_read_only') = 'on', extract(epoch FROM clock_timestamp())::float8, "
        "(SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user), "
        "coalesce((SELECT pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE nspname = 'recovery'), false)"
    ).fetchone()
    clock = now().timestamp()
    assert facts is not None  # noqa: S101  # one row, whatever it says
    name, role, server, read_only, its_clock, above, owner = facts
    groups = database.execute(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND pg_has_role(current_user, oid, 'USAGE')",
        ([*GROUPS],),
    ).fetchall()
    held = {group for (group,) in groups}
    return Server(
        host=database.info.host,
        port=database.info.port,
        database=name,
        role=role,
        version=server.split()[0],
        schema=_schema(database),
        rights=tuple(group.removeprefix("recovery_") for group in GROUPS if group in held),
        unbound=above or owner,
        read_only=read_only,
        tls=_tls(database),
        clock_off=round(its_clock - clock),
    )


def remarks(server: Server, known: int) -> tuple[str, ...]:
    """Return the warnings about a database."""
    said = []
    if server.schema is None or (not server.rights and not server.unbound):
        said.append(f"This role has no rights yet. The owner of the database grants one of: {', '.join(GROUPS)}")
    elif server.schema == 0:
        said.append("It has no tables for calls yet. The owner of the database runs: recovery team init")
    elif server.schema < known:
        said.append(
            f"It has schema {server.schema}; {known} is needed. The owner of the database runs: recovery team init"
        )
    elif server.schema > known:
        said.append(f"It has schema {server.schema}, this tool knows {known}: update the tool.")
    if server.unbound:
        said.append("This role bypasses the access rules and sees every call. Use it only for recovery team init.")
    if server.read_only:
        said.append("It is read-only at the moment: nothing can be pushed.")
    if server.tls == "none":
        said.append("The connection is not encrypted. Use sslmode=verify-full.")
    elif server.tls == "unverified":
        said.append("The connection is encrypted, but the server is not verified: use sslmode=verify-full")
    if abs(server.clock_off) > _CLOCK:
        which = "behind" if server.clock_off > 0 else "ahead of"
        said.append(f"The clock of this computer is {abs(server.clock_off):,} seconds {which} the database's.")
    return tuple(said)


def _schema(database: Database) -> int | None:
    try:
        return version(database)
    except TeamProblem:
        return None


def _tls(database: Database) -> str:
    # A folder is that of a Unix socket: nothing leaves the computer.
    if database.info.host.startswith(("/", "@")) or database.info.hostaddr in {"127.0.0.1", "::1"}:
        return "local"
    if not database.pgconn.ssl_in_use:
        return "none"
    mode = next((one.val for one in database.pgconn.info if one.keyword == b"sslmode"), None)
    return "verified" if mode and mode.decode() in _SAFE_MODES else "unverified"


def _waiting_count(folder: Path) -> int:
    try:
        return sum(1 for name in os.listdir(folder) if name.endswith(".json") and name[0] != ".")  # noqa: PTH208  # names alone
    except FileNotFoundError:
        return 0
    except OSError as refused:
        raise refusal(folder, refused) from refused
