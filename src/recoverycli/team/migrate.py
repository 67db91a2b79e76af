"""Migrations of the database: numbered SQL files, each run once, all or none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.errors import TeamProblem
from recoverycli.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    import psycopg

    Database = psycopg.Connection[tuple[Any, ...]]

FOLDER = Path(__file__).with_name("migrations")
GROUPS = ("recovery_agent", "recovery_reviewer", "recovery_publisher")
# "recovery" in ASCII: the advisory lock of the first migration. Anybody can hold an advisory lock, so later ones lock a
# table of which nobody else may lock anything.
_LOCK = 0x7265636F76657279
_BOOK = """
CREATE SCHEMA IF NOT EXISTS recovery;
CREATE TABLE IF NOT EXISTS recovery.migration (
  number integer PRIMARY KEY, name text NOT NULL, done_by text NOT NULL, done_at timestamptz NOT NULL DEFAULT now()
)"""
# Roles belong to the whole server: another database may create them at the same time.
_GROUP = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '{name}') THEN
    CREATE ROLE {name} NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$"""


class Migration(NamedTuple):
    """A migration: its number, file name and SQL."""

    number: int
    name: str
    sql: str


def migrations(folder: Path = FOLDER) -> list[Migration]:
    """Return the migrations of this version, in order. Files are named like 0001_calls.sql."""
    return [
        Migration(int(path.name[:4]), path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    ]


def newest_version() -> int:
    """Return the number of the newest migration of this version, without reading any."""
    return max(int(path.name[:4]) for path in FOLDER.glob("[0-9][0-9][0-9][0-9]_*.sql"))


def version(database: Database) -> int:
    """Return the number of the newest migration of the database; 0 if there is none.

    Raises psycopg's errors, like the functions below, and TeamProblem for a role without rights.
    """
    # Every role sees the name of a schema; its content only with the right to use it.
    schema = "SELECT has_schema_privilege(oid, 'USAGE') FROM pg_catalog.pg_namespace WHERE nspname = 'recovery'"
    may = database.execute(schema).fetchone()
    if may is None:
        return 0
    if not may[0]:
        raise TeamProblem(
            "your role has no right to anything in the database",
            kept="Nothing was changed.",
            hint=f"The owner of the database grants one of: {', '.join(GROUPS)}",
        )
    there = database.execute("SELECT to_regclass('recovery.migration') IS NOT NULL").fetchone()
    if there is None or not there[0]:
        return 0
    newest = database.execute("SELECT coalesce(max(number), 0) FROM recovery.migration").fetchone()
    return int(newest[0]) if newest else 0


def migrate(database: Database, steps: Sequence[Migration]) -> list[Migration]:
    """Run the missing migrations in one transaction, and return them.

    Two concurrent runs are serialized, and the second has nothing to do. Raises TeamProblem if the database is of a
    newer version.
    """
    with database.transaction():
        database.execute("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '60s'")
        if not version(database):
            database.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        found = version(database)
        if found:
            database.execute("LOCK TABLE recovery.migration IN SHARE ROW EXCLUSIVE MODE")
            found = version(database)
        if steps and found > steps[-1].number:
            raise newer(found, steps[-1].number)
        if not found:
            _refuse_without_groups(database)
            for statement in (_BOOK, *(_GROUP.format(name=name) for name in GROUPS)):
                database.execute(statement.encode())
        pending = [step for step in steps if step.number > found]
        for step in pending:
            database.execute(step.sql.encode())
            database.execute(
                "INSERT INTO recovery.migration (number, name, done_by) VALUES (%s, %s, %s)",
                (step.number, step.name, f"recovery {__version__}"),
            )
    return pending


def _refuse_without_groups(database: Database) -> None:
    """Raise TeamProblem if roles are missing and this role cannot create them."""
    there = {name for (name,) in database.execute("SELECT rolname FROM pg_catalog.pg_roles").fetchall()}
    missing = [name for name in GROUPS if name not in there]
    may = database.execute(
        "SELECT rolcreaterole OR rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user"
    ).fetchone()
    if missing and not (may and may[0]):
        raise TeamProblem(
            "this role may not create the roles of the team",
            kept="Nothing was changed.",
            hint="The server's administrator first runs: "
            + " ".join(f"CREATE ROLE {name} NOLOGIN;" for name in missing),
        )


def newer(found: int, known: int) -> TeamProblem:
    """Return the error for a database of a newer version."""
    return TeamProblem(
        f"the database is of a newer version (schema {found}) than this tool knows (schema {known})",
        kept="Nothing was changed.",
        hint='Update the tool: pip install --upgrade "recoverycli[team]"',
    )
