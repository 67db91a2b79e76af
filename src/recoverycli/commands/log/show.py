"""`recovery log show`: show a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.calls import find_call, refuse_option, review_of
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import Explained, Practised, Team
from recoverycli.errors import RecoveryError, UsageProblem

if TYPE_CHECKING:
    from recoverycli.pages.page import Page
    from recoverycli.session.transcript.model import Call

HELP = help_with_examples(
    "Show a call.\n\nThis includes what was said, noted, offered and promised, and how the call ended, and "
    "who reviewed it. A call in practice is shown with its debrief.",
    "recovery log show last",
    "recovery log show -2",
    "recovery log show 20261123T0912 --json",
    "recovery log show last --practice --explain",
)
# A position such as -2 is not an option.
CONTEXT = {"ignore_unknown_options": True}


def command(
    context: typer.Context,
    call: Annotated[
        str,
        typer.Argument(
            metavar="[ID|last|-2]",
            help="An id, a unique part of one, or a position.",
            autocompletion=completion_values.calls,
        ),
    ] = "last",
    practice: Practised = False,
    explain: Explained = False,
    team: Team = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the transcript as JSON, for scripts.")] = False,
) -> None:
    """Show a call."""
    refuse_option(
        call,
        "show",
        ("--json", "--practice", "--explain", "--team", "--help", "--plain", "--no-color", "--no-pager", "--data-dir"),
    )
    if explain and not practice:
        raise UsageProblem("--explain needs --practice", hint="recovery log show last --practice --explain")
    setup: Setup = context.obj
    stored = find_call(setup, call, practice=practice, team=team)
    if as_json:
        from recoverycli.session.transcript.current import with_current

        setup.output.as_json(with_current(stored.transcript.document, stored.transcript.call))
        return
    from recoverycli.review.story import call_page

    found = stored.transcript.call
    further = _debrief(setup, found, explain=explain) if practice else _reviews(setup, found, team=team)
    setup.output.show((*call_page(found, stored.pushed_by), *further))


def _reviews(setup: Setup, call: Call, *, team: bool) -> Page:
    """What people think of the call; empty if nobody reviewed it."""
    review = review_of(setup, call.id, team=team)
    if review is None:
        return ()
    from recoverycli.terminal.views.log.reviews import call_reviews

    return call_reviews(review.current(), review.disputes)


def _debrief(setup: Setup, call: Call, *, explain: bool) -> Page:
    """The debrief of a call in practice; empty if its scenario is not the one that was played."""
    from recoverycli.terminal.views.training.debrief import debrief_page
    from recoverycli.training.roleplay.debrief import debrief
    from recoverycli.training.scenarios.draw import draw

    if call.roleplay is None or call.scenario is None:
        return ()
    try:
        loaded = setup.scenarios().load(call.scenario)
    except RecoveryError as fault:
        setup.output.tell(f"The debrief needs the scenario: {fault.message}.")
        return ()
    if loaded.digest != call.roleplay.digest:
        setup.output.tell(f"The scenario {call.scenario} was changed since, so its debrief cannot be shown again.")
        return ()
    told = debrief(call, draw(loaded.content, call.roleplay.seed))
    return () if told is None else debrief_page(told, explain=explain)
