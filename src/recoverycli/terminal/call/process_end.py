"""The signals that end a process: they unwind a call first, so that the terminal is left in order."""

from __future__ import annotations

import contextlib
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Iterator
    from types import FrameType

# Ctrl-Break of Windows is received while a console is read; while a pipe is read it ends the process at once.
_OF_A_CONSOLE = "SIGBREAK"
_ENDINGS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", _OF_A_CONSOLE) if hasattr(signal, name))


class ProcessEnd(SystemExit):
    """The system asks the process to end, or the terminal was closed; the exit code is 128 + the signal's number."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)


@contextlib.contextmanager
def end_on_signal(*, console: bool) -> Iterator[None]:
    """Raise ProcessEnd on the first of these signals."""

    endings = [one for one in _ENDINGS if console or one.name != _OF_A_CONSOLE]
    before = {ending: signal.signal(ending, _end) for ending in endings}
    try:
        yield
    finally:
        for ending, handler in before.items():
            signal.signal(ending, handler)


def end_in_loop(loop: AbstractEventLoop) -> None:
    """Have an event loop receive the signals until it is closed, where the platform can: it stops with ProcessEnd.

    A handler can be reached within a callback of the interpreter, of a weak reference for example, which swallows what
    is raised: the process would go on. The callbacks of the loop pass it on.
    """
    for ending in _ENDINGS:
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(ending, _end, ending)


def _end(number: int, _frame: FrameType | None = None) -> None:
    # A second one, while the terminal is given back, must not cut that short.
    for ending in _ENDINGS:
        signal.signal(ending, signal.SIG_IGN)
    raise ProcessEnd(number)
