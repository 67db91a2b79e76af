"""The words of people in a stored document, as opposed to what only programs read, and how to change them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    # Returns the new text, and in how many places it was changed.
    Change = Callable[[str], tuple[str, int]]

# Words of a vocabulary, ids, the framework itself and the family of the issue, which a company wrote: a transcript
# cannot be read without them.
_KEPT = frozenset({
    "schema", "id", "kind", "state", "digest", "framework", "intent", "also", "phase", "status", "source", "channel",
    "family", "found_by", "outcome", "mood", "currency", "step", "ticked", "event", "field", "leaving", "queue",
    "severity", "phrase", "offer", "instead_of", "item", "card", "scenario", "node", "reply", "difficulty",
    "ending", "ending_kind", "reveals", "zone",
})  # fmt: skip
# Dictionaries whose keys may be words of people.
_NAMED = frozenset({"values", "captured", "typed"})
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[-+:.Z0-9]+")
_CALL_ID = re.compile(r"[0-9]{8}T[0-9]{6}-[a-z0-9-]+-[a-z0-9]{4}")


def change_texts(document: Any, change: Change) -> tuple[Any, int]:
    """Return the document with every text of people changed, and the number of places. Raises RecursionError."""
    if isinstance(document, str):
        return change(document) if _is_words(document) else (document, 0)
    if isinstance(document, list):
        pairs = [change_texts(one, change) for one in document]
        return [one for one, _ in pairs], sum(count for _, count in pairs)
    if isinstance(document, dict):
        return _change_object(document, change)
    return document, 0


def texts_of(document: Any) -> Iterator[str]:
    """Return every text of people in the document."""
    found: list[str] = []

    def collect(text: str) -> tuple[str, int]:
        found.append(text)
        return text, 0

    change_texts(document, collect)
    yield from found


def _change_object(document: dict[str, Any], change: Change) -> tuple[dict[str, Any], int]:
    kept = {key for key in document if _is_identifier(key, document)}
    changed: dict[str, Any] = {}
    total = 0
    for key, value in document.items():
        if key in kept:
            changed[key] = value
            continue
        if key in _NAMED and isinstance(value, dict):
            value, count = _change_keys(value, change)  # noqa: PLW2901  # the same, with other keys
            total += count
        changed[key], count = change_texts(value, change)
        total += count
    return changed, total


def _is_identifier(key: str, document: dict[str, Any]) -> bool:
    """Whether the value of a key is for programs; some keys need a look at the other keys of the document."""
    match key:
        case "name":
            # Of a step or of a value, not of a person.
            return "intent" in document or "value" in document
        case "to":
            # A step or a framework; the receiver of an escalation is words.
            return "why" not in document
        case "from":
            return "to" in document
        case "answer":
            # To an offer; the answer to a question is words.
            return "offer" in document or "remedy" in document
        case "promise":
            # Of a date for one; what a phrase promised is words.
            return "text" not in document
        case "agrees" | "refuses" | "promises" | "intents" | "takes":
            # Ids and intents in an answer in practice; among its acts, and in a call, they are words.
            return "heard" in document
        case "old" | "new":
            return document.get("field") == "outcome"
    return key in _KEPT


def _change_keys(values: dict[str, Any], change: Change) -> tuple[dict[str, Any], int]:
    renamed: dict[str, Any] = {}
    total = 0
    for key, value in values.items():
        name, count = change(key)
        total += count
        while name in renamed:
            name += "_"
        renamed[name] = value
    return renamed, total


def _is_words(text: str) -> bool:
    return not (_MOMENT.fullmatch(text) or _CALL_ID.fullmatch(text))
