"""Events as they may be stored: the words of people with card numbers and codes masked."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from recoverycli.session.events import Fact
from recoverycli.store.redaction import redact

AnyEvent = TypeVar("AnyEvent", bound=Fact)


def masked(event: AnyEvent) -> AnyEvent:
    """Return `event` with what must not be stored masked in its words, and counted."""
    total = 0
    changed: dict[str, Any] = {}
    for name in event.words:
        value = getattr(event, name)
        if isinstance(value, str):
            changed[name], count = redact(value)
            total += count
        elif isinstance(value, dict):
            pairs = {key: redact(text) for key, text in value.items()}
            changed[name] = {key: text for key, (text, _) in pairs.items()}
            total += sum(count for _, count in pairs.values())
    return msgspec.structs.replace(event, **changed, masked=total) if total else event
