"""The dates that people type after "by", "in" and "on"; what is left unread, and why: docs/decisions/0003."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

from recoverycli.times.wall_clock import moments_at, next_at, to_local

END_OF_DAY = time(17)
HOURS = {"morning": 9, "noon": 12, "midday": 12, "lunchtime": 12, "afternoon": 15, "evening": 19, "night": 20}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
NEAR_DAYS = {"today": 0, "tomorrow": 1, "day after tomorrow": 2, "the day after tomorrow": 2}

_WEEKDAY = r"(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_NUMBER = r"(?P<day>0?[1-9]|[12][0-9]|3[01])"
_YEAR = r"(?P<year>20[0-9]{2})"
_AMOUNT = rf"(?:[1-9][0-9]{{0,2}}|(?:an?|one|{'|'.join(NUMBERS)})(?= ))"
_LENGTH = rf"(?:(?:with)?in )?{_AMOUNT} ?UNIT(?:(?: and)? {_AMOUNT} ?UNIT)?(?: from now)?"
_CLOCK = (
    r"(?P<at>(?:at|by) )?(?P<hour>[0-2]?[0-9])(?P<sep>[:.])?(?(sep)(?P<minute>[0-5][0-9]))"
    r"(?: ?(?P<half>[ap])\.?m\.?|(?P<oclock> o'clock))?"
)
_TIME = rf"(?:{_CLOCK}|(?:in the |at |by )?(?P<part>{'|'.join(HOURS)}))"
_CLOSE = r"\b(?:the )?(?:end of (?:the )?day|close of (?:business|play)|eod|eob|cob)\b"

SHORT_LENGTH = re.compile(_LENGTH.replace("UNIT", "(?:m|mins?|minutes?|h|hrs?|hours?)"))
LONG_LENGTH = re.compile(_LENGTH.replace("UNIT", "(?:d|days?|w|wks?|weeks?|months?)"))
LENGTH_PIECE = re.compile(rf"({_AMOUNT}) ?(mo|[mhdw])")
TIME_LAST = re.compile(rf"(?:(?P<rest>.+?) )??{_TIME}")
TIME_FIRST = re.compile(rf"{_TIME}(?: (?:on )?(?P<rest>.+))?")
MOMENT = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}[t ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:z|[+-][0-9]{2}:[0-9]{2})?")
WEEKDAY = re.compile(rf"(?:(?P<which>this|next|next week) )?{_WEEKDAY}(?P<week> next week)?")
NUMERIC = re.compile(rf"(?P<first>[0-9]{{1,2}})(?P<mark>[./-])(?P<second>[0-9]{{1,2}})(?P=mark){_YEAR}")
DATES = (
    re.compile(rf"(?:{_WEEKDAY} )?(?:the )?{_NUMBER}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?: {_YEAR})?"),
    re.compile(rf"(?:{_WEEKDAY} )?{_MONTH} (?:the )?{_NUMBER}(?:st|nd|rd|th)?(?: {_YEAR})?"),
    re.compile(rf"(?:the |{_WEEKDAY} (?:the )?){_NUMBER}(?:st|nd|rd|th)"),
)
SAME_AS = {
    rf"^{_CLOSE}$": "today",
    _CLOSE: "17:00",
    r"^midnight$": "00:00",
    r"^tonight$": "today night",
    r"\bthis (?=morning|afternoon|evening)": "today ",
    r"\bfirst thing(?: in the morning)?\b": "morning",
    r"^(?:the )?end of (?:the )?week$": "this friday",
    r"\bhalf an hour\b": "30 minutes",
    r"\ban hour and a half\b": "90 minutes",
    r"\ba fortnight\b": "2 weeks",
}


def read_date(words: str, now: datetime) -> datetime | None:
    """Return the moment that the whole of `words` names, to the minute, or None where it is no date or not surely one.

    `now` is aware; its zone counts as `times.wall_clock` has it. A day without a time means 17:00. What names no year,
    no date or no day is the next one; a full date is returned as it stands, past or not.
    """
    text = _plain(words)
    try:
        due = _exact(text, now) or _day_and_time(text, now)
    except (ValueError, OverflowError):  # 30 February, 25:00
        return None
    return due if due is not None and due.year < 2100 else None


def _plain(words: str) -> str:
    words = words[:61].replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    if len(words) > 60 or not (words.isascii() and words.isprintable()):
        return ""
    text = " ".join(words.lower().replace(",", " ").split()).rstrip(".!").removeprefix("on ")
    for said, same in SAME_AS.items():
        text = re.sub(said, same, text)
    return text


def _exact(text: str, now: datetime) -> datetime | None:
    """An ISO date with its time, or so many hours and minutes from now."""
    if SHORT_LENGTH.fullmatch(text):
        amount = _amounts(text)
        due = now.astimezone(UTC) + timedelta(hours=amount["h"], minutes=amount["m"])
    elif MOMENT.fullmatch(text):
        due = datetime.fromisoformat(text.upper())
    else:
        return None
    due = due.replace(second=0, microsecond=0)
    return to_local(due, now) if due.tzinfo else next_at(due, now)


def _day_and_time(text: str, now: datetime) -> datetime | None:
    rest, clock = _split(text)
    today = now.date()
    is_ahead = clock is not None and moments_at(datetime.combine(today, clock), now)[-1] > now
    day = _day(rest or ("today" if is_ahead else "tomorrow"), is_ahead, today) if rest or clock else None
    if day is None:
        return None
    end = time(23, 59) if day == today and now.time() >= END_OF_DAY else END_OF_DAY
    return next_at(datetime.combine(day, clock or end), now)


def _split(text: str) -> tuple[str, time | None]:
    """The day's words and the time beside them, which stands at either end."""
    for pattern in (TIME_LAST, TIME_FIRST):
        if (found := pattern.fullmatch(text)) and (clock := _clock(found)):
            return (found["rest"] or "").removeprefix("on "), clock
    return text, None


