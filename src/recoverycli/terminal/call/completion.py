"""What a line may become at the Tab key: commands, and the values that they know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.frameworks.checks import tickable
from recoverycli.frameworks.model import CHANNELS, MOODS, SEVERITIES
from recoverycli.session.events import OUTCOMES
from recoverycli.session.grammar.commands import COMMANDS, settable_names
from recoverycli.session.phrases import phrases
from recoverycli.session.requirements import applying_parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from recoverycli.frameworks.model import IssueFamily
    from recoverycli.session.model import Session


def completions(
    session: Session,
    line: str,
    frameworks: Callable[[], tuple[str, ...]],
    families: Callable[[], tuple[IssueFamily, ...]] = lambda: (),
    cards: Callable[[], tuple[str, ...]] = tuple,
) -> tuple[str, ...]:
    """Return the whole lines that `line` may become, in the order of the commands; none for words that are a note."""
    if line and not line.startswith("/"):
        return ()
    name, space, typed = line[1:].partition(" ")
    if not space:
        found = (command for command in COMMANDS if command.startswith(name.casefold()))
        return tuple(f"/{command}{' ' if ' ' in COMMANDS[command].usage else ''}" for command in found)
    wanted = typed.lstrip().casefold()
    if name.casefold() == "issue":
        named = (one for one in families() if one.id.startswith(wanted) or one.name.casefold().startswith(wanted))
        return tuple(f"/{name} {family.id}" for family in named)
    values = _values(session, name.casefold(), frameworks, cards)
    return tuple(f"/{name} {value}" for value in values if value.startswith(wanted))


def _values(
    session: Session, command: str, frameworks: Callable[[], tuple[str, ...]], cards: Callable[[], tuple[str, ...]]
) -> tuple[str, ...]:
    match command:
        case "mood":
            return MOODS
        case "channel":
            return CHANNELS
        case "severity":
            return SEVERITIES
        case "ours" | "repeated":
            return ("yes", "no")
        case "outcome" | "end":
            return OUTCOMES
        case "goto":
            return (*(record.step.id for record in session.walk), "wrap-up")
        case "switch" | "card":
            names = frameworks() if command == "switch" else cards()
            return tuple(name for name in names if name != session.framework.id)
        case "set":
            return tuple(f"{name} " for name in settable_names(session))
        case "accept" | "refuse":
            return tuple(offer.id.removeprefix("o") for offer in session.offers if offer.answer is None)
        case "copy":
            return tuple(str(number) for number, _ in enumerate(phrases(session), start=1))
        case "tick" if session.here is not None:
            ticked = session.here.ticks
            items = enumerate(tickable(session.here.step), start=1)
            shown = applying_parts(session, session.here)
            return tuple(str(number) for number, item in items if item.id not in ticked and item in shown)
    return ()
