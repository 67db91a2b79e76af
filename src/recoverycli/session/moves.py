"""What Enter, a letter or a number means in a state: shared by the bare lines and by the commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.session import events as ev
from recoverycli.session.meanings import Leave, Meaning, Misunderstood, Record, Undo
from recoverycli.session.phrases import phrases, spoken

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.session.model import Session


def advance(session: Session, now: datetime) -> Meaning:
    """This step is done: on to the next, or from the wrap-up screen to the end."""
    if session.at_wrap_up:
        return Leave("finish")
    after = session.neighbour(1)
    return Record(ev.Moved(at=now, to=after.step.id if after else None, leaving="done"))


def back(session: Session, now: datetime) -> Meaning:
    """To the step before; from the wrap-up screen to the step that was left last."""
    before = session.latest if session.at_wrap_up else session.neighbour(-1)
    if before is None:
        return Misunderstood("this is the first step")
    return Record(ev.Moved(at=now, to=before.step.id, leaving="left"))


def choose_number(session: Session, number: int, now: datetime) -> Meaning:
    """Phrase `number` was said; on the wrap-up screen: that was the outcome."""
    if session.at_wrap_up:
        if number <= len(ev.OUTCOMES):
            return Record(ev.OutcomeChosen(at=now, outcome=ev.OUTCOMES[number - 1]))
        return Misunderstood(f"there is no outcome {number} (1 to {len(ev.OUTCOMES)})", f"/note {number}")
    offered = phrases(session)
    if number > len(offered):
        there = f"1 to {len(offered)}" if offered else "this step has none"
        return Misunderstood(f"there is no phrase {number} ({there})", f"/note {number}")
    phrase = offered[number - 1]
    text = spoken(session, phrase)
    return Record(ev.Said(at=now, text=text, phrase=phrase.id, source=session.place.source))


def undo(session: Session, _now: datetime) -> Meaning:
    """Take the last fact back."""
    return Misunderstood("there is nothing to take back yet") if session.before is None else Undo()


def note(_session: Session, text: str, now: datetime) -> Meaning:
    """A note, even if it looks like a number, a letter or a command."""
    return Record(ev.Noted(at=now, text=text)) if text else Misunderstood("the note is empty", "/note TEXT")
