"""Dates ahead as agents say them: what is read, what is asked about, and why: docs/decisions/0003."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.text.number_words import with_digits
from recoverycli.times.day_times import MIDNIGHT, DayTime, read_day_time
from recoverycli.times.days import read_days
from recoverycli.times.lengths import Length, read_length
from recoverycli.times.periods import is_span, weekend_days
from recoverycli.times.vocabulary import ISO_MOMENT, MONTH, WEEKDAY, correct_spelling, ordinals_in_digits
from recoverycli.times.wall_clock import moments_at, next_at, to_local
from recoverycli.times.working_time import (
    OFFICE_HOURS,
    Today,
    UnknownCountry,
    WorkingTime,
    is_working_day,
    working_day_after,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 60
_MOST_READINGS = 4
_LAST_YEAR = 2099
_LAST_MINUTE = MIDNIGHT - 1
_DAY = timedelta(days=1)

_LEAD = re.compile(
    r"(?P<lead>by|on|until|till|no later than|not later than|not until|not before|latest by|latest|at the latest by"
    r"|before|ahead of|during|over|in time for|some ?time|any ?time|at some point|some point|around|about|roughly"
    r"|approx|approximately|towards|for) (?P<rest>.+)"
)
# Words that only soften what stands after them.
_SOFT = {
    "sometime", "some time", "anytime", "any time", "at some point", "some point", "around", "about", "roughly",
    "approx", "approximately", "towards",
}  # fmt: skip
_TAIL = re.compile(
    r" (?:at the (?:very )?latest|latest|or (?:sooner|earlier|before)|sometime|some time|at some point|please)$"
)
_RANGE = re.compile(r"(?:between |from )?(?P<first>.+?) (?:and|to|until|till) (?P<last>.+)")
# Short forms and other spellings, in the order in which they are replaced.
_SAME = {
    r"\ba\.m\b\.?": "am",
    r"\bp\.m\b\.?": "pm",
    r"(?<=\d)([ap])\b(?!\.)": r"\1m",
    r"'": "",
    r"\bo clock\b": "oclock",
    r"\bfirst thing\b": "firstthing",
    rf"\b({WEEKDAY}) ?- ?({WEEKDAY})\b": r"\1 to \2",
    r"(?<=[a-z])-(?=[a-z])": " ",
    r"(?<=[a-z])-(?=\d)": " to ",
    rf"(?<=\d)-(?={MONTH}\b)": " ",
    rf"\b({MONTH}) to (?=20\d\d\b)": r"\1 ",
    r" - ": " to ",
    r"\bb4\b": "before",
    r"\bthis (?=(?:early |mid |late )?(?:morning|afternoon|evening|lunchtime)\b)": "today ",
    rf"\b(early|mid|late) (?:on )?(today|tomorrow|{WEEKDAY}) (morning|afternoon|evening)\b": r"\2 \1 \3",
    r"\bearly (tomorrow)\b": r"\1 early morning",
    r"\bmidnight tonight\b|\btonight at midnight\b": "today midnight",
    r"\btonight\b": "today night",
    r"\b(?:later|late) today\b": "today",
    r"\bthe same day\b|\bsame day\b": "today",
}


def read_date(words: str, now: datetime, working: WorkingTime = OFFICE_HOURS) -> datetime | tuple[datetime, ...] | None:
    """Return the moment that the whole of `words` names, to the minute.

    Words that people mean in several ways give those moments in their order; words that are no date, or not surely
    one, give None. `now` is aware; its zone counts as `times.wall_clock` has it. `working` are the country and the
    hours of the desk: a day without a time ends with them. What names no year, no date or no day is the next one; a
    full date is returned as it stands, past or not. Sources: public holidays by the `holidays` library.
    """
    text = _plain(words)
    if not text:
        return None
    try:
        found = sorted({moment for moment in _Reader(now, working).read(text) if moment.year <= _LAST_YEAR})
    except (ValueError, OverflowError, UnknownCountry):  # 30 February, 25:00, a country without holidays
        return None
    if not found or len(found) > _MOST_READINGS:
        return None
    return found[0] if len(found) == 1 else tuple(found)


def _plain(words: str) -> str:
    """The words in lower case with single spaces, numbers in digits and short forms spelt out; empty if too long."""
    words = words[: _LONGEST + 1]
    for curly in "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}":
        words = words.replace(curly, "'")
    for dash in "\N{EN DASH}\N{EM DASH}":
        words = words.replace(dash, "-")
    if len(words) > _LONGEST or not (words.isascii() and words.isprintable()):
        return ""
    text = " ".join(words.lower().replace(",", " ").split()).rstrip(".!")
    text = ordinals_in_digits(correct_spelling(text))
    for said, same in _SAME.items():
        text = re.sub(said, same, text)
    # "One day" is no day in particular.
    return "" if text == "one day" else with_digits(text)


class _Piece(NamedTuple):
    """The words of a day and those of a time next to them."""

    day: str
    time: str


class _Reader:
    """Reads one date. All ways to take the words apart are tried: what they give are the readings."""

    def __init__(self, now: datetime, working: WorkingTime) -> None:
        self._now = now
        self._working = working
        self._minute = now.hour * 60 + now.minute
        self._today = Today(now.date(), working, is_over=self._minute >= working.closes)
        self._times: dict[tuple[str, bool], DayTime | None] = {}

    def read(self, text: str) -> set[datetime]:
        text = _TAIL.sub("", text)
        length = read_length(text, self._now, self._working)
        if length is not None and not length.is_bare:
            return self._end_of_length(length)
        lead = ""
        while found := _LEAD.fullmatch(text):
            if lead and found["lead"] not in _SOFT and lead not in _SOFT | {"by", "on", "until"}:
                break
            lead, text = found["lead"], found["rest"]
            if lead == "for":
                return set()
        if lead in {"before", "ahead of"}:
            return self._before(text)
        if lead in {"not until", "not before"}:
            lead = "on"
        return self._after_lead(text, lead)

    def _after_lead(self, text: str, lead: str) -> set[datetime]:
        if weekend := weekend_days(text, lead, self._today):
            return {self._end_of(day) for day in weekend}
        if re.fullmatch(ISO_MOMENT, text):
            named = datetime.fromisoformat(text.upper()).replace(second=0, microsecond=0)
            return {to_local(named, self._now) if named.tzinfo else next_at(named, self._now)}
        if length := read_length(text, self._now, self._working):
            # "reduced by 2 hours"
            if length.is_bare and lead in {"by", "until", "till", "during", "over"}:
                return set()
            return self._end_of_length(length)
        return self._day_and_time(text, lead) | self._range(text)

    def _end_of_length(self, length: Length) -> set[datetime]:
        if length.moment is not None:
            return {to_local(length.moment.replace(second=0, microsecond=0), self._now)}
        if length.day is None:
            return set()
        return {self._end_of(length.day) if length.minute is None else self._at(length.day, length.minute)}

    def _day_and_time(self, text: str, lead: str) -> set[datetime]:
        found: set[datetime] = set()
        found |= self._time_alone(text)
        if lead in {"by", "around", "about"}:
            found |= self._time_alone(f"{lead} {text}")
        if days := self._days(text):
            return found | {self._end_of(day) for day in days}
        for piece in _pieces(text):
            # "no later than 12 tomorrow"
            is_hour = bool(lead) and piece.time.isdigit() and text.startswith(f"{piece.time} ")
            clock = self._time(f"at {piece.time}" if is_hour else piece.time, has_day=True)
            if clock is not None:
                found |= self._beside(piece.day, clock)
        return found

    def _beside(self, words: str, clock: DayTime) -> set[datetime]:
        if is_span(words):
            return set()
        if clock.is_close or clock.is_day_end:
            return {self._end_of(day) for day in self._days(words)}
        if words == "today" and clock.minutes == (MIDNIGHT,):
            return {self._at(self._today.day, MIDNIGHT)}
        found: set[datetime] = set()
        is_ahead = any(self._is_ahead(self._today.day, minute) for minute in clock.minutes)
        # On its weekday a weekday is today where the time is still to come, else the next one.
        for day in self._days(words, self._today._replace(is_ahead=is_ahead, is_over=True)):
            found |= self._on(day, clock)
        return found

    def _on(self, day: date, clock: DayTime) -> set[datetime]:
        minutes = (0, MIDNIGHT) if clock.minutes == (MIDNIGHT,) else clock.minutes
        if day != self._today.day:
            return {self._at(day, minute) for minute in minutes}
        ahead = {self._at(day, minute) for minute in minutes if self._is_ahead(day, minute)}
        if ahead:
            return ahead
        if clock.ends is not None:
            # The part of the day is running: it ends later.
            return {self._at(day, clock.ends)} if self._is_ahead(day, clock.ends) else set()
        return {self._at(day, minute) for minute in minutes} if len(minutes) == 1 else set()

    def _time_alone(self, text: str) -> set[datetime]:
        clock = self._time(text, has_day=False)
        if clock is None:
            return set()
        today, tomorrow = self._today.day, self._today.day + _DAY
        if clock.is_day_end:
            return {self._end_of(today)}
        if clock.is_close:
            if is_working_day(today, self._working) and not self._today.is_over:
                return {self._at(today, self._working.closes)}
            return {self._end_of(day) for day in (today, working_day_after(today, 1, self._working))}
        if text.startswith(("firstthing", "the firstthing")):
            return self._first_thing()
        if clock.ends is not None and self._is_running(clock):
            return set()
        return {self._at(today if self._is_ahead(today, minute) else tomorrow, minute) for minute in clock.minutes}

    def _first_thing(self) -> set[datetime]:
        """The next opening; before a day off, tomorrow's morning or that of the next working day."""
        today, opens = self._today.day, self._working.opens
        if self._is_ahead(today, opens) and is_working_day(today, self._working):
            return {self._at(today, opens)}
        days = {today + _DAY, working_day_after(today, 1, self._working)}
        return {self._at(day, opens) for day in days}

    def _is_running(self, clock: DayTime) -> bool:
        """Whether "in the morning" is said in the morning itself: it may mean this one or the next."""
        morning = clock.minutes[0] < MIDNIGHT // 2
        if morning:
            return self._minute < MIDNIGHT // 2 and self._minute >= 5 * 60
        return clock.ends is not None and clock.minutes[0] <= self._minute < clock.ends

    def _range(self, text: str) -> set[datetime]:
        """The later end of `between X and Y`, `monday to wednesday`, `from tomorrow 9am to friday noon`."""
        found = _RANGE.fullmatch(text)
        if found is None:
            return set()
        first, last = found["first"], found["last"]
        if first != "now" and not self._day_words(first):
            return set()
        starts = {self._now} if first == "now" else self._day_and_time(first, "")
        ends = self._day_and_time(last, "")
        if len(starts) > 1 or not starts or not self._day_words(last):
            return set()
        later = {end for end in ends if end > min(starts)}
        if not later and re.match(WEEKDAY, last):
            later = {end + 7 * _DAY for end in ends}
        return later

    def _day_words(self, text: str) -> bool:
        return any(self._days(words) for words in (text, *(piece.day for piece in _pieces(text))))

    def _before(self, text: str) -> set[datetime]:
        """Before a time that time; before a day the end of the day before it, or of the last working day."""
        clock = self._time(text, has_day=False) or self._time(f"before {text}", has_day=False)
        if clock is not None and clock.ends is None:
            return self._time_alone(text) or self._time_alone(f"before {text}")
        if read_length(text, self._now, self._working) or re.fullmatch(r"\D*\b(?:afternoon|evening|night)", text):
            return set()
        if re.match(r"(?:the )?(?:very )?end\b", text):
            return self._after_lead(text, "by")
        if weekend := weekend_days(text, "before", self._today):
            return {self._end_of(day) for day in weekend}
        days = self._days(text)
        if not days:
            return self._day_and_time(text, "")
        if re.fullmatch(r"(?:the )?(?:next week|week after next|next month)", text):
            days = days[:1]
        found = set()
        for day in days:
            for last in {day - _DAY, working_day_after(day, -1, self._working)}:
                if last >= self._today.day:
                    found.add(self._end_of(last))
        return found

    def _time(self, text: str, *, has_day: bool) -> DayTime | None:
        key = (text, has_day)
        if key not in self._times:
            self._times[key] = read_day_time(text, self._working.opens, self._working.closes, has_day=has_day)
        return self._times[key]

    def _days(self, words: str, today: Today | None = None) -> tuple[date, ...]:
        if length := read_length(words, self._now, self._working):
            return () if length.day is None or length.minute is not None else (length.day,)
        return read_days(words, today or self._today)

    def _is_ahead(self, day: date, minute: int) -> bool:
        return moments_at(_wall(day, minute), self._now)[-1] > self._now

    def _at(self, day: date, minute: int) -> datetime:
        return next_at(_wall(day, minute), self._now)

    def _end_of(self, day: date) -> datetime:
        """The end of the working hours of a day; of today, once that is past, its last minute."""
        is_late = day == self._today.day and self._today.is_over
        return self._at(day, _LAST_MINUTE if is_late else self._working.closes)


def _wall(day: date, minute: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minute)


def _pieces(text: str) -> Iterator[_Piece]:
    """Every way to take a day and the time beside it apart; the time may stand on both sides: `at 9 monday morning`."""
    words = text.split()
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            before, day, after = words[:start], words[start:end], words[end:]
            if (not before and not after) or (before and after and len(after) > 3):
                continue
            if day[0] in {"on", "of", "by"} and len(day) > 1:
                day = day[1:]
            yield _Piece(" ".join(day), " ".join((*after, *before)))
