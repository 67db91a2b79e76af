"""The note for the customer's profile: what a colleague needs to know at the next call, from what was recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.live.responses import shorten
from recoverycli.session.offer_text import answered_offer_text
from recoverycli.text.format import day_and_time

if TYPE_CHECKING:
    from recoverycli.session.transcript.model import Call

CHANNELS_IN_WORDS = {
    "phone": "by phone",
    "chat": "by chat",
    "email": "by e-mail",
    "in-person": "in person",
    "social": "on social media",
}


def profile_note(call: Call) -> str:
    """Return two to four lines: who, what, what was done and promised, how it ended. Nothing that was not recorded."""
    lines = (_who(call), _what(call), _actions(call), _end(call))
    return "\n".join(line for line in lines if line)


def _who(call: Call) -> str:
    name = " ".join(filter(None, (call.customer.name, f"({call.customer.ref})" if call.customer.ref else "")))
    about = f"about {call.issue}" if call.issue else ""
    moods = " then ".join(dict.fromkeys(mood.mood for mood in call.moods))
    channel = CHANNELS_IN_WORDS.get(call.channel or "", "")
    facts = ", ".join(filter(None, (f"{call.started_at:%Y-%m-%d}", channel, about, moods)))
    return f"{shorten(name) or 'A customer'}: {facts}."


def _what(call: Call) -> str:
    if call.summary:
        return _sentence(call.summary)
    first = next((note.text for step in call.steps for note in step.notes), "")
    return _sentence(first)


def _actions(call: Call) -> str:
    offers = "; ".join(shorten(answered_offer_text(offer)) for offer in call.offers)
    promises = "; ".join(
        shorten(promise.what) + (f" by {day_and_time(promise.due)}" if promise.due else " (no date)")
        for promise in call.promises
    )
    escalated = "; ".join(
        shorten(f"to {handed.to}: {handed.why}" if handed.to else handed.why) for handed in call.escalations
    )
    told = (("Offered", offers), ("Promised", promises), ("Escalated", escalated))
    return " ".join(f"{label}: {words}." for label, words in told if words)


def _end(call: Call) -> str:
    told = (("Outcome", call.outcome), ("Cause", shorten(call.root_cause) if call.root_cause else None))
    return " ".join(f"{label}: {words}." for label, words in told if words)


def _sentence(text: str) -> str:
    words = " ".join(text.split())
    words = words if len(words) <= 200 else words[:199].rstrip() + "…"
    return words if not words or words[-1] in ".!?…" else f"{words}."
