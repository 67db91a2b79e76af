"""The state of a call: a fold over its events.

`apply` is the only way a call changes. It is total: an event that makes no sense in a state leaves it unchanged, so
that any journal can be folded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

import msgspec

from recoverycli.session import events as ev
from recoverycli.session.model import (
    Answer,
    Before,
    Clock,
    Note,
    Offer,
    Promise,
    Session,
    StepPosition,
    StepRecord,
    Switch,
    TimeSpan,
    Utterance,
)  # fmt: skip
from recoverycli.session.steps import answer_step, enter, leave, move, put_family, put_record, records
from recoverycli.session.subflows import call_playbook, leave_called

if TYPE_CHECKING:
    from datetime import datetime

replace = msgspec.structs.replace

# Events that change the step or add to its lists, and events that state a fact about the call.
_Changing = (
    ev.Moved | ev.Said | ev.Noted | ev.Ticked | ev.Asked | ev.Switched | ev.Returned | ev.Held | ev.BackOn
    | ev.Promised | ev.PromiseDated | ev.Offered | ev.OfferAnswered | ev.Escalated | ev.Finished | ev.Exchanged
)  # fmt: skip
_Stated = (
    ev.ValueSet | ev.CustomerNamed | ev.ReferenceGiven | ev.MoodSet | ev.IssueSet | ev.ChannelSet | ev.Judged
    | ev.OutcomeChosen | ev.CauseGiven | ev.SummaryGiven | ev.Kept
)  # fmt: skip


def begin(event: ev.Started) -> Session:
    """Return the state of a new call, on its framework's first step."""
    steps = records(event.framework, event.family)
    moods = (ev.MoodSet(at=event.at, mood=event.mood),) if event.mood else ()
    place = StepPosition(event.framework, event.digest, None, event.source)
    session = Session(
        id=event.id,
        kind=event.kind,
        started_at=event.at,
        places=(place,),
        frameworks=(place,),
        steps=steps,
        clock=Clock(event.at),
        agent=event.agent,
        channel=event.channel,
        issue=event.issue,
        family=event.family,
        customer=event.customer,
        ref=event.ref,
        found_by=event.found_by,
        afterwards=event.afterwards,
        lasted=event.lasted,
        zone=event.zone,
        moods=moods,
        masked=event.masked,
        process=event.process,
        scene=event.scene,
    )
    for name, value in event.values.items():
        session = _with_value(session, name, value, event.typed.get(name, ""))
    return enter(session, steps[0].step.id if steps else None, event.at)


def apply(session: Session, event: ev.Event) -> Session:
    """Return the state after `event`. Total: what makes no sense here changes nothing but the clock."""
    if session.finished is not None:
        return session
    clock = _tick(session, event)
    match event:
        case ev.Undone():
            if session.before is None:
                return replace(session, clock=clock)
            kept = {"process": session.process, "hints": session.hints, "suggested": session.suggested}
            return replace(session.before.session, clock=clock, **kept)
        case ev.Hinted():
            return replace(session, clock=clock, hints=(*session.hints, event))
        case ev.CardSuggested():
            return replace(session, clock=clock, suggested=(*session.suggested, event))
        case ev.Paused() | ev.Resumed():
            process = event.process if isinstance(event, ev.Resumed) else session.process
            return replace(session, clock=clock, process=process)
        case ev.Started():
            return replace(session, clock=clock)
        case _:
            changed = _change(session, event)
    return replace(changed, clock=clock, masked=session.masked + event.masked, before=Before(event, session))


def fold(events: tuple[ev.Event, ...]) -> Session | None:
    """Return the state after all `events`, or None if they do not begin with a start."""
    if not events or not isinstance(events[0], ev.Started):
        return None
    session = begin(events[0])
    for event in events[1:]:
        session = apply(session, event)
    return session


def _change(session: Session, event: _Changing | _Stated) -> Session:
    match event:
        case ev.Moved():
            return move(session, event)
        case ev.Said() | ev.Noted() | ev.Ticked() | ev.Asked():
            return _on_step(session, event)
        case ev.Switched():
            return call_playbook(session, event) if event.called else _switch(session, event)
        case ev.Returned():
            return _return(session, event)
        case ev.Held() | ev.BackOn():
            return _hold(session, event)
        case ev.Promised() | ev.PromiseDated():
            return _promise(session, event)
        case ev.Offered() | ev.OfferAnswered():
            return _offer(session, event)
        case ev.Escalated():
            return replace(session, escalations=(*session.escalations, event))
        case ev.Finished():
            return _finish(session, event)
        case ev.Exchanged():
            return _exchange(session, event)
        case _:
            return _with_fact(session, event)


