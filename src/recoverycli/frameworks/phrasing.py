"""Choose phrases that fit, and fill their placeholders. Pure, and defined for any text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from recoverycli.frameworks.model import Fault

if TYPE_CHECKING:
    from recoverycli.frameworks.model import Phrase

MOST = 9
_UNUSED: Mapping[str, int] = {}
_SPOKEN = {"phone", "in-person"}
_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([A-Za-z0-9_]+)(?:\|([^{}]*))?\}|[{}]")
# The customer's name where it only addresses: first in a sentence, after a comma, after a greeting.
_NAME = r"(?<!\{)\{customer\|?\}(?!\})"
_NAME_FIRST = re.compile(rf"(^|[.!?:]\s+){_NAME},\s+(\w)")
_NAME_AFTER_COMMA = re.compile(rf",\s*{_NAME}(?:,(?=\s)|(?=[.!?:;]|\s*$))")
_NAME_GREETED = re.compile(
    rf"\b(hello|hi|good (?:morning|afternoon|evening)|thank you|thanks|welcome|goodbye|sorry)\s+{_NAME}(?=[,.!?:;]|$)",
    re.IGNORECASE,
)


class Facts(msgspec.Struct, frozen=True):
    """The facts of a call for phrases. `family` is that of the issue."""

    channel: str | None = None
    mood: str | None = None
    issue: str | None = None
    family: str | None = None
    fault: Fault = "unclear"
    severity: str | None = None
    values: Mapping[str, str] = {}


class Placeholder(NamedTuple):
    """A placeholder of a text; `name` is None if a brace stands alone, `fallback` if there is none."""

    at: int
    name: str | None
    fallback: str | None = None


def placeholders(text: str) -> list[Placeholder]:
    """Return the placeholders of a text in order, and unpaired braces."""
    found = (match for match in _PLACEHOLDER.finditer(text) if match.group() not in {"{{", "}}"})
    return [Placeholder(match.start(), match[1], match[2]) for match in found]


def gaps(text: str, values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of a text that have neither a value nor a fallback, each once."""
    found = (match for match in _PLACEHOLDER.finditer(_leave_name_out(text, values)) if match[1] and match[2] is None)
    return tuple(dict.fromkeys(match[1] for match in found if not values.get(match[1])))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return `text` with its placeholders filled; a missing value without fallback shows as `[order number]`.

    An unknown name that only addresses the customer is left out with its comma: the rest of the sentence says the same.
    """

    def fill_one(match: re.Match[str]) -> str:
        whole, name, fallback = match[0], match[1], match[2]
        if name is None:
            return whole[0]
        return values.get(name) or (fallback if fallback is not None else f"[{name.replace('_', ' ')}]")

    return _PLACEHOLDER.sub(fill_one, _leave_name_out(text, values))


def _leave_name_out(text: str, values: Mapping[str, str]) -> str:
    if "{customer" not in text or values.get("customer"):
        return text
    text = _NAME_FIRST.sub(lambda match: f"{match[1]}{match[2].upper()}", text)
    return _NAME_GREETED.sub(r"\1", _NAME_AFTER_COMMA.sub("", text))


def choose(phrases: Iterable[Phrase], facts: Facts, used: Mapping[str, int] = _UNUSED) -> tuple[Phrase, ...]:
    """Return the phrases that fit, best first: for the issue, then for the mood, then general ones.

    A phrase for another channel, mood, issue, severity or fault is left out: a short list is better than words that do
    not fit. Among equals, those that can be said as they are come before those with a gap, then less `used` ones. The
    order depends only on the arguments, so it does not change while an agent reads.
    """
    fitting = (phrase for phrase in phrases if fits(phrase, facts))
    return tuple(sorted(fitting, key=lambda phrase: _rank(phrase, facts, used)))


def fits(phrase: Phrase, facts: Facts) -> bool:
    """Whether nothing that a phrase says about itself contradicts the facts of the call."""
    return (
        fits_channel(phrase, facts.channel)
        and phrase.fault in {None, facts.fault}
        and phrase.severity in {None, facts.severity}
        and (not phrase.moods or facts.mood in phrase.moods)
        and (not phrase.issues or _is_for_issue(phrase, facts))
        and not (speaks_of_promise(phrase) and gaps(phrase.say, facts.values))
        and all(facts.values.get(name, "").casefold() == wanted.casefold() for name, wanted in phrase.when.items())
    )


def speaks_of_promise(phrase: Phrase) -> bool:
    """Whether a phrase repeats what was promised in the call; before, there is nothing that it could say."""
    return "{promise_by}" in phrase.say


def fits_channel(phrase: Phrase, channel: str | None) -> bool:
    """Whether a phrase can be said on that channel; until it is known, the agent is taken to be talking."""
    return not phrase.channels or bool({channel} & set(phrase.channels) if channel else _SPOKEN & set(phrase.channels))


def _rank(phrase: Phrase, facts: Facts, used: Mapping[str, int]) -> tuple[bool, bool, bool, bool, int]:
    # The date of a promise is always asked for: it is part of the choice, and no gap in what is known.
    open_gaps = set(gaps(phrase.say, facts.values)) - ({phrase.promise.by} if phrase.promise else set())
    tags = (not phrase.issues, phrase.severity is None, not phrase.moods)
    return *tags, bool(open_gaps), used.get(phrase.id, 0)


def _is_for_issue(phrase: Phrase, facts: Facts) -> bool:
    issue = (facts.issue or "").casefold()
    return not {facts.family, issue, *issue.split()}.isdisjoint(name.casefold() for name in phrase.issues)
