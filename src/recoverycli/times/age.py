"""How long ago something was, as people say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.times.wall_clock import offset_mark

if TYPE_CHECKING:
    from datetime import datetime


def format_age(moment: datetime, now: datetime) -> str:
    """Return how long ago a moment was, as people say it; its date where it was weeks ago, by its own clocks.

    The offset of a time that is ahead is named where the reader's clocks show another time.
    """
    seconds = (now - moment).total_seconds()
    if seconds < 0:
        return f"{moment:%Y-%m-%d %H:%M}{offset_mark(moment)}"
    for size, word in ((60, "second"), (60, "minute"), (24, "hour"), (14, "day")):
        if seconds < size:
            count = int(seconds)
            if word == "second":
                return "just now"
            return f"{count} {word}{'' if count == 1 else 's'} ago"
        seconds /= size
    return f"{moment:%Y-%m-%d}"
