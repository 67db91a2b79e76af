"""The present. No other module asks the system for it: a lint rule (TID251) refuses that, in the tests too."""

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
    """Return the moment, with the offset of local time."""
    return to_local(datetime.fromtimestamp(source(), UTC))


def file_time_ns() -> int:
    """Return the moment as a file that is written now is stamped with it, in nanoseconds since 1970.

    For comparison with times of files alone, which follow the clock of the system whatever `source` says.
    """
    return time.time_ns()
