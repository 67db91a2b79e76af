"""The note for the customer's profile: what a colleague needs to know next time, from recorded facts alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.live.answers import amount, day_and_time
from recoverycli.session.account import outcome

if TYPE_CHECKING:
    from recoverycli.session.model import Session


def profile_note(session: Session) -> str:
    """Return two to four lines: who and what, what was done, what was promised, how it ended."""
    when = f"{session.started_at:%Y-%m-%d}"
    about = f"Complaint about {session.issue}" if session.issue else "Complaint"
    who = " ".join(filter(None, (session.customer, f"({session.ref})" if session.ref else "")))
    channel = f" by {session.channel}" if session.channel else ""
    lines = [f"{when}: {about}{channel}{', ' + who if who else ''}."]
    if session.summary or session.cause:
        lines.append(" ".join(filter(None, (_sentence(session.summary), _sentence(session.cause, "Cause: ")))))
    done = [f"{offer.remedy}{amount(offer)}" for offer in session.offers]
    promised = [
        promise.what + (f" by {day_and_time(promise.due)}" if promise.due else "") for promise in session.promises
    ]
    agreed = (f"Offered: {', '.join(done)}." if done else "", f"Promised: {', '.join(promised)}." if promised else "")
    if any(agreed):
        lines.append(" ".join(filter(None, agreed)))
    ended = outcome(session)
    if ended:
        lines.append(f"Outcome: {ended}.")
    return "\n".join(lines)


def _sentence(text: str | None, before: str = "") -> str:
    if not text:
        return ""
    line = " ".join(text.split())
    return before + (line if line[-1] in ".!?" else f"{line}.")
