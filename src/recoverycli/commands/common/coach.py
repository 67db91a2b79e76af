"""What coaches a call beside its framework: the agent's own phrases, those of the last calls, and the wording."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

from recoverycli import paths
from recoverycli.commands.common.context import read_date
from recoverycli.errors import StoreProblem
from recoverycli.session.remedies import Authority
from recoverycli.times.clock import now

if TYPE_CHECKING:
    from recoverycli.commands.common.context import Setup
    from recoverycli.content.nodes import Problem
    from recoverycli.frameworks.library import FrameworkLibrary
    from recoverycli.live.call import LiveCall
    from recoverycli.live.coach import Coach
    from recoverycli.live.environment import Surroundings
    from recoverycli.live.reply import Left
    from recoverycli.phrases.model import PersonalPhrase
    from recoverycli.store.phrasebook import Phrasebook
    from recoverycli.wording.matcher import Matcher

# What is due later is no news at the beginning of a call.
_SOON = timedelta(hours=1)


class WordingLoader:
    """The wording, loaded when it is first asked for; `problems` are those of files that had to be left out."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self.problems: tuple[Problem, ...] = ()

    def __call__(self) -> Matcher:
        """Read the wording files and make them ready to be looked for."""
        from recoverycli.wording.library import load
        from recoverycli.wording.matcher import Matcher

        loaded = load(self._setup.search_order("wording"))
        self.problems = loaded.problems
        return Matcher(loaded.wording)


def coach(setup: Setup, wording: WordingLoader) -> Coach:
    """Return the coach of one call. Faults in the file of personal phrases are warned of, the sound ones serve."""
    from recoverycli.live.coach import Coach
    from recoverycli.store.phrase_use import overused_phrases

    personal: tuple[PersonalPhrase, ...] = ()
    # Most have no file of their own, and its reader takes longer to load than the step to draw.
    if paths.phrases_file(os.environ).exists():
        read = phrasebook(setup).read()
        setup.warn(read.problems)
        personal = read.phrases
    return Coach(personal, overused_phrases(setup.home), wording)


def phrasebook(setup: Setup) -> Phrasebook:
    """The file of the agent's own phrases."""
    from recoverycli.store.phrasebook import Phrasebook

    return Phrasebook(paths.phrases_file(os.environ), setup.rules)


def call_surroundings(setup: Setup, library: FrameworkLibrary, wording: WordingLoader) -> Surroundings:
    """Return what a call in progress needs of the world."""
    from recoverycli.live.environment import Surroundings

    return Surroundings(
        home=setup.home,
        clock=now,
        load=library.load,
        read_date=read_date,
        asks=setup.look.interactive,
        coach=coach(setup, wording),
        authority=Authority(setup.settings.remedies, setup.settings.currency),
        phrasebook=lambda: phrasebook(setup),
        rules=setup.rules,
    )


def run_call(setup: Setup, library: FrameworkLibrary, call: LiveCall, wording: WordingLoader, notice: str = "") -> Left:
    """Lead through a call on the screen that fits; `notice` stands on its first screen."""
    from recoverycli.live.reply import Reply
    from recoverycli.terminal.call.loop import open_screen, walk

    with open_screen(setup.output, library.ids, os.environ, heed=call.warn) as screen:
        left = walk(call, screen, Reply("moved", text=notice) if notice else None, lambda: due_line(setup))
    setup.warn(wording.problems)
    return left


def due_line(setup: Setup) -> str:
    """Mention what is due now in one line; empty where nothing is, or where it cannot be said at once."""
    from recoverycli.review.followups import due_now, summary
    from recoverycli.store.index.index import Index

    try:
        with Index(setup.home) as index:
            due = summary(due_now(index, now(), _SOON), now()) if index.is_ready else ""
    except StoreProblem:
        return ""
    return f"due: {due} · recovery followups due" if due else ""
