"""The console of Windows. Other systems use nothing here but the protocol.

https://learn.microsoft.com/windows/console/setconsolemode
"""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# ENABLE_PROCESSED_OUTPUT, without which the other does nothing, and ENABLE_VIRTUAL_TERMINAL_PROCESSING
_SEQUENCES = 0x0001 | 0x0004


class Console(Protocol):
    """What the tool needs of the console."""

    def mode(self, descriptor: int) -> int | None:
        """Return the mode of the console behind a stream; None if it is not a console, such as the device NUL."""

    def set_mode(self, descriptor: int, mode: int) -> bool:
        """Set the mode; return whether the console accepted it."""

    def code_page(self) -> int:
        """Return the code page in which programs write to the console; 0 without a console."""


class WindowsConsole:
    """The console of this process."""

    def mode(self, descriptor: int) -> int | None:
        """Return the mode of the console behind a stream; None if it is not a console."""
        if sys.platform != "win32":
            return None
        import ctypes
        import msvcrt

        mode = ctypes.c_ulong()
        try:
            handle = msvcrt.get_osfhandle(descriptor)
        except OSError:
            return None
        kernel = ctypes.windll.kernel32
        return mode.value if kernel.GetConsoleMode(ctypes.c_void_p(handle), ctypes.byref(mode)) else None

    def set_mode(self, descriptor: int, mode: int) -> bool:
        """Set the mode; return whether the console accepted it."""
        if sys.platform != "win32":
            return False
        import ctypes
        import msvcrt

        try:
            handle = msvcrt.get_osfhandle(descriptor)
        except OSError:
            return False
        return bool(ctypes.windll.kernel32.SetConsoleMode(ctypes.c_void_p(handle), ctypes.c_ulong(mode)))

    def code_page(self) -> int:
        """Return the code page in which programs write to the console; 0 without a console."""
        if sys.platform != "win32":
            return 0
        import ctypes

        return int(ctypes.windll.kernel32.GetConsoleOutputCP())


@contextlib.contextmanager
def enable_sequences(console: Console, descriptors: Sequence[int]) -> Iterator[None]:
    """Make the consoles behind these streams obey control sequences; restore their modes at the end."""
    before = []
    for descriptor in descriptors:
        mode = console.mode(descriptor)
        if mode is not None and mode & _SEQUENCES != _SEQUENCES and console.set_mode(descriptor, mode | _SEQUENCES):
            before.append((descriptor, mode))
    try:
        yield
    finally:
        for descriptor, mode in before:
            console.set_mode(descriptor, mode)


def supports_sequences(console: Console, descriptor: int) -> bool:
    """Whether the mode of the console behind a stream enables control sequences."""
    mode = console.mode(descriptor)
    return mode is not None and mode & _SEQUENCES == _SEQUENCES