def _promise(session: Session, event: ev.Promised | ev.PromiseDated) -> Session:
    if isinstance(event, ev.Promised):
        return _with_promise(session, event.at, event.what, event.due_said, event.due)
    dated = (
        replace(promise, due_said=event.due_said, due=event.due) if promise.id == event.promise else promise
        for promise in session.promises
    )
    return replace(session, promises=tuple(dated))


def _with_promise(session: Session, at: datetime, what: str, due_said: str | None, due: datetime | None) -> Session:
    promise = Promise(f"p{len(session.promises) + 1}", at, what, due_said, due)
    return replace(session, promises=(*session.promises, promise))


def _offer(session: Session, event: ev.Offered | ev.OfferAnswered) -> Session:
    if isinstance(event, ev.OfferAnswered):
        answered = (
            replace(one, answer=event.answer, why=event.why, answered_at=event.at) if one.id == event.offer else one
            for one in session.offers
        )
        return replace(session, offers=tuple(answered))
    offer = Offer(
        f"o{len(session.offers) + 1}", event.at, event.remedy, event.value, event.currency, event.within_authority,
        event.needs, event.instead_of,
    )  # fmt: skip
    # What is replaced was not wanted, even if nobody said so.
    before = (
        replace(one, answer="refused", answered_at=event.at)
        if one.id == event.instead_of and one.answer is None
        else one
        for one in session.offers
    )
    return replace(session, offers=(*before, offer))


def _with_fact(session: Session, event: _Stated) -> Session:
    match event:
        case ev.ValueSet():
            return _with_value(session, event.name, event.value, event.typed)
        case ev.CustomerNamed():
            return replace(session, customer=event.name)
        case ev.ReferenceGiven():
            return replace(session, ref=event.ref)
        case ev.MoodSet():
            return replace(session, moods=(*session.moods, event))
        case ev.IssueSet():
            return put_family(replace(session, issue=event.issue), event.family)
        case ev.ChannelSet():
            return replace(session, channel=event.channel)
        case ev.Judged():
            told = {name: getattr(event, name) for name in ("ours", "repeated", "severity")}
            known = {name: value for name, value in told.items() if value is not None}
            return replace(session, **known, judged=session.judged or event.asked)
        case ev.OutcomeChosen():
            return replace(session, outcome=event.outcome)
        case ev.CauseGiven():
            return replace(session, cause=event.cause)
        case ev.SummaryGiven():
            return replace(session, summary=event.summary)
        case ev.Kept():
            return session
        case _:
            assert_never(event)


def _on_step(session: Session, event: ev.Said | ev.Noted | ev.Ticked | ev.Asked) -> Session:
    record = session.latest
    match event:
        case ev.Said():
            words = Utterance(event.at, event.text, event.phrase, event.source)
            said = put_record(session, replace(record, said=(*record.said, words)))
            if event.promise is None:
                return said
            return _with_promise(said, event.at, event.promise, event.due_said, event.due)
        case ev.Noted():
            return put_record(session, replace(record, notes=(*record.notes, Note(event.at, event.text))))
        case ev.Ticked():
            old = tuple(item for item in record.old_ticks if item != event.item)
            ticked = record.ticked if event.item in record.ticked else (*record.ticked, event.item)
            return put_record(session, replace(record, ticked=ticked, old_ticks=old))
        case ev.Asked():
            answer = Answer(event.at, event.question, event.answer)
            return put_record(session, replace(record, answers=(*record.answers, answer), warned=True))
        case _:
            assert_never(event)


def _hold(session: Session, event: ev.Held | ev.BackOn) -> Session:
    if isinstance(event, ev.BackOn):
        return replace(session, holds=_close_spans(session.holds, event.at))
    return session if session.on_hold else replace(session, holds=(*session.holds, TimeSpan(event.at)))


def _exchange(session: Session, event: ev.Exchanged) -> Session:
    """Return the state after an answer in practice: on its step, the others it takes done, the customer's new mood."""
    to = session.record(event.step) if event.step is not None else None
    if to is not None and to.step.id != session.place.step:
        leaving: ev.Leaving = "done" if session.latest.said else "left"
        session = enter(leave(session, event.at, leaving), to.step.id, event.at)
    source: ev.PhraseSource | None = None if event.own else session.place.source
    words = Utterance(event.at, event.text, None if event.own else event.reply, source)
    record = session.latest
    session = put_record(session, replace(record, said=(*record.said, words)))
    for also in filter(None, map(session.record, event.takes or ())):
        if also.status == "open" and also.step.id != session.place.step:
            session = put_record(session, replace(also, status="done"))
    if event.mood != session.mood:
        session = replace(session, moods=(*session.moods, ev.MoodSet(at=event.at, mood=event.mood)))
    if event.ending is not None:
        session = replace(leave(session, event.at, "done"), outcome=event.outcome)
    return replace(session, exchanges=(*session.exchanges, event))


