"""What a disk can do to a process: the calls of `os` by which the tool writes, each of which can be its last.

Armed in a forked child (see `tests/forked.py`), never in the product: every call that could change what lies below a
folder is counted and written down, and before the n-th of those that are meant the fault strikes. Reads are left alone,
but for the lists of folders where what is in them is to vanish.
"""

from __future__ import annotations

import errno
import io
import os
import stat
from typing import TYPE_CHECKING, Any, Literal, NoReturn, Self

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable

Kind = Literal[
    "open", "write", "fsync", "ftruncate", "truncate", "link", "rename", "replace", "unlink", "rmdir", "mkdir", "chmod",
    "list",
]  # fmt: skip
# The process is killed; killed with half of its bytes written; the power fails; a call fails; a write takes few bytes;
# all that was listed of a folder is taken away.
Harm = Literal["none", "kill", "half", "power", "error", "short", "vanish"]
_PATHS: tuple[Kind, ...] = ("truncate", "link", "rename", "replace", "unlink", "rmdir", "mkdir", "chmod")


class Fault(msgspec.Struct, frozen=True):
    """Before the `at`-th call of those `kinds` (all where none is named) `harm` is done, `times` times in a row."""

    harm: Harm = "none"
    at: int = 0
    kinds: tuple[Kind, ...] = ()
    error: str = ""
    times: int = 1


class Damage(msgspec.Struct, frozen=True):
    """A fault, below which folder it strikes, the file that tells the changes there, and where the folder is made anew
    as a power cut would leave it.
    """

    fault: Fault
    root: str
    log: str
    after: str


