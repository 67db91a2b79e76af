"""The note for the customer's profile: what a colleague needs to know at the next call, from what was recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.live.answers import amount, day_and_time, short
from recoverycli.session.account import outcome

if TYPE_CHECKING:
    from recoverycli.session.model import Session

CHANNELS_IN_WORDS = {
    "phone": "by phone",
    "chat": "by chat",
    "email": "by e-mail",
    "in-person": "in person",
    "social": "on social media",
}


def profile_note(session: Session) -> str:
    """Return two to four lines: who, what, what was done and promised, how it ended. Nothing that was not recorded."""
    lines = (_who(session), _what(session), _done(session), _end(session))
    return "\n".join(line for line in lines if line)


def _who(session: Session) -> str:
    name = " ".join(filter(None, (session.customer, f"({session.ref})" if session.ref else "")))
    about = f"about {session.issue}" if session.issue else ""
    moods = " then ".join(dict.fromkeys(mood.mood for mood in session.moods))
    channel = CHANNELS_IN_WORDS.get(session.channel or "", "")
    facts = ", ".join(filter(None, (f"{session.started_at:%Y-%m-%d}", channel, about, moods)))
    return f"{short(name) or 'A customer'}: {facts}."


def _what(session: Session) -> str:
    if session.summary:
        return _sentence(session.summary)
    first = next((note.text for record in session.steps for note in record.notes), "")
    return _sentence(first)


def _done(session: Session) -> str:
    offers = "; ".join(f"{short(offer.remedy)}{amount(offer)}" for offer in session.offers)
    promises = "; ".join(
        short(promise.what) + (f" by {day_and_time(promise.due)}" if promise.due else " (no date)")
        for promise in session.promises
    )
    escalated = "; ".join(
        short(f"to {handed.to}: {handed.why}" if handed.to else handed.why) for handed in session.escalations
    )
    told = (("Offered", offers), ("Promised", promises), ("Escalated", escalated))
    return " ".join(f"{label}: {words}." for label, words in told if words)


def _end(session: Session) -> str:
    ended = outcome(session)
    told = (("Outcome", ended), ("Cause", short(session.cause) if session.cause else None))
    return " ".join(f"{label}: {words}." for label, words in told if words)


def _sentence(text: str) -> str:
    words = " ".join(text.split())
    words = words if len(words) <= 200 else words[:199].rstrip() + "…"
    return words if not words or words[-1] in ".!?…" else f"{words}."
