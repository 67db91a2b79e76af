"""The customer's name in memory, if names are masked on disk.

The phrases on the screen use the name until the process ends; stored text says `[name]`. A resumed call does not know
it until it is typed again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

import msgspec

from recoverycli.redaction.events import mask_event, new_customer_name
from recoverycli.redaction.rules import NAME_MASK
from recoverycli.session.events import Fact

if TYPE_CHECKING:
    from recoverycli.redaction.rules import Rules
    from recoverycli.session.model import Session

_MASKED = re.compile(rf"(?:\b(?:mr|mrs|ms|miss|mx|dr)\.?\s+)?{re.escape(NAME_MASK)}", re.IGNORECASE)

AnyEvent = TypeVar("AnyEvent", bound=Fact)


class UnwrittenNames:
    """Masks events before they are stored, and remembers the customer's name in them."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._called: str | None = None

    def mask_event(self, event: AnyEvent) -> AnyEvent:
        """Return the masked event."""
        if (name := new_customer_name(event)) is not None:
            self._rules = self._rules.with_names(name)
            self._called = name if name != NAME_MASK else None
        return mask_event(event, self._rules)

    def with_name(self, session: Session) -> Session:
        """Return the call with the last name instead of its mask, or without a name."""
        if session.customer != NAME_MASK:
            return session
        return msgspec.structs.replace(session, customer=self._called)

    def forget_name(self, event: Fact) -> None:
        """Forget a name that was undone; in stored text it stays masked."""
        if new_customer_name(event) is not None:
            self._called = None

    def phrase_text(self, say: str) -> str:
        """Return a text for other calls: a masked name becomes the placeholder of the customer's."""
        return _MASKED.sub("{customer}", say)
