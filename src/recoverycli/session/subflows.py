"""Playbooks that a step calls: entering one at its start, and returning to the step that called it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.frameworks.checks import every_check
from recoverycli.frameworks.computed import is_computed
from recoverycli.session.model import StepPosition, StepRecord, Switch
from recoverycli.session.steps import enter, give_outcome, leave, put_record, records

if TYPE_CHECKING:
    from recoverycli.session import events as ev
    from recoverycli.session.model import Session

replace = msgspec.structs.replace


def call_playbook(session: Session, event: ev.Switched) -> Session:
    """Return the call on the first step of a playbook that the step on the screen calls.

    No step of it is done because of what was done elsewhere. Called again, its questions are asked again.
    """
    called = event.framework
    if session.here is None or any(place.framework.id == called.id for place in session.places):
        return session
    left = _with_old_answers(leave(session, event.at, "left"), called.id)
    steps = {record.key: record for record in left.steps}
    entered = tuple(_open_again(steps.get(record.key, record)) for record in records(called, left.family))
    again = {record.key: record for record in entered if record.key in steps}
    place = StepPosition(called, event.digest, None, event.source, called=True)
    is_known = any(one.framework.id == called.id for one in left.frameworks)
    session = replace(
        left,
        places=(*left.places, place),
        frameworks=left.frameworks if is_known else (*left.frameworks, place),
        steps=(
            *(again.get(record.key, record) for record in left.steps),
            *(record for record in entered if record.key not in again),
        ),
        switches=(*left.switches, Switch(event.at, left.framework.id, called.id, left.place.step, "call")),
        ending=False,
    )
    return enter(_with_shared_values(session), entered[0].step.id, event.at)


def leave_called(session: Session, event: ev.Returned) -> Session:
    """Return the call on the step that called the playbook in use: that step leads on now."""
    left = give_outcome(leave(session, event.at, event.leaving, event.because), event.outcome)
    place = left.places[-2]
    switch = Switch(event.at, left.framework.id, place.framework.id, session.place.step, "return")
    back = replace(left, places=left.places[:-1], switches=(*left.switches, switch), ending=False)
    back = enter(_with_shared_values(back), place.step, event.at)
    return back if back.here is None else put_record(back, replace(back.here, returned=True))


def _open_again(record: StepRecord) -> StepRecord:
    return replace(
        record, status="open", skipped_because=None, warned=False, returned=False, outcome=None, old_ticks=record.ticked
    )


def _with_old_answers(session: Session, called: str) -> Session:
    """Return the call with what was told in an earlier call of a playbook out of date."""
    entered = [number for number, (framework, _) in enumerate(session.entered) if framework == called]
    if not entered:
        return session
    steps = [record.step for record in session.steps if record.framework == called]
    names = {one.id for step in steps for one in step.capture if not is_computed(one)}
    names |= {check.id for step in steps for check in every_check(step)}
    told = [name for name in sorted(names & session.values.keys()) if session.told_after.get(name, 0) > entered[0]]
    tried = {name: (*session.tried.get(name, ()), session.values[name]) for name in told}
    return replace(session, stale=session.stale | {*told}, tried={**session.tried, **tried})


def _with_shared_values(session: Session) -> Session:
    """Return the call with the known values in every step of the framework in use that captures them."""
    for record in session.walk:
        known = {one.id: session.values[one.id] for one in record.step.capture if one.id in session.values}
        if known.keys() - record.captured.keys() or known.items() - record.captured.items():
            session = put_record(session, replace(record, captured={**record.captured, **known}))
    return session
