"""Formatting of numbers, amounts, durations and times for people."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

_AROUND = 24  # characters before and after the words of an excerpt


def plural(number: int, word: str) -> str:
    """Return a number with its word: 1 call, 2 calls."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def excerpt(text: str, start: int, end: int) -> str:
    """Return the words at a place of a text, with some of their line around them."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    cut = (start > _AROUND and "\n" not in before, end + _AROUND < len(text) and "\n" not in after)
    line = f"{before.rpartition(chr(10))[2]}{text[start:end]}{after.partition(chr(10))[0]}"
    return " ".join(f"{'…' * cut[0]}{line}{'…' * cut[1]}".split())


def number(value: float) -> str:
    """Return a number without needless decimals: `20`, `12.50`, `1,250`."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def amount_text(value: float, currency: str | None) -> str:
    """Return an amount with its currency, as it is typed: `12.50 EUR`."""
    return f"{number(value)} {currency}" if currency else number(value)


def clock(seconds: float) -> str:
    """Return a duration as minutes and seconds, with hours where there are any: `0:42`, `1:02:03`."""
    whole = int(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def long_time(seconds: float) -> str:
    """Return a duration to two digits or so, as it is said: `40 minutes`, `5.5 hours`, `12 days`."""
    for unit, length in (("day", 86_400), ("hour", 3_600)):
        if seconds >= 2 * length:
            number = seconds / length
            return f"{number:.0f} {unit}s" if number >= 10 else f"{number:.1f} {unit}s"
    return plural(round(seconds / 60), "minute")


@lru_cache(maxsize=16)
def spoken_time(moment: datetime, now: datetime) -> str:
    """Return a date as it is said to somebody: `17:00 today`, `9:00 tomorrow`, `17:00 on Friday 4 December`."""
    days = (moment.date() - now.date()).days
    day = {0: "today", 1: "tomorrow"}.get(days, f"on {moment:%A} {moment.day} {moment:%B}")
    year = "" if moment.year == now.year or days in {0, 1} else f" {moment.year}"
    return f"{moment.hour}:{moment:%M} {day}{year}"


def day_and_time(moment: datetime) -> str:
    """Return a date as people read it: `Fri 27 Nov 2026, 17:00`."""
    return moment.strftime("%a %d %b %Y, %H:%M").replace(" 0", " ")