def _with_value(session: Session, name: str, value: str, typed: str) -> Session:
    """Return the state with a value: it is the same fact in every step that captures it."""
    if name == "agent":
        return replace(session, agent=value)
    others = {other: text for other, text in session.typed.items() if other != name}
    session = replace(
        session,
        values={**session.values, name: value},
        typed={**others, name: typed} if typed else others,
        told_after={**session.told_after, name: len(session.entered)},
        stale=session.stale - {name},
    )
    for record in session.walk:
        if any(capture.id == name for capture in record.step.capture):
            session = put_record(session, replace(record, captured={**record.captured, name: value}))
    return session


def _switch(session: Session, event: ev.Switched) -> Session:
    """Return the state in another framework: steps whose intents are done stay done, the first other step is next.

    A framework that stands alone takes nothing over and hands nothing on. Entered again, it starts from its first step.
    """
    done = set[str]() if event.framework.stands_alone else _done_intents(session)
    left = leave(session, event.at, "left")
    known = {record.key for record in left.steps}
    fresh = (record for record in records(event.framework, session.family) if record.key not in known)
    carried = tuple(replace(record, status="done") if _carries(record, done) else record for record in fresh)
    place = StepPosition(event.framework, event.digest, None, event.source)
    known_places = any(entered.framework.id == event.framework.id for entered in left.frameworks)
    switched = replace(
        left,
        places=(*left.places, place),
        frameworks=left.frameworks if known_places else (*left.frameworks, place),
        steps=(*left.steps, *carried),
        switches=(*left.switches, Switch(event.at, left.framework.id, event.framework.id, session.place.step)),
        ending=False,
    )
    open_steps = (record.step for record in switched.walk if record.status == "open")
    ahead = next((step.id for step in open_steps if not step.by_path), None)
    if ahead is None and event.framework.stands_alone:
        ahead = switched.walk[0].step.id
    return enter(replace(switched, last_step=ahead or switched.walk[-1].step.id), ahead, event.at)


def _return(session: Session, event: ev.Returned) -> Session:
    if len(session.places) < 2:
        return session
    if event.finished and session.place.called:
        return leave_called(answer_step(session, event), event)
    left = leave(session, event.at, "left")
    if session.place.called:
        # It is called again before the step goes on.
        own = session.framework.id
        steps = (replace(one, outcome=None) if one.framework == own else one for one in left.steps)
        left = replace(left, steps=tuple(steps))
    place = left.places[-2]
    switch = Switch(event.at, left.framework.id, place.framework.id, session.place.step)
    back = replace(left, places=left.places[:-1], switches=(*left.switches, switch), ending=False)
    return enter(replace(back, last_step=place.step or back.walk[-1].step.id), place.step, event.at)


def _carries(record: StepRecord, done: set[str]) -> bool:
    """Whether a step can stay done: its intent is done, it is no procedure, and no branch depends on it."""
    step = record.step
    return step.intent in done and not step.procedure and not step.paths and not step.by_path


def _done_intents(session: Session) -> set[str]:
    """The intents that are done in the framework in use; in a way out, in the one it was entered from.

    A procedure does the work of no other step.
    """
    place = next((one for one in reversed(session.places) if not one.framework.stands_alone), None)
    if place is None:
        return set()
    records = (record for record in session.steps if record.framework == place.framework.id)
    done = (record.step for record in records if record.status == "done" and not record.step.procedure)
    return {intent for step in done for intent in (step.intent, *step.also)}


def _finish(session: Session, event: ev.Finished) -> Session:
    left = leave(session, event.at, "left")
    return replace(left, finished=event, holds=_close_spans(left.holds, event.at))


def _close_spans(spans: tuple[TimeSpan, ...], at: datetime) -> tuple[TimeSpan, ...]:
    if spans and spans[-1].until is None:
        return (*spans[:-1], replace(spans[-1], until=at))
    return spans


def _tick(session: Session, event: ev.Event) -> Clock:
    """Advance the clock by the time since the last event, unless the call was paused or its process had ended."""
    clock = session.clock
    if isinstance(event, ev.Resumed):
        pauses = clock.pauses if clock.paused else (*clock.pauses, TimeSpan(clock.last_at))
        return replace(clock, last_at=event.at, pauses=_close_spans(pauses, event.at))
    if clock.paused:
        return replace(clock, last_at=event.at)
    passed = max(0.0, (event.at - clock.last_at).total_seconds())
    here = session.here
    by_step = clock.by_step
    if here is not None:
        by_step = {**by_step, here.key: by_step.get(here.key, 0.0) + passed}
    pauses = (*clock.pauses, TimeSpan(event.at)) if isinstance(event, ev.Paused) else clock.pauses
    return Clock(event.at, clock.seconds + passed, by_step, pauses)
