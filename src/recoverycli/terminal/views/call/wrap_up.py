"""The wrap-up screen: how it ended, what the call holds, what is left to do. Enter saves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.live.profile_note import profile_note
from recoverycli.live.responses import offer_lines
from recoverycli.session.contacts import way_back
from recoverycli.session.events import OUTCOMES
from recoverycli.session.transcript.account import account, outcome, outcome_step, tasks
from recoverycli.terminal.views.call.parts import (
    MARGIN,
    NARROW,
    Block,
    Lines,
    fit_blocks,
    label_text,
    paragraph,
    plain,
    safe_line,
    shorten,
)
from recoverycli.terminal.views.call.progress import progress
from recoverycli.text.format import day_and_time
from recoverycli.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.session.model import Promise, Session
    from recoverycli.terminal.styled_text import Text

_QUESTION = "How did it end? A number tells it, text is the summary."
_CHANGE = "A number changes it, text is the summary."
_COLUMN = 10
_LONGEST = 300
# Rows of one kind on a screen that cannot hold all of them.
_AT_A_GLANCE = 3


def wrap_up_lines(session: Session, width: int, height: int) -> list[Text]:
    """Return the wrap-up screen: what fits, the most needed first."""
    blocks = [
        Block((progress(session, width),), rank=0),
        Block(paragraph(_question(session), width, style="strong"), rank=4, gap=1),
        *_way_back(session, width),
        Block(_outcomes(session, width), rank=2, gap=6),
        *_facts(session, width),
        *_list_block("Offered", [shorten(line) for line in offer_lines(session)], width, 7),
        *_promises(session, width),
        *_open(session, width),
        *_list_block("After", [escape(task.what) for task in tasks(session)], width, 8, gap=4),
        *_profile(session, width),
        Block(paragraph("Enter saves and finishes.", width, style="strong"), rank=1, gap=2),
    ]
    return fit_blocks(blocks, height)


def wrap_up_details(session: Session, width: int) -> list[Lines]:
    """Return all that the wrap-up holds, in groups of lines."""
    facts = (
        *_flat(block.lines for block in _facts(session, width)),
        *_rows("Offered", [safe_line(line) for line in offer_lines(session)], width),
        *_flat(_promise(promise, index, width) for index, promise in enumerate(session.promises)),
        *_flat(block.lines for block in _open(session, width)),
        *_rows("After", [escape(task.what) for task in tasks(session)], width),
    )
    profile = _flat(block.lines for block in _profile(session, width))
    groups = [(progress(session, width),), _outcomes(session, width), facts, profile]
    return [group for group in groups if group]


def _question(session: Session) -> str:
    """How it ended: a question, or what the step says that ends the call."""
    giver = outcome_step(session)
    return _QUESTION if giver is None else f"Ends as {giver.outcome}, by the step {escape(giver.step.name)}. {_CHANGE}"


def _way_back(session: Session, width: int) -> list[Block]:
    back = way_back(session)
    return [Block(paragraph(escape(back), width), rank=3)] if back else []


def _outcomes(session: Session, width: int) -> Lines:
    """The outcomes with their numbers; none is torn at the end of a line."""
    chosen = outcome(session)
    items = [
        plain(f"▸{number} {word}", "accent") if word == chosen else plain(f" {number}", "accent") + plain(f" {word}")
        for number, word in enumerate(OUTCOMES, start=1)
    ]
    column = _COLUMN if width >= NARROW else 1
    lines = [plain("")]
    for item in items:
        if lines[-1].cell_len and lines[-1].cell_len + 1 + item.cell_len > width - MARGIN - column:
            lines.append(plain(""))
        lines[-1] += (plain(" ") if lines[-1].cell_len else plain("")) + item
    indent = plain(" " * MARGIN)
    labels = ("Outcome".ljust(column)[: column - 1], *[" " * (column - 1)] * len(lines))
    return tuple(indent + plain(label, "quiet") + line for label, line in zip(labels, lines, strict=False))


def _facts(session: Session, width: int) -> list[Block]:
    moods = " then ".join(dict.fromkeys(mood.mood for mood in session.moods))
    told = (
        ("Mood", moods, "/mood WORD", 10),
        ("Cause", safe_line(session.cause[:_LONGEST]) if session.cause else "", "/cause TEXT", 9),
        ("Summary", safe_line(session.summary[:_LONGEST]) if session.summary else "", "type it here", 3),
    )
    return [
        Block(
            label_text(label, value or how, width, column=_COLUMN, style="" if value else "quiet"),
            rank if value else rank + 3,
            gap=3 if label == "Mood" else 0,
        )
        for label, value, how, rank in told
    ]


def _promises(session: Session, width: int) -> list[Block]:
    lines = [_promise(promise, index, width) for index, promise in enumerate(session.promises)]
    return _glance(lines, width, rank=4)


def _promise(promise: Promise, index: int, width: int) -> Lines:
    due = f"by {day_and_time(promise.due)}" if promise.due else "! no date, /due WHEN gives one"
    words = f"{shorten(promise.what)} · {due}"
    style = "" if promise.due else "warning"
    return label_text("" if index else "Promised", words, width, column=_COLUMN, style=style)


def _open(session: Session, width: int) -> list[Block]:
    names = [escape(record.step.name) for record in session.route if record.status == "open"]
    if not names:
        return []
    return [Block(label_text("Open", f"{', '.join(names)} · b goes back", width, column=_COLUMN), rank=5)]


def _list_block(label: str, words: list[str], width: int, rank: int, gap: int = 0) -> list[Block]:
    rows = [label_text("" if index else label, word, width, column=_COLUMN) for index, word in enumerate(words)]
    return _glance(rows, width, rank=rank, gap=gap)


def _glance(rows: list[Lines], width: int, *, rank: int, gap: int = 0) -> list[Block]:
    """The first rows of a kind, and how many more there are."""
    if not rows:
        return []
    some = _flat(rows[:_AT_A_GLANCE])
    if len(rows) > _AT_A_GLANCE:
        some = (*some, *label_text("", f"+{len(rows) - _AT_A_GLANCE} · m", width, column=_COLUMN, style="quiet"))
    return [Block(some, rank, gap=gap, fuller=_flat(rows))]


def _rows(label: str, words: list[str], width: int) -> Lines:
    return _flat(label_text("" if index else label, word, width, column=_COLUMN) for index, word in enumerate(words))


def _profile(session: Session, width: int) -> list[Block]:
    rows = [safe_line(line) for line in profile_note(account(session, session.clock.last_at)).splitlines()]
    if not rows:
        return []
    whole = (*_rows("Profile", rows, width), *label_text("", "/copy copies it", width, column=_COLUMN, style="quiet"))
    return [Block(_rows("Profile", rows, width), rank=6, gap=5, fuller=whole)]


def _flat(groups: Iterable[Lines]) -> Lines:
    return tuple(line for group in groups for line in group)
