"""Words with several readings: the question which one is right, and its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.session import events as ev
from recoverycli.session.grammar.meanings import Ambiguous, Misunderstood, Record
from recoverycli.session.grammar.questions import Answered, Question, match_option

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.session.grammar.meanings import DateReader
    from recoverycli.session.model import Session


def question_of(meaning: Ambiguous) -> Question:
    """Return the question which reading is right."""
    held = meaning.undecided.event if isinstance(meaning.undecided, Record) else None
    return Question(
        "reading",
        f"{meaning.unclear}: which one?",
        meaning.options,
        meaning.enter,
        held=held,
        readings=meaning.events,
        retry=meaning.retry,
    )


def answer_reading(session: Session, question: Question, text: str, now: datetime, read_date: DateReader) -> Answered:
    """Return what an answer does: the number or words of a reading, other words in its place, or Enter."""
    if not text:
        held = question.held
        return Answered(said="nothing recorded") if held is None else Answered((), lambda _: Record(_at(held, now)))
    option = match_option(question, text)
    if option is not None:
        event = question.readings[question.options.index(option)]
        return Answered((), lambda _: Record(_at(event, now)))
    # One digit is the number of a reading, and there is none of that number.
    if not (len(text) == 1 and text.isdecimal()):
        from recoverycli.session.grammar.commands import interpret_slash

        meaning = interpret_slash(session, f"{question.retry} {text}", now, read_date)
        if isinstance(meaning, Ambiguous) or (isinstance(meaning, Record) and _is_decided(meaning.event)):
            return Answered((), lambda _: meaning)
    numbers = " or ".join(str(number) for number in range(1, len(question.options) + 1))
    return Answered(refused=Misunderstood(f"{numbers}?"))


def _at(event: ev.Event, now: datetime) -> ev.Event:
    return msgspec.structs.replace(event, at=now)


def _is_decided(event: ev.Event) -> bool:
    """Whether a line that was completed by an answer says what the question asked for."""
    match event:
        case ev.Promised():
            return event.due is not None
        case ev.Offered():
            return event.value is not None
    return isinstance(event, ev.PromiseDated)
