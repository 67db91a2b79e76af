"""Times of the day in words: `5pm`, `half past nine`, `late afternoon`, `between 9 and 11`, `close of business`.

A time is in minutes of its day; 1440 is the midnight that ends it. Words with two readings give both.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MIDNIGHT = 24 * 60
_NOON = 12 * 60

# When a part of the day is said to be, and when it ends: our own conventions (docs/decisions/0003).
_PARTS = {
    "morning": (9 * 60, _NOON),
    "early morning": (8 * 60, 9 * 60),
    "mid morning": (10 * 60 + 30, _NOON),
    "late morning": (11 * 60 + 30, _NOON),
    "afternoon": (15 * 60, 17 * 60),
    "early afternoon": (14 * 60, 15 * 60),
    "mid afternoon": (15 * 60, 16 * 60),
    "late afternoon": (17 * 60, 18 * 60),
    "evening": (19 * 60, 22 * 60),
    "early evening": (18 * 60, 19 * 60),
    "late evening": (21 * 60, 23 * 60),
    "night": (20 * 60, MIDNIGHT - 1),
}
# The hours that "at 4 in the afternoon" can name.
_HOURS_OF = {
    "morning": {1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7, 8: 8, 9: 9, 10: 10, 11: 11},
    "afternoon": {12: 12, 1: 13, 2: 14, 3: 15, 4: 16, 5: 17, 6: 18},
    "evening": {5: 17, 6: 18, 7: 19, 8: 20, 9: 21, 10: 22, 11: 23},
    "night": {6: 18, 7: 19, 8: 20, 9: 21, 10: 22, 11: 23, 12: 24},
}
_FIXED = {
    "noon": _NOON, "midday": _NOON, "12 noon": _NOON, "lunch": _NOON, "lunchtime": _NOON, "lunch time": _NOON,
    "after lunch": 14 * 60, "before lunch": _NOON, "before lunchtime": _NOON, "before noon": _NOON,
    "before midday": _NOON, "end of the morning": _NOON, "end of morning": _NOON, "late in the morning": 11 * 60 + 30,
    "late in the afternoon": 17 * 60, "early in the afternoon": 14 * 60, "early in the evening": 18 * 60,
    "end of the afternoon": 17 * 60, "end of afternoon": 17 * 60, "midnight": MIDNIGHT, "12 midnight": MIDNIGHT,
}  # fmt: skip
_WORK = r"(?:working day|business day|business|play|work)"
_OPENING = (
    r"(?:the )?(?:(?:morning )?firstthing(?: (?:in the )?morning)?|opening(?: time)?"
    rf"|(?:start|beginning) of (?:the )?(?:{_WORK}|day)|(?:when|before) (?:we|you|they) open)"
)
_CLOSING = (
    rf"(?:the )?(?:(?:end|close) of (?:the )?{_WORK}|cob|eob|cop|closing(?: time)?|close"
    r"|before (?:closing(?: time)?|close|(?:we|you|they) close))"
)
_DAY_END = r"(?:the )?(?:end of (?:the )?day|close of (?:the )?day|eod)"
_END_OF = r"(?:by )?(?:the )?(?:very )?(?:end|close) of"

_PART = r"(?:(?:early|mid|late) )?(?:morning|afternoon|evening|night)"
_AT = r"(?:(?P<at>at|by|around|about|before|until|till|no later than|not later than) )?(?:about |around |exactly )?"
_CLOCK = re.compile(
    rf"{_AT}(?:"
    r"(?P<hour>[0-2]?\d)(?:(?P<sep>[:. h])(?P<minute>[0-5]\d))?(?: ?(?P<half>am|pm))?(?P<oclock> oclock)?"
    r"(?: (?P<half2>am|pm))?"
    r"|(?P<military>[0-2]\d[0-5]\d) ?(?:hours|hrs|h)|(?P<french>[0-2]?\d)h"
    r"|(?P<past>half past|half|(?:a )?quarter (?:past|to)|(?:5|10|20|25) (?:past|to)|[0-5]?\d minutes? (?:past|to))"
    r" (?P<past_hour>1?\d)(?: oclock)?(?: ?(?P<past_half>am|pm))?"
    rf")(?: (?:in the |at |this )?(?P<part>morning|afternoon|evening|night))?"
)
_PART_FIRST = re.compile(r"(?:in the |at )?(?P<part>morning|afternoon|evening|night) (?P<clock>.+)")
_IN_PART = re.compile(rf"(?:in the |at |by |during the |over the |the )?(?P<part>{_PART})")
_RANGE = re.compile(r"(?P<lead>between |from )?(?P<first>.+?) ?(?:and|to|-|until|till) ?(?P<last>.+)")
_LONGEST_RANGE = 9 * 60


class DayTime(NamedTuple):
    """The readings of a time of the day, in minutes.

    `ends` is the end of a part of the day that may be running already, `is_close` says that the words mean the end of
    work, `is_day_end` that they say no more than the day.
    """

    minutes: tuple[int, ...]
    ends: int | None = None
    is_close: bool = False
    is_day_end: bool = False


def read_day_time(text: str, opens: int, closes: int, *, has_day: bool) -> DayTime | None:
    """Return the time of the day that the whole text names, or None.

    `text` is lower case, numbers in digits. `opens` and `closes` are the working hours, in minutes: a bare hour is in
    the morning if only that lies within them, else it has two readings. `has_day` says that a day stands beside it.
    """
    text = re.sub(r"^at (?=the |open|clos|start|begin|end)", "", text)
    if re.fullmatch(_DAY_END, text) or (has_day and re.fullmatch(_END_OF, text)):
        return DayTime((closes,), is_day_end=True)
    if re.fullmatch(_CLOSING, text):
        return DayTime((closes,), is_close=True)
    if re.fullmatch(_OPENING, text):
        return DayTime((opens,))
    bare = re.sub(r"^(?:at|by|around|about|until|till|in the) ", "", text)
    for words in (text, bare):
        if words in _FIXED:
            return DayTime((_FIXED[words],))
    if (found := _IN_PART.fullmatch(text)) and (has_day or found["part"] != "night"):
        minute, ends = _PARTS[found["part"]]
        return DayTime((minute,), ends)
    found_minutes = _minutes(text, opens, closes, has_day=has_day) | _range(text, opens, closes, has_day=has_day)
    return DayTime(tuple(sorted(found_minutes))) if found_minutes else None


def _minutes(text: str, opens: int, closes: int, *, has_day: bool) -> set[int]:
    """The readings of a clock time."""
    if part_first := _PART_FIRST.fullmatch(text):
        clock = part_first["clock"]
        found = _CLOCK.fullmatch(clock) or _CLOCK.fullmatch(f"at {clock}")
        return (
            set()
            if found is None or found["part"]
            else _clock(found, (opens, closes), part_first["part"], has_day=True)
        )
    found = _CLOCK.fullmatch(text)
    return set() if found is None else _clock(found, (opens, closes), found["part"], has_day=has_day)


def _clock(found: re.Match[str], hours: tuple[int, int], part: str | None, *, has_day: bool) -> set[int]:
    if found["military"] or found["french"]:
        digits = found["military"] or f"{found['french']:0>2}00"
        hour, minute = int(digits[:2]), int(digits[2:])
        return {hour * 60 + minute} if hour < 24 and part is None else set()
    half = found["half"] or found["half2"] or found["past_half"]
    if found["past"]:
        hour, minute = _read_spoken(found["past"], int(found["past_hour"]))
        return _hour_readings(hour, minute, half, part, hours) if 0 <= hour <= 12 else set()
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    is_time = found["at"] or found["oclock"] or half or part or found["sep"] == ":"
    if not (is_time or found["sep"] == "h" or (found["sep"] and has_day)):
        return set()
    if (
        not has_day
        and found["at"] in {"by", "until", "till", "before"}
        and not found["sep"]
        and not (half or part or found["oclock"])
    ):
        # "reduced by 10"
        return set()
    if found["sep"] == "h" and hour < 13 and not found["at"]:
        # "2h30" is a length of time to some.
        return set()
    if hour > 23 or (hour > 12 and half):
        return set()
    if hour > 12 or hour == 0 or (found["hour"][0] == "0" and found["sep"]):
        is_clear = half is None and (part is None or hour * 60 + minute in _span(part))
        return {hour * 60 + minute} if is_clear else set()
    return _hour_readings(hour, minute, half, part, hours)


def _hour_readings(hour: int, minute: int, half: str | None, part: str | None, hours: tuple[int, int]) -> set[int]:
    """The readings of an hour of the twelve-hour clock."""
    if half is not None:
        # Nobody is sure about 12am.
        if not 1 <= hour <= 12 or (hour, half) == (12, "am") or (part and hour not in _HOURS_OF[part]):
            return set()
        return {(hour % 12 + (12 if half == "pm" else 0)) * 60 + minute}
    if part is not None:
        found = _HOURS_OF[part].get(hour)
        return set() if found is None else {found * 60 + minute}
    if hour in {0, 12}:
        return {_NOON + minute}
    morning, evening = hour * 60 + minute, (hour + 12) * 60 + minute
    opens, closes = hours
    if opens <= morning <= closes and not opens <= evening <= closes:
        return {morning}
    return {morning, evening}


def _read_spoken(words: str, hour: int) -> tuple[int, int]:
    """Hour and minute of `half past 9`, `quarter to 9`, `20 to 9`; British `half 9` is half past nine."""
    if words.startswith("half"):
        return hour, 30
    minutes = 15 if "quarter" in words else int(words.split(maxsplit=1)[0])
    if words.endswith("past"):
        return hour, minutes
    return ((hour - 1) or 12, 60 - minutes) if minutes else (hour, 0)


def _span(part: str) -> range:
    hours = _HOURS_OF[part].values()
    return range(min(hours) * 60, max(hours) * 60 + 60)


def _range(text: str, opens: int, closes: int, *, has_day: bool, part: str | None = None) -> set[int]:
    """The later end of a time from `first` to `last`; both halves of the day are tried for a bare hour."""
    if part_first := _PART_FIRST.fullmatch(text):
        return _range(part_first["clock"], opens, closes, has_day=True, part=part_first["part"])
    found = _RANGE.fullmatch(text)
    if found is None:
        return set()
    first, last = found["first"].removeprefix("at "), found["last"]
    # "20 to 11" is a time by itself.
    if first.isdigit() and int(first) > 12 and last.isdigit() and int(last) <= 12:
        return set()
    part = part or next((one for one in _HOURS_OF if last.endswith(one)), None)
    if not (found["lead"] or has_day or part or re.search(r"[ap]m$|:\d\d$|noon$", last)):
        return set()
    starts, ends = (_either_half(words, opens, closes) for words in (first, last))
    if part is not None:
        # "10 to 3 in the afternoon" is ten minutes to three; "between 10 and 3" begins in the morning.
        starts = starts if found["lead"] else starts & set(_span(part))
        ends &= set(_span(part))
    later = {end for start in starts for end in ends if 0 < end - start <= _LONGEST_RANGE}
    in_hours = {end for end in later if opens <= end <= closes and end < _NOON}
    return in_hours or later


def _either_half(words: str, opens: int, closes: int) -> set[int]:
    words = words.removeprefix("at ")
    if words in _FIXED:
        return {_FIXED[words]}
    if re.fullmatch(r"1?\d(?:[:. ][0-5]\d)?", words) and words[0] != "0":
        hour, minute = int(re.split("[:. ]", words)[0]), int((*re.split("[:. ]", words), "0")[1])
        if hour <= 12:
            return {_NOON + minute} if hour == 12 else {hour * 60 + minute, (hour + 12) * 60 + minute}
    return _minutes(f"at {words}", opens, closes, has_day=True)
