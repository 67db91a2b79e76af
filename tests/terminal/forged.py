"""A command of the forge on a pseudo-terminal, as pexpect would give it, but without the start of a Python."""

from __future__ import annotations

import os
import select
import signal
import struct
from pathlib import Path

from tests.forge import Order, forge
from tests.platforms import WINDOWS

if not WINDOWS:
    import pexpect


class ForgedTerminal:
    """A process on a terminal of its own: what `Terminal` needs of `pexpect.spawn`.

    It is asked after by the thread that began it: a forge belongs to its thread.
    """

    def __init__(self, argv: tuple[str, ...], environ: dict[str, str], columns: int, lines: int) -> None:
        self._outer, inner = os.openpty()
        self.setwinsize(lines, columns)
        words = tuple(map(os.fsencode, argv))
        self._pid = forge().begin(Order(words, environ, str(Path.cwd()), terminal=True), inner)
        os.close(inner)
        self._left = False
        self.exitstatus: int | None = None

    def fileno(self) -> int:
        """The descriptor of the outer end."""
        return self._outer

    def send(self, text: str) -> None:
        """Type that."""
        typed = text.encode()
        while typed:
            typed = typed[os.write(self._outer, typed) :]

    def read_nonblocking(self, size: int, timeout: float) -> bytes:
        """Up to so many bytes, waited for so many seconds; TIMEOUT and EOF of pexpect where there are none."""
        if not self._left and not select.select([self._outer], [], [], timeout)[0]:
            raise pexpect.TIMEOUT("nothing was painted")
        try:
            # Linux lets nobody leave the inner end while the outer one is read: it is not read again.
            piece = b"" if self._left else os.read(self._outer, size)
        except OSError:  # how Linux tells that nobody is at the inner end any more
            piece = b""
        if not piece:
            self._left = True
            raise pexpect.EOF("nobody is there")
        return piece

    def setwinsize(self, lines: int, columns: int) -> None:
        """Give the window that size."""
        import fcntl
        import termios

        fcntl.ioctl(self._outer, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def isalive(self) -> bool:
        """Whether it still runs; its exit code, or minus the signal that ended it, is in `exitstatus` afterwards."""
        if self.exitstatus is None:
            self.exitstatus = forge().ended(self._pid, wait=self._left)
        return self.exitstatus is None

    def kill(self, number: int) -> None:
        """Send it a signal."""
        if self.isalive():
            os.kill(self._pid, number)

    def close(self, force: bool = True) -> None:
        """Close the window and see the process end; with force, whether it wants to or not."""
        if force:
            self.kill(signal.SIGKILL)
        self._shut()
        self.isalive()

    def __del__(self) -> None:
        """Whoever lets go of a window closes it."""
        self._shut()

    def _shut(self) -> None:
        if self._outer >= 0:
            os.close(self._outer)
            self._outer, self._left = -1, True
