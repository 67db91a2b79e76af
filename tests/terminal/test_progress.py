"""The bar of long work, on a real terminal."""

from __future__ import annotations

import os
import pty
import threading

from recoverycli.terminal.console import Look
from recoverycli.terminal.progress import progress

PATIENCE = 10.0  # seconds
LOOK = Look(plain=False, color=False, interactive=True, width=80, height=24)


def test_nothing_draws_a_bar_any_more_once_all_is_done() -> None:
    """What is drawn next would be overwritten: the list of past calls, after they were read for it."""
    before = set(threading.enumerate())
    terminal, end = pty.openpty()
    with (
        os.fdopen(end, "w", encoding="utf-8") as stderr,
        progress(LOOK, stderr, "Reading past calls", after=0.0) as report,
    ):
        report(1, 2)
        (drawing,) = set(threading.enumerate()) - before

        report(2, 2)
        drawing.join(PATIENCE)
        assert not drawing.is_alive()
    os.close(terminal)
