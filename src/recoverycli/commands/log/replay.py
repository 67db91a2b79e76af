"""`recovery log replay`: replay a call at reading speed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common.calls import find_call, refuse_option
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import CallId, Practised
from recoverycli.errors import unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.review.replay import Frame

HELP = help_with_examples(
    "Replay a call at reading speed.\n\nThis shows what was said, noted, offered and promised, as it happened. "
    "Space pauses, the arrow keys go forward and back, + and - change the speed.",
    "recovery log replay last",
    "recovery log replay 7k2q --speed 2 --step apologize",
)
CONTEXT = {"ignore_unknown_options": True}


def command(
    context: typer.Context,
    call: CallId = "last",
    *,
    speed: Annotated[float, typer.Option("--speed", min=0.1, max=100, help="The speed; 2 is twice as fast.")] = 1.0,
    step: Annotated[str | None, typer.Option("--step", metavar="NAME", help="Start at this step.")] = None,
    practice: Practised = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for scripts: one moment a line.")] = False,
) -> None:
    """Replay a call at reading speed."""
    from recoverycli.review.replay import frames, waits
    from recoverycli.review.replay_screens import line, scenes

    setup: Setup = context.obj
    refuse_option(call, "replay")
    found = frames(find_call(setup, call, practice=practice).transcript.call)
    start = _start(found, step)
    if as_json:
        for frame in found[start:]:
            setup.output.as_json(frame)
        return
    from recoverycli.terminal.player import PlayerScreen, play
    from recoverycli.terminal.views.log.replay import scene_screen

    screens = [
        PlayerScreen(wait, partial(scene_screen, scene), line(frame))
        for wait, scene, frame in zip(waits(found), scenes(found), found, strict=True)
    ]
    play(setup.output, screens, speed=speed, start=start)


def _start(found: Sequence[Frame], step: str | None) -> int:
    """Return the position of the first frame of a step. Raises UsageProblem for a step that the call did not have."""
    if step is None:
        return 0
    wanted = step.strip().casefold()
    for place, frame in enumerate(found):
        if frame.step and wanted in {frame.step.casefold(), frame.step_id}:
            return place
    names = list(dict.fromkeys(frame.step for frame in found if frame.step))
    raise unknown("step", step, names, hint=f"Steps of the call: {', '.join(names)}")
