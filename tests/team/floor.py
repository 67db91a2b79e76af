"""A real PostgreSQL for tests: one server a process of pytest, a fresh database a test, and people with roles in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import psycopg
from psycopg import sql

from recoverycli.team.connection import open_connection
from recoverycli.team.migrate import migrate, migrations
from recoverycli.team.trial import OWNER, Trial

if TYPE_CHECKING:
    from recoverycli.team.connection import Database

# Two agents, a reviewer, a publisher, one of the house who has no right here, and one with all three.
PEOPLE = {
    "ana": ("recovery_agent",),
    "ben": ("recovery_agent",),
    "rita": ("recovery_reviewer",),
    "paul": ("recovery_publisher",),
    "nobody": (),
    "trial": ("recovery_agent", "recovery_reviewer", "recovery_publisher"),
}
TEMPLATE = "migrated"


class Floor(NamedTuple):
    """A database on a server: its name, and the folder of the server's socket."""

    socket: str
    name: str

    def dsn(self, role: str = "ana", **more: str | int) -> str:
        """The connection string of somebody, as RECOVERY_TEAM_DSN or `psycopg.connect` take it."""
        return psycopg.conninfo.make_conninfo("", host=self.socket, dbname=self.name, user=role, **more)

    def connect(self, role: str = "ana") -> Database:
        """A connection of somebody, as the tool opens it."""
        return open_connection({"host": self.socket, "dbname": self.name, "user": role})

    def ask(self, question: str, *values: object, role: str = OWNER) -> list[tuple[Any, ...]]:
        """What the database answers to somebody, its owner unless another is named."""
        with self.connect(role) as database:
            return database.execute(question.encode(), values).fetchall()

    def do(self, statement: str, *values: object, role: str = OWNER) -> int:
        """How many rows it was done to."""
        with self.connect(role) as database:
            return database.execute(statement.encode(), values).rowcount


class Floors:
    """Makes databases on one server."""

    def __init__(self, trial: Trial, *, durable: bool = False) -> None:
        """A server that is not `durable` is quicker, and forgets what it confirmed when it is killed."""
        self.trial = trial
        running = trial.start(durable=durable)
        self.socket = running.host
        self._made = 0
        for role in PEOPLE:
            self._everywhere(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        template = self.empty(TEMPLATE)
        with template.connect(OWNER) as database:
            migrate(database, migrations())
        for role, groups in PEOPLE.items():
            for group in groups:
                self._everywhere(sql.SQL("GRANT {} TO {}").format(sql.Identifier(group), sql.Identifier(role)))

    def empty(self, name: str = "") -> Floor:
        """A database in which nothing is yet."""
        return self._make(name, "template1")

    def ready(self) -> Floor:
        """A database that is ready for calls."""
        return self._make("", TEMPLATE)

    def drop(self, floor: Floor) -> None:
        """Take a database away, whoever is still connected."""
        self._everywhere(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(floor.name)))

    def _make(self, name: str, template: str) -> Floor:
        self._made += 1
        floor = Floor(self.socket, name or f"floor_{self._made}")
        self._everywhere(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(floor.name), sql.Identifier(template))
        )
        return floor

    def _everywhere(self, statement: sql.Composed) -> None:
        with psycopg.connect(host=self.socket, dbname="postgres", user=OWNER, autocommit=True) as database:
            database.execute(statement)
