"""`recovery log backup`: back up all calls, practice and reviews to one archive."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import Overwrite
from recoverycli.errors import UsageProblem

HELP = help_with_examples(
    "Back up all calls, practice and reviews to one archive.\n\nThe archive (.tar.gz) has checksums and "
    "includes open calls. Files that this version cannot read are copied unchanged. The archive is not "
    "encrypted: store it where only you can read it.",
    "recovery log backup calls.tar.gz",
    "recovery log backup ~/backups/calls.tar.gz --yes",
)


def command(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The archive, such as calls.tar.gz.")],
    yes: Overwrite = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be saved.")] = False,
) -> None:
    """Back up all calls, practice and reviews to one archive."""
    from recoverycli.commands.common.confirm import confirm
    from recoverycli.commands.common.export_target import ready
    from recoverycli.store.layout import ERASED_PEOPLE, FOLDERS, each_file, is_plain
    from recoverycli.store.maintenance.backup import back_up
    from recoverycli.store.maintenance.known_backups import note_backup
    from recoverycli.terminal.progress import progress
    from recoverycli.terminal.views.log.removal import kinds_line
    from recoverycli.text.format import plural
    from recoverycli.times.clock import now

    setup: Setup = context.obj
    target = ready(file, overwrite=True)
    if target is None:
        raise UsageProblem("a backup must be a file", hint="For example: recovery log backup calls.tar.gz")
    if target.suffix.casefold() == ".zip":
        raise UsageProblem(f"{file} would not be a zip file", hint="A backup is a .tar.gz: name it calls.tar.gz")
    if setup.home == target.parent or setup.home in target.parents:
        hint = "Choose another place: a backup in the data folder would be lost with it."
        raise UsageProblem(f"{target} is in the data folder itself", hint=hint)
    if dry_run:
        counts = {name: sum(1 for _ in each_file(setup.home / name)) for name in FOLDERS}
        counts[ERASED_PEOPLE] = int(is_plain(setup.home / ERASED_PEOPLE))
        setup.output.text(f"would be saved to {target}: about {kinds_line(counts)}. Nothing was written.")
        return
    if target.exists() and not confirm(setup, f"{target} already exists; overwrite it?", yes=yes):
        return
    with progress(setup.look, sys.stderr, "Saving") as report:
        saved = back_up(setup.home, Path(target), report)
    note_backup(setup.home, target, now())
    for path in saved.left_out[:5]:
        setup.output.tell(
            f"warning: {path}: it is a link, cannot be read, or has a name that is not portable; it was left out"
        )
    if len(saved.left_out) > 5:
        setup.output.tell(f"warning: {plural(len(saved.left_out) - 5, 'more file')} left out")
    setup.output.text(f"saved to {target}: {kinds_line(saved.counts)} · restore it: recovery log restore {target}")
