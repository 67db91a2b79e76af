"""Making a screen fit: parts in their order, of which the least needed give way first."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console
    from rich.text import Text


class Part(NamedTuple):
    """Some lines of a screen. `rank` says how much they are needed: 0 first of all."""

    rank: int
    lines: tuple[Text, ...]


def fitted(parts: Sequence[Part], height: int) -> list[Text]:
    """Return the lines of the parts that fit into `height`, in their order; a part is shown whole or not at all."""
    left = height
    kept: set[int] = set()
    for number in sorted(range(len(parts)), key=lambda number: (parts[number].rank, number)):
        size = len(parts[number].lines)
        if size <= left:
            kept.add(number)
            left -= size
    lines = [line for number in sorted(kept) for line in parts[number].lines]
    return _without_idle_blanks(lines)


def hanging(
    label: str, body: str, width: int, *, style: str = "", label_style: str = "", indent: int = 0
) -> list[Text]:
    """Return `body` wrapped to `width` behind its label, the lines below standing under the first one's words."""
    from rich.text import Text

    start = max(indent, _cells(label))
    room = max(8, width - start)
    wrapped = Text(body, style=style).wrap(_measure(), room) if body else [Text()]
    lines = []
    for number, words in enumerate(wrapped):
        head = label if number == 0 else ""
        line = Text(head, style=label_style)
        line.append(" " * (start - _cells(head)))
        lines.append(line.append_text(words))
    return lines


def pages(lines: Sequence[Text], height: int) -> list[list[Text]]:
    """Return the lines in pages of at most `height`; at least one page."""
    size = max(1, height)
    return [list(lines[first : first + size]) for first in range(0, len(lines), size)] or [[]]


def page_line(number: int, count: int, key: str) -> Text:
    """Return the line at the foot of a page: where it is, and the key that turns it."""
    from rich.text import Text

    turns = f"{key} turns the page" if number < count else f"{key} closes"
    return Text(f"page {number} of {count} · {turns}" if count > 1 else f"{key} closes", style="quiet")


def joined(lines: Iterable[Text]) -> Text:
    """Return the lines as one text to be drawn."""
    from rich.text import Text

    return Text("\n").join(lines)


@functools.cache
def _measure() -> Console:
    """The console that Rich wants for wrapping: it is asked for nothing but its defaults."""
    from rich.console import Console

    return Console(width=80)


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def _without_idle_blanks(lines: list[Text]) -> list[Text]:
    """Take out blank lines at the beginning and those that follow another: what they parted is not there."""
    kept: list[Text] = []
    for line in lines:
        if line.plain.strip() or (kept and kept[-1].plain.strip()):
            kept.append(line)
    return kept
