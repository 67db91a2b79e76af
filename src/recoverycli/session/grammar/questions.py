"""Questions in the prompt before a line takes effect: one key or a few words answer them, Enter skips them.

Scripts are never asked: there every line takes effect directly.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from recoverycli.errors import nearest
from recoverycli.frameworks.paths import answers_of, condition_names, open_question
from recoverycli.session import events as ev
from recoverycli.session.grammar.meanings import Keep, Meaning, Misunderstood, Record
from recoverycli.session.grammar.moves import advance

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from recoverycli.frameworks.model import Capture
    from recoverycli.session.model import Session

About = Literal[
    "gap", "path", "required", "ours", "repeated", "remedy", "value", "authority", "reading", "answer", "keep"
]
YES_NO = ("yes", "no")
_ON_WITHOUT = "Enter goes on without an answer"


class Question(msgspec.Struct, frozen=True):
    """A question in the prompt. Without `options` any words answer it. `held` is the event that waits for the answer.

    `name` is the capture that the answer fills, or the remedy that a value is for. `enter` says what Enter does.
    """

    about: About
    text: str
    options: tuple[str, ...] = ()
    enter: str = "Enter leaves it out"
    name: str = ""
    held: ev.Event | None = None
    # Of words with several readings: what each option records, and the line that other words complete.
    readings: tuple[ev.Event, ...] = ()
    retry: str = ""


class Answered(NamedTuple):
    """What an answer does: events to be kept, then whatever `then` says of the call after them.

    `then` gives a further question or a meaning; `said` is the answer in a line where nothing is kept. `refused` says
    that the answer was none: the question stays.
    """

    events: tuple[ev.Event, ...] = ()
    then: Callable[[Session], Question | Meaning | None] | None = None
    said: str = ""
    refused: Misunderstood | None = None


def question_before(session: Session, meaning: Meaning) -> Question | None:
    """Return the question to ask before `meaning` takes effect, or None."""
    if not isinstance(meaning, Record):
        return None
    event = meaning.event
    if isinstance(event, ev.Moved):
        return _ask_required(session, event) or _path(session, event)
    return None


def answer_question(session: Session, question: Question, text: str, now: datetime) -> Answered:
    """Return what an answer to a question of the steps does; `text` is empty for Enter."""
    if question.about == "path":
        return _decide(session, question, text, now)
    answer = match_option(question, text)
    if text and answer is None:
        return Answered(refused=Misunderstood("yes or no?"))
    if question.about == "keep":
        return Answered((), lambda _: Keep(warned=True)) if answer == "yes" else Answered(said="not kept")
    event = ev.Asked(at=now, question=question.text, answer=answer or "no")
    if answer != "yes":
        return Answered((event,), said="still here")
    return Answered((event,), lambda after: _question_to_leave(after, question, now))


def _decide(session: Session, question: Question, text: str, now: datetime) -> Answered:
    if not text:
        return _passed_over(session, question, now)
    option = match_option(question, text)
    if option is None:
        near = nearest(text, question.options)
        return Answered(refused=Misunderstood(f"one of: {', '.join(question.options)}", near))
    meaning = set_value(session, question.name, option, now)
    if not isinstance(meaning, Record):
        return Answered(refused=meaning)
    return Answered((meaning.event,), lambda after: _next_decision(after, now))


def _passed_over(session: Session, question: Question, now: datetime) -> Answered:
    """Go on without an answer: the step stays open, unless there is an earlier answer."""
    on, here = advance(session, now), session.here
    if here is None or open_question(here.step, session.known) is None or not isinstance(on, Record):
        return Answered((), lambda _: on)
    if not isinstance(on.event, ev.Moved):
        return Answered((), lambda _: on)
    left = msgspec.structs.replace(on.event, leaving="left")
    return Answered((), lambda _: Record(left), said=f"{here.step.name} stays open: {question.text}")


def _next_decision(session: Session, now: datetime) -> Question | Meaning:
    """Further questions of the step are asked as long as the way depends on them; what was just answered is not."""
    here = session.here
    open_one = open_question(here.step, session.known) if here is not None else None
    return _of(open_one, _ON_WITHOUT) if open_one is not None else advance(session, now)


def _question_to_leave(session: Session, question: Question, now: datetime) -> Question | Meaning | None:
    held = question.held
    if not isinstance(held, ev.Moved):
        return None
    if held.leaving == "done":
        on = advance(session, now)
        return question_before(session, on) or on
    return Record(msgspec.structs.replace(held, at=now))


def set_value(session: Session, name: str, value: str, now: datetime) -> Record | Misunderstood:
    """Return the meaning of a value for a name, by the rules of `/set`."""
    from recoverycli.session.grammar.commands import interpret_slash

    meaning = interpret_slash(session, f"/set {name} {value}", now, lambda _words, _now: None)
    return meaning if isinstance(meaning, Record) else Misunderstood(getattr(meaning, "why", "not understood"))


def match_option(question: Question, line: str) -> str | None:
    """Return the option that a line names by number, word, or a unique prefix; else None."""
    typed = " ".join(line.split()).casefold()
    if typed.isdecimal() and 1 <= int(typed[:3]) <= len(question.options):
        return question.options[int(typed) - 1]
    exact = [option for option in question.options if option.casefold() == typed]
    begins = [option for option in question.options if typed and option.casefold().startswith(typed)]
    found = exact or begins
    return found[0] if len(found) == 1 else None


def is_command(line: str, question: Question) -> bool:
    """Whether a line is a command, or a letter for one that is not an answer to the question."""
    text = line.strip()
    if text.casefold() == "n":
        return question.about != "answer" and match_option(question, text) is None
    return (text.startswith("/") and not text.startswith("//")) or text.casefold() in {"b", "u", "m", "?"}


def leading_option(question: Question, text: str) -> str | None:
    """Return which option a sentence begins with, "" where it begins with none; None where it is not a sentence.

    "no she looked in the shed" is a note, and answers a question with `no`. A single word, a value or an amount that
    is no answer was mistyped.
    """
    if question.about in {"remedy", "value"}:
        from recoverycli.session.grammar.forgotten_slash import tells

        return "" if tells(text) else None
    if not question.options or len(text.split()) < 2:
        return None
    typed = " ".join(text.split()).casefold()
    begins = [option for option in question.options if re.match(rf"{re.escape(option.casefold())}\b", typed)]
    return max(begins, key=len, default="")


def _path(session: Session, moved: ev.Moved) -> Question | None:
    """Return the question that decides the path of a step; a later visit asks it again and offers the old answer."""
    here = session.here
    if here is None or moved.leaving != "done" or not here.step.paths:
        return None
    open_one = open_question(here.step, session.known)
    if open_one is not None:
        return _of(open_one, _ON_WITHOUT)
    entered = here.visits[-1].entered_at
    if here.answers and all(answer.at < entered for answer in here.answers):
        own = {capture.id: capture for capture in here.step.capture}
        again = next((own[name] for name in condition_names(here.step) if name in own and answers_of(own[name])), None)
        if again is not None:
            return _of(again, f"Enter keeps: {session.known.get(again.id, '')}")
    return None


def _of(capture: Capture, enter: str) -> Question:
    return Question("path", capture.ask, answers_of(capture), enter, capture.id)


def _ask_required(session: Session, moved: ev.Moved) -> Question | None:
    """Ask once before a step is left with required items undone; a step back does not ask."""
    here = session.here
    if here is None or here.warned or not here.required:
        return None
    if moved.leaving == "left" and _is_back(session, moved.to):
        return None
    return Question("required", f"Not yet: {required_words(session)}. Leave anyway?", YES_NO, "Enter stays", held=moved)


def _is_back(session: Session, to: str | None) -> bool:
    trail, before = session.place.trail, session.neighbour(-1)
    return to is not None and (bool(trail and to == trail[-1].step) or bool(before and to == before.step.id))


def required_words(session: Session) -> str:
    """Return the required items that are not done in the step on the screen, in the words of its file."""
    here = session.here
    if here is None:
        return ""
    texts = {item.id: item.text for item in here.step.checklist} | {one.id: one.ask for one in here.step.capture}
    return ", ".join(texts[name].rstrip(".?") for name in here.required)
