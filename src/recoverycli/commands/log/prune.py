"""`recovery log prune`: delete calls older than a given age, with their reviews."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common.calls import read_rows, stored_calls
from recoverycli.commands.common.chosen_calls import confirm_removal
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import Confirmed, DryRun
from recoverycli.errors import UsageProblem
from recoverycli.session.filters import Filters
from recoverycli.times.clock import now
from recoverycli.times.past import read_since

if TYPE_CHECKING:
    from datetime import datetime

HELP = help_with_examples(
    "Delete calls older than a given age, with their reviews.\n\nA call with a promise to the customer that is "
    "not done is not deleted, unless you add --with-promises.",
    "recovery log prune --older-than 2y",
    'recovery log prune --older-than "6 months" --dry-run',
    "recovery log prune --older-than 90d --with-promises --yes",
)
_LENGTH = re.compile(r"([1-9][0-9]{0,3}|an?|one) ?(d|days?|w|weeks?|months?|y|years?)")


def command(
    context: typer.Context,
    older_than: Annotated[
        str, typer.Option("--older-than", metavar="LENGTH", help="The age: 2y, 6 months, 12 weeks, 90d.")
    ],
    with_promises: Annotated[
        bool, typer.Option("--with-promises", help="Also delete calls with an open promise.")
    ] = False,
    dry_run: DryRun = False,
    yes: Confirmed = False,
) -> None:
    """Delete calls older than a given age, with their reviews."""
    from recoverycli.store.privacy.remove import calls_with_open_promises
    from recoverycli.text.format import plural

    setup: Setup = context.obj
    wanted = Filters(until=_oldest_kept(older_than))
    with stored_calls(setup) as index:
        ids = [row.id for row in read_rows(index, wanted)]
        bound = set() if with_promises else index.ask(lambda connection: calls_with_open_promises(connection, wanted))
    going = [one for one in ids if one not in bound]
    note = ""
    if bound:
        note = (
            f"{plural(len(bound), 'older call')} with an open promise are not deleted: recovery followups list; "
            "--with-promises deletes them too"
        )
    if going:
        confirm_removal(setup, going, dry_run=dry_run, yes=yes, note=note)
        return
    if note:
        setup.output.tell(note)
    setup.output.text(f"No call older than {older_than.strip()[:40]} can be deleted.")


def _oldest_kept(length: str) -> datetime:
    """The newest time of the calls to delete. Raises UsageProblem for an invalid duration."""
    found = _LENGTH.fullmatch(" ".join(length.casefold().split()))
    unit = {"y": "years", "d": "days", "w": "weeks"}.get(found[2], found[2]) if found else ""
    began = read_since(f"{found[1]} {unit}", now()) if found else None
    if began is None:
        raise UsageProblem(
            f"--older-than {length[:40]}: not a duration",
            kept="Nothing was changed.",
            hint="For example: 2y, 6 months, 12 weeks, 90d",
        )
    return began - timedelta(microseconds=1)
