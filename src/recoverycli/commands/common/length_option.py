"""Lengths of time in options: 4h, 30m, 2d."""

from __future__ import annotations

import re
from datetime import timedelta

from recoverycli.errors import UsageProblem

_LENGTH = re.compile(r"([0-9]{1,4}) ?(m|min|mins|minutes?|h|hours?|d|days?|w|weeks?)")
_MINUTES = {"m": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}


def read_length(option: str, words: str) -> timedelta:
    """Return the length that was typed for an option. Raises UsageProblem if it is none."""
    found = _LENGTH.fullmatch(words.strip().casefold())
    if found is None:
        raise UsageProblem(f"--{option} {words[:40]}: not a duration", hint="For example: 4h, 30m, 2d")
    return timedelta(minutes=int(found[1]) * _MINUTES[found[2][0]])
