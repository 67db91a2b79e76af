"""Follow-ups as an iCalendar file: a quarter of an hour each, with a reminder, in a form that every calendar reads.

The UID of a follow-up never changes and its SEQUENCE grows with each change, so a calendar that imports the file twice
has one entry and moves it. Times are in UTC.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from recoverycli.text.format import day_and_time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from icalendar import Alarm, Event, vText

    from recoverycli.review.followups import FollowUp

LENGTH = timedelta(minutes=15)
REMINDER = timedelta(minutes=-15)

# RFC 5545 allows no control characters in text; other line breaks would break the file for some readers.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def calendar(rows: Iterable[FollowUp], now: datetime) -> bytes:
    """Return the rows that have a due time as an iCalendar file (RFC 5545). `now` is aware and stamps the file."""
    from icalendar import Calendar

    file = Calendar()
    file.add("prodid", "-//recoverycli//follow-ups//EN")
    file.add("version", "2.0")
    file.add("x-wr-calname", "Follow-ups")
    for row in rows:
        if row.due is not None:
            file.add_component(_event(row, row.due, now))
    return bytes(file.to_ical())


def _event(row: FollowUp, due: datetime, now: datetime) -> Event:
    from icalendar import Event

    event = Event()
    summary = f"{'Done: ' if row.done_at else ''}{_text(row.what)}{f' ({_text(row.customer)})' if row.customer else ''}"
    event.add("uid", f"{_text(row.key)}@recoverycli")
    event.add("dtstamp", _second(now))
    event.add("dtstart", _second(due))
    event.add("dtend", _second(due) + LENGTH)
    event.add("summary", _literal(summary))
    event.add("description", _literal("\n".join(_facts(row))))
    event.add("sequence", row.changes)
    event.add("last-modified", _second(row.changed_at or row.at))
    if not row.done_at:
        event.add_component(_alarm(summary))
    return event


def _alarm(summary: str) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _literal(summary))
    alarm.add("trigger", REMINDER)
    return alarm


def _facts(row: FollowUp) -> Iterable[str]:
    told = (("Customer", row.customer), ("Reference", row.ref), ("Issue", row.issue), ("Note", row.note))
    yield from (f"{name}: {_text(words)}" for name, words in told if words)
    if row.kind == "promise" and row.due != row.promised:
        yield f"Promised: {_text(day_and_time(row.promised)) if row.promised else 'no date'}"
    yield f"Call: {_text(row.call)}"
    if not row.done_at:
        yield f"When it is done: recovery followups done {_text(row.id)}"


def _second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _literal(words: str) -> vText:
    """The words as a value of the file. icalendar itself writes a backslash before an N as a line break."""
    from icalendar import vText

    class Literal(vText):
        def to_ical(self) -> bytes:
            return rb"\\N".join(vText(part).to_ical() for part in self.split(r"\N"))

    return Literal(words)


def _text(words: str) -> str:
    return " ".join(_UNFIT.sub(" ", words).split())
