"""`recovery log delete`: delete calls permanently, with their reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from recoverycli.commands.common.calls import refuse_option
from recoverycli.commands.common.chosen_calls import chosen_ids, confirm_removal, refuse_blank
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.filter_options import with_person_filter_options
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import CallIds, Confirmed, DryRun
from recoverycli.errors import UsageProblem
from recoverycli.session.filters import Filters

if TYPE_CHECKING:
    from collections.abc import Sequence

HELP = help_with_examples(
    "Delete calls permanently, with their reviews.\n\nName calls by id or choose them with filters; the "
    "command lists them and asks first. To delete a person's calls and every mention of them, use recovery "
    "log erase.",
    "recovery log delete last",
    "recovery log delete --until 2024-12-31 --dry-run",
    "recovery log delete 20261123T091200-learn-7k2q --yes",
)
# A position such as -2 is not an option.
CONTEXT = {"ignore_unknown_options": True}


@with_person_filter_options
def command(
    context: typer.Context,
    calls: CallIds = None,
    *,
    wanted: Filters,
    dry_run: DryRun = False,
    yes: Confirmed = False,
) -> None:
    """Delete calls permanently, with their reviews."""
    setup: Setup = context.obj
    for word in calls or ():
        refuse_option(word, "delete")
    refuse_blank(wanted)
    if not calls and wanted == Filters():
        raise UsageProblem("calls are required", hint="Give ids or filters, for example: recovery log delete last")
    confirm_removal(setup, _ids(setup, calls or (), wanted), dry_run=dry_run, yes=yes)


def _ids(setup: Setup, calls: Sequence[str], wanted: Filters) -> list[str]:
    """The ids; a complete id may belong to a file that cannot be read."""
    from recoverycli.store.layout import ID

    archive = setup.archive()
    broken = [one for one in calls if ID.fullmatch(one) and archive.path(one).is_file()]
    others = [one for one in calls if one not in broken]
    if broken and wanted != Filters():
        raise UsageProblem("choose calls by ids or by filters, not both")
    if broken and not others:
        return list(dict.fromkeys(broken))
    named = chosen_ids(setup, others, wanted, everything=False)
    return list(dict.fromkeys([*broken, *named]))
