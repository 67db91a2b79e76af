"""What is pasted into the prompt: kept whole, shown in one line.

A line of the prompt holds no newline and is drawn anew at every key, so newlines stand in it as a sign, and a paste of
more than a screenful as a short word; both become what was pasted when the line is taken.
"""

from __future__ import annotations

import re

NEW_LINE = "⏎"
_LONG = 2_000
_FOLDED = re.compile(r"⟦(\d+) pasted: [\d,]+ characters⟧|⏎")


class Pastes:
    """The long pastes of a call, by number."""

    def __init__(self) -> None:
        self._kept: list[str] = []

    def fold(self, text: str) -> str:
        """Return pasted text as it stands in the prompt."""
        if len(text) <= _LONG:
            return text.replace("\n", NEW_LINE)
        self._kept.append(text)
        return f"⟦{len(self._kept)} pasted: {len(text):,} characters⟧"

    def unfold(self, line: str) -> str:
        """Return a line of the prompt with everything that was pasted into it."""
        return _FOLDED.sub(self._original, line)

    def _original(self, found: re.Match[str]) -> str:
        if found[1] is None:
            return "\n"
        number = int(found[1]) if len(found[1]) < 9 else 0
        return self._kept[number - 1] if 0 < number <= len(self._kept) else found[0]
