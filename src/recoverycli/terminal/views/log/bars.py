"""Pictures made of bars: a label, a bar, and the figures in words beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.text.safe import escape, isolate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

_BAR = "█"


class Bar(NamedTuple):
    """A line of a picture: what it is, how long its bar is (0 to 1), and the figures in words."""

    label: str
    part: float
    figures: str


class Picture(NamedTuple):
    """Bars under a title."""

    title: str
    bars: tuple[Bar, ...]
    # What a bar of full length stands for; None is the longest of these.
    full: float | None = None


def draw_bars(bars: Sequence[Bar], width: int, full: float | None) -> list[Text]:
    """Return bars as lines of at most `width` columns; where there is no room for bars, the figures alone."""
    from rich.cells import cell_len
    from rich.text import Text

    label = min(max((cell_len(escape(bar.label)) for bar in bars), default=0), max(8, width // 3))
    figures = max((cell_len(bar.figures) for bar in bars if bar.part), default=0)
    room = width - label - figures - 6
    has_bars = room >= 8 and any(bar.part for bar in bars)
    scale = full or max((bar.part for bar in bars), default=0.0)
    lines = []
    for bar in bars:
        name = Text(escape(bar.label))
        name.truncate(label, overflow="ellipsis", pad=True)
        name.plain = isolate(name.plain)
        line = Text("  ") + name + Text("  ")
        if has_bars:
            length = round(min(room, 40) * bar.part / scale) if scale else 0
            line.append((_BAR * max(length, 1 if bar.part else 0)).ljust(min(room, 40)), style="accent").append("  ")
        words = Text(escape(bar.figures))
        lines += _hang(line, words, width)
    return lines


def _hang(head: Text, words: Text, width: int) -> list[Text]:
    """The words behind their head, further lines set in below them."""
    from rich.console import Console
    from rich.text import Text

    room = max(20, width - head.cell_len)
    first, *more = words.wrap(Console(width=room, color_system=None), room) or [Text()]
    indent = " " * min(head.cell_len, max(0, width - room))
    return [head + first, *(Text(indent) + line for line in more)]
