"""Events as they may be stored: the words of people with what must not be stored masked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from recoverycli.session.events import CustomerNamed, Fact, Offered, Started
from recoverycli.store.redaction import redact
from recoverycli.store.redaction_rules import DEFAULT, NAME_MASK

if TYPE_CHECKING:
    from recoverycli.store.redaction_rules import Rules

AnyEvent = TypeVar("AnyEvent", bound=Fact)
# Where the customer's own name stands: it goes whole, titles and all.
_OWN_NAME: dict[type[Fact], str] = {Started: "customer", CustomerNamed: "name"}


def masked(event: AnyEvent, rules: Rules = DEFAULT) -> AnyEvent:
    """Return `event` with what must not be stored masked in its words, and counted."""
    total = 0
    changed: dict[str, Any] = {}
    own_name = _OWN_NAME.get(type(event)) if "name" in rules.chosen else None
    for name in event.words:
        value = getattr(event, name)
        if name == own_name:
            hide = value is not None and value != NAME_MASK
            changed[name] = NAME_MASK if hide else value
            total += hide
        elif isinstance(value, str):
            changed[name], count = redact(value, rules)
            total += count
        elif isinstance(value, dict):
            pairs = {key: redact(text, rules) for key, text in value.items()}
            changed[name] = {key: text for key, (text, _) in pairs.items()}
            total += sum(count for _, count in pairs.values())
    if isinstance(event, Offered) and event.value is not None:
        # A card that was typed where an amount belongs: its last group was taken for the amount.
        for whole in (f"{event.remedy} {event.value:.0f}", f"{event.remedy} {event.value:04.0f}"):
            remedy, count = redact(whole, rules)
            if count > total:
                changed, total = {"remedy": remedy, "value": None}, count
    return msgspec.structs.replace(event, **changed, masked=total) if total else event


def name_told(event: Fact) -> str | None:
    """Return the customer's name that an event tells, before it is masked."""
    own_name = _OWN_NAME.get(type(event))
    name: str | None = getattr(event, own_name) if own_name else None
    return name
