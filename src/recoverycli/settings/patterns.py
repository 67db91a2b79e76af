"""Patterns of a company's numbers and codes, by name: `patterns.order-number = "AA-00000 or 0000000"`.

A `0` is a digit, an `A` a letter, everything else itself; ` or ` stands between forms.
"""

from __future__ import annotations

import re

PATTERNS = "patterns."
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PARTS = {"0": r"\d", "A": "[a-z]"}


def pattern_name(name: str) -> str | None:
    """Return the name of a setting such as `patterns.order-number`, or None if it is none."""
    return name if name.startswith(PATTERNS) and _NAME.fullmatch(name.removeprefix(PATTERNS)) else None


def matches(pattern: str, text: str) -> bool:
    """Whether a text has one of the forms of a pattern, in letters of either case."""
    forms = (form.strip() for form in pattern.split(" or "))
    return any(
        re.fullmatch("".join(_PARTS.get(sign, re.escape(sign)) for sign in form), text, re.IGNORECASE | re.ASCII)
        for form in forms
        if form
    )
