"""Which customers a command works on: those who certainly are the person, and of the doubtful ones those that somebody
at the terminal agrees to. Scripts are not asked: they are told what was left out, and how to name it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from recoverycli.commands.common.calls import calls_of
from recoverycli.system.programs import quote_word
from recoverycli.text.format import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.commands.common.context import Setup
    from recoverycli.session.filters import Filters
    from recoverycli.store.same_customers import KnownCustomer

# More are no help: more of the name is needed.
_MOST = 20
_SEPARATORS = re.compile(r"[\s,;]+")


class Proposal(NamedTuple):
    """A name or reference that is perhaps the person's, what is known of it, and an example of a place with it."""

    words: str
    text: str
    example: str = ""


def proposal(one: KnownCustomer) -> Proposal:
    """Return a doubtful customer as a proposal."""
    known = ", ".join(filter(None, (one.name, one.ref)))
    return Proposal(one.words, f"{known}: {plural(one.calls, 'call')}, {one.why}")


def choose_proposals(setup: Setup, proposals: Sequence[Proposal], option: str, *, asks: bool = True) -> tuple[str, ...]:
    """Show what is doubtful, ask which of it is the same person, and return those words.

    Without a terminal, or with `asks` false, nothing is chosen; each is told with the `option` that names it. Raises
    KeyboardInterrupt where the question was left.
    """
    shown = proposals[:_MOST]
    more = f"... and {len(proposals) - _MOST} more; give more of the name" if len(proposals) > _MOST else ""
    if not (asks and setup.look.interactive):
        verb = "choose" if option == "--customer" else "include"
        for one in shown:
            known = ", ".join(filter(None, (one.text, one.example)))
            setup.output.tell(f"left out, perhaps the same: {known} · {verb} it: {option} {quote_word(one.words)}")
        if more:
            setup.output.tell(more)
        return ()
    if not shown:
        return ()
    setup.output.text("Perhaps the same:")
    for number, one in enumerate(shown, start=1):
        setup.output.text(f"{number:>3}  {one.text}")
        if one.example:
            setup.output.text(f"     {one.example}")
    if more:
        setup.output.text(more)
    return tuple(shown[place].words for place in _ask_places(setup, len(shown)))


def settle_filter(setup: Setup, wanted: Filters, *, team: bool, always_asks: bool, can_ask: bool) -> Filters:
    """Return the filters with every stored spelling of the customer.

    Who reads is asked only where no customer is certain, unless `always_asks`.
    """
    from recoverycli.store.same_customers import person_named, same_customers

    if wanted.customer is None or not wanted.customer.strip():
        return wanted
    person = person_named(wanted.customer)
    with calls_of(setup, team=team, quiet=True) as calls:
        found = same_customers(calls, person)
    asks = can_ask and (always_asks or not found.certain)
    chosen = choose_proposals(setup, [proposal(one) for one in found.doubtful], "--customer", asks=asks)
    certain = (one.name if person.is_customer(one.name, None) else one.ref for one in found.certain)
    spellings = dict.fromkeys((*filter(None, certain), *chosen))
    return msgspec.structs.replace(wanted, spellings=tuple(spellings))


def _ask_places(setup: Setup, number: int) -> list[int]:
    """Ask for numbers from 1; return the places from 0, in order."""
    from recoverycli.terminal.ask.questions import ask_line

    while True:
        typed = ask_line(setup.output, "Which are the same? Numbers, all, or Enter for none:")
        if typed is None:
            raise KeyboardInterrupt
        words = [word for word in _SEPARATORS.split(typed.strip().casefold()) if word]
        if words == ["all"]:
            return list(range(number))
        if words in ([], ["none"]):
            return []
        if all(word.isdecimal() and 1 <= int(word[:6]) <= number for word in words):
            return sorted({int(word) - 1 for word in words})
        setup.output.text(f"Type numbers from 1 to {number}, all, or Enter for none.")
