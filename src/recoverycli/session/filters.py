"""Filters of calls: the same few words for every command that lists, counts, exports or deletes."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from recoverycli.session.events import OUTCOMES

# Selects calls without an outcome.
OPEN = "open"
# The valid values of the outcome filter.
OUTCOME_WORDS = (*OUTCOMES, OPEN)


class Filters(msgspec.Struct, frozen=True):
    """The filters of a selection of calls; None selects all.

    `since` and `until` are inclusive, and compared with the start of a call: a moment (aware) with its moment, a day
    with its day where it was recorded. Case does not matter: `issue` and `agent` match any part, `customer` and each of
    `spellings` the whole name or the whole reference. In issues and names, accents, spaces and punctuation do not
    matter either. A framework matches if a call began in it or switched to it, a mood if the customer ever had it, a
    remedy if it was offered, a card if it was opened. `ours` and `repeated` are what was recorded. `overdue_at` selects
    calls with an open promise or task whose date had passed at that time. `limit` is for the caller that counts the
    rows.
    """

    since: datetime | date | None = None
    until: datetime | date | None = None
    framework: str | None = None
    outcome: str | None = None
    issue: str | None = None
    channel: str | None = None
    agent: str | None = None
    customer: str | None = None
    spellings: tuple[str, ...] = ()
    mood: str | None = None
    remedy: str | None = None
    repeated: bool | None = None
    ours: bool | None = None
    severity: str | None = None
    abandoned: bool = False
    card: str | None = None
    overdue_at: datetime | None = None
    limit: int | None = None
