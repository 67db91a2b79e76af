"""Safe writing: private folders, flushed files, and errors in plain words."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from typing import TYPE_CHECKING, BinaryIO

from recoverycli.errors import StoreProblem
from recoverycli.system.disk import flush, is_link, open_binary, reason, replace, unlink

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

FOLDER_MODE = 0o700


def make_folder(folder: Path, home: Path, *, kept: str = "") -> None:
    """Make `folder` and its missing parents, private to the user.

    Links below `home` are not followed. Raises StoreProblem with `kept` if that fails.
    """
    refuse_links(folder, home)
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        for made in missing:
            # mkdir sets the mode of the last folder only.
            if made == home or home in made.parents:
                made.chmod(FOLDER_MODE)
        for made in reversed(missing):
            flush_folder(made.parent)
    except OSError as refused:
        raise refusal(folder, refused, kept=kept) from refused


def refuse_links(folder: Path, home: Path) -> None:
    """Raise StoreProblem if `folder`, or one above it and below `home`, is a link. `home` itself may be one."""
    for part in (folder, *folder.parents):
        if part == home or home not in part.parents:
            return
        if is_link(part):
            raise refusal(part, OSError(errno.ELOOP, ""))


def open_own(path: Path, flags: int = os.O_RDONLY) -> int:
    """Open a file of the store: links are not followed, and pipes are not waited for. Raises OSError."""
    if is_link(path):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    careful = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = open_binary(path, flags | careful)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is not a file", str(path))
    return descriptor


def status(path: Path | os.DirEntry[str]) -> os.stat_result | None:
    """Return the status of a file or folder itself; None if another process deleted it. Raises OSError."""
    try:
        return path.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None


def read_own(path: Path) -> bytes:
    """Read a whole file of the store, opened with `open_own`. Raises OSError."""
    with os.fdopen(open_own(path), "rb") as file:
        return file.read()


def flush_folder(folder: Path) -> None:
    """Flush the entries of `folder` to the disk; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    with contextlib.suppress(PermissionError):
        descriptor = open_binary(folder)
        try:
            flush(descriptor)
        finally:
            os.close(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte and flush it to the disk; raises OSError."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
    flush(descriptor)


def replace_file(target: Path, data: bytes) -> None:
    """Replace a file in one step: readers see the whole old or the whole new one. Raises OSError."""
    replace_file_with(target, (data,))


def replace_file_with(target: Path, pieces: Iterable[bytes]) -> None:
    """The same with data that is written in pieces. Raises OSError."""
    with replacement(target) as file:
        file.writelines(pieces)


@contextlib.contextmanager
def replacement(target: Path, put: Callable[[Path, Path], object] = replace) -> Iterator[BinaryIO]:
    """Yield a file to write, which takes the place of `target` at the end, by `put`. Raises OSError."""
    temporary = target.with_name(f".{target.name[:100]}.{os.urandom(4).hex()}.tmp")
    try:
        descriptor = open_binary(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR)
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            flush(descriptor)
        put(temporary, target)
        flush_folder(target.parent)
    finally:
        with contextlib.suppress(OSError):
            unlink(temporary, missing_ok=True)


def refusal(path: Path, fault: OSError, *, kept: str = "") -> StoreProblem:
    """Return the error for users: the path, what happened, what to do."""
    what, hint = _REASONS.get(reason(fault), (fault.strerror or str(fault), "Choose another folder with --data-dir."))
    return StoreProblem(f"{path}: {what}", hint=hint, kept=kept)


def reason_in_words(fault: OSError) -> str:
    """Return what happened, as `refusal` words it."""
    return _REASONS.get(reason(fault), (fault.strerror or str(fault), ""))[0]


def outside_fault(fault: OSError) -> StoreProblem | None:
    """Return the error for users of a fault that nothing above has put into words; None if its cause may be the tool.

    The path may be one of the store, of the settings or of content.
    """
    code = reason(fault)
    if code not in _REASONS:
        return None
    what, hint = _REASONS[code]
    if code in {errno.EACCES, errno.EPERM}:
        hint = "Check its permissions and those of the folders above it, or choose others: --data-dir, --config."
    place = f"{os.fsdecode(fault.filename)}: " if isinstance(fault.filename, str | bytes) else ""
    return StoreProblem(f"{place}{what}", hint=hint, kept="What was confirmed on the screen is stored.")


def refuse_unreachable(home: Path) -> None:
    """Raise StoreProblem if nothing in a data folder can be looked up, whether it exists or not."""
    try:
        os.lstat(f"{home}{os.sep}.")  # pathlib leaves the dot out
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as refused:
        raise refusal(home, refused) from refused


_LOCAL = "Choose a folder on a disk of this computer with --data-dir or RECOVERY_HOME."
_UNSUPPORTED = ("its file system does not support what is needed to store data safely", _LOCAL)
_TOO_MANY = ("too many files are open on this computer", "Close other programs, or raise the limit (ulimit -n).")
_UNCONNECTED = ("its disk or network share is not connected", f"Connect it and try again. {_LOCAL}")
_ELSEWHERE = "Check the folder's permissions, or choose another with --data-dir or RECOVERY_HOME."
_REASONS = {
    errno.ENOSPC: ("the disk is full", "Free some space and try again, or choose another folder with --data-dir."),
    getattr(errno, "EDQUOT", -1): (
        "your disk quota is used up",
        "Free some space and try again, or choose another with --data-dir.",
    ),
    errno.EFBIG: ("the limit on file sizes is reached", "Raise the limit on file sizes and try again."),
    errno.EROFS: ("the disk is read-only", "Choose another folder with --data-dir or RECOVERY_HOME."),
    errno.EBUSY: (
        "another program has it open",
        "Close it there, or wait until the virus scanner has finished; then try again.",
    ),
    errno.EACCES: ("permission denied", _ELSEWHERE if os.name != "nt" else f"Close it in other programs. {_ELSEWHERE}"),
    errno.EPERM: ("not permitted", _ELSEWHERE),
    errno.ENOTDIR: ("a file is where a folder should be", "Move that file away, or choose a folder with --data-dir."),
    errno.EEXIST: ("a file is where a folder should be", "Move that file away, or choose a folder with --data-dir."),
    errno.ELOOP: (
        "it is a link, and links are not followed",
        "Replace the link with its target. To store data elsewhere, use --data-dir or RECOVERY_HOME.",
    ),
    errno.EISDIR: (os.strerror(errno.EISDIR), "Choose another folder with --data-dir."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter one, or a folder with a shorter path."),
    errno.EIO: ("the disk reports an error", "Check the disk; choose another folder with --data-dir meanwhile."),
    errno.ENOLCK: ("its file system has no locks, which keep two windows from writing at once", _LOCAL),
    errno.EOPNOTSUPP: _UNSUPPORTED,
    errno.ENOTSUP: _UNSUPPORTED,
    errno.ENOSYS: _UNSUPPORTED,
    errno.EMFILE: _TOO_MANY,
    errno.ENFILE: _TOO_MANY,
    errno.ENODEV: _UNCONNECTED,
    errno.ENOTCONN: _UNCONNECTED,
    errno.ETIMEDOUT: _UNCONNECTED,
    getattr(errno, "ESTALE", -2): _UNCONNECTED,
    getattr(errno, "EHOSTDOWN", -3): _UNCONNECTED,
}
