"""Times of a call as its readers see them: by the clocks of the place where it was recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.text.format import day_and_time
from recoverycli.times.wall_clock import offset_mark

if TYPE_CHECKING:
    from datetime import datetime


def recorded_time(moment: datetime) -> str:
    """Return a time of a call with its own offset; the offset is named where the clocks of the reader show another."""
    return f"{day_and_time(moment)}{offset_mark(moment)}"
