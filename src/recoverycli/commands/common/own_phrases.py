"""The phrases of one's own, as the commands find them and ask for one."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from recoverycli import paths
from recoverycli.commands.common.phrase_target import Place, placed
from recoverycli.errors import NotFound, UsageProblem
from recoverycli.frameworks.model import INTENTS

if TYPE_CHECKING:
    from recoverycli.commands.common.context import Setup
    from recoverycli.phrases.model import PersonalPhrase, PhrasesRead
    from recoverycli.store.phrasebook import Phrasebook


def book(setup: Setup) -> Phrasebook:
    """The user's own phrases."""
    from recoverycli.store.phrasebook import Phrasebook

    return Phrasebook(paths.personal_phrases(os.environ), setup.rules)


def read_book(setup: Setup) -> PhrasesRead:
    """Read the phrases; what is wrong in the file is told in a line, and the rest serves."""
    read = book(setup).read()
    if read.problems:
        more = f" (and {len(read.problems) - 1} more)" if len(read.problems) > 1 else ""
        setup.output.tell(f"warning: {read.problems[0].as_line()}{more} · mend it: recovery phrases edit")
    return read


def find(read: PhrasesRead, wanted: str) -> PersonalPhrase:
    """Return the phrase that an id or the beginning of one names. Raises NotFound for none and for several."""
    found = [phrase for phrase in read.phrases if phrase.id == wanted]
    found = found or [phrase for phrase in read.phrases if wanted and phrase.id.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(phrase.id for phrase in found[:5])
        raise NotFound(f"{wanted[:60]} is the beginning of {len(found)} phrases: {ids}", hint="Type more of the id.")
    raise NotFound(f"there is no phrase {wanted[:60]}", hint="See: recovery phrases list")


def asked_for_words(setup: Setup) -> str | None:
    """Ask for the words of a phrase; None where nobody can be asked, or nothing was typed."""
    if not setup.look.interactive:
        return None
    from recoverycli.terminal.call.plain_input import PlainInput

    setup.output.text("Which words? {customer|there} is filled in during the call.")
    typed = PlainInput(sys.stdin.buffer, lambda: setup.output.raw("> "))()
    if typed.interrupted:
        raise KeyboardInterrupt
    return (typed.line or "").strip() or None


def asked_for_place(setup: Setup, example: str) -> Place:
    """Ask for the intent of a phrase. Raises UsageProblem with the example where nobody can be asked."""
    from recoverycli.terminal.ask.missing_word import choose

    intent = choose(setup.output, "What is it for? It fits these steps in every framework.", INTENTS)
    place = placed(setup.library, Place(intent, None, None))
    if place is None:
        raise UsageProblem("where does it belong? Name an intent or a framework", hint=f"For example: {example}")
    return place
