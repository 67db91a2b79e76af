"""`recovery demo`: show a complete good call to a class, sentence by sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson, InFramework
from recoverycli.errors import NotFound

if TYPE_CHECKING:
    from recoverycli.frameworks.model import Framework
    from recoverycli.training.scenarios.model import Scenario

HELP = help_with_examples(
    "Show a complete good call to a class, sentence by sentence.\n\nSpace goes forward, b goes back, ? asks the class.",
    "recovery demo learn",
    "recovery demo heart --scenario hotel-no-room --big",
    "recovery demo learn > script.txt",
)


def command(
    context: typer.Context,
    framework: InFramework = None,
    *,
    scenario: Annotated[
        str | None,
        typer.Option(
            "--scenario", metavar="ID", help="The role-play to show.", autocompletion=completion_values.scenarios
        ),
    ] = None,
    speed: Annotated[
        float | None, typer.Option("--speed", min=0.1, max=100, help="Advance automatically; 2 is twice as fast.")
    ] = None,
    big: Annotated[bool, typer.Option("--big", help="One sentence at a time, for a projector.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show a complete good call to a class, sentence by sentence."""
    from recoverycli.training.demo import script

    setup: Setup = context.obj
    library = setup.library(complete=True)
    loaded = library.load(framework or setup.settings.framework)
    setup.warn(library.faults)
    shown = _scenario(setup, scenario, loaded.content)
    family = setup.issue_families().find(shown.issue)
    of_family = family.id if family is not None else None
    played = script(setup.shared_phrases().complete(loaded.content, of_family), shown, of_family)
    if as_json:
        setup.output.as_json(
            {
                "framework": played.framework.id,
                "scenario": played.scenario.id,
                "beats": [beat._asdict() for beat in played.beats],
                "after": played.after,
            }
        )
        return
    from recoverycli.terminal.demonstration import demonstrate

    demonstrate(setup.output, played, big=big, speed=speed)


def _scenario(setup: Setup, wanted: str | None, framework: Framework) -> Scenario:
    from recoverycli.training.demo import matching_scenario

    library = setup.scenarios()
    if wanted is not None:
        return library.load(wanted).content
    listing = library.listing()
    setup.warn(listing.problems, "scenarios")
    found = matching_scenario(framework, [loaded.content for loaded in listing.entries])
    if found is None:
        raise NotFound("there is no scenario to show it with", hint="See: recovery scenarios list")
    return found
