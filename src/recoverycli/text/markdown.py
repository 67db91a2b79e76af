"""Escaping of text for Markdown."""

from __future__ import annotations

import re

from recoverycli.text.safe import escape

_MARKS = re.compile(r"([\\`*_{}\[\]<>|~&])|^([#+-](?=\s))|^(\d+)([.)](?=\s))")


def escape_line(text: str) -> str:
    """Return a text as one line of Markdown with every mark escaped."""
    return _MARKS.sub(_escape, escape(" ".join(text.split())))


def _escape(found: re.Match[str]) -> str:
    return f"{found[3]}\\{found[4]}" if found[3] else f"\\{found[0]}"
