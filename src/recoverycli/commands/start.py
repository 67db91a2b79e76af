"""`recovery start`: start a call, guided step by step by a framework."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from recoverycli.commands.common.calls import keep_up
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import Agent, Channel, Customer, InFramework, Issue, Mood, Ref, Values
from recoverycli.times.clock import now

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.live.reply import CallLeft

HELP = help_with_examples(
    "Start a call, guided step by step by a framework.",
    "recovery start",
    'recovery start heart --customer "A. Customer" --channel phone --mood angry',
    "recovery start learn --set order=A-1042 < lines.txt",
)


def command(
    context: typer.Context,
    framework: InFramework = None,
    customer: Customer = None,
    ref: Ref = None,
    channel: Channel = None,
    issue: Issue = None,
    mood: Mood = None,
    agent: Agent = None,
    values: Values = None,
) -> None:
    """Start a call, guided step by step by a framework."""
    from recoverycli.commands.common.start_call import (
        CallDetails,
        WordingLoader,
        call_environment,
        first_event,
        run_call,
        with_id,
    )
    from recoverycli.live.call import LiveCall

    setup: Setup = context.obj
    settings = setup.settings
    library = setup.library()
    loaded = library.load(framework or settings.framework)
    setup.warn(library.faults)
    told = CallDetails(
        customer, ref, channel or settings.channel, issue, mood, agent or settings.agent, tuple(values or ())
    )
    first = first_event(told, loaded, now(), families=setup.issue_families(), setup=setup)
    notice = open_calls_line(setup.home)
    wording = WordingLoader(setup)
    call = LiveCall.start(call_environment(setup, library, wording), lambda: with_id(first, now()))
    report_end(run_call(setup, library, call, wording, notice), setup)


def open_calls_line(home: Path) -> str:
    """Return a line about open calls; empty if there are none."""
    from recoverycli.live.open_calls import describe_open, journals_of_kind, open_call_text, open_calls

    calls = journals_of_kind(open_calls(home), "call")
    if not calls:
        return ""
    others = f" and {len(calls) - 1} more" if len(calls) > 1 else ""
    newest = describe_open(calls[0])
    named = open_call_text(newest, now()) if newest is not None else calls[0].stem
    return f"still open: {named}{others} · recovery resume"


def report_end(left: CallLeft, setup: Setup) -> None:
    """Report in two lines where the call is and what to do next; then update the index."""
    output = setup.output
    match left.how:
        case "paused":
            output.text("The call is paused; everything is stored.")
            output.text(f"Resume it: recovery resume {left.call_id}")
        case "abandoned":
            output.text("The call was abandoned; its transcript is stored. See it: recovery log show last")
            output.text(f"Transcript: {left.path}")
        case "finished":
            output.text("The call is finished. See it: recovery log show last")
            output.text(f"Transcript: {left.path}")
    if left.path is not None:
        keep_up(setup)
