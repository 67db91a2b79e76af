"""`recovery log restore`: restore missing files from a backup."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import Confirmed
from recoverycli.errors import NotFound

HELP = help_with_examples(
    "Restore missing files from a backup.\n\nThe whole archive is checked first. A file that exists and "
    "differs is reported and left unchanged.",
    "recovery log restore calls.tar.gz --dry-run",
    "recovery log restore calls.tar.gz",
    "recovery log restore calls.tar.gz --yes",
)
_MOST = 10


def command(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The archive that recovery log backup wrote.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only check it and show what would be restored.")] = False,
    yes: Confirmed = False,
) -> None:
    """Restore missing files from a backup."""
    from recoverycli.commands.common.calls import keep_up
    from recoverycli.commands.common.confirm import confirm
    from recoverycli.store.maintenance.restore import check_archive, restore
    from recoverycli.terminal.progress import progress
    from recoverycli.terminal.views.log.removal import kinds_line
    from recoverycli.text.format import plural

    setup: Setup = context.obj
    archive = Path(file).expanduser().absolute()
    # The name may be too long for a file.
    if not os.path.isfile(archive):  # noqa: PTH113
        raise NotFound(f"there is no file {archive}", hint="Create one: recovery log backup calls.tar.gz")
    if not dry_run:
        held = kinds_line(check_archive(archive, setup.home).counts)
        if not confirm(setup, f"Restore {held} where they are missing in {setup.home}?", yes=yes):
            return
    with progress(setup.look, sys.stderr, "Checking" if dry_run else "Restoring") as report:
        done = restore(archive, setup.home, report, dry_run=dry_run)
    for name in done.differ[:_MOST]:
        setup.output.tell(f"differs, not changed: {name}")
    if len(done.differ) > _MOST:
        setup.output.tell(f"differ, not changed: {plural(len(done.differ) - _MOST, 'more file')}")
    differ = f", {len(done.differ):,} differ and were not changed" if done.differ else ""
    what = f"{plural(done.restored, 'file')}, {done.there:,} already there{differ}"
    if dry_run:
        setup.output.text(f"would be restored: {what}. Nothing was changed.")
        return
    keep_up(setup)
    setup.output.text(f"restored: {what}")
