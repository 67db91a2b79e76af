"""The values that a name can have, as far as conditions tell them apart: one of each sort stands for all of it.

Between two bounds that conditions name, every number does the same. So a few values prove what holds for all.
"""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from recoverycli.frameworks.bounds import bound_of, out_of_bounds
from recoverycli.frameworks.conditions import ValueTest, texts_in
from recoverycli.frameworks.model import CHANNELS, MOODS
from recoverycli.frameworks.paths import answers_of
from recoverycli.frameworks.values import ANY_DAY, TODAY, Money, back_from, parse_value, value_text, write_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from recoverycli.frameworks.conditions import Wanted, When
    from recoverycli.frameworks.model import Capture
    from recoverycli.frameworks.values import Value

# The facts of the call whose values are a list.
FACTS: dict[str, tuple[str, ...]] = {"channel": CHANNELS, "mood": MOODS}
_DAY = timedelta(days=1)


class Sort(NamedTuple):
    """A value that stands for all of its sort (None: none is known), and its words; `absent` if it does not apply."""

    value: Value | None
    words: str
    absent: bool = False


def domain(name: str, captures: Mapping[str, Capture], whens: Iterable[When]) -> tuple[Sort, ...]:
    """Return the sorts of values of a name in conditions; empty where they cannot be told apart for certain."""
    wanted = list(_wanted_of(name, whens))
    capture = captures.get(name)
    if name in FACTS:
        found = [Sort(word, word) for word in FACTS[name]]
    elif capture is None or capture.kind == "text":
        found = _texts(wanted)
    elif answers := answers_of(capture):
        given = {row.then for row in capture.table.rows} if capture.table is not None else answers
        found = [Sort(answer, answer) for answer in answers if answer in given]
    else:
        found = _in_order(capture, wanted)
    if any(isinstance(one, ValueTest) and one.known is not None for one in wanted):
        found.append(Sort(None, "not known"))
    if found and capture is not None and capture.when:
        found.append(Sort(None, "does not apply", absent=True))
    return tuple(found)


def _wanted_of(name: str, whens: Iterable[When]) -> Iterator[Wanted]:
    for when in whens:
        for one in (when,) if isinstance(when, dict) else when:
            if name in one:
                yield one[name]


def _texts(wanted: Sequence[Wanted]) -> list[Sort]:
    known = dict.fromkeys(text.casefold() for one in wanted for text in texts_in(one))
    other = "something else"
    while other in known:
        other += " "
    return [*(Sort(text, text) for text in known), Sort(other, other.strip())]


def _in_order(capture: Capture, wanted: Sequence[Wanted]) -> list[Sort]:
    lengths = [length for one in wanted if isinstance(one, ValueTest) for length in (one.within, one.older) if length]
    fixed = [*(text for one in wanted for text in texts_in(one))]
    bounds = [text for text in (capture.min, capture.max) if text is not None]
    if lengths and (fixed or any(text != TODAY for text in bounds)):
        # A date and an age: which is earlier changes from day to day.
        return []
    if fixed and TODAY in bounds:
        capture = replace(capture, **{key: None for key in ("min", "max") if getattr(capture, key) == TODAY})
    limits = (bound_of(capture, text, ANY_DAY) for text in (capture.min, capture.max) if text is not None)
    ages = (back_from(ANY_DAY, one) for one in lengths)
    points = (parse_value(capture.kind, one) for one in fixed)
    values = _representatives(capture, [bound for bound in (*ages, *points, *limits) if bound is not None])
    inside = (one for one in values if not out_of_bounds(capture, one, ANY_DAY))
    return [Sort(one, _words(one, relative=bool(lengths))) for one in inside]


def _representatives(capture: Capture, bounds: list[Value]) -> list[Value]:
    if capture.kind == "date":
        days = {bound + step for bound in bounds if isinstance(bound, date) for step in (-_DAY, 0 * _DAY, _DAY)}
        return [*sorted(days)] or [ANY_DAY]
    currency = next((bound.currency for bound in bounds if isinstance(bound, Money) and bound.currency), None)
    numbers = sorted(
        {bound.amount if isinstance(bound, Money) else bound for bound in bounds if isinstance(bound, Decimal | Money)}
    )
    points = _whole(numbers) if capture.days_since or capture.days_until else _between(numbers)
    return [Money(one, currency) for one in points] if capture.kind == "money" else [*points]


def _between(numbers: list[Decimal]) -> list[Decimal]:
    """The numbers, one between each two, and one beyond either end."""
    if not numbers:
        return [Decimal(1)]
    found = [numbers[0] - 1, numbers[0]]
    for before, after in itertools.pairwise(numbers):
        found += [(before + after) / 2, after]
    return [*found, numbers[-1] + 1]


def _whole(numbers: list[Decimal]) -> list[Decimal]:
    """The whole numbers on either side of each bound."""
    floors = {one.to_integral_value(ROUND_FLOOR) for one in numbers} or {Decimal(0)}
    return sorted({one + step for one in floors for step in (-1, 0, 1)})


def _words(value: Value, *, relative: bool) -> str:
    if relative and isinstance(value, date):
        ago = (ANY_DAY - value).days
        return f"{ago} days ago" if ago >= 0 else f"in {-ago} days"
    return value_text(write_value(value))
