"""Whom a card brings in, as the settings of this desk say: lines for the screen. Nothing is built in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from recoverycli.session.model import Session
    from recoverycli.settings.contacts import Contact

NAMES: dict[Contact, str] = {
    "emergency": "emergency number",
    "crisis-line": "crisis line",
    "complaints": "outside body for complaints",
    "lead": "your lead",
    "incidents": "incidents",
    "security": "security",
    "fraud": "fraud",
    "privacy": "privacy",
    "legal": "legal",
    "conduct": "staff conduct",
    "care": "customer care",
}
_UNSET: dict[Contact, str] = {
    "emergency": "No emergency number is set: use the one where the customer is.",
    "lead": "No contact is set for your lead.",
}


class ContactLine(NamedTuple):
    """A contact of the card in use: what the settings say, or that they say nothing, and how to set it."""

    text: str
    hint: str = ""


def contact_lines(session: Session) -> tuple[ContactLine, ...]:
    """Return the contacts of the card in use, in its order; none for another framework."""
    card = session.framework.card
    return tuple(_line(kind, session.contacts) for kind in card.contacts) if card is not None else ()


def way_back(session: Session) -> str:
    """Return where `/switch` leads from a framework that stands alone; empty for another."""
    if not session.framework.stands_alone or len(session.places) < 2:
        return ""
    place = session.places[-2]
    step = place.framework.step(place.step) if place.step is not None else None
    return f"/switch returns to {place.framework.name}: {step.name if step is not None else 'wrap-up'}"


def _line(kind: Contact, contacts: dict[Contact, str]) -> ContactLine:
    name = NAMES[kind]
    if kind in contacts:
        return ContactLine(f"{name[0].upper()}{name[1:]}: {contacts[kind]}")
    lead = f"your lead, {contacts['lead']}" if "lead" in contacts else "your lead"
    missing = _UNSET.get(kind) or f"No contact is set for {name}: ask {lead}."
    return ContactLine(missing, f"Set one: recovery config set contacts.{kind} …")
