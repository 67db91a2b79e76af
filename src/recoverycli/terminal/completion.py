"""What Tab can complete: commands, and the values that each of them takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.framework.model import CHANNELS, MOODS
from recoverycli.session.events import OUTCOMES
from recoverycli.session.slash import COMMANDS, settable

if TYPE_CHECKING:
    from collections.abc import Callable

    from recoverycli.session.model import Session


def completions(session: Session, typed: str, frameworks: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
    """Return the lines that `typed` may become, in the order in which Tab offers them."""
    if not typed.startswith("/"):
        return ()
    command, space, rest = typed.partition(" ")
    if not space:
        return tuple(f"/{name} " for name in COMMANDS if name.startswith(command[1:].casefold()))
    words = _values(session, command[1:].casefold(), frameworks)
    return tuple(f"{command} {word}" for word in words if word.startswith(rest.casefold()))


def _values(session: Session, command: str, frameworks: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
    match command:
        case "mood":
            return MOODS
        case "channel":
            return CHANNELS
        case "outcome" | "end":
            return OUTCOMES
        case "goto":
            return tuple(record.step.id for record in session.walk)
        case "set":
            return tuple(f"{name} " for name in settable(session))
        case "switch":
            return frameworks()
    return ()
