"""Small frameworks, written for the tests so that a better phrase in the real ones breaks nothing."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

import msgspec

from recoverycli.frameworks.model import Framework
from recoverycli.session.events import Started
from recoverycli.store.calls.archive import Archive

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from recoverycli.session.transcript.model import Call


def phrase(say: str, **more: Any) -> dict[str, Any]:
    """A phrase as a file would hold it, with an id made of its first letters."""
    return {"say": say, "id": f"{abs(hash(say)) % 10**8:08d}", **more}


def framework(id_: str, steps: list[dict[str, Any]], **more: Any) -> Framework:
    """A framework of those steps; what a step does not say is filled in."""
    filled = [
        {
            "name": step["id"].title(),
            "goal": f"Do {step['id']} well.",
            "checklist": [{"id": "first", "text": "The first thing"}, {"id": "second", "text": "The second thing"}],
            "phrases": [phrase(f"{step['id']} {id_} one."), phrase(f"{step['id']} {id_} two.")],
            **step,
        }
        for step in steps
    ]
    plain = {"schema": 1, "id": id_, "name": id_.upper(), "expands_to": "Some steps", "summary": "A test.", **more}
    return msgspec.convert({**plain, "steps": filled}, Framework)


LITTLE = framework(
    "little",
    [
        {
            "id": "listen",
            "intent": "listen",
            "capture": [
                {"id": "expectation", "ask": "What did they expect?"},
                {"id": "weight", "ask": "How heavy?", "kind": "choice", "choices": ["light", "heavy"]},
                {"id": "first_time", "ask": "The first time?", "kind": "yes-no"},
            ],
            "phrases": [
                phrase("Thank you for telling me, {customer|please go on}."),
                phrase("Write to us about {order}.", channels=["email"]),
                phrase("You are right to be cross.", moods=["angry"]),
            ],
        },
        {"id": "apologize", "intent": "apologize", "also": ["empathize"]},
        {"id": "solve", "intent": "solve"},
        {"id": "follow-up", "intent": "follow-up", "phase": "follow-up"},
    ],
    placeholders=["order"],
)
OTHER = framework(
    "other",
    [
        {"id": "hear", "intent": "listen"},
        {"id": "feel", "intent": "empathize"},
        {"id": "thank", "intent": "thank"},
        {"id": "learn", "intent": "train", "phase": "organisation", "phrases": []},
    ],
)
WAY_OUT = framework(
    "way-out", [{"id": "boundary", "intent": "solve"}, {"id": "end", "intent": "thank"}], stands_alone=True
)


def started(content: Framework, at: datetime, **more: Any) -> Started:
    """The first event of a call in that framework."""
    letters = "".join(secrets.choice("abcdefghij0123456789") for _ in range(4))
    call_id = f"{at:%Y%m%dT%H%M%S}-{content.id}-{letters}"
    return Started(at=at, id=call_id, framework=content, digest="sha256:0", **more)


BRANCHING = framework(
    "branching",
    [
        {
            "id": "check",
            "intent": "assess",
            "capture": [
                {"id": "charges", "ask": "What does it show?", "kind": "choice", "choices": ["two", "pending", "one"]}
            ],
            "paths": [
                {"when": {"charges": "two"}, "to": "refund"},
                {"when": {"charges": "pending"}, "through": ["explain", "date"]},
            ],
        },
        {"id": "talk", "intent": "empathize"},
        {"id": "explain", "intent": "explain", "by_path": True},
        {"id": "date", "intent": "notify", "by_path": True},
        {"id": "refund", "intent": "solve", "by_path": True},
        {"id": "thank", "intent": "thank"},
    ],
)
CAREFUL = framework(
    "careful",
    [
        {
            "id": "record",
            "intent": "listen",
            "checklist": [{"id": "notice", "text": "Read the recording notice", "required": True}],
            "phrases": [phrase("About {order_number}, {customer}: I see it.")],
        },
        {"id": "go-on", "intent": "solve"},
    ],
    placeholders=["order_number"],
)


def the_call(home: Path) -> Call:
    """The newest call of a store."""
    archive = Archive(home)
    (newest,) = archive.newest(1)
    return archive.read(newest.stem).transcript.call
