"""What to say before and after a hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.session.phrases import customer_address

if TYPE_CHECKING:
    from recoverycli.session.model import Session

# Silence on the line feels twice as long: after a minute the agent comes back to the customer.
REMIND_AFTER = 60.0
_WRITTEN = ("chat", "email", "social")


def before_hold(session: Session) -> str:
    """Return what to say when the customer is put on hold."""
    if session.channel in _WRITTEN:
        return "I'm checking this for you now. May I take about two minutes?"
    return "May I put you on hold for about a minute while I check this?"


def after_hold(session: Session) -> str:
    """Return what to say when the customer is back."""
    called = customer_address(session)
    name = f", {called}" if called else ""
    if session.channel in _WRITTEN:
        return f"I'm back{name}. Here's what I found."
    return f"Thank you for waiting{name}. Here's what I found."
