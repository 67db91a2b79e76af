"""The help: what can be typed, on one screen where it fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.session.slash import COMMANDS
from recoverycli.terminal.views.fitting import hanging

if TYPE_CHECKING:
    from rich.text import Text

_BARE = (
    ("Enter", "this step is done, on to the next; on the wrap-up: save"),
    ("1 ... 9", "I said that phrase; on the wrap-up: the outcome"),
    ("b u m ?", "back (Shift-Tab), undo, more, this help (F1)"),
    ("any text", "a note; on the wrap-up: the summary"),
)


def help_lines(width: int) -> list[Text]:
    """Return the grammar, a line a command where it fits."""
    column = 24 if width >= 60 else 0
    lines: list[Text] = []
    for usage, does in (*_BARE, *((command.usage, command.does) for command in COMMANDS.values())):
        if column:
            lines += hanging(usage, does, width - 1, label_style="accent", indent=column)
        else:
            lines += hanging("", usage, width - 1, style="accent")
            lines += hanging("  ", does, width - 1)
    return lines
