"""From what `start` was told to the first event of a call."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from recoverycli.errors import UsageProblem, known_word
from recoverycli.frameworks.model import CALL_FACTS, CHANNELS, MOODS
from recoverycli.session import events as ev
from recoverycli.session.grammar.meanings import Misunderstood, Record
from recoverycli.session.grammar.parse import interpret
from recoverycli.session.state import begin
from recoverycli.text.safe import storable_text

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.frameworks.library import LoadedFramework

Word = TypeVar("Word", bound=str)
_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"


class CallDetails(NamedTuple):
    """What was said on the command line or stands in the settings, as it was typed."""

    customer: str | None
    ref: str | None
    channel: str | None
    issue: str | None
    mood: str | None
    agent: str | None
    values: tuple[str, ...]
    found_by: str | None = None
    afterwards: bool = False


def first_event(told: CallDetails, loaded: LoadedFramework, at: datetime, scene: ev.Scene | None = None) -> ev.Started:
    """Return the event that begins a call, still without its id; with a `scene` it is practice.

    Raises UsageProblem for a word that it cannot be.
    """
    first = ev.Started(
        at=at,
        id="",
        framework=loaded.content,
        digest=loaded.digest,
        source="built-in" if loaded.kind == "built-in" else "project",
        process=os.getpid(),
        agent=_checked_text(told.agent),
        channel=_one_of("channel", told.channel, CHANNELS),
        issue=_checked_text(told.issue),
        mood=_one_of("mood", told.mood, MOODS),
        customer=_checked_text(told.customer),
        ref=_checked_text(told.ref),
        found_by=_one_of("finder", told.found_by, ev.FOUND_BY) or "customer",
        afterwards=told.afterwards,
        kind="practice" if scene else "call",
        scene=scene,
    )
    return msgspec.structs.replace(first, values=_values(first, told.values)) if told.values else first


def with_id(first: ev.Started, at: datetime) -> ev.Started:
    """Return the first event with the moment and an id: the time, the framework, and four random characters."""
    letters = "".join(_LETTERS[byte % len(_LETTERS)] for byte in os.urandom(4))
    return msgspec.structs.replace(first, at=at, id=f"{at:%Y%m%dT%H%M%S}-{first.framework.id}-{letters}")


def _checked_text(text: str | None) -> str | None:
    return storable_text(text).strip() or None if text else None


def _one_of(kind: str, word: str | None, words: tuple[Word, ...]) -> Word | None:
    return None if word is None else known_word(kind, word, words)


def _values(first: ev.Started, pairs: tuple[str, ...]) -> dict[str, str]:
    """Read the NAME=VALUE pairs by the same rules as `/set` in the call."""
    session = begin(first)
    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise UsageProblem(
                f"--set {pair[:60]}: a name and a value are needed", hint="For example: --set order=A-1042"
            )
        if name in CALL_FACTS:
            own = f"--set {pair[:60]}: {name} has its own option"
            raise UsageProblem(own, hint=f"For example: --{name} ...")
        meaning = interpret(session, f"/set {name.strip()} {value.strip()}", first.at, lambda _words, _now: None)
        if isinstance(meaning, Misunderstood):
            near = meaning.nearest.removeprefix("/set ").replace(" ", "=", 1)
            raise UsageProblem(f"--set {pair[:60]}: {meaning.why}", hint=f"Did you mean --set {near}" if near else "")
        if isinstance(meaning, Record) and isinstance(meaning.event, ev.ValueSet):
            values[meaning.event.name] = meaning.event.value
    return values
