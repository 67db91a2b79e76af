"""The wrap-up: one more screen of the call, where it is told how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.live.answers import amount, day_and_time
from recoverycli.live.profile import profile_note
from recoverycli.session.account import outcome, tasks
from recoverycli.session.events import OUTCOMES
from recoverycli.terminal.console import isolated, visible
from recoverycli.terminal.views.fitting import Part, fitted, hanging, joined
from recoverycli.terminal.views.step import answer_parts, progress

if TYPE_CHECKING:
    from rich.text import Text

    from recoverycli.session.model import Session

_LABEL = 10


def wrap_up_screen(session: Session, width: int, height: int, answer: str = "") -> Text:
    """Return the wrap-up fitted into `width` and `height`; `answer` is the reply to the last line."""
    room = width - 1
    return joined(fitted([*_parts(session, room), *answer_parts(answer, room)], height))


def wrap_up_details(session: Session, width: int) -> list[Text]:
    """Return everything that the wrap-up holds, and the note for the customer's profile."""
    room = width - 1
    lines = [line for part in _parts(session, room) for line in part.lines]
    for number, sentence in enumerate(profile_note(session).splitlines()):
        lines += _row("Profile" if number == 0 else "", sentence, room)
    return lines


def _parts(session: Session, width: int) -> list[Part]:
    from rich.text import Text

    heading = hanging("", "How did it end? A number is the outcome, text is the summary.", width, style="strong")
    parts = [
        Part(0, tuple(progress(session, width))),
        Part(5, (Text(),)),
        Part(2, tuple(heading)),
        Part(1, tuple(_outcomes(session, width))),
        Part(5, (Text(),)),
    ]
    facts = (("Summary", session.summary, 3), ("Cause", session.cause, 6), ("Mood", session.mood, 8))
    for label, value, rank in facts:
        hint = {"Summary": "type it here", "Cause": "/cause TEXT", "Mood": "/mood WORD"}[label]
        parts.append(Part(rank, tuple(_row(label, value or hint, width, known=value is not None))))
    parts += [Part(7, tuple(_row("Offered", f"{offer.remedy}{amount(offer)}", width))) for offer in session.offers]
    for promise in session.promises:
        due = f"by {day_and_time(promise.due)}" if promise.due else "no date yet"
        parts.append(Part(4, tuple(_row("Promised", f"{promise.what}, {due}", width, warn=promise.due is None))))
    still_open = (record.step for record in session.walk if record.status == "open")
    parts += [Part(7, tuple(_row("Open", f"{step.name}, /goto {step.id}", width))) for step in still_open]
    parts += [Part(6, tuple(_row("After", task.what, width))) for task in tasks(session)]
    closing = hanging("", "Enter saves and finishes · b goes back", width, style="quiet")
    return [*parts, Part(5, (Text(),)), Part(3, tuple(closing))]


def _row(label: str, value: str, width: int, *, known: bool = True, warn: bool = False) -> list[Text]:
    style = "warning" if warn else "" if known else "quiet"
    return hanging(label, isolated(visible(value)), width, style=style, label_style="quiet", indent=_LABEL)


def _outcomes(session: Session, width: int) -> list[Text]:
    from rich.text import Text

    chosen = outcome(session)
    line, lines = Text(), []
    for number, word in enumerate(OUTCOMES, start=1):
        mark = f" ▸ {word} " if word == chosen else f" {word}"
        piece = Text(f"  {number}", style="accent").append(mark, style="here" if word == chosen else "")
        if line.cell_len and line.cell_len + piece.cell_len > width:
            lines.append(line)
            line = Text()
        line.append_text(piece)
    return [*lines, line]
