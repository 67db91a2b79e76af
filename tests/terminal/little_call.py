"""A call to draw: the real engine on a framework of the test's own, so that better words elsewhere change no screen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from recoverycli.session.grammar.meanings import Record, Undo
from recoverycli.session.grammar.parse import interpret
from recoverycli.session.state import apply, begin
from tests.content import framework, phrase, started

if TYPE_CHECKING:
    from recoverycli.frameworks.model import Framework
    from recoverycli.session.model import Session

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DUE = datetime(2026, 11, 27, 17, 0, tzinfo=UTC)

LISTEN = {
    "id": "listen",
    "intent": "listen",
    "goal": "Hear the whole story before you try to fix any part of it.",
    "target_seconds": 90,
    "do": ["Let them get to the end.", "Keep your voice low and level, however loud theirs gets."],
    "ask": ["What happened, from the start?", "Have you had to ask us about this before?"],
    "avoid": [
        {"say": "Calm down", "because": "It makes the feeling the problem.", "instead": "Go on, I want to hear it."},
        {"say": "I need your number first", "because": "It puts a form first.", "instead": "Tell me what happened."},
    ],
    "checklist": [
        {"id": "end", "text": "They got to the end without being cut off"},
        {"id": "words", "text": "I noted it in their words", "required": True},
        {"id": "more", "text": "I asked whether there was more"},
    ],
    "capture": [
        {"id": "order", "ask": "Which order is it about?"},
        {"id": "before", "ask": "Have they asked before?", "kind": "yes-no"},
    ],
    "phrases": [
        phrase("Thank you for telling me, {customer}. Start wherever it makes sense to you."),
        phrase("I have all the time it takes, and I would like to understand it properly before I try anything."),
        phrase("Is there more to it? I would sooner hear the rest now than find out later."),
        phrase("You are right to be cross. What went wrong first?", moods=["angry"]),
        phrase("Please tell us more about {order}.", channels=["email"]),
    ],
}
CALL = framework(
    "little",
    [
        LISTEN,
        {"id": "apologize", "intent": "apologize"},
        {"id": "solve", "intent": "solve"},
        {"id": "follow-up", "intent": "follow-up", "phase": "follow-up", "goal": "Ring them once it is done."},
        {"id": "train", "intent": "train", "phase": "organisation", "phrases": []},
    ],
    principles=["Stay on their side.", "Say sorry once and mean it."],
)


def read_date(words: str, _now: datetime) -> datetime | None:
    """A reader of dates that knows one of them."""
    return DUE if words == "friday 5pm" else None


def call(*lines: str, content: Framework = CALL, **facts: Any) -> Session:
    """A call in which those lines were typed, a second apart."""
    session = begin(started(content, AT, **facts))
    for number, line in enumerate(lines, start=1):
        now = AT + timedelta(seconds=number)
        meaning = interpret(session, line, now, read_date)
        if isinstance(meaning, Record):
            session = apply(session, meaning.event)
        else:
            assert isinstance(meaning, Undo), f"{line}: {meaning}"
    return session
