"""The home screen: what can be done now, by task."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.terminal.styled_text import cells
from recoverycli.terminal.views.call.parts import MARGIN, one_line, plain, safe_line

if TYPE_CHECKING:
    from recoverycli.terminal.styled_text import Text

# Between what can be done and what is to be known about it.
_GAP = 3
# Fewer columns than these say nothing about anything.
_LEAST_NOTE = 8
# From so many rows on there is an empty line below the title and above the keys.
_AIRY = 6
_NUMBERED = 9
_KEYS = "↑ ↓ and Enter, a number or a first letter · Esc leaves"
_KEYS_IN_SHORT = "↑ ↓ Enter or a number · Esc leaves"


class Entry(msgspec.Struct, frozen=True):
    """Something that can be done: what it is called, what there is to know, and the words of the command that does it.

    `then` says what follows: a call ends the home screen, a page is read until a key brings back here, a list is left
    by itself, and a choice asks which one first (`options`, each the last word of the command).
    """

    name: str
    note: str
    argv: tuple[str, ...]
    then: str = "page"
    options: tuple[str, ...] = ()


class Home(msgspec.Struct, frozen=True):
    """The home screen: a question, and what can be done."""

    title: str
    entries: tuple[Entry, ...]


def home_text(home: Home) -> list[str]:
    """Return the home screen as numbered lines that read well aloud."""
    lines = [
        f"{number}: {safe_line(entry.name)}{f' ({safe_line(entry.note)})' if entry.note else ''}"
        for number, entry in enumerate(home.entries, start=1)
    ]
    return [safe_line(home.title), *lines, "Type a number. Enter alone leaves."]


def home_screen(home: Home, selected: int, width: int, height: int) -> list[Text]:
    """Return at most `height` lines of at most `width` columns, the entry `selected` (from 0) always among them."""
    air = height >= len(home.entries) + _AIRY
    title = [one_line(plain(f"{' ' * MARGIN}{safe_line(home.title)}", "strong"), width)]
    keys = _KEYS if cells(_KEYS) + MARGIN <= width else _KEYS_IN_SHORT
    foot = [one_line(plain(f"{' ' * MARGIN}{keys}", "quiet"), width)]
    if height < 4:
        title, foot = [], []
    gap = [plain("")] * air
    room = max(1, height - len(title) - len(foot) - 2 * len(gap))
    rows = _rows(home, selected, width)
    # What follows the marked entry is in sight too, where there is room for both.
    last = min(selected + (room > 1), len(rows) - 1)
    first = max(0, last - room + 1)
    return [*title, *gap, *rows[first : first + room], *gap, *foot]


def _rows(home: Home, selected: int, width: int) -> list[Text]:
    column = max((cells(safe_line(entry.name)) for entry in home.entries), default=0)
    return [_row(entry, number, number == selected, column, width) for number, entry in enumerate(home.entries)]


def _row(entry: Entry, number: int, here: bool, column: int, width: int) -> Text:
    name = safe_line(entry.name)
    figure = str(number + 1) if number < _NUMBERED else " "
    head = plain(f"{'▸' if here else ' '}{figure}  ", "accent") + plain(name, "accent" if here else "")
    start = min(column, cells(name)) + _GAP if width - column < _LEAST_NOTE + _GAP + 4 else column + _GAP
    room = width - 4 - start
    if not entry.note or room < _LEAST_NOTE:
        return one_line(head, width)
    return head + plain(" " * (start - cells(name))) + one_line(plain(safe_line(entry.note), "quiet"), room)
