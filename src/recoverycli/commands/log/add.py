"""`recovery log add`: add a call that was taken without the tool."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.length_option import read_length
from recoverycli.commands.common.options import Agent, Channel, Customer, InFramework, Issue, Mood, Ref, Values
from recoverycli.errors import UsageProblem
from recoverycli.session.events import FOUND_BY
from recoverycli.times.clock import now

HELP = help_with_examples(
    "Add a call that was taken without the tool.\n\nYou can also add a failure that monitoring, an audit or a "
    "colleague found. The steps are those of a live call, without its clock. Without --length the call is in no figure "
    "about lengths.",
    'recovery log add --at "yesterday 3pm" --customer "A. Customer" --issue billing',
    'recovery log add heart --at "2026-11-20 14:05" --length 12m --found-by audit',
)


def command(
    context: typer.Context,
    framework: InFramework = None,
    *,
    at: Annotated[
        str, typer.Option("--at", metavar="WHEN", help="The time of the call: yesterday 3pm, 2026-11-20 14:05.")
    ],
    length: Annotated[
        str | None, typer.Option("--length", metavar="TIME", help="How long the call took, if you know it: 12m.")
    ] = None,
    found_by: Annotated[
        str | None, typer.Option("--found-by", metavar="WHO", help=f"Who found it: {', '.join(FOUND_BY)}.")
    ] = None,
    customer: Customer = None,
    ref: Ref = None,
    channel: Channel = None,
    issue: Issue = None,
    mood: Mood = None,
    agent: Agent = None,
    values: Values = None,
) -> None:
    """Add a call that was taken without the tool."""
    from recoverycli.commands.common.start_call import (
        CallDetails,
        WordingLoader,
        call_environment,
        first_event,
        run_call,
        with_id,
    )
    from recoverycli.commands.start import report_end
    from recoverycli.live.call import LiveCall

    setup: Setup = context.obj
    settings, library = setup.settings, setup.library()
    moment = _when(at, now())
    lasted = None if length is None else read_length("length", length)
    if lasted is not None and moment + lasted > now():
        raise UsageProblem(f"--length {(length or '')[:40]}: the call would end in the future")
    loaded = library.load(framework or settings.framework)
    setup.warn(library.faults)
    told = CallDetails(
        customer,
        ref,
        channel,
        issue,
        mood,
        agent or settings.agent,
        tuple(values or ()),
        found_by,
        afterwards=True,
        lasted=None if lasted is None else lasted.total_seconds(),
    )
    first = first_event(told, loaded, moment, families=setup.issue_families(), setup=setup)
    wording = WordingLoader(setup)
    call = LiveCall.start(call_environment(setup, library, wording), lambda: with_id(first, moment))
    report_end(run_call(setup, library, call, wording), setup)


def _when(words: str, moment: datetime) -> datetime:
    """The past time of the words. Raises UsageProblem if they are not a date, or in the future."""
    from recoverycli.times.past import read_past

    found = read_past(words, moment)
    if found is None:
        hint = 'For example: "yesterday 3pm", "last monday 9:30", "2026-11-20 14:05"'
        raise UsageProblem(f"--at {words[:60]}: not a date", hint=hint)
    if found > moment:
        raise UsageProblem(f"--at {words[:60]}: that is in the future", hint="For a call of today: recovery start")
    return found
