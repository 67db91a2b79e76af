"""Promises: what was promised, and the date at the end of the words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from recoverycli.session import events as ev
from recoverycli.session.grammar.meanings import Ambiguous, Misunderstood, Record
from recoverycli.text.format import day_and_time
from recoverycli.text.number_words import NUMBER_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from recoverycli.session.grammar.meanings import DateReader, Meaning
    from recoverycli.session.model import Promise

# A date has few words.
_MOST_WORDS = 14
_WORD = re.compile(r"\S+")
_LEADS = {
    "by", "on", "in", "within", "at", "before", "until", "till", "between", "no", "not", "latest", "around", "about",
    "after", "under", "inside", "over", "during", "up", "any", "some", "sometime", "max", "maximum", "less", "from",
}  # fmt: skip
# Without one of the words above only this is taken for a date: it names a day or a time that nothing else means.
_UNMISTAKABLE = re.compile(
    r"\b(?:today|tomorrow|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day|morning|afternoon|evening|week|month"
    r"|weekend|first thing|eod|eob|cob|(?:end|close) of|christmas|easter|new year|bank holiday|working day"
    r"|business day|(?:early|mid|late|start of|beginning of|middle of)[ -](?=\S)|\d ?[ap]\.?m\.?"
    r"|\d{1,2}:\d\d|20\d\d-\d\d-\d\d"
    r"|\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2}(?:st|nd|rd|th)?)\b",
    re.IGNORECASE,
)
# After these the words belong to what was promised: "the bill of 3 march", "the parcel from monday".
_PART_OF_WHAT = re.compile(
    r"(?:of|from|for|since|dated|the|an?|this|that|these|those|next|last|past|every|each|and|or|not|than|per|no|with"
    r"|to|as|via|their|his|your|our|my|was|is|were|good|by|on|in|at|before|after|until|till|within|between|today"
    r"|tomorrow|yesterday|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thurs?|fri|sat|sun"
    r"|(?:jan|febr)(?:uary)?|feb|mar|march|apr|april|may|june?|july?|aug|august|sept?|(?:sept|nov|dec)ember|oct(?:ober)?"
    r"|nov|dec|[0-3]?\d(?:st|nd|rd|th|[ap]m)?|\d{1,2}[:.]\d\d|20\d\d|noon|midnight|morning|afternoon|evening|first"
    r"|second|third|half|quarter)[,:;]?",
    re.IGNORECASE,
)
# Before digits these name a thing by its number: "order 2026-12-01".
_NUMBERED = re.compile(r"(?:order|invoice|bill|booking|ref|reference|case|ticket|number|no\.?)", re.IGNORECASE)
# "Call by 4" is a time, "reduce it by 4" is none.
_CONTACT = re.compile(
    r"\b(?:call|ring|phone|text|e-?mail|write|message|visit|come|arrive|deliver|reply|answer|update|get back|be there"
    r"|be with|callback|let \S+ know)\b",
    re.IGNORECASE,
)
_HOUR = re.compile(r"(?:1[0-2]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)", re.IGNORECASE)
_LENGTH = re.compile(
    rf"(?:\d|an?\b|half|quarter|three quarters|{NUMBER_WORDS})"
    r".*(?:\b|(?<=\d))(?:m|min|h|hr|d|w|minute|hour|day|week|month|fortnight)s?"
    r"(?: and a half)?",
    re.IGNORECASE,
)


class _DateAtEnd(NamedTuple):
    what: str
    said: str
    readings: tuple[datetime, ...]


def read_promise(rest: str, now: datetime, read_date: DateReader) -> Meaning:
    """Split where the rest of the words is a date, as early as possible; without a date all of it was promised.

    A date needs no "by": "call back tomorrow morning". In "call on friday by 5pm" it is "friday by 5pm".
    """
    if not rest:
        return Misunderstood("what was promised?", "/promise WHAT by WHEN")
    found = _date_at_end(rest, now, read_date)
    if found is None:
        return Record(ev.Promised(at=now, what=rest))

    def with_due(due: datetime) -> ev.Promised:
        return ev.Promised(at=now, what=found.what, due_said=found.said, due=due)

    if len(found.readings) == 1:
        return Record(with_due(found.readings[0]))
    undated = Record(ev.Promised(at=now, what=rest))
    return _ambiguous(found, with_due, undated, "Enter: no date yet", f"/promise {found.what} by")


def read_due(rest: str, now: datetime, read_date: DateReader, promises: tuple[Promise, ...]) -> Meaning:
    """A date for a promise: `WHEN` for the only one without, `N WHEN` for the one of that number."""
    if not promises:
        return Misunderstood("nothing was promised yet", "/promise WHAT by WHEN")
    first, _, after = rest.partition(" ")
    number = _number(first, len(promises))
    if (
        after
        and number is not None
        and (meaning := _promise_with_date(f"p{number}", after.strip(), now, read_date)) is not None
    ):
        return meaning
    if not rest and len(promises) > 1:
        listed = ", ".join(f"{number} {promise.what[:40]}" for number, promise in enumerate(promises, start=1))
        return Misunderstood(f"which promise, and by when? ({listed})", "/due 1 tomorrow 5pm")
    waiting = [promise for promise in promises if promise.due is None] or list(promises[-1:])
    meaning = _promise_with_date(waiting[0].id, rest, now, read_date) if rest else None
    if meaning is None:
        example = f"/due {waiting[0].id} tomorrow 5pm" if len(waiting) > 1 else "/due tomorrow 5pm"
        return Misunderstood("no date was understood" if rest else "by when?", example)
    if len(waiting) == 1:
        return meaning
    which = Misunderstood("which promise?", f"/due {waiting[0].id[1:]} {rest}")
    if not (isinstance(meaning, Record) and isinstance(meaning.event, ev.PromiseDated)):
        return which
    dated = meaning.event
    events = tuple(msgspec.structs.replace(dated, promise=promise.id) for promise in waiting)
    options = tuple(promise.what for promise in waiting)
    return Ambiguous(f"/due {rest}"[:60], options, events, which, "Enter changes nothing", "/due")


def _number(typed: str, most: int) -> int | None:
    digits = typed.removeprefix("p").lstrip("0")[:7]
    return int(digits) if digits.isdecimal() and 1 <= int(digits) <= most else None


def _promise_with_date(promise: str, said: str, now: datetime, read_date: DateReader) -> Meaning | None:
    readings = _readings(read_date(said, now))

    def add_date(moment: datetime) -> ev.PromiseDated:
        return ev.PromiseDated(at=now, promise=promise, due_said=said, due=moment)

    if len(readings) < 2:
        return Record(add_date(readings[0])) if readings else None
    listed = " or ".join(day_and_time(moment) for moment in readings)
    unclear = Misunderstood(f"{said[:40]} can be {listed}", f"/due {promise} {readings[0]:%Y-%m-%d %H:%M}")
    found = _DateAtEnd("", said, readings)
    return _ambiguous(found, add_date, unclear, "Enter changes nothing", f"/due {promise}")


def _ambiguous(
    found: _DateAtEnd,
    dated: Callable[[datetime], ev.Event],
    undecided: Record | Misunderstood,
    enter: str,
    retry: str,
) -> Ambiguous:
    options = tuple(day_and_time(moment) for moment in found.readings)
    return Ambiguous(found.said, options, tuple(map(dated, found.readings)), undecided, enter, retry)


def _date_at_end(rest: str, now: datetime, read_date: DateReader) -> _DateAtEnd | None:
    words = list(_WORD.finditer(rest))
    for number in range(max(1, len(words) - _MOST_WORDS), len(words)):
        start = words[number].start()
        said = rest[start:]
        lead = words[number][0].casefold()
        if lead not in _LEADS and not _stands_alone(said, words[number - 1][0]):
            continue
        date = said[len(lead) :].strip() if lead in {"by", "on"} else said
        # "delayed by 2 hours" is a length of time, "in 2 hours" a date.
        if date is not said and _LENGTH.fullmatch(date):
            continue
        what = rest[:start].strip()
        at = f"at {date}" if lead == "by" and _HOUR.fullmatch(date) and _CONTACT.search(what) else date
        if readings := _readings(read_date(at, now)):
            return _DateAtEnd(what, date, readings)
    return None


def _stands_alone(said: str, before: str) -> bool:
    """Whether words are a date without a "by" before them; `before` is the word that stands there."""
    if (
        _PART_OF_WHAT.fullmatch(before)
        or _LENGTH.fullmatch(said)
        or (said[0].isdigit() and _NUMBERED.fullmatch(before))
    ):
        return False
    return _UNMISTAKABLE.search(said) is not None


def _readings(due: datetime | tuple[datetime, ...] | None) -> tuple[datetime, ...]:
    if due is None:
        return ()
    return due if isinstance(due, tuple) else (due,)
