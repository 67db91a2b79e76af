"""File operations that behave the same on every platform.

Windows writes CRLF unless a file is opened as binary, and neither replaces nor deletes a file that another program has
open: a virus scanner closes it in a moment, an editor does not. macOS leaves flushed data in the memory of the disk
unless F_FULLFSYNC is used.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILE_MODE = 0o600
MOST_READ = 1024 * 1024  # bytes of a file that people write by hand
_BINARY = getattr(os, "O_BINARY", 0)

_PATIENCE = 1.0  # seconds
_BETWEEN = 0.02  # seconds
# ERROR_ACCESS_DENIED (for a file to be replaced), ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION, ERROR_USER_MAPPED_FILE
_MAY_BE_IN_USE = frozenset({5, 32, 33, 1224})

# IO_REPARSE_TAG_MOUNT_POINT: a junction, which leads to another folder as a link does. Files of a cloud service are
# reparse points too, but not links.
_JUNCTION = 0xA0000003

# Error codes of Windows as those of POSIX. https://learn.microsoft.com/windows/win32/debug/system-error-codes
_AS_ERRNO = {
    19: errno.EROFS,  # the disk is write protected
    32: errno.EBUSY,
    33: errno.EBUSY,
    39: errno.ENOSPC,
    112: errno.ENOSPC,
    206: errno.ENAMETOOLONG,
    267: errno.ENOTDIR,
    1224: errno.EBUSY,
    1295: getattr(errno, "EDQUOT", errno.ENOSPC),
}
_LONGEST_PATH = 260  # characters, unless a registry key says otherwise


def open_binary(path: str | Path, flags: int = os.O_RDONLY, mode: int = FILE_MODE) -> int:
    """Open a file for bytes and return its descriptor; a new one is private to the user. Raises OSError."""
    return os.open(path, flags | _BINARY, mode)


def read_written(path: Path, most: int = MOST_READ) -> bytes:
    """Return the bytes of a file that a person wrote, at most one more than `most`. Links are followed.

    Raises OSError, also for a pipe or a device, which nobody may ever write into.
    """
    descriptor = open_binary(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is not a file", str(path))
        return file.read(most + 1)


def flush(descriptor: int) -> None:
    """Flush what was written to the disk. Raises OSError."""
    if sys.platform == "darwin":
        import fcntl

        # A network share supports only the plain call.
        with contextlib.suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def replace(source: Path, target: Path) -> None:
    """Replace a file by another atomically. Raises OSError."""
    _retry(lambda: source.replace(target))


def rename(source: Path, target: Path) -> None:
    """Rename a file or folder, as `os.rename` does. Raises OSError."""
    _retry(lambda: source.rename(target))


def rename_new(source: Path, target: Path) -> bool:
    """Rename a file unless the new name exists; return whether it was free. Raises OSError.

    With hard links, `source` is removed last: an interruption leaves the file under both names.
    """
    try:
        if os.name == "nt":
            rename(source, target)
        else:
            target.hardlink_to(source)
            source.unlink()
    except FileExistsError:
        return False
    except OSError:
        if os.name == "nt":
            raise
        # Some network folders have no hard links; a check before the rename is the best that is possible there.
        if os.path.lexists(target):
            return False
        source.rename(target)
    return True


def unlink(path: Path, *, missing_ok: bool = False) -> None:
    """Delete a file. Raises OSError."""
    with contextlib.suppress(*((FileNotFoundError,) if missing_ok else ())):
        _retry(path.unlink)


def rmdir(path: Path) -> None:
    """Delete an empty folder. Raises OSError."""
    _retry(path.rmdir)


def remove_tree(path: Path) -> None:
    """Delete a folder and everything in it. Raises OSError."""
    import shutil

    _retry(lambda: shutil.rmtree(path))


def is_junction(found: os.stat_result) -> bool:
    """Whether it is a Windows junction; `found` is its status, links not followed."""
    return getattr(found, "st_reparse_tag", 0) == _JUNCTION


def is_link(path: Path | os.DirEntry[str]) -> bool:
    """Whether it is a symbolic link or a Windows junction. Raises OSError."""
    if path.is_symlink():
        return True
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        return is_junction(path.stat(follow_symlinks=False))
    return False


def is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder, not a link to one."""
    return entry.is_dir(follow_symlinks=False) and (os.name != "nt" or not is_link(entry))


def reason(fault: OSError) -> int:
    """Return the `errno` of a fault; an error code of Windows becomes the nearest one."""
    code = _AS_ERRNO.get(getattr(fault, "winerror", None) or 0, fault.errno or 0)
    if os.name == "nt":
        # Windows reports a missing file, or that access is denied.
        if code == errno.ENOENT and len(str(fault.filename or "")) >= _LONGEST_PATH:
            return errno.ENAMETOOLONG
        if code == errno.EACCES and os.path.isdir(fault.filename or ""):  # noqa: PTH112  # a plain name
            return errno.EISDIR
    return code


def _retry(act: Callable[[], object]) -> None:
    """Retry for about a second what Windows refuses while another program has the file open."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            act()
        except OSError as fault:
            if getattr(fault, "winerror", None) not in _MAY_BE_IN_USE or time.monotonic() >= until:
                raise
        else:
            return
        time.sleep(_BETWEEN)
