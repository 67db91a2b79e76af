"""The hand-over note of an escalation: what a colleague needs to go on with the call."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recoverycli.live.profile_note import CHANNELS_IN_WORDS
from recoverycli.session.transcript import facts
from recoverycli.session.transcript.account import account
from recoverycli.text.format import clock, day_and_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.session.events import Escalated
    from recoverycli.session.model import Session
    from recoverycli.session.transcript.model import Call, TranscriptNote

# Older notes are cut at so many letters, except those of a refusal or a threat.
_LONGEST = 120
_WHOLE_NOTES = 3
_SERIOUS = re.compile(
    r"\b(?:refus|declin|reject|threat|lawyer|solicitor|attorney|sue|suing|court|police|press|media|ombudsman|regulator"
    r"|cancel|won'?t|will not|does(?: not|n'?t)|did(?: not|n'?t)|no longer|never)",
    re.IGNORECASE,
)


def handover_note(session: Session, handed: Escalated) -> str:
    """Return who escalates to whom and why, what is known, happened, was offered and promised, and what is open."""
    call = account(session, handed.at)
    return "\n".join(_lines(call, handed))


def _lines(call: Call, handed: Escalated) -> Iterator[str]:
    who = f" from {call.agent}" if call.agent else ""
    to = f" to {handed.to}" if handed.to else ""
    yield f"Hand-over{who}{to}: {_one_line(handed.why)}"
    channel = CHANNELS_IN_WORDS.get(call.channel or "", "")
    begun = f"since {day_and_time(call.started_at)}"
    yield f"Call: {', '.join(filter(None, (call.id, channel, begun)))}"
    yield from _rows(
        ("Customer", [_customer(call), _moods(call)]),
        ("Issue", [call.issue or "", *facts.judgement(call)]),
        ("Summary", [_one_line(call.summary or "")]),
    )
    told = facts.notes(call)
    if told:
        yield "What happened:"
        yield from (_note(note, call, whole=len(told) - place <= _WHOLE_NOTES) for place, note in enumerate(told))
    yield from _rows(
        ("Captured", facts.captures(call)),
        ("Answered", facts.answers(call)),
        ("Said about fault", [f'"{words}"' for words in facts.about_fault(call)]),
        ("Offers", facts.offers(call)),
        ("Promises", facts.promises(call)),
        ("Earlier hand-overs", [": ".join(filter(None, (one.to, one.why))) for one in call.escalations]),
        ("Holds", [facts.holds(call)]),
        ("Warnings", [f'"{words}"' for words in facts.warnings(call)]),
        ("Still open", facts.still_open(call)),
    )


def _rows(*rows: tuple[str, list[str]]) -> Iterator[str]:
    for label, words in rows:
        found = [_one_line(word) for word in words if word]
        if found:
            yield f"{label}: {'; '.join(found)}"


def _customer(call: Call) -> str:
    return " ".join(filter(None, (call.customer.name, f"({call.customer.ref})" if call.customer.ref else "")))


def _moods(call: Call) -> str:
    if not call.moods:
        return ""
    first, last = call.moods[0].mood, call.moods[-1].mood
    return f"{last} now" if first == last else f"{first} at first, {last} now"


def _note(note: TranscriptNote, call: Call, *, whole: bool) -> str:
    text = _one_line(note.text)
    if not whole and len(text) > _LONGEST and not _SERIOUS.search(text):
        text = text[: _LONGEST - 1].rstrip() + "…"
    return f"- {clock(max(0.0, (note.at - call.started_at).total_seconds()))} {text}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
