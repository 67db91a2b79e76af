"""A list of calls to browse, narrowed by typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.store.index.rows import CallRow
from recoverycli.terminal.styled_text import Text, cells
from recoverycli.terminal.views.call.parts import MARGIN, one_line, plain, safe_line
from recoverycli.text.format import plural
from recoverycli.times.age import format_age

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_KEYS = "type to narrow · ↑ ↓ move · Enter shows · ^R replays · ^X exports · Esc leaves"
_KEYS_IN_SHORT = "type · ↑ ↓ · Enter · ^R · ^X · Esc"
_TYPING = "type to narrow · ↑ ↓ move · Enter shows · ^R replays · ^X exports · Esc clears"
# The widths of columns; the customer takes the rest.
_WHEN, _FRAMEWORK, _ISSUE, _ENDING = 14, 12, 18, 15


class BrowseState(msgspec.Struct, frozen=True):
    """The state of the list: typed words, matching calls, their total, and the marked one."""

    typed: str
    calls: tuple[CallRow, ...]
    total: int
    here: int = 0

    @property
    def call(self) -> CallRow | None:
        """The marked call; None in an empty list."""
        return self.calls[self.here] if self.calls else None


def browse_screen(state: BrowseState, now: datetime, width: int, height: int) -> list[Text]:
    """Return at most `height` lines of at most `width` columns, with the marked call among them."""
    count = plural(state.total, "call")
    words = f"{' ' * MARGIN}{f'Find: {safe_line(state.typed)}▏' if state.typed else 'Past calls'}"
    room = width - cells(count) - 2
    head = one_line(plain(words, "strong"), max(1, room))
    title = head + plain(" " * max(1, width - head.cell_len - cells(count) - 1) + count, "quiet")
    long = _TYPING if state.typed else _KEYS
    keys = long if cells(long) + MARGIN <= width else _KEYS_IN_SHORT
    foot = one_line(plain(f"{' ' * MARGIN}{keys}", "quiet"), width)
    rows = max(1, height - 2)
    first = min(max(0, state.here - rows // 2), max(0, len(state.calls) - rows))
    lines = [
        _row(row, place == state.here, now, width)
        for place, row in enumerate(state.calls[first : first + rows], start=first)
    ]
    if not state.calls:
        lines = [one_line(plain(f"{' ' * MARGIN}No calls match; Esc clears the search."), width)]
    if height < 3:
        return lines[:height]
    return [title, *lines, *[plain("")] * (rows - len(lines)), foot]


def _row(row: CallRow, here: bool, now: datetime, width: int) -> Text:
    ending = "abandoned" if row.state == "abandoned" else row.outcome or "open"
    columns: Sequence[tuple[str, int]] = ((format_age(row.started_at, now), _WHEN),)
    if width >= 60:
        columns = (*columns, (row.framework_name, _FRAMEWORK))
    issue = (row.issue or "-", _ISSUE)
    others = (*columns, *([issue] if width >= 60 else []), (ending, _ENDING))
    customer = max(8, width - 2 - sum(size + 1 for _, size in others))
    columns = (*columns, (row.customer or "-", customer), *others[len(columns) :])
    line, gap = plain("▸ " if here else "  ", "accent"), plain("")
    for text, size in columns:
        cell = one_line(plain(safe_line(" ".join(text.split())), "accent" if here else ""), size)
        line = line + gap + cell
        gap = plain(" " * (size - cell.cell_len + 1))
    return one_line(line, width)
