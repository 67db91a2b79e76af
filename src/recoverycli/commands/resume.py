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
    "recovery resume 20261123T0912",
)


def command(
    context: typer.Context,
    call_id: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            help="The call's id or a part of it (default: the newest).",
            autocompletion=completion_values.open_calls,
        ),
    ] = None,
) -> None:
    """Resume an open call where you left it."""
    from recoverycli.commands.common.start_call import WordingLoader, call_surroundings, run_call
    from recoverycli.live.call import LiveCall
    from recoverycli.store.journal.reader import CallGone

    setup: Setup = context.obj
    path = _open_call(setup, call_id)
    library = setup.library()
    wording = WordingLoader(setup)
    call: LiveCall | None = None
    while call is None:
        try:
            call = LiveCall.resume(call_surroundings(setup, library, wording), path)
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


def _open_call(setup: Setup, call_id: str | None) -> Path:
    from recoverycli.live.open_calls import find_open

    return find_open(
        setup.home, call_id, lambda fault: setup.output.tell(f"warning: {fault.message}; {fault.kept.lower()}")
    )
