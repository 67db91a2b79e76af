"""Large type for a projector: few words in the middle of the screen, in a column of at most 40."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.terminal.views.call.parts import MARGIN, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recoverycli.terminal.styled_text import Text
    from recoverycli.terminal.views.call.parts import Lines

_WIDEST = 38


def big_width(width: int) -> int:
    """Return how wide the words are on a screen of that width."""
    return max(4, min(_WIDEST, width - 2 * MARGIN))


def join_parts(parts: Iterable[Lines]) -> list[Text]:
    """Return the lines of all parts, with an empty line between two parts."""
    lines: list[Text] = []
    for part in parts:
        lines += [*([plain("")] if lines else []), *part]
    return lines


def in_the_middle(lines: Sequence[Text], width: int, height: int) -> list[Text]:
    """Return lines in the middle of so many columns and rows; more lines than rows stay as they are."""
    room = max(0, height - len(lines))
    centred = [plain(" " * max(0, (width - line.cell_len) // 2)) + line for line in lines]
    return [*[plain("")] * (room // 2), *centred, *[plain("")] * (room - room // 2)]
