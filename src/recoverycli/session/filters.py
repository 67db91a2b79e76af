"""Which calls are meant: the same few words for every command that lists, counts, exports or deletes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from recoverycli.session.events import OUTCOMES
from recoverycli.session.transcript.amendments import newest_value
from recoverycli.session.transcript.commitments import commitments
from recoverycli.text.tokens import fold_case
from recoverycli.times.wall_clock import with_offset

if TYPE_CHECKING:
    from recoverycli.session.transcript.model import Call

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
            and self._has_outcome(call)
            and (self.channel is None or _is_same(self.channel, call.channel))
            and _is_part(self.issue, newest_value(call.amendments, "issue", call.issue))
            and _is_part(self.agent, call.agent)
            and (_is_part(self.customer, call.customer.name) or _is_same(self.customer, call.customer.ref))
            and (self.mood is None or any(_is_same(self.mood, said.mood) for said in call.moods))
            and (self.remedy is None or any(_is_same(self.remedy, offer.remedy) for offer in call.offers))
            and (self.overdue_at is None or any(one.is_overdue(self.overdue_at) for one in commitments(call)))
        )

    def _in_time(self, started_at: datetime) -> bool:
        began = with_offset(started_at)
        return (self.since is None or began >= self.since) and (self.until is None or began <= self.until)

    def _in_framework(self, call: Call) -> bool:
        if self.framework is None:
            return True
        entered = (call.framework.id, *(switch.after for switch in call.switches))
        return any(_is_same(self.framework, name) for name in entered)

    def _has_outcome(self, call: Call) -> bool:
        if self.outcome is None:
            return True
        outcome = newest_value(call.amendments, "outcome", call.outcome)
        return _is_same(self.outcome, outcome) or (outcome is None and self.outcome.casefold() == OPEN)


def _is_same(wanted: str | None, found: object) -> bool:
    return wanted is not None and isinstance(found, str) and fold_case(wanted) == fold_case(found)


def _is_part(wanted: str | None, found: object) -> bool:
    return wanted is None or (isinstance(found, str) and fold_case(wanted) in fold_case(found))
