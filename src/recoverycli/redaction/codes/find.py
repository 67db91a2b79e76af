"""Secret codes in a text, recognised by the words around them: by one pass over the line, and by what opens."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from recoverycli.redaction.codes.line import CodeLine
from recoverycli.redaction.codes.near import near_codes
from recoverycli.redaction.codes.openings import opening_codes
from recoverycli.redaction.codes.places import place_codes
from recoverycli.redaction.codes.scan import CodeScan
from recoverycli.redaction.reading.digits_said import says_digits

if TYPE_CHECKING:
    from collections.abc import Iterable

    Span = tuple[int, int]


def codes(text: str) -> list[Span]:
    """Return the codes that words announce, in order. Linear in the length."""
    if not says_digits(text):
        return []
    line = CodeLine(text)
    found = CodeScan(line).codes()
    placed = list(place_codes(line))
    return _together(found, chain(placed, near_codes(line, [*found, *placed]), opening_codes(line)))


def _together(found: list[Span], further: Iterable[Span]) -> list[Span]:
    """Return both in order. Of two that overlap the first is kept, unless the second covers as much and more."""
    taken = {place: span for span in found for place in range(*span)}
    spans = set(found)
    for start, end in further:
        within = {taken[place] for place in range(start, end) if place in taken}
        if all(start <= span[0] and span[1] <= end for span in within):
            spans.difference_update(within)
            spans.add((start, end))
            taken.update(dict.fromkeys(range(start, end), (start, end)))
    return sorted(spans)
