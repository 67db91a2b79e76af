"""The meaning of Enter, a letter or a number in a state, for bare lines and for commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.frameworks.computed import deciding_names
from recoverycli.frameworks.conditions import name_words
from recoverycli.frameworks.model import WRAP_UP
from recoverycli.frameworks.paths import decide
from recoverycli.session import events as ev
from recoverycli.session.grammar.meanings import Leave, Meaning, Misunderstood, Record, SwitchTo, Undecided, Undo
from recoverycli.session.phrases import phrases, source_of, spoken_text

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.frameworks.model import Step
    from recoverycli.session.model import Session


def advance(session: Session, now: datetime) -> Meaning:
    """Complete this step and go to the next, or from the wrap-up screen to the end."""
    here, ahead = session.here, session.onward
    if here is None or ahead is None:
        return Leave("finish")
    called = here.step.call
    if called is not None and not here.returned:
        if any(place.framework.id == called for place in session.places):
            return Misunderstood(f"{called} is in use already, and cannot be called", "/goto STEP")
        return SwitchTo(called, calls=True)
    if ahead.open:
        return Undecided(ahead.open)
    to = None if ahead.to == WRAP_UP else ahead.to
    moved = ev.Moved(
        at=now,
        to=to,
        leaving="done",
        queue=ahead.queue,
        answers=decision(session, here.step),
        outcome=(ahead.path.outcome if ahead.path is not None else None) or here.step.outcome,
    )
    return Record(move_or_return(session, moved))


def move_or_return(session: Session, moved: ev.Moved) -> ev.Moved | ev.Returned:
    """Return a move, or the return from a called playbook if the move leads to its end."""
    if moved.to is not None or moved.leaving == "left" or not session.place.called:
        return moved
    return ev.Returned(
        at=moved.at,
        finished=True,
        leaving=moved.leaving,
        because=moved.because,
        answers=moved.answers,
        outcome=moved.outcome,
    )


def leaves(session: Session, meaning: Meaning) -> ev.Moved | None:
    """Return the move by which a line leaves the step on the screen, or None; a call of a playbook leaves it too."""
    match meaning:
        case Record(ev.Moved() as moved):
            return moved
        case Record(ev.Returned(finished=True) as back):
            return ev.Moved(at=back.at, to=None, leaving=back.leaving, because=back.because)
        case SwitchTo(calls=True):
            return ev.Moved(at=session.clock.last_at, to=None, leaving="done")
        case _:
            return None


def decision(session: Session, step: Step) -> tuple[tuple[str, str], ...]:
    """Return each question that decided the path of a step with its answer, as texts for the transcript.

    What a value was worked out from comes before it. Leaves out questions without an answer, and those that the path
    did not depend on.
    """
    if not step.paths:
        return ()
    captures, evidence, words = session.captures, session.evidence, session.known
    asks = {name: capture.ask for name, capture in captures.items()}
    decisive = (one for name in decide(step, evidence).names for one in deciding_names(name, captures, evidence))
    names = [name for name in dict.fromkeys(decisive) if words.get(name)]
    return tuple((asks.get(name, f"{name_words(name)}?"), words[name]) for name in names)


def go_back(session: Session, now: datetime) -> Meaning:
    """Go to the previous step; from the wrap-up screen to the step that was left last."""
    if session.framework.branches and session.place.trail:
        stop = session.place.trail[-1]
        return Record(ev.Moved(at=now, to=stop.step, leaving="left", queue=stop.queue))
    if session.place.called and not session.at_wrap_up and session.neighbour(-1) is None:
        return Record(ev.Returned(at=now))
    before = session.latest if session.at_wrap_up else session.neighbour(-1)
    if before is None or (session.framework.branches and not session.at_wrap_up):
        return Misunderstood("this is the first step")
    return Record(ev.Moved(at=now, to=before.step.id, leaving="left"))


def choose_number(session: Session, number: int, now: datetime) -> Meaning:
    """Record that phrase `number` was said; on the wrap-up screen choose outcome `number`."""
    if session.at_wrap_up:
        if number <= len(ev.OUTCOMES):
            return Record(ev.OutcomeChosen(at=now, outcome=ev.OUTCOMES[number - 1]))
        return Misunderstood(f"there is no outcome {number} (1 to {len(ev.OUTCOMES)})", f"/note {number}")
    offered = phrases(session)
    if number > len(offered):
        there = f"1 to {len(offered)}" if offered else "this step has none"
        return Misunderstood(f"there is no phrase {number} ({there})", f"/note {number}")
    phrase = offered[number - 1]
    text = spoken_text(session, phrase)
    return Record(ev.Said(at=now, text=text, phrase=phrase.id, source=source_of(session, phrase)))


def undo(session: Session, _now: datetime) -> Meaning:
    """Undo the last event."""
    return Misunderstood("there is nothing to take back yet") if session.before is None else Undo()


def note(_session: Session, text: str, now: datetime) -> Meaning:
    """A note, even if it looks like a number, a letter or a command."""
    return Record(ev.Noted(at=now, text=text)) if text else Misunderstood("the note is empty", "/note TEXT")
