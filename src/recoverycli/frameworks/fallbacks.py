"""Fallbacks of phrases: only the name of a person may have one, and it addresses or names somebody, nothing else.

A fact, a cause, an amount, an owner or a date that nobody entered would be invented, and stored as said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.content.nodes import Problem
from recoverycli.frameworks.model import Framework
from recoverycli.frameworks.phrasing import placeholders
from recoverycli.frameworks.shared.phrases import SharedFile

if TYPE_CHECKING:
    from recoverycli.frameworks.dialogues.model import Dialogue
    from recoverycli.frameworks.model import Phrase
    from recoverycli.frameworks.phrasing import Placeholder
    from recoverycli.frameworks.shared.families import FamilyFile

# What may stand in the place of each name. Anything else would be said only to customers whose name is unknown.
NEUTRAL = {
    "customer": ("", "there", "you", "customer", "sir or madam"),
    "agent": ("me", "us", "our team"),
}


def invented_facts(text: str) -> list[Placeholder]:
    """Return the placeholders of a text whose fallback says more than a name would."""
    return [found for found in placeholders(text) if found.fallback is not None and not _is_neutral(found)]


def fallback_problems(
    content: Framework | SharedFile | FamilyFile | Dialogue, data: bytes, file: str
) -> tuple[Problem, ...]:
    """Return the wrong fallbacks in the phrases of a file, whose bytes are `data`, as its problems."""
    from recoverycli.frameworks.positions import FilePositions

    positions = FilePositions(data, file)
    said = (
        (positions.of(step, ("phrases", number, "say")), found)
        for step, phrases in _phrases(content)
        for number, phrase in enumerate(phrases)
        for found in invented_facts(phrase.say)
    )
    return tuple(
        Problem(file, *place, f"`{{{found.name}|{found.fallback}}}` states a fact", f"write {advice(found.name or '')}")
        for place, found in said
        if place is not None
    )


def _phrases(content: Framework | SharedFile | FamilyFile | Dialogue) -> list[tuple[str, tuple[Phrase, ...]]]:
    """The phrases of each step; a file of shared phrases is one step."""
    if isinstance(content, Framework):
        return [(step.id, step.phrases) for step in content.steps]
    return [("", content.phrases)] if isinstance(content, SharedFile) else []


def advice(name: str) -> str:
    """Return what may be written in the place of a wrong fallback, for a message."""
    words = " or ".join(f"{{{name}|{word}}}" for word in NEUTRAL.get(name, ()) if word)
    return f"{{{name}}}, or {words}" if words else f"{{{name}}}: only names may have a fallback"


def _is_neutral(found: Placeholder) -> bool:
    fallback = " ".join((found.fallback or "").split()).casefold()
    return fallback in NEUTRAL.get(found.name or "", ())
