"""`recovery demo`: show a complete good call to a class, sentence by sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson, InFramework
from recoverycli.errors import NotFound, UsageProblem, did_you_mean

if TYPE_CHECKING:
    from typing import Any

    from recoverycli.content.library import Loaded
    from recoverycli.frameworks.dialogues.model import Dialogue
    from recoverycli.frameworks.model import Framework
    from recoverycli.training.demo import Script

HELP = help_with_examples(
    "Show a complete call to a class, sentence by sentence.\n\nSpace goes forward, b goes back, ? asks the class.",
    "recovery demo learn",
    "recovery demo heart --big",
    "recovery demo learn --side-by-side",
    "recovery demo refund-outside-period --dialogue refund-outside-period-say-no",
    "recovery demo learn > script.txt",
)


def command(
    context: typer.Context,
    framework: InFramework = None,
    *,
    dialogue: Annotated[
        str | None,
        typer.Option(
            "--dialogue",
            metavar="ID",
            help="The dialogue to show, where the framework has several.",
            autocompletion=completion_values.dialogues,
        ),
    ] = None,
    bad: Annotated[bool, typer.Option("--bad", help="Show the same call handled badly.")] = False,
    side_by_side: Annotated[
        bool, typer.Option("--side-by-side", help="Show both takes beside each other, or one after the other.")
    ] = False,
    speed: Annotated[
        float | None, typer.Option("--speed", min=0.1, max=100, help="Advance automatically; 2 is twice as fast.")
    ] = None,
    big: Annotated[bool, typer.Option("--big", help="One sentence at a time, for a projector.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show a complete call to a class, sentence by sentence."""
    setup: Setup = context.obj
    if bad and side_by_side:
        raise UsageProblem("--bad and --side-by-side exclude each other", hint="--side-by-side shows both takes.")
    library = setup.library()
    wanted = library.load(framework or setup.settings.framework)
    found = library.find(wanted.content.id, []) or wanted  # with its examples, which `load` leaves out
    setup.warn(library.faults)
    shown, *others = _dialogues(setup, found.content, dialogue)
    takes = _takes(setup, found, shown.content, good=not bad, bad=bad or side_by_side)
    if as_json:
        setup.output.as_json(_as_object(shown.content, takes))
        return
    from recoverycli.terminal.demonstration import demonstrate

    demonstrate(setup.output, takes[0], takes[1] if side_by_side else None, big=big, speed=speed)
    if others:
        more = ", ".join(one.content.id for one in others)
        setup.output.tell(f"More dialogues of {found.content.id}, with --dialogue ID: {more}")


def _dialogues(setup: Setup, framework: Framework, wanted: str | None) -> list[Loaded[Dialogue]]:
    """Return the dialogues of a framework, the one to show first."""
    listing = setup.dialogues().of(framework)
    setup.warn(listing.problems)
    known = {one.content.id: one for one in listing.entries}
    if not known:
        hint = "Write one (docs/guide/authoring.md), or show another framework: recovery demo learn"
        raise NotFound(f"{framework.id} has no dialogue", hint=hint)
    if wanted is not None and wanted not in known:
        what = f"{framework.id} has no dialogue {wanted}{did_you_mean(wanted, known)}"
        raise NotFound(what, hint=f"Its dialogues: {', '.join(known)}")
    first = known.pop(wanted or next(iter(known)))
    return [first, *known.values()]


def _takes(setup: Setup, found: Loaded[Framework], dialogue: Dialogue, *, good: bool, bad: bool) -> list[Script]:
    from recoverycli.training.demo import bad_take, good_take

    takes = []
    if good:
        family = setup.issue_families().find(dialogue.issue)
        of_family = family.id if family is not None else None
        whole = setup.shared_phrases().complete(found.content, of_family)
        takes.append(good_take(dialogue, whole, of_family, _values(setup, found, dialogue)))
    if bad:
        if dialogue.bad is None:
            raise NotFound(f"the dialogue {dialogue.id} has no bad take", hint="Show it without --bad.")
        takes.append(bad_take(dialogue, dialogue.bad, found.content))
    return takes


def _values(setup: Setup, found: Loaded[Framework], dialogue: Dialogue) -> dict[str, str]:
    """Return the values of the example that a dialogue goes the way of; they fill the gaps of phrases."""
    example = next((one for one in found.content.examples if one.id == dialogue.example), None)
    if example is None:
        return {}
    from recoverycli.commands.common.example_calls import example_environment
    from recoverycli.frameworks.values import value_text
    from recoverycli.training.examples import play_example

    with example_environment(setup, setup.library()) as world:
        values = play_example(example, found, world).values
    return {name: value_text(value) for name, value in values.items()}


def _as_object(dialogue: Dialogue, takes: list[Script]) -> dict[str, Any]:
    """Return the dialogue for JSON: what it is about, and the beats of each take."""
    about = {"framework": dialogue.framework, "dialogue": dialogue.id, "example": dialogue.example}
    beats: dict[str, Any] = {take.beats[0].take: [beat._asdict() for beat in take.beats] for take in takes}
    return {**about, "name": dialogue.name, "channel": dialogue.channel, "summary": dialogue.summary, **beats}
