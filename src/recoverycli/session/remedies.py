"""Remedies within authority: which to offer first and why, and what exceeds the agent's authority.

The order follows what research found decisive (Grewal, Roggeveen and Tsiros 2008): compensation moves the wish to buy
again only where the company is responsible and the failure happens often. Elsewhere a quick and fair fix counts more
(del Rio-Lanza, Vazquez-Casielles and Diaz-Martin 2009), and several options do better than one (Marinova, Singh and
Singh 2018, as their university reports it).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.text.format import amount_text, number

if TYPE_CHECKING:
    from recoverycli.session.events import Offered
    from recoverycli.session.model import Session
    from recoverycli.settings.model import Remedy

# Kinds, the one most worth offering first.
_COMPENSATION = ("money", "percent", "goods", "service", "gesture")
_FIX = ("service", "goods", "gesture", "percent", "money")
_CARE = ("gesture", "service", "goods", "percent", "money")

# What offers all of something, or a part of it that nobody has reckoned yet.
_WHOLE = re.compile(r"\b(?:full|whole|complete|entire|total|all|everything|half)\b|%", re.IGNORECASE)
# Shorter words are near to too many others; further words of a long text name no remedy.
_SHORTEST, _NEAR, _MOST_WORDS = 4, 0.8, 12

TWO = "Name two and let them choose: that does better than one."


class Authority(NamedTuple):
    """The remedies, and the currency of amounts without one."""

    remedies: tuple[Remedy, ...] = ()
    currency: str | None = None


class Judgement(NamedTuple):
    """What the settings say about an offer. `within` is None if they cannot be compared."""

    remedy: Remedy | None
    within: bool | None
    needs: str | None = None
    why: str = ""


def rank_remedies(remedies: tuple[Remedy, ...], session: Session) -> tuple[Remedy, ...]:
    """Return the remedies, the one most worth offering first; within a kind what the agent may give alone goes first.

    A severe failure asks for more: there the larger remedies of a kind come first.
    """
    order = _order(session)
    severe = session.severity == "severe"

    def place(remedy: Remedy) -> tuple[int, bool, float]:
        most = remedy.most or 0.0
        return order.index(remedy.kind), not needs_nobody(remedy), -most if severe else most

    return tuple(sorted(remedies, key=place))


def reason(session: Session) -> str:
    """Return the reason for the order in a few words."""
    if session.ours and session.repeated:
        return "Ours, and not the first time: here something of value wins people back."
    if session.ours:
        again = "" if session.repeated is None else " and the first time"
        return f"Ours{again}: a quick, fair fix counts more than money."
    if session.ours is False:
        return "Not ours: help and care count, money changes little."
    return "Before it is known whose it is: mend it first, then make up for it."


def needs_nobody(remedy: Remedy) -> bool:
    """Whether the agent may give it, or some of it, without approval."""
    return remedy.needs is None or bool(remedy.alone)


def find_remedy(remedies: tuple[Remedy, ...], words: str) -> Remedy | None:
    """Return the remedy that the words name, or None where they name none or several.

    They are its name or the beginning of one, else they contain it ("a full refund"), else something near it, so that
    a slip of the fingers does not widen anybody's authority.
    """
    asked = " ".join(words.split()).casefold()
    exact = [remedy for remedy in remedies if remedy.name.casefold() == asked]
    begins = [remedy for remedy in remedies if asked and remedy.name.casefold().startswith(asked)]
    found = exact or begins or _remedies_in(remedies, asked) or _misspelt(remedies, asked)
    return found[0] if len(found) == 1 else None


def _remedies_in(remedies: tuple[Remedy, ...], asked: str) -> list[Remedy]:
    return [one for one in remedies if re.search(rf"(?<!\w){re.escape(one.name.casefold())}(?!\w)", asked)]


def _misspelt(remedies: tuple[Remedy, ...], asked: str) -> list[Remedy]:
    """The remedies of which the words hold something near their name."""
    return [one for one in remedies if any(_is_near(part, one.name.casefold()) for part in _parts(asked, one.name))]


def _parts(asked: str, name: str) -> list[str]:
    """The runs of words that are as long as the name."""
    words, length = asked.split()[:_MOST_WORDS], len(name.split())
    return [" ".join(words[start : start + length]) for start in range(len(words) - length + 1)]


def _is_near(words: str, name: str) -> bool:
    from difflib import SequenceMatcher

    return len(words) >= _SHORTEST and SequenceMatcher(None, words, name).ratio() > _NEAR


def judge_offer(remedies: tuple[Remedy, ...], offer: Offered) -> Judgement:
    """Return what the settings say of an offer: which remedy it is, and whether it is within the agent's authority."""
    remedy = find_remedy(remedies, offer.remedy)
    if remedy is None:
        return _judge_unnamed(remedies, offer)
    value = offer.value
    if remedy.needs is None and remedy.most is None:
        return Judgement(remedy, True)
    if value is not None and offer.currency and unit(remedy) and offer.currency != unit(remedy):
        return Judgement(remedy, False, remedy.needs, f"{remedy.name} is set in {unit(remedy)}, not {offer.currency}")
    if value is None and remedy.most is not None and _WHOLE.search(offer.remedy):
        limit = amount_text(_limit(remedy), unit(remedy))
        return Judgement(remedy, False, remedy.needs, f"{offer.remedy} may be more than the {limit} that are yours")
    if value is not None and remedy.most is not None and value > remedy.most:
        limit = amount_text(remedy.most, unit(remedy))
        return Judgement(remedy, False, remedy.needs, f"more than {remedy.name} may be ({limit} at most)")
    if remedy.needs is None:
        return Judgement(remedy, True)
    if not remedy.alone:
        return Judgement(remedy, False, remedy.needs, f"{remedy.name} is not yours to give alone")
    if value is None:
        return Judgement(remedy, None, why=f"alone up to {amount_text(remedy.alone, unit(remedy))}")
    if value > remedy.alone:
        limit = amount_text(remedy.alone, unit(remedy))
        return Judgement(remedy, False, remedy.needs, f"more than the {limit} that you may give alone")
    return Judgement(remedy, True)


