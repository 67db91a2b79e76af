"""Download the current version to this desk: checked again, and complete or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.errors import StoreProblem, TeamProblem
from recoverycli.team import desk
from recoverycli.team.content import shelf, versions
from recoverycli.team.content.check import Readers, faults_in
from recoverycli.team.content.package import (
    FORMAT,
    MOST_PACKED,
    Changes,
    Files,
    changes,
    digest,
    manifest,
    newer,
    unpack,
)

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from recoverycli.team.connection import Database

_LONGEST_NOTE = 500


class PullResult(NamedTuple):
    """What a pull did. `record` is None if nothing is published; not `fresh` where it was here already.

    `record` is None if nothing is published; `fresh` is False if the desk already had it. `before` is the previous
    version, if any; `changes` are relative to it.
    """

    record: shelf.VersionRecord | None
    fresh: bool = False
    before: int | None = None
    changes: Changes = Changes((), (), ())


def pull(home: Path, database: Database, readers: Readers, moment: datetime) -> PullResult:
    """Put the current version in force at this desk.

    Raises ContentProblem if it is broken, StoreProblem for errors of the disk, and psycopg's errors; the desk keeps its
    version then.
    """
    with shelf.hold(home):
        # Queried under the lock, so that the later of two pulls does not install the older version.
        offered = versions.current(database)
        if offered is None:
            return PullResult(None)
        record = shelf.VersionRecord(
            version=offered.version,
            digest=offered.digest,
            note=offered.note[:_LONGEST_NOTE],
            publisher=offered.publisher,
            published_at=offered.published_at.isoformat(),
            pulled_at=moment.isoformat(),
        )
        there = shelf.current(home)
        if there is not None and (there.version, there.digest) == (record.version, record.digest):
            _note_time(home, moment)
            return PullResult(there, before=there.version)
        before = shelf.current_files(home) if there is not None else {}
        files = _fetch(home, database, offered, record)
        shelf.install(home, record, files, lambda folder: faults_in(folder, files, readers))
        _note_time(home, moment)
        before_version = there.version if there is not None else None
        return PullResult(record, True, before_version, changes(manifest(before), manifest(files)))


def _fetch(home: Path, database: Database, offered: versions.PublishedVersion, record: shelf.VersionRecord) -> Files:
    if offered.format != FORMAT:
        raise shelf.broken_version(record, (newer(offered.format),), home)
    if offered.size > MOST_PACKED:
        raise shelf.broken_version(
            record, (f"it has {offered.size:,} bytes; at most {MOST_PACKED:,} are allowed",), home
        )
    found = unpack(versions.packet(database, offered.version))
    if found.faults:
        raise shelf.broken_version(record, found.faults, home)
    if digest(found.files) != record.digest:
        raise shelf.broken_version(record, ("its files differ from those that were published",), home)
    return found.files


def _note_time(home: Path, moment: datetime) -> None:
    """Record when this desk last pulled."""
    try:
        desk.change(home, pulled_at=moment.isoformat())
    except (StoreProblem, TeamProblem) as refused:
        kept = f"{shelf.what_stays(home)} Only the time of the pull could not be recorded."
        raise type(refused)(refused.message, kept=kept, hint=refused.hint) from refused
