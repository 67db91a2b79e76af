"""The filters of a report in words, so that nobody takes a part of the calls for all of them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from recoverycli.session.filters import Filters

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_FILTERS = Filters()
_PEOPLE = frozenset({"customer", "agent"})


def filter_words(wanted: Filters, *, names: bool) -> Iterator[str]:
    """Return each filter that is set: its name and its value; of a person without the name, unless `names`."""
    for field in wanted.__struct_fields__:
        value = getattr(wanted, field)
        if value == getattr(_NO_FILTERS, field) or field == "spellings":
            continue
        if field in _PEOPLE and not names:
            yield f"one {field}"
        elif field == "overdue_at":
            yield "an overdue promise"
        elif field == "limit":
            yield f"the newest {value:,}"
        elif isinstance(value, bool):
            yield field if value else f"not {field}"
        else:
            yield f"{field} {value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else f"{field} {value}"
