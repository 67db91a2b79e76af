"""Pulled content at a desk: one folder per version, and a pointer file that names the current one.

Readers always find the whole old or the whole new version: the pointer is replaced by one rename, and folders never
change.
"""

from __future__ import annotations

import contextlib
import os
import random
import string
from typing import TYPE_CHECKING

import msgspec

from recoverycli.errors import ContentProblem, StoreProblem
from recoverycli.settings.team_content import POINTER, PublishedContent, content_folder, read_published
from recoverycli.store import locks
from recoverycli.store.files import (
    FOLDER_MODE,
    flush_folder,
    make_folder,
    open_own,
    read_own,
    refusal,
    replace_file,
    write_all,
)
from recoverycli.store.layout import is_unfinished
from recoverycli.system.disk import is_link, remove_tree, rename, unlink
from recoverycli.team.content.package import Files, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

RECORD = "version.json"
LOCK = ".pulling.lock"
_PATIENCE = 10.0  # seconds, for another window to finish its pull
_LETTERS = string.ascii_lowercase + string.digits


class VersionRecord(msgspec.Struct, frozen=True):
    """The record of a version at this desk. Times are RFC 3339."""

    version: int
    digest: str
    note: str
    publisher: str
    published_at: str
    pulled_at: str


@contextlib.contextmanager
def hold(home: Path) -> Iterator[None]:
    """Lock out other pulls of this desk. Raises StoreProblem if another one takes long."""
    folder = content_folder(home)
    make_folder(folder, home, kept=what_stays(home))
    with locks.hold(folder / LOCK, _PATIENCE, kept=what_stays(home)) as free:
        if not free:
            raise StoreProblem("another window is pulling at this moment", kept=what_stays(home), hint="Try again.")
        yield


def current(home: Path) -> VersionRecord | None:
    """Return the current version of this desk, None if there is none or its folder was changed."""
    at_hand = read_published(home, [])
    if at_hand is None:
        return None
    try:
        record = msgspec.json.decode(read_own(at_hand.folder / RECORD), type=VersionRecord)
        whole = digest(_files(at_hand.folder)) == record.digest
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return record if whole and record.version == at_hand.version else None


def current_files(home: Path) -> Files:
    """Return the files of the current version at this desk. Raises StoreProblem."""
    at_hand = read_published(home, [])
    try:
        return _files(at_hand.folder) if at_hand is not None else {}
    except OSError as refused:
        raise refusal(content_folder(home), refused, kept=what_stays(home)) from refused


def what_stays(home: Path) -> str:
    """Return which version a desk still uses after a failed pull, as a sentence."""
    at_hand = read_published(home, [])
    return f"This desk still uses {at_hand.name}." if at_hand else "This desk was not changed."


def install(
    home: Path, record: VersionRecord, files: Files, faults_in: Callable[[Path], tuple[str, ...]]
) -> PublishedContent:
    """Build the folder of a version, look whether it is sound, and put it in force. To be called inside `hold`.

    Call it inside `hold`. The names of `files` were checked. Raises ContentProblem if `faults_in` finds errors,
    StoreProblem for errors of the disk; nothing changes then.
    """
    shelf = content_folder(home)
    before = read_published(home, [])
    name = f"{record.version}-{''.join(random.SystemRandom().choices(_LETTERS, k=4))}"
    aside = shelf / f".{name}.tmp"
    try:
        _clear(shelf, [path for path in shelf.iterdir() if is_unfinished(path)])
        _write(aside, files, record)
        faults = faults_in(aside)
        if faults:
            raise broken_version(record, faults, home)
        target = shelf / name
        # The chance of an existing folder is 1 in 1.7 million; it is never overwritten.
        rename(aside, target)
        flush_folder(shelf)
        replace_file(shelf / POINTER, f"{name}\n".encode())
    except OSError as refused:
        raise refusal(shelf, refused, kept=what_stays(home)) from refused
    finally:
        with contextlib.suppress(OSError):
            remove_tree(aside)
    # The previous one stays for calls that started with it.
    kept_ = {target, before.folder if before else target}
    _clear(shelf, [path for path in shelf.iterdir() if not path.name.startswith(".") and path not in kept_])
    return PublishedContent(record.version, target)


def broken_version(record: VersionRecord, faults: tuple[str, ...], home: Path) -> ContentProblem:
    """Return the error for a version that this desk refuses, with the one that it still uses."""
    more = f" (and {len(faults) - 1:,} more)" if len(faults) > 1 else ""
    return ContentProblem(
        f"version {record.version} of the team cannot be used: {faults[0]}{more}",
        kept=what_stays(home),
        hint=f"Tell {record.publisher[:60]}, who published it: recovery team rollback makes an earlier one current.",
    )


def _write(folder: Path, files: Files, record: VersionRecord) -> None:
    folder.mkdir(mode=FOLDER_MODE)
    folders = {folder}
    for name, data in ((RECORD, msgspec.json.encode(record)), *files.items()):
        path = folder / name
        if path.parent not in folders:
            path.parent.mkdir(mode=FOLDER_MODE)
            folders.add(path.parent)
        descriptor = open_own(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        try:
            write_all(descriptor, data)
        finally:
            os.close(descriptor)
    for made in sorted(folders, reverse=True):
        flush_folder(made)


def _files(folder: Path) -> dict[str, bytes]:
    """The files in the folder of a version, except its record."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name != RECORD and not path.is_dir():
            found[name] = read_own(path)
    return found


def _clear(shelf: Path, stale: list[Path]) -> None:
    """Remove leftovers of interrupted pulls and unused versions.

    The next pull tries again what cannot be removed now.
    """
    for path in stale:
        if path.is_dir() and not is_link(path):
            with contextlib.suppress(OSError):
                remove_tree(path)
        elif path != shelf / POINTER:
            with contextlib.suppress(OSError):
                unlink(path)
