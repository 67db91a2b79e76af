"""A menu: a question with numbered options, drawn or as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.terminal.styled_text import cells
from recoverycli.terminal.views.call.parts import MARGIN, one_line, paragraph, plain, safe_line

if TYPE_CHECKING:
    from recoverycli.terminal.styled_text import Text

# Between a name and its note.
_GAP = 3
# Notes with fewer columns are left out.
_LEAST_NOTE = 8
# From so many rows on there is an empty line below the title and above the keys.
_AIRY = 6
_NUMBERED = 9
_KEYS = "↑ ↓ and Enter, a number or a first letter · Esc leaves"
_KEYS_IN_SHORT = "↑ ↓ Enter or a number · Esc leaves"


class Option(NamedTuple):
    """Something to choose: its name and a note."""

    name: str
    note: str = ""


class Menu(NamedTuple):
    """A question with options; `default` is the place of the one that Enter alone takes, from 0."""

    title: str
    options: tuple[Option, ...]
    default: int | None = None


def menu_lines(menu: Menu) -> list[str]:
    """Return a menu as numbered lines that read well aloud."""
    lines = [
        f"{number}: {safe_line(option.name)}{f' ({safe_line(option.note)})' if option.note else ''}"
        for number, option in enumerate(menu.options, start=1)
    ]
    default = "leaves" if menu.default is None else f"takes {safe_line(menu.options[menu.default].name)}"
    return [safe_line(menu.title), *lines, f"Type a number. Enter alone {default}."]


def menu_screen(menu: Menu, selected: int, width: int, height: int) -> list[Text]:
    """Return at most `height` lines of at most `width` columns, the option `selected` (from 0) always among them."""
    air = height >= len(menu.options) + _AIRY
    title = [*paragraph(safe_line(menu.title), width, style="strong")]
    if len(title) > height // 4:
        title = [one_line(plain(f"{' ' * MARGIN}{safe_line(menu.title)}", "strong"), width)]
    keys = _KEYS if cells(_KEYS) + MARGIN <= width else _KEYS_IN_SHORT
    foot = [one_line(plain(f"{' ' * MARGIN}{keys}", "quiet"), width)]
    if height < 4:
        title, foot = [], []
    gap = [plain("")] * air
    room = max(1, height - len(title) - len(foot) - 2 * len(gap))
    rows = _rows(menu, selected, width)
    # The option after the marked one is visible too, where there is room for both.
    last = min(selected + (room > 1), len(rows) - 1)
    first = max(0, last - room + 1)
    return [*title, *gap, *rows[first : first + room], *gap, *foot]


def _rows(menu: Menu, selected: int, width: int) -> list[Text]:
    column = max((cells(safe_line(option.name)) for option in menu.options), default=0)
    return [_row(option, number, number == selected, column, width) for number, option in enumerate(menu.options)]


def _row(option: Option, number: int, here: bool, column: int, width: int) -> Text:
    name = safe_line(option.name)
    figure = str(number + 1) if number < _NUMBERED else " "
    head = plain(f"{'▸' if here else ' '}{figure}  ", "accent") + plain(name, "accent" if here else "")
    start = min(column, cells(name)) + _GAP if width - column < _LEAST_NOTE + _GAP + 4 else column + _GAP
    room = width - 4 - start
    if not option.note or room < _LEAST_NOTE:
        return one_line(head, width)
    return head + plain(" " * (start - cells(name))) + one_line(plain(safe_line(option.note), "quiet"), room)
