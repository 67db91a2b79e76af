"""A moment of a replayed call: the place in the call, and what has happened in the step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.terminal.views.call.parts import MARGIN, one_line, plain, safe_line, wrap

if TYPE_CHECKING:
    from recoverycli.review.replay_screens import ReplayScreen
    from recoverycli.terminal.styled_text import Text

_LABEL = 11
_NARROW = 50


def scene_screen(scene: ReplayScreen, width: int, height: int) -> list[Text]:
    """Return at most `height` lines of at most `width` columns, the newest event among them."""
    head = [one_line(plain(f"{' ' * MARGIN}{safe_line(scene.head)}", "accent"), width)]
    label = 0 if width < _NARROW else _LABEL
    body: list[Text] = []
    for number, (name, words) in enumerate(scene.lines):
        newest = number == len(scene.lines) - 1
        told = safe_line(words) if label else f"{name}: {safe_line(words)}"
        rows = wrap(plain(told, "strong" if newest else ""), max(8, width - 2 * MARGIN - label))
        for place, row in enumerate(rows):
            margin = plain(" " * MARGIN + (name if place == 0 else "").ljust(label) if label else " " * MARGIN, "quiet")
            body.append(margin + row)
    air = [plain("")] if height > 3 else []
    room = max(1, height - len(head) - len(air))
    return [*head, *air, *body[-room:]][:height] if height > 1 else body[-1:] or head
