"""The bounds of a capture: what is less than its `min` or more than its `max`. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.frameworks.conditions import texts_of
from recoverycli.frameworks.values import TODAY, Money, compare, parse_value

if TYPE_CHECKING:
    from datetime import date

    from recoverycli.frameworks.model import Capture, Framework
    from recoverycli.frameworks.values import Value


def bound_of(capture: Capture, text: str, today: date) -> Value | None:
    """Return the value of a bound as the file has it; None if it is none."""
    return today if capture.kind == "date" and text == TODAY else parse_value(capture.kind, text)


def currency_of(capture: Capture, framework: Framework) -> str | None:
    """Return the currency in which the bounds of a capture and the conditions on it are; None where none is named."""
    conditions = (when for step in framework.steps for when in step.conditions)
    compared = (text for when in conditions for text in texts_of(when, capture.id))
    for text in filter(None, (capture.min, capture.max, *compared)):
        value = parse_value("money", text)
        if isinstance(value, Money) and value.currency:
            return value.currency
    return None


def out_of_bounds(capture: Capture, value: Value, today: date) -> str:
    """Return what a value would have to be, if it is out of the capture's bounds; else an empty text."""
    for text, sign, words in ((capture.min, -1, "at least"), (capture.max, 1, "at most")):
        bound = bound_of(capture, text, today) if text is not None else None
        if bound is None:
            continue
        order = compare(value, bound)
        if order is None:
            return f"in another currency than {text}"
        if order == sign:
            return _words(capture, words, text or "")
    return ""


def _words(capture: Capture, words: str, text: str) -> str:
    if capture.kind != "date":
        return f"{words} {text}"
    return f"{text} or {'later' if words == 'at least' else 'earlier'}"
