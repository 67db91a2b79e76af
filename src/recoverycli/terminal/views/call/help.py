"""The help: what can be typed, in two columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.session.grammar.commands import COMMANDS
from recoverycli.terminal.views.call.parts import NARROW, label_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.terminal.views.call.parts import Lines

KEYS = (
    ("Enter", "this step is done, on to the next; on the wrap-up: save"),
    ("1 ... 9", "I said that phrase; on the wrap-up: the outcome"),
    ("text", "a note; on the wrap-up: the summary"),
    ("b  u  m  n  ?", "back, undo, more, everything recorded so far, this help"),
    ("//text", "a note that looks like a number, a letter or a command"),
    ("Shift-Tab", "back"),
    ("Tab", "completes commands and their values; on a refused line: the suggestion"),
    ("Up", "what was typed before"),
    ("Esc", "closes a page; drops a refused line"),
    ("Ctrl-C", "pause, end or go on"),
)
_COLUMN = 24


def help_groups(width: int) -> list[Lines]:
    """Return the help as one group of lines, the keys first."""
    said_by_keys = {"next", "back", "undo", "more", "notes", "help", "note"}
    commands = [(command.usage, command.does) for name, command in COMMANDS.items() if name not in said_by_keys]
    return [(*_table(KEYS, width), *_table(commands, width))]


def _table(rows: Iterable[tuple[str, str]], width: int) -> Lines:
    column = _COLUMN if width >= NARROW else 0
    found: list[Lines] = [label_text(usage, does, width, column=column, label_style="accent") for usage, does in rows]
    return tuple(line for lines in found for line in lines)
