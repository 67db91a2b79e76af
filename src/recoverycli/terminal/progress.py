"""Progress of long work: a bar on a terminal after the first second; nothing elsewhere."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Any, TextIO

from recoverycli.terminal.console import console

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from recoverycli.terminal.console import Look


@contextlib.contextmanager
def progress(look: Look, stderr: TextIO, what: str, after: float = 1.0) -> Iterator[Callable[[int, int], None]]:
    """Yield a function that takes what is done and the total.

    A bar is drawn if it takes more than `after` seconds, and removed once all is done, or at the end.
    """
    bar = _Bar(look, stderr, what, after)
    try:
        yield bar
    finally:
        bar.close()


class _Bar:
    def __init__(self, look: Look, stderr: TextIO, what: str, after: float) -> None:
        self._look = look
        self._stderr = stderr
        self._what = what
        self._after = after
        self._began = time.monotonic()
        self._drawn: Any = None
        self._task: Any = None

    def __call__(self, done: int, total: int) -> None:
        if done >= total:
            # Something else may be drawn now.
            self.close()
            return
        if self._drawn is None:
            if time.monotonic() - self._began < self._after or self._look.plain or not self._stderr.isatty():
                return
            from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

            columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(),
                       TimeRemainingColumn())  # fmt: skip
            self._drawn = Progress(*columns, console=console(self._look, self._stderr), transient=True)
            self._task = self._drawn.add_task(self._what, total=total)
            self._drawn.start()
        self._drawn.update(self._task, completed=done, total=total)

    def close(self) -> None:
        """Remove the bar from the screen."""
        if self._drawn is not None:
            self._drawn.stop()
        self._drawn, self._began = None, time.monotonic()
