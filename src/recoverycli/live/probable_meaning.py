"""Other meanings of a line that was just recorded: a command without its slash, a phrase that was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.session import events as ev
from recoverycli.session.grammar.meanings import Copy, Record

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.session.grammar.meanings import DateReader, Meaning
    from recoverycli.session.model import Session


class ProbableMeaning(NamedTuple):
    """The line for the probable meaning, and the meaning in words. `in_place` undoes what was recorded."""

    line: str
    words: str
    in_place: bool = False


def probable_meaning(
    session: Session, meaning: Meaning, line: str, now: datetime, read_date: DateReader
) -> ProbableMeaning | None:
    """Return what else `line` may mean, which was taken as `meaning`; None if nothing."""
    if isinstance(meaning, Copy):
        return ProbableMeaning(str(meaning.number), "record it as said too")
    if not isinstance(meaning, Record) or line.lstrip().startswith("/"):
        return None
    if not isinstance(meaning.event, ev.Noted | ev.SummaryGiven):
        return None
    from recoverycli.session.grammar.forgotten_slash import forgotten_command

    command = forgotten_command(session, line, now, read_date)
    return ProbableMeaning(command, f"take it as {command.split()[0]}", in_place=True) if command else None
