"""The gaps of a phrase: what is missing before it can be said, asked for in the prompt one value at a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from recoverycli.frameworks.phrasing import gaps
from recoverycli.session import events as ev
from recoverycli.session.earlier_promises import spoken_words
from recoverycli.session.grammar.meanings import Ambiguous, Meaning, Misunderstood, Record
from recoverycli.session.grammar.questions import Answered, Question, choose_reading, match_option, set_value
from recoverycli.session.phrases import fillings_of, phrase_of, spoken_text
from recoverycli.text.format import day_and_time, spoken_time

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.session.grammar.meanings import DateReader
    from recoverycli.session.model import Session

_HOUR = re.compile(r"1[0-2]|[1-9]")
_LONGEST = 40


def question_of_gap(session: Session, meaning: Meaning) -> Question | None:
    """Return the question for the first missing value of a phrase that is chosen, or None."""
    if not isinstance(meaning, Record) or not isinstance(meaning.event, ev.Said):
        return None
    return _next_gap(session, meaning.event)


def refuse_gaps(session: Session, meaning: Meaning) -> Misunderstood | None:
    """Return why a phrase cannot be said where nobody can be asked for its missing values, or None."""
    missing = _gaps(session, meaning.event) if isinstance(meaning, Record) else ()
    return Misunderstood(_not_said(missing[0]), f"/set {missing[0]} VALUE") if missing else None


def answer_gap(session: Session, question: Question, text: str, now: datetime, read_date: DateReader) -> Answered:
    """Return what the value for a gap does; `text` is empty for Enter.

    A date that cannot be read is asked for once more, and one with several readings is chosen from them. Then Enter
    keeps the words.
    """
    said = question.held
    if not isinstance(said, ev.Said):
        return Answered()
    if not text and not question.retry:
        return Answered(said=_not_said(question.name))
    if _is_date_of_promise(session, said, question.name):
        dated = _date(question, text, now, read_date) if text else None
        if isinstance(dated, Question):
            return Answered((), lambda _: dated)
        # The words of a promise are kept even where no date was understood.
        value = spoken_words(text or question.retry) if dated is None else spoken_time(dated, now)
        event = ev.ValueSet(at=now, name=question.name, value=value, typed=_day_of(session, question.name, dated))
        return _fill_gap(msgspec.structs.replace(said, due=dated), event, now)
    value = match_option(question, text) or text or spoken_words(question.retry)
    meaning = set_value(session, question.name, value, now, read_date)
    if isinstance(meaning, Misunderstood):
        return Answered(refused=meaning)
    if isinstance(meaning, Ambiguous):
        which = choose_reading(question, meaning)
        return Answered((), lambda _: which)
    return _fill_gap(said, meaning.event, now) if isinstance(meaning, Record) else Answered((), lambda _: meaning)


def _fill_gap(said: ev.Said, event: ev.Event, now: datetime) -> Answered:
    return Answered((event,), lambda after: _next_gap(after, said) or Record(_refill(after, said, now)))


def _day_of(session: Session, name: str, dated: datetime | None) -> str:
    capture = session.captures.get(name)
    is_date = capture is not None and capture.kind == "date"
    return dated.date().isoformat() if dated is not None and is_date else ""


def _date(question: Question, text: str, now: datetime, read_date: DateReader) -> datetime | Question | None:
    """Return the date, None for words that are none, or the question that is left about it."""
    option = match_option(question, text)
    words = question.retry if option is not None else text
    read = read_date(words, now) or (read_date(f"at {words}", now) if _HOUR.fullmatch(words) else None)
    if isinstance(read, tuple):
        options = tuple(day_and_time(moment) for moment in read)
        if option in options:
            return read[options.index(option)]
        if not question.options:
            return _ask_again(question, f"{words[:_LONGEST]}: which one?", words, options)
        return None
    if read is None and not question.retry:
        return _ask_again(question, f"No date was understood. {question.text}", words)
    return read


def _ask_again(question: Question, text: str, words: str, options: tuple[str, ...] = ()) -> Question:
    enter = f"Enter keeps: {words[:_LONGEST]}"
    return msgspec.structs.replace(question, text=text, options=options, enter=enter, retry=words)


def _next_gap(session: Session, said: ev.Said) -> Question | None:
    missing = _gaps(session, said)
    if not missing:
        return None
    return Question("gap", _ask(session, said, missing[0]), enter="Enter: not said", name=missing[0], held=said)


def _ask(session: Session, said: ev.Said, name: str) -> str:
    """The question of the capture of that name; of the date of a promise what is promised; else the name itself."""
    captures = (capture for record in session.walk for capture in record.step.capture)
    asked = next((capture.ask for capture in captures if capture.id == name), None)
    if asked is not None:
        return asked
    phrase = phrase_of(session, said)
    if phrase is not None and phrase.promise is not None and phrase.promise.by == name:
        return f"{phrase.promise.what}: by when?"
    return f"{name.replace('_', ' ')}?"


def _not_said(name: str) -> str:
    return f"not said: the {name.replace('_', ' ')} is missing"


def _gaps(session: Session, event: ev.Event) -> tuple[str, ...]:
    phrase = phrase_of(session, event) if isinstance(event, ev.Said) else None
    return gaps(phrase.say, fillings_of(session, phrase)) if phrase is not None else ()


def _is_date_of_promise(session: Session, said: ev.Said, name: str) -> bool:
    phrase = phrase_of(session, said)
    return phrase is not None and phrase.promise is not None and phrase.promise.by == name


def _refill(session: Session, said: ev.Said, now: datetime) -> ev.Said:
    """Fill the phrase again with the values known by now."""
    phrase = phrase_of(session, said)
    text = said.text if phrase is None else spoken_text(session, phrase)
    return msgspec.structs.replace(said, text=text, at=now)
