"""What is known of a call and noted so far: the agent repeats it, and must not have to search for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.frameworks.conditions import name_words
from recoverycli.session.offer_text import answered_offer_text
from recoverycli.terminal.views.call.parts import MARGIN, one_line, plain, safe_line, shorten, wrap
from recoverycli.text.format import day_and_time

if TYPE_CHECKING:
    from collections.abc import Collection

    from recoverycli.session.model import Note, Session, StepRecord
    from recoverycli.terminal.styled_text import Text
    from recoverycli.terminal.views.call.parts import Lines

# From so many columns on, what is known stands beside the step.
WIDE = 120
# The words to say are easier to read in lines that are not endless.
_WIDEST_STEP = 100
_NARROWEST_SIDE = 40
_GUTTER = 2
# A note on the screen takes so many lines; `n` shows it whole.
_LINES_OF_A_NOTE = 3
# In so few rows each holds a note, and none counts the others.
_TOO_FEW_TO_COUNT = 2
_RESTATING = frozenset(["acknowledge", "believe"])


def restates(record: StepRecord) -> bool:
    """Whether the customer's story is said back in a step: there the notes stand before the phrases."""
    intents = {record.step.intent, *record.step.also}
    return bool(_RESTATING & intents) or any(item.id == "restated" for item in record.step.checklist)


def known_words(session: Session, without: Collection[str] = ()) -> list[str]:
    """Return what is known of the call, what was offered and promised, each in a few words.

    `without` are the names of values that stand elsewhere on the screen.
    """
    return [*_case(session), *_commitments(session), *_values(session, without), *_manner(session)]


def _case(session: Session) -> list[str]:
    ours = {True: "ours", False: "not ours", None: None}[session.ours]
    repeated = {True: "not the first time", False: "the first time", None: None}[session.repeated]
    words = (session.customer, session.ref, session.issue, ours, repeated, session.severity)
    return [shorten(word) for word in words if word]


def _commitments(session: Session) -> list[str]:
    offers = (f"offered: {answered_offer_text(offer)}" for offer in session.offers)
    promises = (
        f"promised: {one.what}{f' by {day_and_time(one.due)}' if one.due else ', no date'}" for one in session.promises
    )
    return [shorten(word) for word in (*offers, *promises)]


def _values(session: Session, without: Collection[str] = ()) -> list[str]:
    values = {**session.values, **session.worked_out}
    return [shorten(f"{name_words(name)}: {value}") for name, value in values.items() if name not in without]


def _manner(session: Session) -> list[str]:
    return [word for word in (session.mood, session.channel) if word]


def known_lines(session: Session, width: int, most: int, without: Collection[str] = ()) -> Lines:
    """Return what is known in at most `most` lines; `n` shows what is cut."""
    words = known_words(session, without)
    if not words:
        return ()
    lines = wrap(plain(" · ".join(words), "quiet"), width - MARGIN)
    if len(lines) > most:
        lines = (*lines[: most - 1], one_line(lines[most - 1] + plain(" …", "quiet"), width - MARGIN))
    return tuple(plain(" " * MARGIN) + line for line in lines)


def session_notes(session: Session) -> list[Note]:
    """Return the notes of all steps, oldest first."""
    return sorted((note for record in session.steps for note in record.notes), key=lambda note: note.at)


def newest_notes(session: Session, width: int, height: int) -> Lines:
    """Return the newest notes, a line each, the last one last; and how many are not shown."""
    notes = session_notes(session)
    if height < 1 or not notes:
        return ()
    return _fit_notes([(_note_line(note.text, width),) for note in notes], width, height)


def beside_step(width: int) -> tuple[int, int] | None:
    """Return the columns of the step and of what stands beside it; None where there is no room beside it."""
    if width < WIDE:
        return None
    step = min(_WIDEST_STEP, width - _GUTTER - _NARROWEST_SIDE)
    return step, width - _GUTTER - step


def side_lines(session: Session, width: int, height: int) -> list[Text]:
    """Return what stands beside the step: what is known, then the notes."""
    case = " · ".join((*_case(session), *_manner(session)))
    words = [*([case] if case else []), *_commitments(session), *_values(session)]
    known = [line for word in words for line in _hang(word, width)]
    known = known[: max(1, height * 2 // 3)]
    notes = session_notes(session)
    if not notes:
        return known
    rows = [_hang(_flat(note.text), width)[:_LINES_OF_A_NOTE] for note in notes]
    above = [*known, plain("")] if known else []
    return [*above, *_fit_notes(rows, width, height - len(above))]


def columns(left: list[Text], right: list[Text], left_width: int) -> list[Text]:
    """Return lines with others beside them."""
    rows = max(len(left), len(right))
    left = [*left, *[plain("")] * (rows - len(left))]
    return [
        line + plain(" " * (left_width - line.cell_len + _GUTTER)) + right[row] if row < len(right) else line
        for row, line in enumerate(left)
    ]


def _fit_notes(rows: list[Lines], width: int, height: int) -> Lines:
    """Return the rows of the newest notes that fit; where some do not, the first line counts them."""
    counted = sum(map(len, rows)) > height > _TOO_FEW_TO_COUNT
    shown: list[Text] = []
    left_out = len(rows)
    for lines in reversed(rows):
        if len(lines) > height - counted - len(shown):
            break
        shown = [*lines, *shown]
        left_out -= 1
    if counted:
        earlier = f"+{left_out} earlier {'note' if left_out == 1 else 'notes'} · n"
        shown = [one_line(plain(" " * MARGIN) + plain(earlier, "quiet"), width), *shown]
    return tuple(shown)


def _note_line(text: str, width: int) -> Text:
    return one_line(plain(f"{' ' * MARGIN}- ", "quiet") + plain(_flat(text)), width)


def _hang(text: str, width: int) -> Lines:
    """Return words behind a dash, wrapped beside it."""
    first, *rest = wrap(plain(text), width - MARGIN - 2)
    lead = plain(f"{' ' * MARGIN}- ", "quiet")
    return (lead + first, *(plain(" " * (MARGIN + 2)) + line for line in rest))


def _flat(text: str) -> str:
    return safe_line(text[:400])
