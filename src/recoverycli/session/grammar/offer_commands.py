"""Offers and the customer's answers to them: `/offer`, `/accept`, `/refuse` and `/instead`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recoverycli.session import events as ev
from recoverycli.session.grammar.meanings import Ambiguous, Meaning, Misunderstood, Record
from recoverycli.session.offer_text import offer_text

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.session.model import Offer, Session

# A number alone, or before a colon or the id's letter: "2 weeks is too long" is a reason, "2: too long" names offer 2.
_NUMBER = re.compile(
    r"(?:o(?P<id>\d{1,3})(?::|\s|$)|(?P<number>\d{1,3})\s*(?::|$))\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)


def read_offer(rest: str, now: datetime, instead_of: str | None = None) -> Meaning:
    """Return what a remedy and its value mean; the amount may stand before or after the remedy."""
    from recoverycli.session.grammar.amounts import BadAmount, split_amount
    from recoverycli.text.format import amount_text

    if not rest:
        return Misunderstood("what was offered?", "/offer REMEDY [VALUE]")
    try:
        remedy, readings = split_amount(rest)
    except BadAmount as bad:
        return Misunderstood(str(bad), "/offer REMEDY [VALUE]")
    offers = tuple(
        ev.Offered(at=now, remedy=remedy, value=one.value, currency=one.currency, instead_of=instead_of)
        for one in readings
    )
    if len(offers) < 2:
        return Record(offers[0] if offers else ev.Offered(at=now, remedy=rest, instead_of=instead_of))
    typed = f"{'/instead' if instead_of else '/offer'} {remedy}"
    options = tuple(amount_text(one.value, one.currency) for one in readings)
    unclear = Misunderstood(f"the amount can be {' or '.join(options)}", f"{typed} {options[0]}")
    return Ambiguous(rest, options, offers, unclear, "Enter offers nothing", typed)


def accept(session: Session, rest: str, now: datetime) -> Meaning:
    """Return what `/accept [N]` means; further words are kept as what the customer added."""
    return _answer(session, rest, now, "accepted")


def refuse(session: Session, rest: str, now: datetime) -> Meaning:
    """Return what `/refuse [N:] [WHY]` means."""
    return _answer(session, rest, now, "refused")


def _answer(session: Session, rest: str, now: datetime, answer: ev.OfferAnswer) -> Meaning:
    offer, why = _find_offer(session, rest)
    if isinstance(offer, Misunderstood):
        return offer
    return Record(ev.OfferAnswered(at=now, offer=offer.id, answer=answer, why=why or None))


def replace_offer(session: Session, rest: str, now: datetime) -> Meaning:
    """Return what `/instead REMEDY [VALUE]` means: another offer, in the place of the newest that was not accepted."""
    if not rest:
        return Misunderstood("what is offered instead?", "/instead REMEDY [VALUE]")
    replaced = next((offer.id for offer in reversed(session.offers) if offer.answer != "accepted"), None)
    return read_offer(rest, now, replaced)


def _find_offer(session: Session, rest: str) -> tuple[Offer | Misunderstood, str]:
    """Return the offer that is named, else the only one without an answer; and the words that do not name it."""
    if not session.offers:
        return Misunderstood("nothing was offered yet", "/offer REMEDY [VALUE]"), rest
    found = _NUMBER.fullmatch(rest)
    if found is not None:
        number = int(found["id"] or found["number"])
        if 1 <= number <= len(session.offers):
            return session.offers[number - 1], found["rest"].strip()
        return Misunderstood(f"there is no offer {number} ({_list_offers(session.offers)})"), rest
    waiting = [offer for offer in session.offers if offer.answer is None]
    named = [offer for offer in waiting if rest and _is_named(offer, rest)]
    if len(named) == 1:
        return named[0], "" if rest.casefold() in offer_text(named[0]).casefold() else rest
    if len(waiting) == 1:
        return waiting[0], rest
    if not waiting:
        newest = session.offers[-1]
        return (newest, rest) if len(session.offers) == 1 else (Misunderstood(_which(session.offers)), rest)
    return Misunderstood(_which(tuple(waiting))), rest


def _is_named(offer: Offer, words: str) -> bool:
    name = offer.remedy.casefold()
    return words.casefold().startswith(name) or name.startswith(words.casefold())


def _which(offers: tuple[Offer, ...]) -> str:
    return f"which offer? Put its number first: {_list_offers(offers)}"


def _list_offers(offers: tuple[Offer, ...]) -> str:
    return ", ".join(f"{offer.id[1:]} {offer_text(offer)}" for offer in offers)
