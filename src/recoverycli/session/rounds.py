"""Rounds of a loop: when a step leads back to one before it, what was answered in between is asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.frameworks.checks import every_check, parts_of
from recoverycli.frameworks.computed import names_behind
from recoverycli.frameworks.paths import condition_names

if TYPE_CHECKING:
    from recoverycli.session import events as ev
    from recoverycli.session.model import Session, StepRecord

replace = msgspec.structs.replace


def begin_round(session: Session, event: ev.Moved) -> Session:
    """Return the call with the answers of the last round out of date, if a move leads back to a step of its way.

    A fact that was known before the loop was entered stays. The step that is entered again is open again.
    """
    between = _between(session, event)
    if not between:
        return session
    first = between[0]
    start = session.entered.index(first.key)
    told = [name for name in _deciding_captures(session, between) if session.told_after.get(name, 0) > start]
    tried = {name: (*session.tried.get(name, ()), session.values[name]) for name in told}
    steps = tuple(replace(one, status="open") if one.key == first.key else one for one in session.steps)
    keys = {record.key for record in between}
    steps = tuple(_without_old_ticks(one, session) if one.key in keys else one for one in steps)
    return replace(session, steps=steps, stale=session.stale | {*told}, tried={**session.tried, **tried})


def _deciding_captures(session: Session, between: list[StepRecord]) -> set[str]:
    """The captures of steps that decide their ways, themselves or through what is worked out from them."""
    deciding = {name for record in between for name in condition_names(record.step)}
    deciding |= {one for name in deciding for one in names_behind(name, session.captures)}
    captures = {capture.id for record in between for capture in record.step.capture}
    return (captures | {check.id for record in between for check in every_check(record.step)}) & deciding


def _without_old_ticks(record: StepRecord, session: Session) -> StepRecord:
    """Return a step of which the checks that decide have to be ticked again."""
    decide = {part for name, check in session.checks.items() for part in (name, *(one.id for one in parts_of(check)))}
    old = tuple(item for item in record.ticked if item in decide)
    return replace(record, old_ticks=tuple(dict.fromkeys((*record.old_ticks, *old)))) if old else record


def _between(session: Session, event: ev.Moved) -> list[StepRecord]:
    """The steps from the one that is entered again to the one that leads there; none where it is not one of its way."""
    here = session.here
    if here is None or event.to is None or event.leaving == "left":
        return []
    order = [record.step.id for record in session.walk]
    way = [*(stop.step for stop in session.place.trail), here.step.id]
    if event.to not in way or order.index(event.to) > order.index(here.step.id):
        return []
    start = len(way) - 1 - way[::-1].index(event.to)
    found = (session.record(step) for step in way[start:])
    return [record for record in found if record is not None]
