"""Names of customers similar to a typed one."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from recoverycli.text.tokens import fold_text, tokens

if TYPE_CHECKING:
    import sqlite3

_MOST = 5
_LIKE = 0.75
_MANY = 20_000  # names; comparing more of them would take seconds


def near_names(connection: sqlite3.Connection, wanted: str) -> list[str]:
    """Return some names and references that share a word with the typed one or are spelt similarly."""
    words = {token.text for token in tokens(wanted)}
    plain = fold_text(wanted)
    matcher = SequenceMatcher(b=plain)
    likeness: dict[str, float] = {}
    rows = connection.execute(
        "SELECT DISTINCT customer FROM call WHERE customer IS NOT NULL"
        " UNION SELECT DISTINCT ref FROM call WHERE ref IS NOT NULL LIMIT ?",
        (_MANY,),
    )
    for (name,) in rows:
        matcher.set_seq1(fold_text(name))
        ratio = matcher.ratio() if matcher.real_quick_ratio() >= _LIKE else 0.0
        shared = bool(words & {token.text for token in tokens(name)})
        if shared or ratio >= _LIKE:
            likeness[name] = ratio + shared
    return sorted(likeness, key=lambda name: (-likeness[name], name))[:_MOST]
