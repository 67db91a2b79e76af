"""`recovery tutorial`: learn the tool in one practice call of two minutes."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.times.clock import now

if TYPE_CHECKING:
    from recoverycli.content.library import Source

HELP = help_with_examples(
    "Learn the tool in one practice call of two minutes.\n\nThe tutorial says what to try next. Nothing is stored.",
    "recovery tutorial",
)

_FRAMEWORK = "last"
# A kind of call that everybody knows, so that the phrases are about something.
_ISSUE = "charged twice"
# From this many rows on, hints fit below the phrases.
_ROOMY = 16


def command(context: typer.Context) -> None:
    """Learn the tool in one practice call of two minutes."""
    from recoverycli.training.tutorial import farewell, lesson_lines

    setup: Setup = context.obj
    if not setup.look.interactive:
        setup.output.text("\n".join(lesson_lines()))
        return
    import tempfile
    from pathlib import Path

    from recoverycli.commands.common.start_call import CallDetails, first_event, with_id
    from recoverycli.frameworks.library import FrameworkLibrary
    from recoverycli.frameworks.shared.families import IssueFamilies
    from recoverycli.frameworks.shared.phrases import SharedPhrases
    from recoverycli.live.call import LiveCall
    from recoverycli.live.coach import Coach
    from recoverycli.live.environment import CallEnvironment
    from recoverycli.terminal.call.loop import open_screen, walk
    from recoverycli.terminal.call.tutorial import TutorialScreen

    # Built-in content alone, which the hints mention.
    library = FrameworkLibrary(_built_in("frameworks"))
    loaded = library.load(_FRAMEWORK)
    details = CallDetails("A. Customer", None, "phone", _ISSUE, None, setup.settings.agent, ())
    families = IssueFamilies(_built_in("issues"))
    first = first_event(details, loaded, now(), families=families)
    coach = Coach(shared=SharedPhrases(_built_in("phrases")), families=families)
    with (
        open_screen(setup.output, library.ids, os.environ) as screen,
        tempfile.TemporaryDirectory(prefix="recovery-tutorial-", ignore_cleanup_errors=True) as folder,
    ):
        world = CallEnvironment(Path(folder), now, library.load, setup.read_date, asks=True, coach=coach)
        call = LiveCall.start(world, lambda: with_id(first, now()))
        try:
            taught = TutorialScreen(screen, lambda: _is_small(setup))
            left = walk(call, taught)
        finally:
            call.close()
    setup.output.text("\n".join(farewell(taught.course, to_the_end=left.how == "finished")))


def _is_small(setup: Setup) -> bool:
    """Whether the window is too small for more than one line of hints."""
    from recoverycli.terminal.console import terminal_size

    return not setup.look.plain and terminal_size(sys.stdout)[1] < _ROOMY


def _built_in(content: str) -> tuple[Source, ...]:
    from recoverycli import paths
    from recoverycli.content.library import Source

    return (Source(paths.built_in_folder(content), "built-in"),)
