"""What is said to an event that was just kept: what it was, how to take it back, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.live import responses
from recoverycli.live.reply import Reply
from recoverycli.session import events as ev

if TYPE_CHECKING:
    from recoverycli.live.coach import Coach
    from recoverycli.session.model import Session

_MOVES = ev.Moved | ev.Switched | ev.Returned


def remark(kept: ev.Event, session: Session, coach: Coach, *, asks: bool) -> Reply:
    """Return the answer to `kept` in the call after it. `asks` says that somebody was there to be asked before."""
    text = responses.recorded(kept)
    if isinstance(kept, ev.Said) and kept.phrase is None:
        better = coach.better(kept.text, session.channel)
        return Reply("recorded", text=" · ".join(filter(None, (better, text))), warns=bool(better))
    if isinstance(kept, ev.Escalated):
        return Reply("recorded", text=text, show="note", copy=kept.note, copies="the note")
    if isinstance(kept, ev.Held | ev.BackOn):
        from recoverycli.live.hold_phrases import after_hold, before_hold

        say = before_hold(session) if isinstance(kept, ev.Held) else after_hold(session)
        return Reply("recorded", text=f'{text} · say: "{say}"')
    if isinstance(kept, ev.Offered):
        in_all = responses.offer_lines(session)[len(session.offers) :]
        return Reply("recorded", text=" · ".join((text, *in_all)))
    if isinstance(kept, ev.Moved) and not asks and (left := _left_open(kept, session)):
        return Reply("moved", text=f"left open: {left}", warns=True)
    return Reply("moved" if isinstance(kept, _MOVES) else "recorded", text=text)


def _left_open(moved: ev.Moved, session: Session) -> str:
    """The required things of the step that was just left."""
    from recoverycli.session.grammar.questions import required_words

    if moved.leaving == "left" or session.before is None:
        return ""
    return required_words(session.before.session)
