"""The current time. No other module asks the system for it: a lint rule (TID251) forbids that, in tests too."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from recoverycli.times.wall_clock import to_local

if TYPE_CHECKING:
    from collections.abc import Callable

# Seconds since 1970. Tests assign a clock of their own (docs/testing.md); no setting and no environment variable does.
source: Callable[[], float] = time.time


def now() -> datetime:
    """Return the current time, with the offset of local time."""
    return to_local(datetime.fromtimestamp(source(), UTC))


def file_time_ns() -> int:
    """Return the modification time of a file that is written now, in nanoseconds since 1970.

    Only for comparison with times of files, which follow the system clock whatever `source` is.
    """
    return time.time_ns()
