"""The draft of a personal letter or e-mail of apology, from what the transcript holds; a gap is marked, never filled.

Its parts are those of a complete apology (Lewicki, Polin and Lount 2016): regret for the thing itself, responsibility,
what went wrong and why, what is done about it. Notes of the agent and words of the customer stay out of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.session.offer_text import offer_text
from recoverycli.session.transcript.commitments import commitments
from recoverycli.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from recoverycli.review.exporters.formats import Exported
    from recoverycli.session.transcript.commitments import Commitment
    from recoverycli.session.transcript.model import Call

_FAULT = {
    True: "That should not have happened. The responsibility is ours, and I will not pass it on to anybody else.",
    False: "What happened was not in our hands. That is no reason to leave you alone with it.",
    None: "[whose fault it was: say plainly that it was ours, or leave this out]",
}


def pieces(calls: Iterable[Exported]) -> Iterator[str]:
    """Return the letters, a line between two."""
    for number, exported in enumerate(calls):
        yield ("\n" + "-" * 72 + "\n\n" if number else "") + escape(letter(exported.call)) + "\n"


def letter(call: Call) -> str:
    """Return the draft for a call."""
    parts = (
        f"Dear {_one_line(call.customer.name) or '[name]'},",
        _regret(call),
        _FAULT[call.ours],
        _why(call),
        _agreement(call),
        _escalation(call),
        # What others did is not ours to change.
        "" if call.ours is False else "[what is being changed so that it does not happen again]",
        _whom_to_ask(call),
        f"Yours sincerely,\n\n{_one_line(call.agent) or '[your name]'}",
    )
    return "\n\n".join(part for part in parts if part)


def _regret(call: Call) -> str:
    day = f"{call.started_at.day} {call.started_at:%B %Y}"
    about = f'"{_one_line(call.issue)}"' if call.issue else "[what it was about]"
    if call.found_by == "customer":
        told = f"On {day} you told us about {about}."
    else:
        told = f"On {day} we found something that touches you before you had to tell us of it: {about}."
    again = " It was not the first time, and that makes it worse." if call.repeated else ""
    serious = " I know that this is no small matter for you." if call.severity in {"serious", "severe"} else ""
    return f"{told} I am sorry that it happened, and for the trouble it caused you.{again}{serious}"


def _why(call: Call) -> str:
    if call.root_cause:
        return f"What happened was this: {_sentence(call.root_cause)}"
    return "" if call.ours is False else "[what went wrong, and why]"


def _agreement(call: Call) -> str:
    promises = [
        f"- {_one_line(one.entry.what)}{_by(one.promised)}{_since_then(one)}"
        for one in commitments(call)
        if one.kind == "promise"
    ]
    accepted = [f"- {_one_line(offer_text(one))}" for one in call.offers if one.answer == "accepted"]
    unanswered = [f"- {_one_line(offer_text(one))}" for one in call.offers if one.answer is None]
    lists = (
        ("This is what we agreed to put it right:", accepted),
        ("This is what I offered you to put it right:", unanswered),
        ("This is what I promised you:", promises),
    )
    return "\n\n".join("\n".join((head, *lines)) for head, lines in lists if lines) or "[what was agreed, and by when]"


def _escalation(call: Call) -> str:
    if not call.escalations:
        return ""
    to = _one_line(call.escalations[-1].to)
    return f"It is with somebody now who can decide it: {to or '[name]'}."


def _whom_to_ask(call: Call) -> str:
    ref = f" and name {_one_line(call.customer.ref)}" if call.customer.ref else ""
    return f"Should anything of this not happen, please ask for me by name{ref}: [telephone or e-mail]."


def _since_then(promise: Commitment) -> str:
    """When it was done; a new day that the customer may not know is a gap to fill."""
    if promise.done_at:
        late = ", later than I promised; I am sorry" if promise.state_at(promise.done_at) == "late" else ""
        return f" (done on {_day(promise.done_at)}{late})"
    if promise.due is None or not promise.is_moved:
        return ""
    planned = f"{_day(promise.due)}, {promise.due:%H:%M}"
    return f" [now planned for {planned}, which was not promised: agree on it, or leave this out]"


def _by(due: datetime | None) -> str:
    return f", by {due:%A}, {_day(due)}, {due:%H:%M}" if due else ", by [when]"


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())


def _sentence(text: str) -> str:
    words = _one_line(text)
    return words if words[-1:] in ".!?" else f"{words}."
