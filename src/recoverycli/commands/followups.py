"""`recovery followups`: what was promised and what is left to do, over all calls."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common.calls import stored_calls
from recoverycli.commands.common.context import Setup, read_date
from recoverycli.commands.common.filter_options import with_filter_options
from recoverycli.commands.common.followups import change, current, gather, one
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson, Team
from recoverycli.errors import RecoveryError, UsageProblem
from recoverycli.session.filters import Filters
from recoverycli.times.clock import now
from recoverycli.times.past import read_since
from recoverycli.times.wall_clock import to_local

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from recoverycli.review.followups import FollowUp

app = typer.Typer(
    help=help_with_examples(
        "Manage promises and open tasks from all calls.",
        "recovery followups list",
        "recovery followups done 7k2q-p1 --satisfied yes",
        "recovery followups snooze 7k2q-p1 tomorrow 5pm",
    ),
    no_args_is_help=True,
)

_LENGTH = re.compile(r"([0-9]{1,4}) ?(m|min|mins|minutes?|h|hours?|d|days?|w|weeks?)")
_MINUTES = {"m": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}
_SATISFIED = {"yes": True, "y": True, "no": False, "n": False}

Id = Annotated[str, typer.Argument(metavar="ID", help="Its id in the list, or CALL/p1.")]
Undo = Annotated[bool, typer.Option("--undo", help="Undo the last change.")]


@app.command(
    "list",
    help=help_with_examples(
        "List open follow-ups, overdue first.",
        "recovery followups list",
        "recovery followups list --customer Ana --all",
        "recovery followups list --since yesterday --json",
    ),
)
@with_filter_options
def list_(
    context: typer.Context,
    *,
    all_: Annotated[bool, typer.Option("--all", "-a", help="Include follow-ups that are done.")] = False,
    wanted: Filters,
    team: Team = False,
    as_json: AsJson = False,
) -> None:
    """List open follow-ups, overdue first."""
    moment = now()
    rows = gather(context.obj, moment, wanted, done=all_, team=team).rows
    _show(context.obj, [row for row in rows if all_ or row.done_at is None][: wanted.limit], moment, as_json=as_json)


@app.command(
    help=help_with_examples(
        "Show follow-ups that are overdue or due soon.\n\nThe default is today. With --quiet nothing is "
        "printed; the exit code is 1 when something is overdue or due, 0 when nothing is.",
        "recovery followups due",
        "recovery followups due --within 4h",
        'recovery followups due --quiet || echo "a promise is due"',
    ),
)
@with_filter_options
def due(
    context: typer.Context,
    *,
    within: Annotated[
        str | None, typer.Option("--within", metavar="TIME", help="Due within this time: 4h, 30m, 2d (default: today).")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing: exit 1 when due, 0 when not.")] = False,
    wanted: Filters,
    as_json: AsJson = False,
) -> None:
    """Show what is overdue or due soon."""
    from recoverycli.review.followups import due_now, is_due

    moment = now()
    length = _length(within)
    setup: Setup = context.obj
    if quiet and wanted == Filters(limit=wanted.limit):
        with stored_calls(setup, quiet=True) as index:
            raise typer.Exit(1 if due_now(index, moment, length) else 0)
    gathered = gather(setup, moment, wanted, done=False, quiet=quiet)
    rows = [row for row in gathered.rows if row.done_at is None and is_due(row, moment, length)]
    if quiet:
        raise typer.Exit(1 if rows else 0)
    _show(setup, rows[: wanted.limit], moment, as_json=as_json, nothing="Nothing is due.")


@app.command(
    help=help_with_examples(
        "Mark a follow-up as done.",
        "recovery followups done 7k2q-p1",
        'recovery followups done 7k2q-p1 --satisfied yes --note "the refund has arrived"',
        "recovery followups done 7k2q-p1 --undo",
    ),
)
def done(
    context: typer.Context,
    id_: Id,
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

    setup, moment = context.obj, now()
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
        changed = change(path, moment, lambda call: followup_changes.not_done(call, row.item))
        setup.output.text(f"open again: {_full_name(row)}" if changed else f"already open: {_full_name(row)}")
        return
    changed = change(path, moment, lambda call: followup_changes.done(call, row.item, moment, content, words))
    if not changed:
        setup.output.text(f"already done: {_full_name(row)}")
        return
    what = "done" if row.done_at is None else "already done; this was stored"
    hidden = " · a number in the note was masked" if masked else ""
    setup.output.text(f"{what}: {_full_name(row)}{hidden} · undo: recovery followups done {row.id} --undo")


@app.command(
    help=help_with_examples(
        "Postpone a follow-up.",
        "recovery followups snooze 7k2q-p1 tomorrow 5pm",
        "recovery followups snooze 7k2q-p1 in 2 hours",
        "recovery followups snooze 7k2q-p1 --undo",
    ),
)
def snooze(
    context: typer.Context,
    id_: Id,
    when: Annotated[list[str] | None, typer.Argument(metavar="WHEN", help="The new time: fri 5pm, in 2 hours.")] = None,
    undo: Undo = False,
) -> None:
    """Postpone a follow-up."""
    from recoverycli.review import followup_changes, followups

    setup, moment = context.obj, now()
    if undo and when:
        raise UsageProblem("--undo cannot be combined with a time", hint=f"recovery followups snooze {id_[:60]} --undo")
    until = None if undo else _later(" ".join(when or ()), id_, moment)
    row, path = one(setup, moment, id_)
    if row.done_at is not None:
        hint = f"Open it again first: recovery followups done {row.id} --undo"
        raise RecoveryError(f"already done: {_full_name(row)}", kept="Nothing was changed.", hint=hint)
    if until is None:
        changed = change(path, moment, lambda call: followup_changes.not_put_off(call, row.item))
    else:
        changed = change(path, moment, lambda call: followup_changes.put_off(call, row.item, until))
    fresh = next(other for other in followups.followups([changed or current(path)], moment) if other.item == row.item)
    told = _format_due(fresh.due, moment) if fresh.due else "no date"
    if not changed:
        unmoved = "it was not postponed" if undo else "already due then"
        setup.output.text(f"{unmoved}: {_full_name(row)}, {told}")
        return
    back = "" if undo else f" · undo: recovery followups snooze {row.id} --undo"
    setup.output.text(f"{'moved back' if undo else 'postponed'}: {_full_name(row)}, {told}{back}")


@app.command(
    help=help_with_examples(
        "Export follow-ups as a calendar file (.ics).\n\nImporting the file again creates no duplicates.",
        "recovery followups export --output followups.ics",
        "recovery followups export --customer Ana --output -",
    ),
)
@with_filter_options
def export(
    context: typer.Context,
    *,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="The file, - for standard output.")],
    all_: Annotated[bool, typer.Option("--all", "-a", help="Include follow-ups that are done.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Overwrite an existing file.")] = False,
    wanted: Filters,
) -> None:
    """Export follow-ups as a calendar file (.ics)."""
    from recoverycli.commands.common.export_target import ready, write_export
    from recoverycli.review.calendar import calendar

    setup, moment = context.obj, now()
    target = ready(output, overwrite=yes)
    rows = [row for row in gather(setup, moment, wanted, done=all_).rows if all_ or row.done_at is None]
    dated = [row for row in rows if row.due is not None][: wanted.limit]
    write_export(target, calendar(dated, moment))
    undated = sum(row.due is None for row in rows)
    left_out = f"; {undated} without a date left out" if undated else ""
    if target is not None or left_out:
        setup.output.tell(f"{len(dated)} in the calendar file{left_out}{f': {target}' if target else ''}")


def _show(
    setup: Setup,
    rows: Sequence[FollowUp],
    moment: datetime,
    *,
    as_json: bool,
    nothing: str = "There are no open follow-ups.",
) -> None:
    if as_json:
        for row in rows:
            setup.output.as_json(row)
        return
    from recoverycli.terminal.views.followups import followups_page

    setup.output.show(followups_page(rows, moment, nothing))


def _later(words: str, wanted: str, moment: datetime) -> datetime:
    if not words.strip():
        raise UsageProblem(
            "a time is missing", hint=f"For example: recovery followups snooze {wanted[:60]} tomorrow 5pm"
        )
    until = read_date(words, moment)
    if until is not None and until > moment:
        return until
    # What `read_since` alone knows is over: yesterday, 3 days ago.
    told = "not a future time" if until or read_since(words, moment) else "not a date"
    raise UsageProblem(f"{words[:60]}: {told}", hint="For example: tomorrow 5pm, in 2 hours, fri 17:00")


def _length(words: str | None) -> timedelta | None:
    if words is None:
        return None
    found = _LENGTH.fullmatch(words.strip().casefold())
    if found is None:
        raise UsageProblem(f"--within {words[:40]}: not a duration", hint="For example: 4h, 30m, 2d")
    return timedelta(minutes=int(found[1]) * _MINUTES[found[2][0]])


def _full_name(row: FollowUp) -> str:
    return f"{' '.join(row.what.split())} ({row.id})"


def _format_due(due: datetime, moment: datetime) -> str:
    from recoverycli.review.followups import when

    date, near = f"{to_local(due, moment):%Y-%m-%d %H:%M}", when(due, moment)
    return f"due {date}" if near == date else f"due {date} ({near})"
