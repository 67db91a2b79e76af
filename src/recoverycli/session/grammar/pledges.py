"""What was offered, promised and handed on: the commands whose words have to be taken apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recoverycli.session import events as ev
from recoverycli.session.grammar.meanings import DateReader, Meaning, Misunderstood, Record

if TYPE_CHECKING:
    from datetime import datetime


def offered(rest: str, now: datetime) -> Meaning:
    """A remedy, and its value where the words end in an amount."""
    from recoverycli.session.grammar.amounts import BadAmount, split_amount

    if not rest:
        return Misunderstood("what was offered?", "/offer REMEDY [VALUE]")
    try:
        remedy, value, currency = split_amount(rest)
    except BadAmount as bad:
        return Misunderstood(str(bad), "/offer REMEDY [VALUE]")
    return Record(ev.Offered(at=now, remedy=remedy, value=value, currency=currency))


_BEFORE_DATE = re.compile(r"\s(?:by|in|on)\s", re.IGNORECASE)


def promised(rest: str, now: datetime, read_date: DateReader) -> Meaning:
    """Split where ` by `, ` in ` or ` on ` is followed by a date and nothing else; without one all of it was promised.

    Of several such places the first counts: in "call on friday by 5pm" the date is "friday by 5pm".
    """
    if not rest:
        return Misunderstood("what was promised?", "/promise WHAT by WHEN")
    # A date has few words: what stands far before the end cannot be one.
    for found in list(_BEFORE_DATE.finditer(rest))[-6:]:
        what, words = rest[: found.start()].strip(), rest[found.end() :].strip()
        if not what:
            continue
        with_preposition = rest[found.start() :].strip()
        asked = with_preposition if found.group().strip().casefold() == "in" else words
        due = read_date(asked, now)
        # "delayed by 2 hours" is a length of time, "in 2 hours" a date.
        if due is not None and not (asked is words and _is_length(words, now, read_date)):
            return Record(ev.Promised(at=now, what=what, due_said=asked, due=due))
    return Record(ev.Promised(at=now, what=rest))


def _is_length(words: str, now: datetime, read_date: DateReader) -> bool:
    """Whether the words of a date are only a length of time: "in" before them makes a date too."""
    return "from now" not in words.casefold() and read_date(f"in {words}", now) is not None


def escalated(rest: str, now: datetime) -> Meaning:
    """To whom it was handed on, where a colon says so, and why."""
    if not rest:
        return Misunderstood("to whom, and why?", "/escalate [TO:] WHY")
    to, colon, why = rest.partition(":")
    if colon and why.strip() and len(to) <= 60:
        return Record(ev.Escalated(at=now, to=to.strip() or None, why=why.strip()))
    return Record(ev.Escalated(at=now, why=rest))
