"""Ctrl-C in a call in lines: it works where a line is read, so that no answer is cut short by it."""

from __future__ import annotations

import contextlib
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


class Interruptions:
    """Whether a line is being read, and whether Ctrl-C was pressed before that."""

    def __init__(self) -> None:
        self._is_reading = False
        self._came_before = False

    @contextlib.contextmanager
    def listen(self) -> Iterator[None]:
        """Let Ctrl-C raise KeyboardInterrupt; one that came before does so at once."""
        self._is_reading = True
        try:
            if self._came_before:
                self._came_before = False
                raise KeyboardInterrupt
            yield
        finally:
            self._is_reading = False

    def on_signal(self, _number: int, _frame: FrameType | None) -> None:
        """Keep the first one until a line is read. A second one ends what takes too long."""
        if self._is_reading or self._came_before:
            raise KeyboardInterrupt
        self._came_before = True


@contextlib.contextmanager
def hold_interruptions() -> Iterator[Interruptions]:
    """Hold Ctrl-C back until a line is read."""
    held = Interruptions()
    before = signal.signal(signal.SIGINT, held.on_signal)
    try:
        yield held
    finally:
        signal.signal(signal.SIGINT, before)
