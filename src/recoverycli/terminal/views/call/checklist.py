"""The checklist of a step, drawn: what is open at a glance, and every item where there is room."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from recoverycli.frameworks.checks import count_words, is_done, tickable
from recoverycli.frameworks.model import CheckItem
from recoverycli.session.requirements import checklist, depends_words
from recoverycli.terminal.views.call.parts import Block, Lines, label_text, plain
from recoverycli.text.safe import escape

if TYPE_CHECKING:
    from recoverycli.frameworks.model import CheckPart
    from recoverycli.frameworks.values import Known
    from recoverycli.session.model import StepRecord


def checklist_blocks(here: StepRecord, known: Known, width: int) -> list[Block]:
    """One line of the items in a row: what is open, as many as there is room for; on a roomy screen every item.

    A check that is counted has lines of its own, with all of its parts.
    """
    runs = itertools.groupby(checklist(here.step, known), key=lambda item: item.id if item.of else "")
    return [_block(here, list(items), known, width) for _, items in runs]


def _block(here: StepRecord, items: list[CheckItem], known: Known, width: int) -> Block:
    whole = tuple(line for item in items for line in _item_lines(here, item, known, width))
    waiting = sorted((one for one in items if not is_done(one, here.ticks)), key=lambda one: not one.required)
    if not waiting and items[0].of:
        return Block(_count_line(here, items[0], known, width), rank=6, gap=6, fuller=whole)
    if not waiting and len(items) == 1:
        return Block(whole, rank=6, gap=6)
    if not waiting:
        done = label_text("☑", f"all {len(items)} done", width, style="quiet")
        return Block(done, rank=6, gap=6, fuller=whole)
    first = waiting[0]
    if first.of:
        return Block(_count_lines(here, first, known, width), rank=3, gap=6, fuller=whole)
    line = _item(here, first, known, width)
    if len(waiting) > 1:
        more = plain(f"  +{len(waiting) - 1} more", "quiet")
        if line[-1].cell_len + more.cell_len <= width:
            line = (*line[:-1], line[-1] + more)
    return Block(line, rank=3 if first.required else 6, gap=6, fuller=whole)


def checklist_lines(here: StepRecord, known: Known, width: int) -> Lines:
    """Return every item that applies; a counted check above its parts."""
    return tuple(line for item in checklist(here.step, known) for line in _item_lines(here, item, known, width))


def _item_lines(here: StepRecord, item: CheckItem, known: Known, width: int) -> Lines:
    lines = _count_line(here, item, known, width) if item.of else ()
    return (*lines, *(line for part in item.of or (item,) for line in _item(here, part, known, width)))


def _item(here: StepRecord, item: CheckPart, known: Known, width: int) -> Lines:
    done = item.id in here.ticks
    needed = _need_words(item, known) if isinstance(item, CheckItem) and not done else ""
    label = f"{'☑' if done else '☐'} {tickable(here.step).index(item) + 1}"
    return label_text(label, escape(item.text) + needed, width, style="quiet" if done else "", label_style="")


def _count_line(here: StepRecord, item: CheckItem, known: Known, width: int) -> Lines:
    done = is_done(item, here.ticks)
    words = f"{escape(item.text)}{'' if done else _need_words(item, known)} · {count_words(item, here.ticks)}"
    return label_text("☑" if done else "☐", words, width, style="quiet" if done else "", label_style="")


def _need_words(item: CheckItem, known: Known) -> str:
    """What is to be known of an open item: that it is required, or what that depends on."""
    depends = depends_words(item.when, known)
    return f" ({depends})" if depends else " (required)" if item.required else ""


def _count_lines(here: StepRecord, item: CheckItem, known: Known, width: int) -> Lines:
    """A counted check, and its parts side by side below it."""
    numbers = {part.id: number for number, part in enumerate(tickable(here.step), start=1)}
    parts = (f"{'☑' if part.id in here.ticks else '☐'} {numbers[part.id]} {escape(part.text)}" for part in item.of)
    return (*_count_line(here, item, known, width), *label_text("", " · ".join(parts), width))
