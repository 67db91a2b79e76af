"""The hand-over note of an escalation: what a colleague needs to know, read in ten seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.live.profile_note import CHANNELS_IN_WORDS
from recoverycli.live.responses import shorten
from recoverycli.session.offer_text import answered_offer_text
from recoverycli.text.format import day_and_time

if TYPE_CHECKING:
    from recoverycli.session.events import Escalated
    from recoverycli.session.model import Session

_NOTES = 2


def handover_note(session: Session, handed: Escalated) -> str:
    """Return a line each for why, who, what happened, what was offered and promised, and what is still open."""
    to = f" to {handed.to}" if handed.to else ""
    lines = (
        f"Hand-over{to}: {shorten(handed.why)}",
        _label_line("Who", _who(session)),
        _label_line("What happened", _what(session)),
        _label_line("Offered", "; ".join(shorten(answered_offer_text(one)) for one in session.offers)),
        _label_line("Promised", _promise_line(session)),
        _label_line("Still open", ", ".join(one.step.name for one in session.route if one.status == "open")),
    )
    return "\n".join(line for line in lines if line)


def _label_line(label: str, words: str) -> str:
    return f"{label}: {words}" if words else ""


def _who(session: Session) -> str:
    ref = f"({session.ref})" if session.ref else ""
    name = " ".join(filter(None, (session.customer, ref)))
    moods = " then ".join(dict.fromkeys(mood.mood for mood in session.moods))
    return ", ".join(filter(None, (name, CHANNELS_IN_WORDS.get(session.channel or "", ""), moods)))


def _what(session: Session) -> str:
    if session.summary:
        return shorten(session.summary)
    notes = [note.text for record in session.steps for note in record.notes]
    about = [f"about {session.issue}"] if session.issue and not notes else []
    return "; ".join(shorten(note) for note in (*about, *notes[:_NOTES]))


def _promise_line(session: Session) -> str:
    return "; ".join(
        shorten(promise.what) + (f", by {day_and_time(promise.due)}" if promise.due else ", no date yet")
        for promise in session.promises
    )
