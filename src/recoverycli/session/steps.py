"""Moving through the steps of a call: entering and leaving them, and the trail of steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.frameworks.model import WRAP_UP
from recoverycli.frameworks.shared.family_steps import with_family
from recoverycli.session import events as ev
from recoverycli.session.model import Answer, LeftStep, StepRecord, Visit
from recoverycli.session.rounds import begin_round

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.frameworks.model import Framework, IssueFamily
    from recoverycli.session.model import Session

replace = msgspec.structs.replace


def records(framework: Framework, family: IssueFamily | None) -> tuple[StepRecord, ...]:
    """Return the live steps of a framework, untouched, with what the family of the issue adds to them."""
    return tuple(StepRecord(framework.id, step) for step in with_family(framework, family).live_steps)


def put_family(session: Session, family: IssueFamily | None) -> Session:
    """Return the call with the questions and captures of another family; what was captured stays."""
    if family == session.family:
        return session
    fresh = {record.key: record.step for place in session.frameworks for record in records(place.framework, family)}
    steps = tuple(replace(record, step=fresh[record.key]) for record in session.steps)
    return replace(session, family=family, steps=steps)


def put_record(session: Session, record: StepRecord) -> Session:
    """Return the call with the record of a step replaced."""
    steps = tuple(record if old.key == record.key else old for old in session.steps)
    return replace(session, steps=steps)


def _stand_on(session: Session, step_id: str | None) -> Session:
    places = (*session.places[:-1], replace(session.place, step=step_id))
    return replace(session, places=places, last_step=step_id or session.last_step)


def enter(session: Session, step_id: str | None, at: datetime) -> Session:
    """Return the call on another step; None is the wrap-up screen."""
    session = _stand_on(session, step_id)
    here = session.here
    if here is None:
        return session
    session = replace(session, entered=(*session.entered, here.key))
    return put_record(session, replace(here, visits=(*here.visits, Visit(at)), gone_back=False))


def leave(session: Session, at: datetime, leaving: ev.Leaving, because: str | None = None) -> Session:
    """Return the call with the visit of the step on the screen closed, and the status of the step set."""
    here = session.here
    if here is None:
        return session
    visits = here.visits
    if visits and visits[-1].left_at is None:
        visits = (*visits[:-1], replace(visits[-1], left_at=at))
    if leaving == "left":
        return put_record(session, replace(here, visits=visits))
    return put_record(session, replace(here, visits=visits, status=leaving, skipped_because=because))


def move(session: Session, event: ev.Moved) -> Session:
    """Return the call after a move to another step; an unknown step changes nothing."""
    if event.to is not None and session.record(event.to) is None:
        return session
    left = begin_round(leave(session, event.at, event.leaving, event.because), event)
    if session.here is not None:
        left = give_outcome(answer_step(left, event), event.outcome)
    left = _without_outcomes_since(left, event.to)
    left = _call_again(_with_trail(left, event), event)
    return replace(enter(left, event.to, event.at), ending=event.ending)


def answer_step(session: Session, event: ev.Moved | ev.Returned) -> Session:
    """Return the call with the answers that decided how the step on the screen leads on."""
    if session.here is None:
        return session
    told = event.answers or (((event.question, event.answer or ""),) if event.question is not None else ())
    to = (event.to or WRAP_UP) if isinstance(event, ev.Moved) else None
    answers = tuple(Answer(event.at, question, answer, to) for question, answer in told)
    return put_record(session, replace(session.here, answers=(*session.here.answers, *answers))) if answers else session


def give_outcome(session: Session, outcome: ev.Outcome | None) -> Session:
    """Return the call with the outcome that the step on the screen gives it."""
    here = session.here
    return session if here is None else put_record(session, replace(here, outcome=outcome))


def _without_outcomes_since(session: Session, step_id: str | None) -> Session:
    """Return the call without the outcome of a step that is entered again; if that is a step back, of those after it.

    A later round of a loop, or a second call of a playbook, goes forward through steps that were entered before.
    """
    key = (session.framework.id, step_id)
    if key not in session.entered:
        return session
    order = [record.key for record in session.walk]
    is_back = session.here is None or order.index(key) <= order.index(session.here.key)
    since = session.entered[_last_entered(session.entered, key) :] if is_back else (key,)
    steps = (replace(one, outcome=None) if one.outcome and one.key in since else one for one in session.steps)
    return replace(session, steps=tuple(steps))


def _last_entered(entered: tuple[tuple[str, str], ...], key: tuple[str, str]) -> int:
    """Return where a step was entered last, without the returns to it from another framework."""
    last = len(entered) - 1 - entered[::-1].index(key)
    if last and entered[last - 1][0] != key[0] and key in entered[:last]:
        return _last_entered(entered[:last], key)
    return last


def _call_again(session: Session, event: ev.Moved) -> Session:
    """A step that a loop leads to calls its playbook again; one that was gone back to does not."""
    to = session.record(event.to) if event.to is not None and event.leaving != "left" else None
    return session if to is None or not to.returned else put_record(session, replace(to, returned=False))


def _with_trail(session: Session, event: ev.Moved) -> Session:
    """Update the trail: a step back removes its last step, any other move appends the step that is left."""
    place, left = session.place, session.here
    trail = place.trail
    if event.leaving == "left" and trail and trail[-1].step == event.to:
        trail = trail[:-1]
        session = session if left is None else put_record(session, replace(left, gone_back=True))
    elif place.step is not None:
        trail = (*trail, LeftStep(place.step, place.queue))
    places = (*session.places[:-1], replace(place, queue=event.queue, trail=trail))
    return replace(session, places=places)
