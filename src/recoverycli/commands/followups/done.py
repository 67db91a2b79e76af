"""`recovery followups done`: mark a follow-up as done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.followups import FollowUpId, Undo, change, full_name, one
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.errors import UsageProblem
from recoverycli.times.clock import now

if TYPE_CHECKING:
    from datetime import datetime

HELP = help_with_examples(
    "Mark a follow-up as done.",
    "recovery followups done 7k2q-p1",
    'recovery followups done 7k2q-p1 --at "yesterday 4pm"',
    'recovery followups done 7k2q-p1 --satisfied yes --note "the refund has arrived"',
    "recovery followups done 7k2q-p1 --undo",
)
_SATISFIED = {"yes": True, "y": True, "no": False, "n": False}


def command(
    context: typer.Context,
    id_: FollowUpId,
    at: Annotated[str | None, typer.Option("--at", metavar="WHEN", help="When it was done, if not now.")] = None,
    satisfied: Annotated[
        str | None, typer.Option("--satisfied", metavar="yes|no", help="Was the customer satisfied with it?")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="How it went.")] = None,
    undo: Undo = False,
) -> None:
    """Mark a follow-up as done."""
    from recoverycli.redaction.redact import redact
    from recoverycli.review import followup_changes
    from recoverycli.text.format import day_and_time
    from recoverycli.text.safe import storable_text
    from recoverycli.times.wall_clock import to_local

    setup: Setup = context.obj
    moment = now()
    content = None if satisfied is None else _SATISFIED.get(satisfied.strip().casefold())
    if satisfied is not None and content is None:
        raise UsageProblem(f"--satisfied must be yes or no, not {satisfied[:40]}")
    if undo and (satisfied, note, at) != (None, None, None):
        raise UsageProblem(
            "--undo cannot be combined with other options", hint=f"recovery followups done {id_[:60]} --undo"
        )
    done_at = None if at is None else _past(at, moment)
    row, path = one(setup, moment, id_)
    if done_at is not None and done_at < row.at:
        raise UsageProblem(
            f"--at {(at or '')[:60]}: that is before it was recorded, {day_and_time(to_local(row.at, moment))}",
            kept="Nothing was changed.",
        )
    rules = setup.rules.with_names(row.customer)
    words, masked = redact(storable_text(note).strip(), rules) if note is not None else (None, 0)
    if undo:
        changed = change(setup, path, moment, lambda call: followup_changes.reopen(call, row.item))
        setup.output.text(f"open again: {full_name(row)}" if changed else f"already open: {full_name(row)}")
        return
    changed = change(
        setup, path, moment, lambda call: followup_changes.complete(call, row.item, moment, content, words, done_at)
    )
    if not changed:
        setup.output.text(f"already done: {full_name(row)}")
        return
    what = "done" if row.done_at is None else "already done; this was stored"
    hidden = " · a number in the note was masked" if masked else ""
    on = f", {day_and_time(done_at)}" if done_at else ""
    setup.output.text(f"{what}: {full_name(row)}{on}{hidden} · undo: recovery followups done {row.id} --undo")


def _past(words: str, moment: datetime) -> datetime:
    """The past time of the words. Raises UsageProblem."""
    from recoverycli.times.past import read_past

    found = read_past(words, moment)
    if found is None or found > moment:
        told = "not a date" if found is None else "that is in the future"
        raise UsageProblem(
            f"--at {words[:60]}: {told}",
            kept="Nothing was changed.",
            hint='For example: "yesterday 4pm", "fri 9:30", "2026-11-20 14:05"',
        )
    return found
