"""The connection to the team's database, through libpq, with errors in plain words."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from recoverycli.errors import TeamProblem, UsageProblem
from recoverycli.team import desk
from recoverycli.team.database_errors import problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import psycopg

    Database = psycopg.Connection[tuple[Any, ...]]

DSN = "RECOVERY_TEAM_DSN"
# Default timeouts in seconds: to connect, for one query, and to wait for a lock of somebody else.
CONNECT_SECONDS = 10
STATEMENT_SECONDS = 60
LOCK_SECONDS = 10
_SECRETS = ("password", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key")
_NOT_CONNECTED = "Connect it: recovery team connect. Or try it on this computer alone: recovery team trial"


def is_connected(home: Path, environ: Mapping[str, str]) -> bool:
    """Whether this desk is connected: imports nothing and opens no connection. Raises TeamProblem."""
    return bool(environ.get(DSN)) or desk.read_desk(home) is not None


@contextlib.contextmanager
def open_database(
    home: Path, environ: Mapping[str, str], *, checked: bool = True, seconds: int = STATEMENT_SECONDS
) -> Iterator[Database]:
    """Yield a connection in autocommit; errors of the body become TeamProblem too.

    With `checked`, the database must have the schema of this version. `seconds` is the timeout of one query. Raises
    TeamProblem.
    """
    with translate_errors(), connect(home, environ, seconds=seconds) as database:
        if checked:
            check(database)
        yield database


@contextlib.contextmanager
def translate_errors() -> Iterator[None]:
    """Convert psycopg's errors to TeamProblem."""
    psycopg = driver()
    try:
        yield
    except psycopg.Error as fault:
        raise problem(fault) from fault


def connect(home: Path, environ: Mapping[str, str], *, seconds: int = STATEMENT_SECONDS) -> Database:
    """Return the connection of this desk, in autocommit. Raises TeamProblem, or psycopg's own errors."""
    return open_connection(parameters(home, environ), seconds=seconds)


def open_connection(parameters: Mapping[str, str], *, seconds: int = STATEMENT_SECONDS) -> Database:
    """Return a connection by libpq's parameters, in autocommit. Raises TeamProblem, or psycopg's own errors."""
    psycopg = driver()
    defaults = {
        "connect_timeout": str(CONNECT_SECONDS), "application_name": "recovery",
        # A lost network is noticed after half a minute instead of two hours.
        "keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3", "tcp_user_timeout": "30000",
    }  # fmt: skip
    database: Database = psycopg.connect(autocommit=True, **{**defaults, **parameters})
    try:
        database.execute(
            "SELECT set_config('search_path', 'recovery, pg_temp', false), set_config('statement_timeout', %s, false), "
            "set_config('TimeZone', 'UTC', false), set_config('idle_in_transaction_session_timeout', '60s', false), "
            "set_config('lock_timeout', %s, false)",
            (f"{seconds}s", f"{LOCK_SECONDS}s"),
        )
    except BaseException:
        database.close()
        raise
    return database


def check(database: Database, known: int | None = None) -> None:
    """Raise TeamProblem unless the database has the schema that is `known`: by default that of this version."""
    from recoverycli.team.migrate import newer, newest_version, version

    found, known = version(database), newest_version() if known is None else known
    if found > known:
        raise newer(found, known)
    if not found:
        raise TeamProblem(
            "the database has no tables for calls yet",
            kept="Nothing was changed.",
            hint="The owner of the database sets it up with: recovery team init",
        )
    if found < known:
        raise TeamProblem(
            f"the database is of an older version (schema {found}) than this tool needs (schema {known})",
            kept="Nothing was changed.",
            hint="The owner of the database upgrades it with: recovery team init",
        )


def parameters(home: Path, environ: Mapping[str, str], *, owner: bool = False) -> dict[str, str]:
    """Return libpq's parameters:

    RECOVERY_TEAM_DSN, or else those of `team connect`. `owner` returns those of the owner of the trial database, who
    sets it up. Raises TeamProblem.
    """
    if given := environ.get(DSN):
        return parse_target(given, DSN)
    kept = desk.read_desk(home)
    if kept is None or kept.how is None:
        raise TeamProblem("this desk is not connected to a database", hint=_NOT_CONNECTED)
    if kept.how == "trial":
        from recoverycli.team.trial import Trial

        return Trial.at(home).parameters(owner=owner)
    return parse_target(kept.target, "the connection of this desk")


def parse_target(target: str, what: str) -> dict[str, str]:
    """Return libpq's parameters of a connection string or address. Raises TeamProblem without the string in it."""
    psycopg = driver()
    from psycopg.conninfo import conninfo_to_dict

    try:
        found = conninfo_to_dict(target)
    except psycopg.Error as wrong:
        raise TeamProblem(
            f"{what} cannot be read as the address of a database",
            hint="For example: postgresql://ana@db.example/recovery?sslmode=verify-full",
        ) from wrong
    return {name: str(value) for name, value in found.items() if value is not None}


def without_secret(target: str) -> dict[str, str]:
    """Return libpq's parameters of a connection string that was typed. Raises UsageProblem if it has a password."""
    found = parse_target(target, "that")
    if any(found.get(name) for name in _SECRETS):
        raise UsageProblem(
            "a password does not belong on the command line, where others can read it",
            kept="Nothing was changed.",
            hint="Put it into libpq's pass file (~/.pgpass, readable by you alone), or into PGPASSWORD or "
            f"{DSN}; then leave it out here.",
        )
    return found


def driver() -> Any:
    """Return psycopg. Raises TeamProblem if it is not installed."""
    try:
        import psycopg
    except ImportError as missing:
        raise TeamProblem(
            "PostgreSQL's driver is not installed",
            kept="This desk works without it as before.",
            hint='pip install "recoverycli[team]"',
        ) from missing
    return psycopg
