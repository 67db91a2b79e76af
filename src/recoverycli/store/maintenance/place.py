"""What is wrong with the place of a data folder: its disk, its locks, and who else may write there. Changes nothing."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

from recoverycli.store.files import reason_in_words, status
from recoverycli.store.layout import FOLDERS, each_file
from recoverycli.system.disk import open_binary
from recoverycli.system.owners import other_owner
from recoverycli.text.format import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# Bytes. A long call and its index take less than one MiB.
_ENOUGH = 10 * 1024 * 1024


def place_faults(home: Path, environ: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    """Return what is wrong with the place of a data folder that may not exist yet: the folder in question, and why.

    `environ` tells who called sudo.
    """
    if os.name == "nt":
        return
    folder = next(one for one in (home, *home.parents) if os.path.lexists(one))
    yield from _disk_faults(folder)
    if folder == home:
        yield from _lock_faults(folder)
        yield from _other_owners(folder, environ)
    yield from _open_above(home)


def _disk_faults(folder: Path) -> Iterator[tuple[Path, str]]:
    found = os.statvfs(folder)
    if found.f_flag & os.ST_RDONLY:
        yield folder, "the disk is read-only; choose another folder with --data-dir or RECOVERY_HOME"
    elif not os.access(folder, os.W_OK | os.X_OK):
        yield folder, "you may not write there; check its permissions, or choose another folder with --data-dir"
    free = found.f_bavail * found.f_frsize
    # Some file systems of the network tell no size.
    if found.f_blocks and free < _ENOUGH:
        yield folder, f"the disk is full or nearly so: {free // 1024:,} KiB are free; free some space"
    if found.f_files and not found.f_favail:
        yield folder, "the disk has no room for another file; remove some files"


def _lock_faults(folder: Path) -> Iterator[tuple[Path, str]]:
    from fcntl import LOCK_NB, LOCK_SH, flock

    try:
        descriptor = open_binary(folder)
    except OSError as refused:
        yield folder, reason_in_words(refused)
        return
    try:
        flock(descriptor, LOCK_SH | LOCK_NB)
    except BlockingIOError:
        pass
    except OSError:
        yield folder, f"{reason_in_words(OSError(errno.ENOLCK, ''))}; choose a folder on a disk of this computer"
    finally:
        os.close(descriptor)


def _other_owners(home: Path, environ: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    if owner := other_owner(home, environ):
        yield home, f"it belongs to {owner}, who can read and change all of it"
        return
    mine = home.stat().st_uid
    first: Path | None = None
    others = 0
    for name in FOLDERS:
        for path in each_file(home / name):
            found = status(path)
            if found and found.st_uid != mine:
                first = first or path
                others += 1
    if first is not None:
        some = f"{plural(others, 'file')}, such as {first}"
        yield home, f"another user owns {some}, so a change may be refused; make all of it yours: chown -R"


def _open_above(home: Path) -> Iterator[tuple[Path, str]]:
    """The folders above in which others could put another folder in the place of this one."""
    for folder in home.parents:
        try:
            found = folder.stat()
        except OSError:
            continue
        mode = found.st_mode
        if not mode & stat.S_ISVTX and mode & stat.S_IWOTH:
            yield folder, f"every user may rename what is in it; protect it: chmod o-w {folder}"
