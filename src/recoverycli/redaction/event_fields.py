"""Which fields of an event hold text that has to be masked: all, but for those whose type says otherwise."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

if TYPE_CHECKING:
    from recoverycli.session.events import Fact

_NO_TEXT = frozenset({bool, int, float, NoneType, datetime, Ellipsis})


@cache
def text_fields(event_type: type[Fact]) -> tuple[str, ...]:
    """Return the names of the fields to be masked. Raises TypeError where a type leaves it open."""
    hints = get_type_hints(event_type, include_extras=True)
    return tuple(
        name for name in event_type.__struct_fields__ if _holds_text(hints[name], f"{event_type.__name__}.{name}")
    )


def _holds_text(hint: Any, place: str) -> bool:
    """Whether a value of that type holds text that nobody declared an identifier or a word of a vocabulary."""
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
