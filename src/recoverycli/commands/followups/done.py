"""`recovery followups done`: mark a follow-up as done."""

from __future__ import annotations

from typing import Annotated

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.followups import FollowUpId, Undo, change, full_name, one
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.errors import UsageProblem
from recoverycli.times.clock import now

HELP = help_with_examples(
    "Mark a follow-up as done.",
    "recovery followups done 7k2q-p1",
    'recovery followups done 7k2q-p1 --satisfied yes --note "the refund has arrived"',
    "recovery followups done 7k2q-p1 --undo",
)
_SATISFIED = {"yes": True, "y": True, "no": False, "n": False}


def command(
    context: typer.Context,
    id_: FollowUpId,
    satisfied: Annotated[
        str | None, typer.Option("--satisfied", metavar="yes|no", help="Was the customer satisfied with it?")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="How it went.")] = None,
    undo: Undo = False,
) -> None:
    """Mark a follow-up as done."""
    from recoverycli.redaction.redact import redact
    from recoverycli.review import followup_changes
    from recoverycli.text.safe import storable_text

    setup: Setup = context.obj
    moment = now()
    content = None if satisfied is None else _SATISFIED.get(satisfied.strip().casefold())
    if satisfied is not None and content is None:
        raise UsageProblem(f"--satisfied must be yes or no, not {satisfied[:40]}")
    if undo and (satisfied is not None or note is not None):
        raise UsageProblem(
            "--undo cannot be combined with other options", hint=f"recovery followups done {id_[:60]} --undo"
        )
    row, path = one(setup, moment, id_)
    rules = setup.rules.with_names(row.customer)
    words, masked = redact(storable_text(note).strip(), rules) if note is not None else (None, 0)
    if undo:
        changed = change(path, moment, lambda call: followup_changes.reopen(call, row.item))
        setup.output.text(f"open again: {full_name(row)}" if changed else f"already open: {full_name(row)}")
        return
    changed = change(path, moment, lambda call: followup_changes.complete(call, row.item, moment, content, words))
    if not changed:
        setup.output.text(f"already done: {full_name(row)}")
        return
    what = "done" if row.done_at is None else "already done; this was stored"
    hidden = " · a number in the note was masked" if masked else ""
    setup.output.text(f"{what}: {full_name(row)}{hidden} · undo: recovery followups done {row.id} --undo")
