"""Choose phrases that fit, and fill their placeholders. Pure, and defined for any text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    from recoverycli.frameworks.model import Phrase

MOST = 9
_UNUSED: Mapping[str, int] = {}
_SPOKEN = {"phone", "in-person"}
_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([A-Za-z0-9_]+)(?:\|([^{}]*))?\}|[{}]")


class Facts(msgspec.Struct, frozen=True):
    """The facts of a call for phrases."""

    channel: str | None = None
    mood: str | None = None
    issue: str | None = None
    values: Mapping[str, str] = {}


class Placeholder(NamedTuple):
    """A placeholder of a text; `name` is None if a brace stands alone."""

    at: int
    name: str | None


def placeholders(text: str) -> list[Placeholder]:
    """Return the placeholders of a text in order, and unpaired braces."""
    found = (match for match in _PLACEHOLDER.finditer(text) if match.group() not in {"{{", "}}"})
    return [Placeholder(match.start(), match[1]) for match in found]


def gaps(text: str, values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of a text that have neither a value nor a fallback, each once."""
    found = (match for match in _PLACEHOLDER.finditer(text) if match[1] and match[2] is None)
    return tuple(dict.fromkeys(match[1] for match in found if not values.get(match[1])))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return `text` with its placeholders filled; a missing value without fallback shows as `[order number]`."""

    def fill_one(match: re.Match[str]) -> str:
        whole, name, fallback = match[0], match[1], match[2]
        if name is None:
            return whole[0]
        return values.get(name) or (fallback if fallback is not None else f"[{name.replace('_', ' ')}]")

    return _PLACEHOLDER.sub(fill_one, text)


def choose(phrases: Iterable[Phrase], facts: Facts, used: Mapping[str, int] = _UNUSED) -> tuple[Phrase, ...]:
    """Return the phrases that fit, best first: by channel, then mood, then issue.

    Among equals, less `used` ones come first. The order depends only on the arguments, so it does not change while an
    agent reads.
    """
    allowed = [phrase for phrase in phrases if _holds(phrase.when, facts.values)]
    return tuple(sorted(allowed, key=lambda phrase: (*_distance(phrase, facts), used.get(phrase.id, 0))))


def fits_channel(phrase: Phrase, channel: str | None) -> bool:
    """Whether a phrase can be said on that channel."""
    return _of_channel(phrase, channel) == 0


def _holds(when: Mapping[str, str], values: Mapping[str, str]) -> bool:
    return all(values.get(name, "").casefold() == wanted.casefold() for name, wanted in when.items())


def _distance(phrase: Phrase, facts: Facts) -> tuple[int, int, int]:
    return _of_channel(phrase, facts.channel), _of_mood(phrase, facts.mood), _of_issue(phrase, facts.issue)


def _of_channel(phrase: Phrase, channel: str | None) -> int:
    if channel is None:
        # Without a channel, a phone call is assumed.
        return 0 if not phrase.channels or _SPOKEN & set(phrase.channels) else 1
    return 0 if not phrase.channels or channel in phrase.channels else 1


def _of_mood(phrase: Phrase, mood: str | None) -> int:
    if not phrase.moods:
        return 1
    return 0 if mood in phrase.moods else 2


def _of_issue(phrase: Phrase, issue: str | None) -> int:
    if not phrase.issues:
        return 1
    words = set((issue or "").casefold().split())
    named = {named.casefold() for named in phrase.issues}
    return 0 if (issue or "").casefold() in named or words & named else 2
