"""Filters of calls: the same few words for every command that lists, counts, exports or deletes."""

from __future__ import annotations

from datetime import datetime

import msgspec

from recoverycli.session.events import OUTCOMES

# How a call without an outcome is asked for.
OPEN = "open"
# What may be typed for an outcome.
OUTCOME_WORDS = (*OUTCOMES, OPEN)


class Filters(msgspec.Struct, frozen=True):
    """What narrows a choice of calls; None narrows nothing.

    `since` and `until` are aware and both belong to the span, by when a call began. Words match whatever their case:
    `issue`, `agent` and `customer` as any part, a customer also by the whole reference. A framework counts where a
    call began in it or switched to it, a mood where the customer ever sounded so, a remedy where it was offered.
    `overdue_at` asks for a promise or task that is not kept though it was due before that moment. `limit` is for
    the caller that counts the rows.
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
