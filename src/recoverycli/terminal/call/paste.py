"""What is pasted into the prompt: kept whole, shown in one line.

A line of the prompt holds no newline and is redrawn at every key, so newlines stand in it as a sign, and a paste of
more than a screenful as a short word; both become what was pasted when the line is taken.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def joins_lines(line: str, following: Iterable[str]) -> bool:
    """Whether an Enter after `line` belongs to a paste of a terminal that does not mark pastes.

    `following` are the keys that arrived together with that Enter: letters, and newlines for Enter. Lines of which one
    is a command, a number or a letter were typed ahead, and are read one by one.
    """
    lines = [text.strip() for text in [line, *"".join(following).split("\n")]]
    words = [text for text in lines if text]
    return bool(lines[0]) and len(words) > 1 and not any(text.startswith("/") or len(text) == 1 for text in words)
