"""How passwords are written, and words that are said of them."""

from __future__ import annotations

import re
from functools import cache


def is_strong(word: str) -> bool:
    """Whether a word has figures or signs in it, as passwords have."""
    return _strong_pattern().fullmatch(word) is not None and not _other_pattern().fullmatch(word)


def is_unmistakable(word: str) -> bool:
    """Whether a word is written as only passwords are: small letters and figures, and no measure, device or place."""
    return _unmistakable_pattern().fullmatch(word) is not None and not _other_pattern().fullmatch(word)


def is_participle(word: str) -> bool:
    """Whether a word is said of a password by its form: "expired", "working", "unavailable"."""
    said = word.endswith(("ed", "ing", "able", "ible")) or (
        word.endswith("ly") and not word.endswith(("fly", "lily", "mily"))
    )
    return said and word.islower() and len(word) > len("thing")


@cache
def _strong_pattern() -> re.Pattern[str]:
    return re.compile(r"(?=.*[\d!@#$%^&*_])(?=.*[^\W\d_]).{4,81}|(?=.*[a-z][A-Z]).{6,81}", re.DOTALL)


@cache
def _unmistakable_pattern() -> re.Pattern[str]:
    thing = (
        r"(?i:iphone|terminal|channel|lane|group|week|phase|stage|screen|class|grade|band|model|outlook|chrome|ipad|plan|tier|pack|package|bundle|speed|fibre|fiber|size|seat|table|zone|bay|plot|store|bus|train|route|road|windows|win|android|galaxy|pixel|office|ios|macos|covid|type|version|ver|flat|room|unit|apt|order|ref|line"
        r"|floor|gate|step|page|option|level|area|form|ext|case|ticket)[-_]?\d"
    )
    return re.compile(
        rf"(?!{thing})(?!\d+(?:[.,:-]\d+)*[a-z]*\Z)(?![a-z]{{1,5}}-\d{{1,2}}\Z)(?=.*[a-z])(?=.*\d)[\w!#$%&*.+@-]{{6,40}}"
    )


@cache
def _other_pattern() -> re.Pattern[str]:
    """E-mail addresses, ordinals and measures, which have figures and signs in them too."""
    return re.compile(
        r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\d+(?:st|nd|rd|th|am|pm|hrs?|mins?|secs?|gb|mb|kg|cm|mm|km|x|k|h|ish)|\d+[-/]?(?:day|hour|min|digit|char)\w*"
        r"|24/7|(?:https?|www)\S+",
        re.IGNORECASE,
    )
