"""`recovery scenarios list`: list role-plays, easiest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson
from recoverycli.errors import known_word
from recoverycli.training.scenarios.model import DIFFICULTIES

if TYPE_CHECKING:
    from recoverycli.training.scenarios.library import LoadedScenario

HELP = help_with_examples(
    "List role-plays, easiest first.",
    "recovery scenarios list",
    "recovery scenarios list --channel chat --difficulty hard",
)


def command(
    context: typer.Context,
    channel: Annotated[
        str | None,
        typer.Option("--channel", metavar="WORD", help="Only this channel.", autocompletion=completion_values.channels),
    ] = None,
    difficulty: Annotated[
        str | None,
        typer.Option(
            "--difficulty",
            metavar="WORD",
            help=f"Only {', '.join(DIFFICULTIES)}.",
            autocompletion=completion_values.difficulties,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List role-plays, easiest first."""
    setup: Setup = context.obj
    wanted = None if difficulty is None else known_word("difficulty", difficulty, DIFFICULTIES)
    listing = setup.scenarios().listing()
    setup.warn(listing.problems, "scenarios")
    found = sorted(
        (
            loaded
            for loaded in listing.entries
            if channel in {None, loaded.content.channel} and wanted in {None, loaded.content.difficulty}
        ),
        key=lambda loaded: (DIFFICULTIES.index(loaded.content.difficulty), loaded.content.id),
    )
    if as_json:
        for loaded in found:
            setup.output.as_json(in_brief(loaded))
        return
    from recoverycli.terminal.views.training.scenarios import scenarios_page

    setup.output.show(scenarios_page(found))


def in_brief(loaded: LoadedScenario) -> dict[str, Any]:
    """A scenario as an entry of the list."""
    scenario = loaded.content
    return {
        "id": scenario.id,
        "name": scenario.name,
        "summary": scenario.summary,
        "industry": scenario.industry,
        "channel": scenario.channel,
        "difficulty": scenario.difficulty,
        "minutes": scenario.minutes,
        "framework": scenario.framework,
        "trains": scenario.trains,
        "endings": [{"id": ending.id, "kind": ending.kind} for ending in scenario.endings],
        **loaded.source,
    }
