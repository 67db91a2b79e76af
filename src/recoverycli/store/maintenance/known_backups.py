"""The backups that were written from this data folder, where they are, and which of them contain a person.

A backup that was moved, or that another program made, is not known.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from recoverycli.errors import StoreProblem
from recoverycli.store.files import make_folder, read_own, refusal, replace_file
from recoverycli.store.layout import BACKUPS
from recoverycli.store.maintenance.restore import members
from recoverycli.store.privacy.survey import holds

if TYPE_CHECKING:
    from recoverycli.session.person import Person


class KnownBackup(msgspec.Struct, frozen=True):
    """A backup: the path of its archive, and when it was written."""

    path: str
    at: datetime


class BackupContents(NamedTuple):
    """A backup that contains a person in so many files; `problem` says why it could not be searched."""

    path: str
    at: datetime
    files: int
    problem: str = ""


def note_backup(home: Path, archive: Path, at: datetime) -> None:
    """Record a backup; an earlier one at the same path was overwritten. Raises StoreProblem."""
    kept = [one for one in known_backups(home) if one.path != str(archive)]
    path = home / BACKUPS
    try:
        make_folder(home, home)
        replace_file(path, msgspec.json.format(msgspec.json.encode([*kept, KnownBackup(str(archive), at)]), indent=1))
    except OSError as refused:
        raise refusal(path, refused, kept="The backup is complete.") from refused


def known_backups(home: Path) -> list[KnownBackup]:
    """Return the recorded backups, oldest first; none from a file that cannot be read. Raises StoreProblem."""
    try:
        return msgspec.json.decode(read_own(home / BACKUPS), type=list[KnownBackup])
    except (FileNotFoundError, msgspec.MsgspecError, UnicodeDecodeError):
        return []
    except OSError as refused:
        raise refusal(home / BACKUPS, refused) from refused


def backups_with(home: Path, person: Person) -> list[BackupContents]:
    """Return the recorded backups that contain a person, and those that could not be searched."""
    found: list[BackupContents] = []
    for one in known_backups(home):
        path = Path(one.path)
        if not path.is_file():
            found.append(BackupContents(one.path, one.at, 0, "it is no longer there; it may have been moved"))
            continue
        try:
            with members(path) as files:
                number = sum(holds(name, file.read(), person) for name, file in files)
        except StoreProblem as broken:
            found.append(BackupContents(one.path, one.at, 0, broken.message.removeprefix(f"{path}: ")))
            continue
        if number:
            found.append(BackupContents(one.path, one.at, number))
    return found