def _judge_unnamed(remedies: tuple[Remedy, ...], offer: Offered) -> Judgement:
    """Judge an offer in the agent's own words: more money than any remedy allows is not theirs to give either."""
    money = [one for one in remedies if one.kind == "money" and one.currency and one.currency == offer.currency]
    if offer.value is None or not money or any(one.needs is None and one.most is None for one in money):
        return Judgement(None, None)
    largest = max(money, key=_limit)
    if offer.value <= _limit(largest):
        return Judgement(None, None)
    limit = amount_text(_limit(largest), offer.currency)
    return Judgement(None, False, largest.needs, f"more than the {limit} that you may give alone")


def _limit(remedy: Remedy) -> float:
    """Return how much of a remedy the agent may give alone."""
    return (remedy.most or 0.0) if remedy.needs is None else (remedy.alone or 0.0)


def option(remedy: Remedy) -> str:
    """Return a remedy as an option in a line: its range, and what it needs beyond."""
    least, most = remedy.least, remedy.most
    if least is not None and most is not None and least != most:
        size = f"{number(least)} to {amount_text(most, unit(remedy))}"
    elif most is not None:
        size = f"up to {amount_text(most, unit(remedy))}"
    else:
        size = ""
    if remedy.needs is None:
        limit = ""
    elif not remedy.alone:
        limit = f"needs {remedy.needs}"
    elif most is not None and remedy.alone >= most:
        limit = ""
    else:
        limit = f"alone up to {number(remedy.alone)}, then {remedy.needs}"
    return " · ".join(filter(None, (" ".join(filter(None, (remedy.name, size))), limit, remedy.note)))


def unit(remedy: Remedy) -> str | None:
    """Return what a remedy's values are counted in: its currency, or percent."""
    return "%" if remedy.kind == "percent" else remedy.currency


def _order(session: Session) -> tuple[str, ...]:
    if session.ours and session.repeated:
        return _COMPENSATION
    return _CARE if session.ours is False else _FIX
