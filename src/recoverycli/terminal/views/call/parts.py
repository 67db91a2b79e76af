"""What the drawn screens are made of: lines, and blocks of lines that fit a size or stay away."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.terminal.styled_text import Run, Text, cells
from recoverycli.text.safe import escape, isolate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Lines = tuple[Text, ...]

MARGIN = 1
# On narrow screens a column of labels would eat the words.
NARROW = 60
# From so many rows on a screen shows more than can be read at a glance.
ROOMY = 28
_LONGEST_VALUE = 80
# On so few rows a page is filled, wherever that tears a group.
_SMALL_PAGE = 12


class Block(NamedTuple):
    """Lines that are shown whole or not at all.

    `rank` says how much they are needed (0 first). `gap` says in which order free rows are spent on an empty line above
    (0: none). An `extra` block is for roomy screens, `fuller` the lines that take its place there. Where a block of a
    `series` has no room, those after it stay away too.
    """

    lines: Lines
    rank: int
    gap: int = 0
    extra: bool = False
    fuller: Lines = ()
    series: str = ""


class ScreenPage(NamedTuple):
    """One page of lines that are too many for the screen, and how many pages there are."""

    lines: Lines
    number: int
    pages: int


def fit_blocks(blocks: Sequence[Block], height: int) -> list[Text]:
    """Return the lines of the blocks that fit into `height`, in the order given, with as much air as there is room."""
    kept: dict[int, Lines] = {}
    left = _choose(blocks, kept, height)
    airy = sorted((index for index in kept if blocks[index].gap and index), key=lambda index: blocks[index].gap)[:left]
    left -= len(airy)
    if height >= ROOMY:
        _enrich(blocks, kept, left)
    spaced = set(airy) | {index for index in kept if blocks[index].extra and blocks[index].gap}
    lines: list[Text] = []
    for index in sorted(kept):
        if index in spaced and lines:
            lines.append(plain(""))
        lines += kept[index]
    return lines


def _choose(blocks: Sequence[Block], kept: dict[int, Lines], height: int) -> int:
    """Keep what is needed most and fits; return the rows that are left."""
    stopped = set[str]()
    for index, block in sorted(enumerate(blocks), key=lambda pair: pair[1].rank):
        if block.extra or block.series in stopped:
            continue
        if len(block.lines) <= height:
            kept[index] = block.lines
            height -= len(block.lines)
        elif block.series:
            stopped.add(block.series)
    return height


def _enrich(blocks: Sequence[Block], kept: dict[int, Lines], left: int) -> None:
    """Spend the rows that are left on what a small screen leaves out."""
    stopped = set[str]()
    for index, block in sorted(enumerate(blocks), key=lambda pair: pair[1].rank):
        lines = block.lines if block.extra else block.fuller
        cost = len(lines) + bool(block.gap) if block.extra else len(lines) - len(kept.get(index, ()))
        if not lines or block.series in stopped or (not block.extra and index not in kept):
            continue
        if cost <= left:
            kept[index] = lines
            left -= cost
        elif block.series:
            stopped.add(block.series)


def page_of(groups: Iterable[Lines], height: int, number: int) -> ScreenPage:
    """Return page `number` (from 0) of groups of lines; a small page is filled, a large one tears no group."""
    height = max(1, height)
    pages: list[list[Text]] = [[]]
    for group in groups:
        room = height - len(pages[-1]) - bool(pages[-1])
        if room < (1 if height < _SMALL_PAGE else len(group)) and pages[-1]:
            pages.append([])
        elif pages[-1]:
            pages[-1].append(plain(""))
        pages[-1] += group
        while len(pages[-1]) > height:
            pages[-1], rest = pages[-1][:height], pages[-1][height:]
            pages.append(rest)
    number = min(number, len(pages) - 1)
    return ScreenPage(tuple(pages[number]), number, len(pages))


def label_text(
    label: str, text: str, width: int, *, column: int | None = None, style: str = "", label_style: str = "quiet"
) -> Lines:
    """Return a label, and the words it belongs to wrapped beside it from `column` columns after the margin.

    Where the label is wider than its column it stands before the words as part of them.
    """
    if column is None:
        column = 5 if width >= NARROW else 4
    taken = cells(label)
    if taken >= column:
        whole = plain(label, label_style) + plain(f" {text}", style)
        return tuple(plain(" " * MARGIN) + line for line in wrap(whole, width - MARGIN))
    indent = " " * (MARGIN + column)
    first, *rest = wrap(plain(text, style), width - MARGIN - column)
    head = plain(" " * MARGIN) + plain(label, label_style) + plain(" " * (column - taken))
    return (head + first, *(plain(indent) + line for line in rest))


def paragraph(text: str, width: int, *, style: str = "") -> Lines:
    """Return words that are wrapped at the margin."""
    return tuple(plain(" " * MARGIN) + line for line in wrap(plain(text, style), width - MARGIN))


def wrap(text: Text, width: int) -> Lines:
    """Return `text` as lines of at most `width` columns."""
    return text.wrap(max(2, width))


def one_line(text: Text, width: int) -> Text:
    """Return `text` cut to `width` columns, with an ellipsis where something is missing."""
    return text.shorten(max(1, width))


def plain(text: str, style: str = "") -> Text:
    """Return words as they are: never markup."""
    return Text((Run(text, style),))


def safe_line(text: str) -> str:
    """Return words of people on one line, safe to show, without disturbing what stands around them."""
    return isolate(escape(" ".join(text.split())))


def shorten(text: str, longest: int = _LONGEST_VALUE) -> str:
    """Return words of people for the middle of a line: on one line, and not so long that they bury the rest."""
    line = " ".join(text[: 4 * longest].split())
    return isolate(escape(line if len(line) <= longest else line[: longest - 1].rstrip() + "…"))
