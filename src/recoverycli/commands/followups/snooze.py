"""`recovery followups snooze`: postpone a follow-up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.followups import FollowUpId, Undo, change, current, full_name, one
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.errors import RecoveryError, UsageProblem
from recoverycli.times.clock import now
from recoverycli.times.past import read_since
from recoverycli.times.wall_clock import to_local

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.review.followups import FollowUp

HELP = help_with_examples(
    "Postpone a follow-up.\n\nWhether a promise was kept in time is judged by the date that the customer was "
    "promised. With --agreed the customer agreed to the new time, which is the promise from then on.",
    "recovery followups snooze 7k2q-p1 tomorrow 5pm",
    "recovery followups snooze 7k2q-p1 in 2 hours",
    "recovery followups snooze 7k2q-p1 fri 17:00 --agreed",
    "recovery followups snooze 7k2q-p1 --undo",
)


def command(
    context: typer.Context,
    id_: FollowUpId,
    when: Annotated[list[str] | None, typer.Argument(metavar="WHEN", help="The new time: fri 5pm, in 2 hours.")] = None,
    agreed: Annotated[bool, typer.Option("--agreed", help="The customer agreed to the new time.")] = False,
    undo: Undo = False,
) -> None:
    """Postpone a follow-up."""
    from recoverycli.review import followup_changes, followups

    setup: Setup = context.obj
    moment = now()
    if undo and (when or agreed):
        raise UsageProblem(
            "--undo cannot be combined with a time or --agreed", hint=f"recovery followups snooze {id_[:60]} --undo"
        )
    until = None if undo else _later(setup, " ".join(when or ()), id_, moment)
    row, path = one(setup, moment, id_)
    if row.done_at is not None:
        hint = f"Open it again first: recovery followups done {row.id} --undo"
        raise RecoveryError(f"already done: {full_name(row)}", kept="Nothing was changed.", hint=hint)
    if until is None:
        changed = change(setup, path, moment, lambda call: followup_changes.undo_postpone(call, row.item))
    else:
        changed = change(
            setup, path, moment, lambda call: followup_changes.postpone(call, row.item, until, agreed=agreed)
        )
    fresh = next(other for other in followups.followups([changed or current(path)], moment) if other.item == row.item)
    told = (_format_due(fresh.due, moment) if fresh.due else "no date") + _promise_text(fresh, moment)
    if not changed:
        unmoved = "it was not postponed" if undo else "already due then"
        setup.output.text(f"{unmoved}: {full_name(row)}, {told}")
        return
    back = "" if undo else f" · undo: recovery followups snooze {row.id} --undo"
    setup.output.text(f"{'moved back' if undo else 'postponed'}: {full_name(row)}, {told}{back}")


def _promise_text(row: FollowUp, moment: datetime) -> str:
    """What the customer was promised, where that is another time."""
    if row.kind == "task" or row.due == row.promised:
        return ""
    promised = f"{to_local(row.promised, moment):%Y-%m-%d %H:%M}" if row.promised else "no date"
    return f"; promised: {promised}"


def _later(setup: Setup, words: str, wanted: str, moment: datetime) -> datetime:
    if not words.strip():
        raise UsageProblem(
            "a time is missing", hint=f"For example: recovery followups snooze {wanted[:60]} tomorrow 5pm"
        )
    until = setup.read_date(words, moment)
    if isinstance(until, tuple):
        from recoverycli.text.format import day_and_time

        listed = " or ".join(day_and_time(one) for one in until)
        hint = f"For example: recovery followups snooze {wanted[:60]} {until[0]:%Y-%m-%d %H:%M}"
        raise UsageProblem(f"{words[:60]} can be {listed}", hint=hint)
    if until is not None and until > moment:
        return until
    # Words that only `read_since` reads are in the past: yesterday, 3 days ago.
    told = "not a future time" if until or read_since(words, moment) else "not a date"
    raise UsageProblem(f"{words[:60]}: {told}", hint="For example: tomorrow 5pm, in 2 hours, fri 17:00")


def _format_due(due: datetime, moment: datetime) -> str:
    from recoverycli.review.followups import when

    date, near = f"{to_local(due, moment):%Y-%m-%d %H:%M}", when(due, moment)
    return f"due {date}" if near == date else f"due {date} ({near})"
