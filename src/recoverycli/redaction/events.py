"""Masking in events: every text is masked before the event is stored."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from recoverycli.redaction.redact import redact
from recoverycli.redaction.rules import DEFAULT, NAME_MASK
from recoverycli.session.events import CustomerNamed, Fact, Offered, Started

if TYPE_CHECKING:
    from recoverycli.redaction.rules import Rules

AnyEvent = TypeVar("AnyEvent", bound=Fact)
# The fields with the customer's own name: it is masked whole, with its titles.
_OWN_NAME: dict[type[Fact], str] = {Started: "customer", CustomerNamed: "name"}
_NO_TEXT = frozenset({bool, int, float, NoneType, datetime, Ellipsis})


def mask_event(event: AnyEvent, rules: Rules = DEFAULT) -> AnyEvent:
    """Return `event` with all of its text masked, and the masks counted."""
    total = 0
    changed: dict[str, Any] = {}
    own_name = _OWN_NAME.get(type(event)) if "name" in rules.chosen else None
    for name in text_fields(type(event)):
        value = getattr(event, name)
        if name == own_name:
            hide = value is not None and value != NAME_MASK
            changed[name] = NAME_MASK if hide else value
            total += hide
        else:
            changed[name], count = _mask_value(value, rules)
            total += count
    if isinstance(event, Offered) and event.value is not None:
        # A card that was typed where an amount belongs: its last group was taken for the amount.
        for whole in (f"{event.remedy} {event.value:.0f}", f"{event.remedy} {event.value:04.0f}"):
            remedy, count = redact(whole, rules)
            if count > total:
                changed, total = {"remedy": remedy, "value": None}, count
    return msgspec.structs.replace(event, **changed, masked=total) if total else event


def _mask_value(value: Any, rules: Rules) -> tuple[Any, int]:
    """Return the masked value (a text, or several in a tuple or mapping) and the number of masks."""
    if isinstance(value, str):
        return redact(value, rules)
    if isinstance(value, dict):
        masked_ones = [_mask_value(one, rules) for one in value.values()]
        return dict(zip(value, (one for one, _ in masked_ones), strict=True)), sum(count for _, count in masked_ones)
    if isinstance(value, tuple):
        masked_ones = [_mask_value(one, rules) for one in value]
        return tuple(one for one, _ in masked_ones), sum(count for _, count in masked_ones)
    return value, 0


def new_customer_name(event: Fact) -> str | None:
    """Return the customer's name that an event sets, before it is masked."""
    own_name = _OWN_NAME.get(type(event))
    name: str | None = getattr(event, own_name) if own_name else None
    return name


@cache
def text_fields(event_type: type[Fact]) -> tuple[str, ...]:
    """Return the names of the fields to be masked. Raises TypeError if a type does not decide it."""
    hints = get_type_hints(event_type, include_extras=True)
    return tuple(
        name for name in event_type.__struct_fields__ if _holds_text(hints[name], f"{event_type.__name__}.{name}")
    )


def _holds_text(hint: Any, place: str) -> bool:
    """Whether a value of that type holds text that is not declared an identifier or a vocabulary word."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint is str:
        return True
    if hint in _NO_TEXT or origin is Literal:
        return False
    if origin is Annotated:
        return not _is_declared(inner[1:]) and _holds_text(inner[0], place)
    if origin in (Union, UnionType, tuple):
        return any(_holds_text(one, place) for one in inner)
    if origin is dict and not _holds_text(inner[0], place):
        return _holds_text(inner[1], place)
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        nested = get_type_hints(hint, include_extras=True)
        if not any(_holds_text(nested[name], f"{place}.{name}") for name in hint.__struct_fields__):
            return False
    raise TypeError(f"{place}: declare its text Identifier or Vocabulary, or mask it ({hint})")


def _is_declared(marks: tuple[Any, ...]) -> bool:
    return any(isinstance(mark, msgspec.Meta) and (mark.extra or {}).get("masked") is False for mark in marks)
