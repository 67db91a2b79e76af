"""The line grammar: parses one typed line into its meaning. Total over arbitrary text.

The same text means the same on a terminal, in a pipe, in a live call and in practice. A bare line is handled here, a
line that begins with `/` in `slash`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.session import events as ev
from recoverycli.session.grammar.meanings import Meaning, Misunderstood, Record, Show
from recoverycli.session.grammar.moves import advance, choose_number, go_back, note, undo
from recoverycli.text.safe import NO_TEXT, is_text

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.session.grammar.meanings import DateReader
    from recoverycli.session.model import Session


def interpret(session: Session, line: str, now: datetime, read_date: DateReader) -> Meaning:
    """Return what `line` means in the state `session` at `now` (aware).

    `read_date` reads the date of a promise, or returns None; it is called only if there may be one.
    """
    if not is_text(line):
        return Misunderstood(NO_TEXT)
    text = line.strip()
    if not text:
        return advance(session, now)
    # Several pasted lines are one note, whatever they begin with.
    if "\n" in text:
        return _free_text(session, text, now)
    if text.startswith("//"):
        return note(session, text[2:].strip(), now)
    if text.startswith("/"):
        # Most calls begin without a command: the step is on the screen before these are loaded.
        from recoverycli.session.grammar.commands import interpret_slash

        return interpret_slash(session, text, now, read_date)
    if len(text) == 1:
        if text in "123456789":
            return choose_number(session, int(text), now)
        letter = _letter(session, text.casefold(), now)
        if letter is not None:
            return letter
    return _free_text(session, text, now)


def _letter(session: Session, letter: str, now: datetime) -> Meaning | None:
    match letter:
        case "b":
            return go_back(session, now)
        case "u":
            return undo(session, now)
        case "m":
            return Show("more")
        case "n":
            return Show("notes")
        case "?":
            return Show("help")
    return None


def _free_text(session: Session, text: str, now: datetime) -> Meaning:
    """Return the meaning of any other text: a note; on the wrap-up screen the summary, or one more line of it."""
    if session.at_wrap_up:
        return Record(ev.SummaryGiven(at=now, summary="\n".join(filter(None, (session.summary, text)))))
    return Record(ev.Noted(at=now, text=text))
