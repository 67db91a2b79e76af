"""Offering: two questions that decide what is worth offering, the remedies to choose from, the limit of authority."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.session import events as ev
from recoverycli.session.grammar.amounts import BadAmount, split_percent
from recoverycli.session.grammar.commands import read_offer
from recoverycli.session.grammar.meanings import Misunderstood, Record
from recoverycli.session.grammar.questions import YES_NO, Answered, Question, match_option
from recoverycli.session.remedies import TWO, find_remedy, judge_offer, option, rank_remedies, reason, unit
from recoverycli.text.format import amount_text

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.session.model import Session
    from recoverycli.session.remedies import Authority

_RANGED = ("money", "percent")


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
    name = remedy.name if remedy else offer.remedy
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
    if question.about == "remedy":
        return _remedy(session, text, now, authority)
    if question.about == "value":
        if not text:
            return _offer(ev.Offered(at=now, remedy=question.name), authority)
        return _words(f"{question.name} {text}", now, authority)
    if match_option(question, text) == "yes" and question.held is not None:
        return Answered((msgspec.structs.replace(question.held, at=now),))
    return Answered(said="not offered") if not text or match_option(question, text) else _ask_again(question)


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
    return Answered(refused=meaning if isinstance(meaning, Misunderstood) else None)


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


def format_sums(totals: dict[str | None, float]) -> str:
    """Return the sums of a call in words, empty where there is none."""
    return " and ".join(amount_text(value, currency) for currency, value in totals.items())
