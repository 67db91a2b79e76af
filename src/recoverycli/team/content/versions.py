"""The versions in the database: list, current version, publish and roll back.

Everything here that asks the database raises psycopg's errors; `connection.translate_errors` translates them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from recoverycli.errors import NotFound, TeamProblem
from recoverycli.team.content.package import FORMAT, Changes, Files, changes, digest, manifest, pack

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.team.connection import Database

_CURRENT = "SELECT version FROM recovery.content_current ORDER BY key DESC LIMIT 1"
# Serializes publishing and rolling back.
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('recovery.content', 0))"
_NOTHING = "Nothing was changed."


class PublishedVersion(NamedTuple):
    """A version in the database, without its files; `size` is that of the packet, in bytes."""

    version: int
    format: int
    note: str
    digest: str
    publisher: str
    published_at: datetime
    size: int


class Version(msgspec.Struct, frozen=True):
    """A version for lists: its changes, and whether it is current and at this desk."""

    version: int
    published_at: str
    publisher: str
    note: str
    digest: str
    files: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    current: bool
    here: bool


class PublishResult(NamedTuple):
    """What publishing did, or would do: the version that has the content, and which is current.

    `fresh` is False if a version already has the same content. `changes` are relative to the current version.
    """

    version: int
    current: int | None
    fresh: bool
    changes: Changes


def current(database: Database) -> PublishedVersion | None:
    """Return the current version, None if nothing was published yet."""
    row = database.execute(
        "SELECT version, format, note, digest, publisher, published_at, octet_length(files) FROM recovery.content "
        "WHERE version = (SELECT version FROM recovery.content_current ORDER BY key DESC LIMIT 1)"
    ).fetchone()
    return PublishedVersion(*row) if row is not None else None


def packet(database: Database, version: int) -> bytes:
    """Return the packet of a version. Raises TeamProblem if it does not exist."""
    row = database.execute("SELECT files FROM recovery.content WHERE version = %s", (version,)).fetchone()
    if row is None:
        raise TeamProblem(f"version {version} is not in the database any more", hint="See: recovery team versions")
    return bytes(row[0])


def versions(database: Database, here: int | None, limit: int | None) -> list[Version]:
    """Return the versions, newest first; `here` is the current one of this desk."""
    newest = database.execute(_CURRENT).fetchone()
    rows = database.execute(
        "SELECT version, published_at, publisher, note, digest, manifest FROM recovery.content "
        "ORDER BY version DESC LIMIT %s",
        (None if limit is None else limit + 1,),
    ).fetchall()
    held = [_manifest(row[5]) for row in rows]
    listed = []
    for number, (version, at, publisher, note, digest_, _) in enumerate(rows[:limit]):
        different = changes(held[number + 1] if number + 1 < len(held) else {}, held[number])
        listed.append(
            Version(
                version, at.isoformat(), publisher, note, digest_, len(held[number]), *different,
                current=newest is not None and newest[0] == version, here=here == version,
            )
        )  # fmt: skip
    return listed


def publish(database: Database, files: Files, note: str, *, dry_run: bool = False) -> PublishResult:
    """Add a version and make it current, in one transaction; the same content again makes none.

    Raises TeamProblem if the role is not a publisher.
    """
    _check_rights(database, "publish")
    with database.transaction():
        database.execute(_LOCK)
        at = current(database)
        number = at.version if at else None
        held = database.execute("SELECT manifest FROM recovery.content WHERE version = %s", (number,)).fetchone()
        different = changes(_manifest(held[0]) if held else {}, manifest(files))
        same = database.execute(
            "SELECT version FROM recovery.content WHERE digest = %s AND files = %s "
            "ORDER BY version = %s DESC, version DESC LIMIT 1",
            (digest(files), pack(files), number),
        ).fetchone()
        if same is not None:
            return PublishResult(same[0], number, fresh=False, changes=different)
        if dry_run:
            newest = database.execute("SELECT coalesce(max(version), 0) FROM recovery.content").fetchone()
            return PublishResult((newest[0] if newest else 0) + 1, number, fresh=True, changes=different)
        made = database.execute(
            "INSERT INTO recovery.content (format, note, digest, manifest, files) VALUES (%s, %s, %s, %s::jsonb, %s) "
            "RETURNING version",
            (FORMAT, note, digest(files), msgspec.json.encode(manifest(files)).decode(), pack(files)),
        ).fetchone()
        version = int(made[0]) if made else 0
        database.execute("INSERT INTO recovery.content_current (version) VALUES (%s)", (version,))
    return PublishResult(version, number, fresh=True, changes=different)


def roll_back(database: Database, version: int) -> int | None:
    """Make a version current again, and return the previous one, or None if it was already current.

    Raises NotFound if it does not exist, TeamProblem if the role is not a publisher.
    """
    _check_rights(database, "roll back")
    with database.transaction():
        database.execute(_LOCK)
        at = current(database)
        if at is not None and at.version == version:
            return None
        there = database.execute("SELECT count(*), max(version) FROM recovery.content").fetchone()
        found = database.execute("SELECT version FROM recovery.content WHERE version = %s", (version,)).fetchone()
        if at is None or found is None:
            newest = there[1] if there else None
            has = f"The newest is {newest}: recovery team versions" if newest else "Nothing has been published yet."
            raise NotFound(f"there is no version {version}", kept=_NOTHING, hint=has)
        database.execute("INSERT INTO recovery.content_current (version) VALUES (%s)", (version,))
    return at.version


def _check_rights(database: Database, what: str) -> None:
    row = database.execute(
        "SELECT current_user, pg_has_role('recovery_publisher', 'USAGE') OR has_table_privilege("
        "'recovery.content_current', 'INSERT')"
    ).fetchone()
    if row is not None and not row[1]:
        raise TeamProblem(
            f"{row[0]} may not {what}: only publishers may",
            kept=_NOTHING,
            hint=f'The owner of the database can allow it: GRANT recovery_publisher TO "{row[0]}"',
        )


def _manifest(held: Any) -> dict[str, str]:
    """The manifest of a version. It is untrusted: shown, never followed."""
    try:
        return msgspec.convert(held, dict[str, str])
    except msgspec.ValidationError:
        return {}
