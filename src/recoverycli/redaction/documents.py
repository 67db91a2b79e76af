"""Masking in stored documents: a transcript, a review, a line of a journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recoverycli.redaction.cards.across_notes import CardAcrossNotes
from recoverycli.redaction.redact import redact
from recoverycli.redaction.rules import NAME_MASK, Rules
from recoverycli.session.person import ERASED

if TYPE_CHECKING:
    from recoverycli.redaction.document_text import Change


def word_masker(document: Any, rules: Rules, *names: str | None) -> Change:
    """Return the function that masks the words of a document, given in order. `names` are further ones of its customer.

    It remembers the digits at the end of a text, so that the rest of a card in one of the next is masked.
    """
    own = customer_name(document)
    known = rules.with_names(*(name for name in (own, *names) if name != ERASED))

    across = CardAcrossNotes()

    def change(text: str) -> tuple[str, int]:
        if text == own and own in known.names:
            return NAME_MASK, 1
        masked, count = redact(text, known)
        joined, _ = across.mask(text, masked)
        return joined, count + (joined != masked)

    return change


def customer_name(document: Any) -> str | None:
    """Return the customer's name in a transcript or in an event of a journal."""
    if not isinstance(document, dict):
        return None
    customer = document.get("customer")
    name = customer.get("name") if isinstance(customer, dict) else customer
    if name is None and document.get("event") == "customer-named":
        name = document.get("name")
    return name if isinstance(name, str) else None


def add_redactions(document: dict[str, Any], places: int) -> dict[str, Any]:
    """Return a transcript with `places` added to its count of redactions."""
    before = document.get("redactions")
    return {**document, "redactions": before + places} if isinstance(before, int) else document
