"""Questions in the prompt before a line takes effect: one key or a few words answer them, Enter skips them.

Scripts are never asked: there every line takes effect directly.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from recoverycli.session import events as ev

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from recoverycli.session.grammar.meanings import Ambiguous, DateReader, Meaning, Misunderstood
    from recoverycli.session.model import Session

About = Literal[
    "gap", "path", "required", "ours", "repeated", "remedy", "value", "authority", "reading", "answer", "keep"
]


class Question(msgspec.Struct, frozen=True):
    """A question in the prompt. Without `options` any words answer it. `held` is the event that waits for the answer.

    `name` is the capture that the answer fills, or the remedy that a value is for. `enter` says what Enter does, and
    `proposed` is the answer that it gives.
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
    proposed: str = ""


class Answered(NamedTuple):
    """What an answer does: events to be kept, then whatever `then` says of the call after them.

    `then` gives a further question or a meaning; `said` is the answer in a line where nothing is kept. `refused` says
    that the answer was none: the question stays.
    """

    events: tuple[ev.Event, ...] = ()
    then: Callable[[Session], Question | Meaning | None] | None = None
    said: str = ""
    refused: Misunderstood | None = None


def set_value(session: Session, name: str, value: str, now: datetime, read_date: DateReader) -> Meaning:
    """Return the meaning of a value for a name, by the rules of `/set`."""
    from recoverycli.session.grammar.commands import interpret_slash

    line = f"/mood {value}" if name == "mood" else f"/set {name} {value}"
    return interpret_slash(session, line, now, read_date)


def choose_reading(question: Question, meaning: Ambiguous) -> Question:
    """Return a question whose answer has several readings, with these to choose from."""
    return msgspec.structs.replace(
        question, text=f"{meaning.unclear}: which one?", options=meaning.options, proposed=""
    )


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
