"""Set up the database of a trial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.team.connection import open_connection
from recoverycli.team.migrate import GROUPS, migrate, migrations
from recoverycli.team.trial import NAME, USER

if TYPE_CHECKING:
    from recoverycli.team.trial import Trial


def make_ready(trial: Trial) -> str:
    """Set up the database of a running server, with a user who is agent, reviewer and publisher.

    Return the version of PostgreSQL. Raises psycopg's errors.
    """
    with open_connection(trial.parameters(owner=True, database="postgres")) as server:
        if server.execute("SELECT FROM pg_database WHERE datname = %s", (NAME,)).fetchone() is None:
            server.execute(f"CREATE DATABASE {NAME}".encode())
    with open_connection(trial.parameters(owner=True)) as database:
        migrate(database, migrations())
        if database.execute("SELECT FROM pg_roles WHERE rolname = %s", (USER,)).fetchone() is None:
            secret = f"PASSWORD '{trial.password}' " if trial.password else ""
            database.execute(f"CREATE ROLE {USER} LOGIN {secret}IN ROLE {', '.join(GROUPS)}".encode())
        return str(database.info.parameter_status("server_version"))
