"""What a call knows and does not write down: the customer's name, where names are masked.

The name serves the phrases on the screen as long as the process lives; what is stored says `[name]`. A call that is
resumed knows it no more: its phrases do without, until it is told again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from recoverycli.redaction.events import mask_event, new_customer_name
from recoverycli.redaction.rules import NAME_MASK
from recoverycli.session.events import Fact

if TYPE_CHECKING:
    from recoverycli.redaction.rules import Rules
    from recoverycli.session.model import Session

AnyEvent = TypeVar("AnyEvent", bound=Fact)


class UnwrittenNames:
    """Masks events on their way to the disk, and remembers the names that they told."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._called: str | None = None

    def mask_event(self, event: AnyEvent) -> AnyEvent:
        """Return an event as it may be stored."""
        if (name := new_customer_name(event)) is not None:
            self._rules = self._rules.with_names(name)
            self._called = name if name != NAME_MASK else None
        return mask_event(event, self._rules)

    def with_name(self, session: Session) -> Session:
        """Return the call with the name that was told last in the place of its mask, or with none."""
        if session.customer != NAME_MASK:
            return session
        return msgspec.structs.replace(session, customer=self._called)

    def forget_name(self, event: Fact) -> None:
        """Use a name no more that was taken back; in what was written it stays masked."""
        if new_customer_name(event) is not None:
            self._called = None

    def phrase_text(self, say: str) -> str:
        """Return words for other calls: where the name was masked, the next customer's belongs."""
        return say.replace(NAME_MASK, "{customer|there}")
