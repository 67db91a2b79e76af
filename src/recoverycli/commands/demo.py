"""`recovery demo`: show a complete good call to a class, sentence by sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson, InFramework
from recoverycli.errors import NotFound, UsageProblem, did_you_mean

if TYPE_CHECKING:
    from recoverycli.frameworks.library import LoadedFramework
    from recoverycli.frameworks.model import Framework
    from recoverycli.training.demo import Script
    from recoverycli.training.scenarios.model import Scenario

HELP = help_with_examples(
    "Show a complete good call to a class, sentence by sentence.\n\nSpace goes forward, b goes back, ? asks the class.",
    "recovery demo learn",
    "recovery demo heart --scenario hotel-no-room --big",
    "recovery demo refund-outside-period --example gold-refund",
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
    example: Annotated[
        str | None,
        typer.Option(
            "--example",
            metavar="ID",
            help="The example of a playbook to show.",
            autocompletion=completion_values.shown_examples,
        ),
    ] = None,
    speed: Annotated[
        float | None, typer.Option("--speed", min=0.1, max=100, help="Advance automatically; 2 is twice as fast.")
    ] = None,
    big: Annotated[bool, typer.Option("--big", help="One sentence at a time, for a projector.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show a complete good call to a class, sentence by sentence."""
    setup: Setup = context.obj
    if scenario is not None and example is not None:
        raise UsageProblem("--scenario and --example exclude each other", hint="Name one of them.")
    library = setup.library(complete=True)
    loaded = library.load(framework or setup.settings.framework)
    setup.warn(library.faults)
    shown = None if scenario is not None else _example(setup, loaded, example)
    source, played = shown if shown is not None else _of_scenario(setup, scenario, loaded.content)
    if as_json:
        beats = [beat._asdict() for beat in played.beats]
        setup.output.as_json({"framework": played.framework.id, **source, "beats": beats, "after": played.after})
        return
    from recoverycli.terminal.demonstration import demonstrate

    demonstrate(setup.output, played, big=big, speed=speed)


def _example(setup: Setup, found: LoadedFramework, wanted: str | None) -> tuple[dict[str, str], Script] | None:
    """Return the wanted example of a playbook, else its first that can be shown; None where it has none."""
    from recoverycli.commands.common.example_calls import example_environment
    from recoverycli.training.dialogue import example_script, shown_examples

    library = setup.library().beside(found.path)
    content = library.read(found.path.read_bytes(), str(found.path)).content
    loaded = replace(found, content=content or found.content)
    examples = {one.id: one for one in shown_examples(loaded.content)}
    if wanted is not None and wanted not in examples:
        what = f"{found.content.id} has no example {wanted} with what the customer says"
        raise NotFound(
            what + did_you_mean(wanted, examples), hint=f"Those that can be shown: {', '.join(examples) or 'none'}"
        )
    if not examples:
        return None
    example = examples[wanted or next(iter(examples))]
    with example_environment(setup, library) as world:
        return {"example": example.id}, example_script(example, loaded, world)


def _of_scenario(setup: Setup, wanted: str | None, framework: Framework) -> tuple[dict[str, str], Script]:
    from recoverycli.training.demo import script
    from recoverycli.training.scenarios.draw import draw

    shown = _scenario(setup, wanted, framework)
    family = setup.issue_families().find(shown.issue)
    of_family = family.id if family is not None else None
    whole = setup.shared_phrases().complete(framework, of_family)
    return {"scenario": shown.id}, script(whole, draw(shown), of_family)


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
