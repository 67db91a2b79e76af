"""The checklist of a step, drawn: what is open at a glance, and every item where there is room."""

from __future__ import annotations

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
    from recoverycli.terminal.styled_text import Text


def checklist_blocks(here: StepRecord, known: Known, width: int) -> list[Block]:
    """One line: what is open, as many items as there is room for; on a roomy screen every item.

    A check that is counted is shown with all of its parts.
    """
    items = checklist(here.step, known)
    if not items:
        return []
    whole = checklist_lines(here, known, width)
    waiting = [item for item in items if not is_done(item, here.ticks)]
    if not waiting:
        done = label_text("☑", f"all {len(items)} done", width, style="quiet")
        return [Block(done, rank=6, gap=6, fuller=whole)]
    line = _count_lines(here, waiting[0], known, width) if waiting[0].of else _item(here, waiting[0], known, width)
    if len(waiting) > 1:
        more = plain(f"  +{len(waiting) - 1} more", "quiet")
        if line[-1].cell_len + more.cell_len <= width:
            line = (*line[:-1], line[-1] + more)
    decides = waiting[0].required or waiting[0].of
    return [Block(line, rank=3 if decides else 6, gap=6, fuller=whole)]


def checklist_lines(here: StepRecord, known: Known, width: int) -> Lines:
    """Return every item that applies; a counted check above its parts."""
    lines: list[Text] = []
    for item in checklist(here.step, known):
        if item.of:
            lines += _count_line(here, item, known, width)
        for part in item.of or (item,):
            lines += _item(here, part, known, width)
    return tuple(lines)


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
