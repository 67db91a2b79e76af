"""`recovery resume`: resume an open call where you left it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.start import report_end

if TYPE_CHECKING:
    from pathlib import Path

HELP = help_with_examples(
    "Resume an open call where you left it.\n\nEverything that was confirmed is there.",
    "recovery resume",
    "recovery resume dahl",
    "recovery resume 20261123T0912",
)


def command(
    context: typer.Context,
    call_id: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            help="The customer, reference, issue, or the id or a part of it "
            "(default: the newest; with several on a terminal, you are asked).",
            autocompletion=completion_values.open_calls,
        ),
    ] = None,
) -> None:
    """Resume an open call where you left it."""
    from recoverycli.commands.common.start_call import WordingLoader, call_environment, run_call
    from recoverycli.live.call import LiveCall
    from recoverycli.store.journal.reader import CallGone

    setup: Setup = context.obj
    path = _open_call(setup, call_id)
    library = setup.library()
    wording = WordingLoader(setup)
    call: LiveCall | None = None
    while call is None:
        try:
            call = LiveCall.resume(call_environment(setup, library, wording), path)
        except CallGone:
            if call_id not in {None, "last"}:
                raise
            # The newest was just finished in another window; use the next one.
            path = _open_call(setup, None)
    lost = _unread(call.unread)
    if call.session.finished is None and call.session.kind != "practice":
        report_end(run_call(setup, library, call, wording, lost), setup)
        return
    if lost:
        setup.output.tell(f"warning: {lost}")
    if call.session.finished is None:
        from recoverycli.commands.practice import resume_practice

        resume_practice(setup, library, call)
    elif (left := call.finish().left) is not None:
        report_end(left, setup)


def _unread(lines: int) -> str:
    """A warning about damaged lines of a journal, shown once; empty if there are none."""
    if not lines:
        return ""
    found, kept = ("1 line", "it is") if lines == 1 else (f"{lines} lines", "they are")
    return f"{found} of this call cannot be read; {kept} still in the journal; see recovery doctor"


def _open_call(setup: Setup, wanted: str | None) -> Path:
    from recoverycli.live.open_calls import find_open

    if wanted is None and setup.look.interactive and (chosen := _choose_call(setup)) is not None:
        return chosen
    return find_open(
        setup.home, wanted, lambda fault: setup.output.tell(f"warning: {fault.message}; {fault.kept.lower()}")
    )


def _choose_call(setup: Setup) -> Path | None:
    """Ask which of several open calls, by customer, issue and age; None if there is one, or none is chosen."""
    from recoverycli.live.open_calls import describe_open, open_call_text, open_calls
    from recoverycli.terminal.ask.questions import choose
    from recoverycli.times.clock import now

    found = [one for one in map(describe_open, open_calls(setup.home)) if one is not None]
    if len(found) < 2:
        return None
    moment = now()
    options = {f"{open_call_text(one, moment)} ({one.path.stem[-4:]})": one.path for one in found}
    chosen = choose(setup.output, "Which call?", tuple(options), next(iter(options)))
    return options.get(chosen or "")
