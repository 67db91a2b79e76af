"""The phrases of the step on the screen, in the order of their numbers, as this call fills them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.frameworks.phrasing import MOST, Facts, choose, fill, speaks_of_promise
from recoverycli.session.address import address
from recoverycli.session.earlier_promises import earlier_promise, only_promise, spoken_date
from recoverycli.session.model import Arrangement
from recoverycli.session.offer_text import offer_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recoverycli.frameworks.model import Fault, Phrase
    from recoverycli.session.events import PhraseSource, Said
    from recoverycli.session.model import ArrangedBy, Session
    from recoverycli.session.transcript.model import Call

# What was said in this call comes after what was said in others.
_SAID_HERE = 1_000


def facts(session: Session) -> Facts:
    """What a phrase can be chosen and filled by: the call's own facts and the captured values."""
    return Facts(
        channel=session.channel,
        mood=session.mood,
        issue=session.issue,
        family=session.family.id if session.family else None,
        fault=fault(session),
        severity=session.severity,
        values=fillings(session),
    )


def fillings(session: Session) -> dict[str, str]:
    """What fills the gaps of phrases: the known values, and what was offered, promised and found to be the cause.

    The remedy is the one that was accepted, else the last that was not refused. The customer is the name that is said.
    """
    values = session.known
    if offers := [one for one in reversed(session.offers) if one.answer != "refused"]:
        accepted = next((one for one in offers if one.answer == "accepted"), offers[0])
        values.setdefault("remedy", offer_text(accepted))
    if session.cause:
        values.setdefault("cause", session.cause)
    if (promise := only_promise(session)) is not None:
        values.setdefault("promise_by", spoken_date(promise, session.clock.last_at))
    if (name := customer_address(session)) is not None:
        values["customer"] = name
    else:
        values.pop("customer", None)
    return values


def fillings_of(session: Session, phrase: Phrase) -> dict[str, str]:
    """What fills the gaps of a phrase: if it promises what was promised before, it speaks of that date."""
    values = fillings(session)
    promise = earlier_promise(session, phrase)
    if promise is not None and phrase.promise is not None:
        values[phrase.promise.by] = spoken_date(promise, session.clock.last_at)
    return values


def customer_address(session: Session) -> str | None:
    """What the customer is called in this call; None if no name is to be said."""
    return address(session.customer, session.address) if session.customer else None


def fault(case: Session | Call) -> Fault:
    """Whose failure it is; as long as nobody has said, it is unclear."""
    return "unclear" if case.ours is None else "ours" if case.ours else "not-ours"


def arrangement_key(session: Session) -> ArrangedBy:
    """Return what the order of the phrases depends on: the order changes only with it."""
    here = session.here
    place = (session.framework.id, here.step.id, len(here.visits)) if here else ("", "", 0)
    case = (session.mood, session.issue, session.channel, session.ours, session.severity)
    return (*place, *case, tuple(fillings(session).items()), session.promises)


def arrange_phrases(
    session: Session,
    own: tuple[Phrase, ...],
    worn: Mapping[str, int],
    shared: tuple[Phrase, ...] = (),
) -> Arrangement:
    """Return the phrases of the step in their order: the agent's `own`, then the step's and the `shared` ones.

    `worn` counts how often a phrase was said in recent calls. What was said in another step of this call is not offered
    again.
    """
    here = session.here
    if here is None:
        return Arrangement(arrangement_key(session))
    known = facts(session)
    elsewhere = {words.phrase for record in session.steps if record.key != here.key for words in record.said}
    used = {**worn, **{words.phrase: _SAID_HERE for words in here.said if words.phrase}}
    first = choose(own, known, used)
    others = {phrase.id: phrase for phrase in (*here.step.phrases, *shared)}
    left = (phrase for key, phrase in others.items() if key not in {*elsewhere, *(one.id for one in first)})
    rest = choose(left, known, used)
    if session.promises:
        here_said = {words.phrase for words in here.said}
        rest = tuple(sorted(rest, key=lambda one: one.id in here_said or not _is_promised(session, one)))
    phrases = (*first, *rest)[:MOST]
    return Arrangement(arrangement_key(session), phrases, frozenset(phrase.id for phrase in own))


def _is_promised(session: Session, phrase: Phrase) -> bool:
    """Whether a phrase speaks of a promise of this call."""
    return speaks_of_promise(phrase) or earlier_promise(session, phrase) is not None


def phrases(session: Session) -> tuple[Phrase, ...]:
    """Return the phrases of the step on the screen in the order of their numbers; empty on the wrap-up screen."""
    if session.arrangement is not None and session.arrangement.by == arrangement_key(session):
        return session.arrangement.phrases
    return choose(session.here.step.phrases, facts(session))[:MOST] if session.here else ()


def phrase_of(session: Session, said: Said) -> Phrase | None:
    """The phrase that was said, where it is one of the step on the screen."""
    return next((phrase for phrase in phrases(session) if phrase.id == said.phrase), None) if said.phrase else None


def source_of(session: Session, phrase: Phrase) -> PhraseSource:
    """Return the source of a phrase."""
    shown = session.arrangement
    if shown is None:
        return session.place.source
    return "personal" if phrase.id in shown.own else shown.shared.get(phrase.id, session.place.source)


def spoken_text(session: Session, phrase: Phrase) -> str:
    """Return the text of a phrase with its placeholders filled."""
    return fill(phrase.say, fillings_of(session, phrase))