class Seam:
    """The calls of `os` with a fault before one of them. `log` is where they are written down, as they happen."""

    def __init__(self, root: str, fault: Fault, log: int, after: str) -> None:
        self._root = os.path.realpath(root)
        self._fault = fault
        self._log = log
        self._after = after
        self._meant = 0
        self._files: dict[int, str] = {}
        self._disk = Disk(self._root) if fault.harm == "power" else None
        own = ("open", "write", "fsync", "ftruncate", "close", "scandir", *_PATHS)
        self._real = {name: getattr(os, name) for name in own}

    def arm(self) -> None:
        """Put the calls in the place of those of `os`."""
        patched: dict[str, Callable[..., Any]] = {
            "open": self._open, "write": self._write, "fsync": self._fsync, "ftruncate": self._ftruncate,
            "close": self._close, "fdopen": self._fdopen,
        }  # fmt: skip
        for kind in _PATHS:
            patched[kind] = self._on_a_path(kind)
        if self._fault.harm == "vanish":
            patched.update(
                scandir=self._scandir, listdir=lambda path=".": [entry.name for entry in self._scandir(path)]
            )
        for name, call in patched.items():
            setattr(os, name, call)

    def _open(self, path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        where = self._below(path)
        if where and flags & (os.O_CREAT | os.O_WRONLY | os.O_RDWR):
            self._step("open", where)
        descriptor: int = self._real["open"](path, flags, mode, dir_fd=dir_fd)
        if where:
            self._files[descriptor] = where
            if self._disk is not None and flags & os.O_CREAT:
                self._disk.made(descriptor)
        return descriptor

    def _close(self, descriptor: int) -> None:
        self._files.pop(descriptor, None)
        self._real["close"](descriptor)

    def _write(self, descriptor: int, data: Any) -> int:
        where = self._files.get(descriptor)
        if where is not None:
            self._step("write", where, lambda: self._real["write"](descriptor, bytes(data)[: len(data) // 2]))
            if self._fault.harm == "short":
                data = bytes(data)[: max(7, len(data) // 3)]
        written: int = self._real["write"](descriptor, data)
        return written

    def _fsync(self, descriptor: int) -> None:
        where = self._files.get(descriptor)
        if where is not None:
            self._step("fsync", where)
        self._real["fsync"](descriptor)
        if where is not None and self._disk is not None:
            self._disk.flushed(where)

    def _ftruncate(self, descriptor: int, length: int) -> None:
        if descriptor in self._files:
            self._step("ftruncate", self._files[descriptor])
        self._real["ftruncate"](descriptor, length)

    def _fdopen(self, descriptor: int, mode: str = "r", *more: Any, **named: Any) -> Any:
        """A buffered file whose bytes go through `os.write`, as Python's own do without a way to see them."""
        if descriptor not in self._files or mode != "wb":
            return io.open(descriptor, mode, *more, **named)  # noqa: UP020  # the builtin by the name that os uses
        return io.BufferedWriter(_Through(descriptor, self._write, self._close))

    def _scandir(self, path: Any = ".") -> _Listed:
        with self._real["scandir"](path) as found:
            entries = list(found)
        where = self._below(path)
        if where and self._step("list", where):
            for entry in entries:
                self._take_away(entry.path)
        return _Listed(entries)

    def _take_away(self, path: str) -> None:
        if stat.S_ISDIR(os.lstat(path).st_mode):
            for entry in self._real["scandir"](path):
                self._take_away(entry.path)
            self._real["rmdir"](path)
        else:
            self._real["unlink"](path)

    def _on_a_path(self, kind: Kind) -> Callable[..., None]:
        real = self._real[kind]

        def call(path: Any, *more: Any, **named: Any) -> None:
            where = self._below(more[0] if kind in {"link", "rename", "replace"} else path) or self._below(path)
            if where:
                self._step(kind, where)
                if self._disk is not None:
                    self._disk.holds(os.fspath(path))
            real(path, *more, **named)

        return call

    def _step(self, kind: Kind, where: str, half: Callable[[], object] | None = None) -> bool:
        """Let the fault strike where it is its turn. Whether it did, and the process goes on."""
        self._real["write"](self._log, f"{kind} {os.path.relpath(where, self._root)}\n".encode())
        fault = self._fault
        if fault.kinds and kind not in fault.kinds:
            return False
        self._meant += 1
        if not fault.at <= self._meant < fault.at + fault.times:
            return False
        match fault.harm:
            case "error":
                number = getattr(errno, fault.error)
                raise OSError(number, os.strerror(number), where)
            case "half" if half is not None:
                half()
                _die()
            case "power":
                if self._disk is not None:
                    self._disarm()
                    self._disk.rebuild(self._after)
                _die()
            case "kill" | "half":
                _die()
        return True

    def _disarm(self) -> None:
        for name, real in self._real.items():
            setattr(os, name, real)

    def _below(self, path: Any) -> str:
        """The path, where it lies below the root; nothing for others and for what is no path."""
        if isinstance(path, int):
            return self._files.get(path, "")
        whole = os.path.abspath(os.fspath(path))  # noqa: PTH100  # what is patched must not be called here
        folder, name = os.path.split(str(whole))
        whole = os.path.join(os.path.realpath(folder), name)  # noqa: PTH118
        return whole if whole == self._root or whole.startswith(self._root + os.sep) else ""


class _Listed:
    """What lies in a folder, as `os.scandir` gives it."""

    def __init__(self, entries: list[os.DirEntry[str]]) -> None:
        self._entries = iter(entries)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> os.DirEntry[str]:
        return next(self._entries)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._entries = iter(())


class _Through(io.RawIOBase):
    """A raw file upon the calls of the seam."""

    def __init__(self, descriptor: int, write: Callable[[int, Any], int], close: Callable[[int], None]) -> None:
        self._descriptor = descriptor
        self._put = write
        self._end = close

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def write(self, data: Any) -> int:
        return self._put(self._descriptor, data)

    def tell(self) -> int:
        return os.lseek(self._descriptor, 0, os.SEEK_CUR)

    def close(self) -> None:
        if not self.closed:
            super().close()
            self._end(self._descriptor)


class Disk:
    """What would be on the disk if the power failed now: bytes and names that were flushed, and nothing else.

    The worst that a file system may do: a name that was flushed before its bytes leads to an empty file.
    """

    def __init__(self, root: str) -> None:
        self._root = root
        self._bytes: dict[int, bytes] = {}
        self._names: dict[int, dict[str, tuple[int, bool]]] = {}
        self._held: list[int] = []
        for folder, _folders, files in os.walk(root):
            self.flushed(folder)
            for name in files:
                self.flushed(os.path.join(folder, name))  # noqa: PTH118

    def made(self, descriptor: int) -> None:
        """A file may be new: nothing of it is on the disk yet."""
        self._bytes.setdefault(os.fstat(descriptor).st_ino, b"")

    def flushed(self, where: str) -> None:
        """A file, or the names in a folder, were flushed."""
        found = os.lstat(where)
        if os.path.isdir(where):  # noqa: PTH112
            with os.scandir(where) as entries:
                self._names[found.st_ino] = {one.name: (one.inode(), one.is_dir()) for one in entries}
        elif os.path.isfile(where):  # noqa: PTH113
            with open(where, "rb") as file:  # noqa: PTH123
                self._bytes[found.st_ino] = file.read()

    def holds(self, where: str) -> None:
        """A name is about to go: its number must not be given to another file."""
        if os.path.isfile(where):  # noqa: PTH113
            self._held.append(os.dup(os.open(where, os.O_RDONLY)))  # noqa: TID251  # what is patched must not be called here

    def rebuild(self, after: str) -> None:
        """Make the folder as it would be found when the power is back."""
        self._folder(os.lstat(self._root).st_ino, after)

    def _folder(self, number: int, where: str) -> None:
        os.mkdir(where, 0o700)  # noqa: PTH102
        for name, (inode, is_folder) in self._names.get(number, {}).items():
            path = os.path.join(where, name)  # noqa: PTH118
            if is_folder:
                self._folder(inode, path)
            else:
                with open(path, "wb") as file:  # noqa: PTH123
                    file.write(self._bytes.get(inode, b""))


def _die() -> NoReturn:
    os.kill(os.getpid(), 9)
    raise SystemExit
