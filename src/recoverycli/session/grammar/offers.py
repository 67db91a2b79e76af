"""Offering: two questions that decide what is worth offering, the remedies to choose from, the limit of authority."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from recoverycli.frameworks.values import YES_NO
from recoverycli.session import events as ev
from recoverycli.session.grammar.amounts import BadAmount, split_percent
from recoverycli.session.grammar.forgotten_slash import tells
from recoverycli.session.grammar.meanings import Misunderstood, Record
from recoverycli.session.grammar.offer_commands import read_offer, replace_offer
from recoverycli.session.grammar.questions import Answered, Question, match_option
from recoverycli.session.offer_text import offer_text
from recoverycli.session.remedies import TWO, find_remedy, judge_offer, option, rank_remedies, reason, unit

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.session.model import Session
    from recoverycli.session.remedies import Authority

_RANGED = ("money", "percent")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
# Words that answer whatever follows them, and words that answer only where they stand alone.
_YES = frozenset({"yes", "yep", "accepted", "accepts", "agreed", "agrees"})
_YES_ALONE = frozenset({"y", "a", "accept", "ok", "okay", "fine", "deal", "sure"})
_NO = frozenset({"no", "nope", "refused", "refuses", "declined", "declines", "rejected", "rejects"})
_NO_ALONE = frozenset({"n", "r", "refuse", "decline", "reject"})


def first_question(session: Session, authority: Authority) -> Question:
    """Return what is asked after `/offer` alone: whose it is and whether it happened before, once a call."""
    if session.judged or (session.ours is not None and session.repeated is not None):
        return _which(session, authority)
    if session.ours is None:
        return Question("ours", "Is it our doing?", YES_NO, "Enter: not known")
    return Question("repeated", "Has it happened to them before?", YES_NO, "Enter: not known")


def complete_offer(offer: ev.Offered, authority: Authority) -> ev.Offered:
    """Return an offer with its remedy's own name and currency, and whether it is within the agent's authority.

    Raises BadAmount where a percentage cannot be meant.
    """
    percent = split_percent(offer.remedy) if offer.value is None else None
    if percent is not None and (known := find_remedy(authority.remedies, percent[0])) and known.kind == "percent":
        offer = msgspec.structs.replace(offer, remedy=percent[0], value=percent[1], currency="%")
    remedy = find_remedy(authority.remedies, offer.remedy)
    currency = offer.currency
    if offer.value is not None and currency is None:
        currency = (unit(remedy) if remedy else None) or authority.currency
    # What says more than the name, as "full refund" does, is recorded as it was typed.
    is_name = remedy is not None and len(offer.remedy.split()) <= len(remedy.name.split())
    name = remedy.name if remedy is not None and is_name else offer.remedy
    whole = msgspec.structs.replace(offer, remedy=name, currency=currency)
    judgement = judge_offer(authority.remedies, whole)
    return msgspec.structs.replace(whole, within_authority=judgement.within, needs=judgement.needs)


def authority_question(offer: ev.Offered, authority: Authority) -> Question | None:
    """Return the question before an offer that the agent may not give alone, or None."""
    if offer.within_authority is not False:
        return None
    judgement = judge_offer(authority.remedies, offer)
    needs = f": needs {judgement.needs}" if judgement.needs else ""
    return Question("authority", f"{_capital(judgement.why)}{needs}. Offer it anyway?", YES_NO, "Enter: no", held=offer)


def answer_offer(session: Session, question: Question, text: str, now: datetime, authority: Authority) -> Answered:
    """Return what an answer to one of the questions of an offer does."""
    if question.about in {"ours", "repeated"}:
        return _judgement(question, text, now, authority)
    if tells(text):
        return Answered(refused=Misunderstood("that is not an offer"))
    if question.about == "remedy":
        return _remedy(session, text, now, authority)
    if question.about == "value":
        if not text:
            return _offer(ev.Offered(at=now, remedy=question.name), authority)
        return _words(f"{question.name} {text}", now, authority)
    if match_option(question, text) == "yes" and question.held is not None:
        return Answered((msgspec.structs.replace(question.held, at=now),))
    return Answered(said="not offered") if not text or match_option(question, text) else _ask_again(question)


def reaction_question(session: Session) -> Question | None:
    """Return the question that follows an offer, or None where it has an answer."""
    offer = session.offers[-1] if session.offers else None
    if offer is None or offer.answer is not None:
        return None
    return Question(
        "answer",
        f"{offer_text(offer)}: what do they say?",
        enter="y accepted · n WHY refused · instead REMEDY VALUE · Enter: no answer yet",
        name=offer.id,
    )


def answer_reaction(session: Session, question: Question, text: str, now: datetime) -> Answered | None:
    """Return what an answer to `reaction_question` does, or None where the line does not answer it.

    The first word decides; what follows a yes is a note, what follows a no is the reason.
    """
    if not text:
        return Answered(said="no answer yet · /accept or /refuse later")
    found = _FIRST_WORD.match(text)
    word = found.group().casefold() if found else ""
    rest = text[found.end() :].strip(" ,.;:-") if found else ""
    if word == "instead" and rest:
        meaning = replace_offer(session, rest, now)
        return Answered(refused=meaning) if isinstance(meaning, Misunderstood) else Answered((), lambda _: meaning)
    if word in _YES or (word in _YES_ALONE and not rest):
        event: ev.Event = ev.OfferAnswered(at=now, offer=question.name, answer="accepted")
        return Answered((ev.Noted(at=now, text=text), event) if rest else (event,))
    if word in _NO or (word in _NO_ALONE and not rest) or (word == "n" and rest):
        return Answered((ev.OfferAnswered(at=now, offer=question.name, answer="refused", why=rest or None),))
    return None


def _judgement(question: Question, text: str, now: datetime, authority: Authority) -> Answered:
    answer = match_option(question, text)
    if text and answer is None:
        return _ask_again(question)
    value = {"yes": True, "no": False, None: None}[answer]
    if question.about == "repeated":
        return Answered((ev.Judged(at=now, repeated=value, asked=True),), lambda after: _which(after, authority))
    event = ev.Judged(at=now, ours=value)

    def then(after: Session) -> Question:
        if after.repeated is not None:
            return _which(after, authority)
        return Question("repeated", "Has it happened to them before?", YES_NO, "Enter: not known")

    return Answered((event,), then)


def _which(session: Session, authority: Authority) -> Question:
    remedies = rank_remedies(authority.remedies, session)
    return Question(
        "remedy",
        f"{reason(session)} {TWO}",
        tuple(option(remedy) for remedy in remedies),
        "a number, or your own words and a value · Enter offers nothing",
    )


def _remedy(session: Session, text: str, now: datetime, authority: Authority) -> Answered:
    """A number, with a value or without, chooses; anything else is an offer in the agent's own words."""
    if not text:
        return Answered(said="nothing offered")
    number, _, rest = text.partition(" ")
    remedies = rank_remedies(authority.remedies, session)
    if not number.isdecimal():
        return _words(text, now, authority)
    if not 1 <= int(number[:4]) <= len(remedies):
        return Answered(refused=Misunderstood(f"there is no remedy {number} (1 to {len(remedies)})"))
    remedy = remedies[int(number) - 1]
    if rest.strip():
        return _words(f"{remedy.name} {rest.strip()}", now, authority)
    if remedy.kind in _RANGED and remedy.most != remedy.least:
        question = Question("value", f"How much? {option(remedy)}", (), "Enter: no value yet", remedy.name)
        return Answered((), lambda _: question)
    fixed = remedy.most if remedy.kind in _RANGED else None
    return _offer(ev.Offered(at=now, remedy=remedy.name, value=fixed), authority)


def _words(text: str, now: datetime, authority: Authority) -> Answered:
    meaning = read_offer(text, now)
    if isinstance(meaning, Record) and isinstance(meaning.event, ev.Offered):
        return _offer(meaning.event, authority)
    if isinstance(meaning, Misunderstood):
        return Answered(refused=meaning)
    # An amount with several readings is asked about next.
    return Answered((), lambda _: meaning)


def _offer(offer: ev.Offered, authority: Authority) -> Answered:
    try:
        whole = complete_offer(offer, authority)
    except BadAmount as bad:
        return Answered(refused=Misunderstood(str(bad)))
    question = authority_question(whole, authority)
    return Answered((whole,)) if question is None else Answered((), lambda _: question)


def _ask_again(question: Question) -> Answered:
    return Answered(refused=Misunderstood(" or ".join(question.options) + "?"))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
