"""An offer in words: its remedy and value, and the customer's answer. Every screen, note and export uses these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from recoverycli.text.format import amount_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.session.events import OfferAnswer


class Valued(Protocol):
    """What has a remedy and a value: an offer of an event, of a call in progress, or of a transcript."""

    @property
    def remedy(self) -> str: ...
    @property
    def value(self) -> float | None: ...
    @property
    def currency(self) -> str | None: ...


class Answerable(Valued, Protocol):
    """An offer that can have an answer."""

    @property
    def answer(self) -> OfferAnswer | None: ...
    @property
    def why(self) -> str | None: ...


def offer_text(offer: Valued) -> str:
    """Return the remedy and its value: `refund 20 EUR`."""
    return offer.remedy if offer.value is None else f"{offer.remedy} {amount_text(offer.value, offer.currency)}"


def answer_text(offer: Answerable) -> str:
    """Return the answer and its reason: `refused: too little`; empty where there is none."""
    if offer.answer is None:
        return ""
    return f"{offer.answer}: {offer.why}" if offer.why else offer.answer


def answered_offer_text(offer: Answerable) -> str:
    """Return the offer with its answer in parentheses: `refund 20 EUR (refused: too little)`."""
    answer = answer_text(offer)
    return f"{offer_text(offer)} ({answer})" if answer else offer_text(offer)


def accepted_sums(offers: Iterable[Answerable]) -> dict[str | None, float]:
    """Return what was accepted in all, by currency; percentages and offers without a value are in no sum."""
    totals: dict[str | None, float] = {}
    for offer in offers:
        if offer.answer == "accepted" and offer.value is not None and offer.currency != "%":
            totals[offer.currency] = totals.get(offer.currency, 0.0) + offer.value
    return totals


def sums_text(totals: dict[str | None, float]) -> str:
    """Return sums in words: `32.50 EUR and 5 USD`; empty where there are none."""
    return " and ".join(amount_text(value, currency) for currency, value in totals.items())
