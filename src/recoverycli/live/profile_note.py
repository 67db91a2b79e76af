"""The note for the customer's profile: what a colleague needs to know at the next call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.session.transcript import facts

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
    """Return who, what, what was done and promised, and how it ended, with every note and only from the record."""
    lines = (_who(call), _what(call), _actions(call), _end(call))
    return "\n".join(line for line in lines if line)


def _who(call: Call) -> str:
    name = " ".join(filter(None, (call.customer.name, f"({call.customer.ref})" if call.customer.ref else "")))
    about = f"about {call.issue}" if call.issue else ""
    moods = " then ".join(dict.fromkeys(mood.mood for mood in call.moods))
    channel = CHANNELS_IN_WORDS.get(call.channel or "", "")
    told = ", ".join(filter(None, (f"{call.started_at:%Y-%m-%d}", channel, about, *facts.judgement(call), moods)))
    return f"{_one_line(name) or 'A customer'}: {told}."


def _what(call: Call) -> str:
    """The summary and every note; captured values last."""
    captured = "; ".join(map(_one_line, facts.captures(call)))
    told = (call.summary or "", *(note.text for note in facts.notes(call)), captured)
    return " ".join(_sentence(text) for text in told if text)


def _actions(call: Call) -> str:
    handed = [f"to {one.to}: {one.why}" if one.to else one.why for one in call.escalations]
    told = (("Offers", facts.offers(call)), ("Promises", facts.promises(call)), ("Escalated", handed))
    return " ".join(f"{label}: {'; '.join(map(_one_line, words))}." for label, words in told if words)


def _end(call: Call) -> str:
    told = (("Outcome", call.outcome), ("Cause", call.root_cause))
    return " ".join(f"{label}: {_one_line(words)}." for label, words in told if words)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _sentence(text: str) -> str:
    words = _one_line(text)
    return words if not words or words[-1] in ".!?…" else f"{words}."
