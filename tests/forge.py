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
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import msgspec

from tests.faults.seam import Damage

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[1]
HEADER = 8  # bytes, the length of an order


class Order(msgspec.Struct, frozen=True):
    """A command to run: its words (any bytes), environment, folder, umask, and what is to go wrong.

    Its streams come along with it.
    """

    argv: tuple[bytes, ...]
    environ: dict[str, str]
    cwd: str
    umask: int | None = None
    damage: Damage | None = None


class Done(NamedTuple):
    """How a command ended: exit code (minus the signal that ended it), and what it wrote."""

    code: int
    stdout: bytes
    stderr: bytes


class Forge:
    """The process that is forked, and the way to it."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair()
        with theirs:
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
        data = msgspec.json.encode(order)
        socket.send_fds(self._socket, [len(data).to_bytes(HEADER)], [stream.fileno() for stream in streams])
        self._socket.sendall(data)
        return os.waitstatus_to_exitcode(int.from_bytes(self._socket.recv(HEADER, socket.MSG_WAITALL)))


def forge() -> Forge:
    """The one forge of this thread: commands of several threads run at once."""
    if not hasattr(_own, "forge"):
        _own.forge = Forge()
    found: Forge = _own.forge
    return found


_own = threading.local()