def _clock(found: re.Match[str]) -> time | None:
    """A time of day; None where "5" may be morning or afternoon, or where a number may be no time at all."""
    if part := found["part"]:
        return time(HOURS[part]) if found["rest"] or part != "night" else None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if half := found["half"]:
        unclear = not 1 <= hour <= 12 or (hour, half) == (12, "a")
        return None if unclear else time(hour % 12 + (12 if half == "p" else 0), minute)
    is_time = found["at"] or found["oclock"] or found["sep"] == ":"
    return time(hour, minute) if is_time and (hour > 7 or (found["sep"] and found["hour"][0] == "0")) else None


def _day(text: str, is_ahead: bool, today: date) -> date | None:
    """The day of these words; `is_ahead` where they stand beside a time that is still to come today."""
    from dateutil.relativedelta import relativedelta

    if text in NEAR_DAYS:
        return today + timedelta(days=NEAR_DAYS[text])
    if re.fullmatch(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", text):
        return date.fromisoformat(text)
    if text.removeprefix("the ") in ("end of month", "end of the month"):
        return today + relativedelta(day=31)
    if LONG_LENGTH.fullmatch(text):
        amount = _amounts(text)
        return today + relativedelta(months=amount["mo"], weeks=amount["w"], days=amount["d"])
    if found := WEEKDAY.fullmatch(text):
        return _weekday(found, is_ahead, today)
    if found := NUMERIC.fullmatch(text):
        return _numeric(found)
    return next((_named_date(found.groupdict(), today) for form in DATES if (found := form.fullmatch(text))), None)


def _weekday(found: re.Match[str], is_ahead: bool, today: date) -> date | None:
    day = today + timedelta(days=DAYS.index(found["weekday"][:3]) - today.weekday())
    after = day + timedelta(weeks=1)
    if found["week"] or found["which"] == "next week":
        return after
    if found["which"] == "next":
        return after if day <= today else None
    return day if day > today or (day == today and (is_ahead or found["which"])) else after


def _numeric(found: re.Match[str]) -> date | None:
    """Day first where dots stand; with strokes only what cannot be read the other way round."""
    year, first, second = int(found["year"]), int(found["first"]), int(found["second"])
    is_dotted = found["mark"] == "."
    month, day = (second, first) if is_dotted else sorted((first, second))
    return date(year, month, day) if is_dotted or day > 12 or day == month else None


def _named_date(part: dict[str, str | None], today: date) -> date | None:
    number, year, word, weekday = int(part["day"] or 0), part.get("year"), part.get("month"), part.get("weekday")
    month = MONTHS.index(word[:3]) + 1 if word else None
    day = date(int(year), month, number) if year and month else _next_date(number, month, today)
    return day if day is None or weekday is None or DAYS[day.weekday()] == weekday[:3] else None


def _next_date(number: int, month: int | None, today: date) -> date | None:
    from dateutil.relativedelta import relativedelta

    for ahead in range(49):  # 29 February may be four years away
        day = today + relativedelta(months=ahead, day=number)
        if day >= today and day.day == number and month in (None, day.month):
            return day
    return None


def _amounts(text: str) -> Counter[str]:
    amounts: Counter[str] = Counter()
    for amount, unit in LENGTH_PIECE.findall(text):
        amounts[unit] += int(amount) if amount.isdigit() else NUMBERS.get(amount, 1)
    return amounts
