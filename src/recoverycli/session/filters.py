"""Which calls are meant: the same few words for every command that lists, counts, exports or deletes."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from recoverycli.session.amendments import newest
from recoverycli.session.commitments import commitments
from recoverycli.session.events import OUTCOMES
from recoverycli.session.tokens import bare
from recoverycli.times.wall_clock import FIRST_YEAR, LAST_YEAR, aware, day_start, local, moments_at

if TYPE_CHECKING:
    from recoverycli.session.transcript import Call

# How a call without an outcome is asked for.
OPEN = "open"
# What may be typed for an outcome.
OUTCOME_WORDS = (*OUTCOMES, OPEN)

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(r"(?:last |on )?(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?")
_AGO = re.compile(r"([1-9][0-9]{0,3}|an?|one) ?(h|hours?|d|days?|w|weeks?|months?|years?)(?: ago)?")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[t ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:z|[+-][0-9]{2}:[0-9]{2})?")


class Filters(msgspec.Struct, frozen=True):
    """What narrows a choice of calls; None narrows nothing.

    `since` and `until` are aware and both belong to the span, by when a call began. Words match whatever their case:
    `issue`, `agent` and `customer` as any part, a customer also by the whole reference. A framework counts where a
    call began in it or switched to it, a mood where the customer ever sounded so, a remedy where it was offered.
    `overdue_at` asks for a promise or task that is not kept though it was due before that moment. `limit` is for
    whoever counts the rows: `matches` knows one call alone.
    """

    since: datetime | None = None
    until: datetime | None = None
    framework: str | None = None
    outcome: str | None = None
    issue: str | None = None
    channel: str | None = None
    agent: str | None = None
    customer: str | None = None
    mood: str | None = None
    remedy: str | None = None
    overdue_at: datetime | None = None
    limit: int | None = None

    def matches(self, call: Call) -> bool:
        """Whether a call is one of those that are meant, its amendments counted in."""
        return (
            self._in_time(call.started_at)
            and self._in_framework(call)
            and self._ended_so(call)
            and (self.channel is None or _same(self.channel, call.channel))
            and _part(self.issue, newest(call.amendments, "issue", call.issue))
            and _part(self.agent, call.agent)
            and (_part(self.customer, call.customer.name) or _same(self.customer, call.customer.ref))
            and (self.mood is None or any(_same(self.mood, said.mood) for said in call.moods))
            and (self.remedy is None or any(_same(self.remedy, offer.remedy) for offer in call.offers))
            and (self.overdue_at is None or any(one.is_overdue(self.overdue_at) for one in commitments(call)))
        )

    def _in_time(self, started_at: datetime) -> bool:
        began = aware(started_at)
        return (self.since is None or began >= self.since) and (self.until is None or began <= self.until)

    def _in_framework(self, call: Call) -> bool:
        if self.framework is None:
            return True
        entered = (call.framework.id, *(switch.after for switch in call.switches))
        return any(_same(self.framework, name) for name in entered)

    def _ended_so(self, call: Call) -> bool:
        if self.outcome is None:
            return True
        outcome = newest(call.amendments, "outcome", call.outcome)
        return _same(self.outcome, outcome) or (outcome is None and self.outcome.casefold() == OPEN)


def read_since(words: str, now: datetime) -> datetime | None:
    """Return the beginning of what the words name ("yesterday", "last monday", "3 days ago", "2026-11-01")."""
    named = read_time(words, now)
    if named is None or isinstance(named, datetime):
        return named and _moments(named, now)[0]
    return day_start(named, now)


def read_until(words: str, now: datetime) -> datetime | None:
    """Return the end of what the words name: of a day its last moment."""
    named = read_time(words, now)
    if named is None or isinstance(named, datetime):
        return named and _moments(named, now)[-1]
    return local(day_start(named + timedelta(days=1), now) - timedelta(microseconds=1), now)


def read_time(words: str, now: datetime) -> date | datetime | None:
    """Return the day that the words name, or the moment: without an offset it is wall time, in the zone of `now`.

    None where they name neither, or one that no call can have been at.
    """
    named = _read(words, now)
    return named if named is not None and FIRST_YEAR <= named.year <= LAST_YEAR else None


def _read(words: str, now: datetime) -> date | datetime | None:
    text = " ".join(words[:60].casefold().split())
    today = now.date()
    days = {"today": 0, "yesterday": 1, "this week": today.weekday(), "last week": today.weekday() + 7}
    try:
        if text in days:
            return today - timedelta(days=days[text])
        if text == "this month":
            return today.replace(day=1)
        if found := _WEEKDAY.fullmatch(text):
            back = (today.weekday() - _DAYS.index(found[1][:3])) % 7
            return today - timedelta(days=back or 7)
        if found := _AGO.fullmatch(text):
            return _ago(int(found[1]) if found[1].isdigit() else 1, found[2], now)
        if _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text.upper())
        return date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except (ValueError, OverflowError):  # 30 February, 9999 years ago
        return None


def _ago(count: int, unit: str, now: datetime) -> date | datetime:
    if unit.startswith("h"):
        return now.astimezone(UTC) - timedelta(hours=count)
    if unit[0] in "dw":
        return now.date() - timedelta(days=count * (7 if unit[0] == "w" else 1))
    months = now.year * 12 + now.month - 1 - count * (12 if unit[0] == "y" else 1)
    first = date(months // 12, months % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(now.day, last.day))


def _moments(named: datetime, now: datetime) -> tuple[datetime, ...]:
    return (local(named, now),) if named.tzinfo else moments_at(named, now)


def _same(wanted: str | None, found: object) -> bool:
    return wanted is not None and isinstance(found, str) and bare(wanted) == bare(found)


def _part(wanted: str | None, found: object) -> bool:
    return wanted is None or (isinstance(found, str) and bare(wanted) in bare(found))
