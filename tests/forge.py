"""A process that has the whole tool loaded and is forked for each command: a `recovery` in a fifth of the time.

What runs is a process of its own, with its own streams, environment and end; only Python's start and the reading of
modules are spared. Where these matter (starting, signals, locales, hash seeds) the tests start Python itself.
"""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
import tempfile
import threading
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import msgspec

from tests import present
from tests.faults.seam import Damage
from tests.platforms import WINDOWS

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[1]
HEADER = 8  # bytes, the length of an order and of its answer
RUNNING = -1


class Order(msgspec.Struct, frozen=True, tag=True):
    """A command to run: its words (any bytes), environment, folder, umask, what is to go wrong, and its clock.

    Its streams come along with it. On a terminal it is answered with its number as soon as it runs, else with how it
    ended.
    """

    argv: tuple[bytes, ...]
    environ: dict[str, str]
    cwd: str
    umask: int | None = None
    damage: Damage | None = None
    terminal: bool = False
    shift: float = msgspec.field(default_factory=present.shift)


class Asked(msgspec.Struct, frozen=True, tag=True):
    """Has the command of that number ended? Answered with how, once, or with RUNNING unless it is waited for."""

    pid: int
    wait: bool


class Copied(msgspec.Struct, frozen=True, tag=True):
    """Fork a forge for another thread: it is at the other end of the socket that comes along."""


class Done(NamedTuple):
    """How a command ended: exit code (minus the signal that ended it), and what it wrote."""

    code: int
    stdout: bytes
    stderr: bytes


class Forge:
    """The process that is forked, and the way to it. `first`, if there is one, forks it: that is sooner done."""

    def __init__(self, first: Forge | None = None) -> None:
        self._socket, theirs = socket.socketpair()
        self._process: subprocess.Popen[bytes] | None = None
        with theirs:
            if first is not None:
                first._answer(Copied(), [theirs.fileno()])
                weakref.finalize(self, self._socket.close)
                return
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.forked", str(theirs.fileno())],
                cwd=ROOT,
                env={key: value for key, value in os.environ.items() if not key.startswith("RECOVERY_")},
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        atexit.register(self.close)

    def close(self) -> None:
        """End the process."""
        self._socket.close()
        if self._process is not None:
            self._process.wait()

    def run(self, order: Order, stdin: bytes = b"") -> Done:
        """Run a command to its end."""
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            given.write(stdin)
            given.seek(0)
            code = self._ended(order, (given, out, err))
            out.seek(0)
            err.seek(0)
            return Done(code, out.read(), err.read())

    def _ended(self, order: Order, streams: Sequence[BinaryIO]) -> int:
        return os.waitstatus_to_exitcode(self._answer(order, [stream.fileno() for stream in streams]))

    def begin(self, order: Order, terminal: int) -> int:
        """Start a command on a terminal, the descriptor of its inner end; the command's number."""
        return self._answer(order, [terminal] * 3)

    def ended(self, pid: int, *, wait: bool) -> int | None:
        """Return how the command of that number ended, None while it runs; not to be asked again afterwards."""
        status = self._answer(Asked(pid, wait), [])
        return None if status == RUNNING else os.waitstatus_to_exitcode(status)

    def _answer(self, order: Order | Asked | Copied, streams: Sequence[int]) -> int:
        data = msgspec.json.encode(order)
        socket.send_fds(self._socket, [len(data).to_bytes(HEADER)], streams)
        self._socket.sendall(data)
        return int.from_bytes(self._socket.recv(HEADER, socket.MSG_WAITALL), signed=True)


def forge() -> Forge:
    """The one forge of this thread: commands of several threads run at once. On Windows each command is started."""
    if not hasattr(_own, "forge"):
        _own.forge = _starter() if WINDOWS else _copy()
    found: Forge = _own.forge
    return found


def _copy() -> Forge:
    with _one_at_a_time:
        if not _first:
            _first.append(Forge())
        return Forge(_first[0])


def _starter() -> Forge:
    from tests.started import Starter

    return Starter()


_own = threading.local()
# It runs no commands itself, so that it is never busy with one.
_first: list[Forge] = []
_one_at_a_time = threading.Lock()
