"""`recovery log restore`: restore missing files from a backup."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import Confirmed
from recoverycli.errors import NotFound
from recoverycli.times.clock import now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.store.maintenance.erased_in_backup import WithoutErased
    from recoverycli.store.maintenance.erasures import Erasures

HELP = help_with_examples(
    "Restore missing files from a backup.\n\nThe whole archive is checked first. A file that exists and "
    "differs is reported and left unchanged; a call with impossible numbers or times is refused. Calls of customers "
    "who were erased after these calls, here or where the backup was made, are left out, and mentions of them are "
    "masked again, unless you add --with-erased.",
    "recovery log restore calls.tar.gz --dry-run",
    "recovery log restore calls.tar.gz",
    "recovery log restore calls.tar.gz --yes",
)
_MOST = 10


def command(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The archive that recovery log backup wrote.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only check it and show what would be restored.")] = False,
    with_erased: Annotated[
        bool, typer.Option("--with-erased", help="Restore customers who were erased after the backup, too.")
    ] = False,
    yes: Confirmed = False,
) -> None:
    """Restore missing files from a backup."""
    from recoverycli.commands.common.calls import keep_up
    from recoverycli.commands.common.confirm import confirm
    from recoverycli.store.maintenance.restore import check_archive, restore
    from recoverycli.system.programs import quote_word
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
    erasures = _KnownErasures(setup, archive)
    erasures.tell_stored(setup)
    only = _without_erased(setup, archive, erasures.all, with_erased=with_erased, asks=not (dry_run or yes))
    with progress(setup.look, sys.stderr, "Checking" if dry_run else "Restoring") as report:
        done = restore(archive, setup.home, now(), report, only, dry_run=dry_run)
    _tell_files(setup, "differs, not changed", done.differ)
    _tell_files(setup, "refused", [f"{one.name}: {one.why}" for one in done.refused])
    if done.refused:
        setup.output.tell(
            f"Refused files stay in the backup. To correct one: tar -xzf {quote_word(file)} NAME, "
            "edit it, recovery log import NAME"
        )
    differ = f", {len(done.differ):,} differ and were not changed" if done.differ else ""
    refused = f", {len(done.refused):,} refused" if done.refused else ""
    erased = f", {plural(only.left_out, 'file')} of erased customers left out" if only and only.left_out else ""
    what = f"{plural(done.restored, 'file')}, {done.there:,} already there{differ}{refused}{erased}"
    if dry_run:
        setup.output.text(f"would be restored: {what}. Nothing was changed.")
    else:
        keep_up(setup)
        setup.output.text(f"restored: {what}")
    if done.refused:
        raise typer.Exit(1)


class _KnownErasures:
    """The erasures of this data folder and of the backup."""

    def __init__(self, setup: Setup, archive: Path) -> None:
        from recoverycli.store.erased_record import merge_records, read_record
        from recoverycli.store.maintenance.erased_in_backup import record_in_backup
        from recoverycli.store.maintenance.erasures import Erasures

        own = read_record(setup.home, lambda problem: setup.output.tell(f"warning: {problem}"))
        merged = merge_records(own, record_in_backup(archive))
        self.all = Erasures(merged)
        self._has_new = merged is not own

    def tell_stored(self, setup: Setup) -> None:
        """Name the calls that are here already, of customers whom only the backup knows to be erased."""
        from recoverycli.store.maintenance.erasures import stored_calls_of_erased
        from recoverycli.terminal.views.log.removal import erased_elsewhere_lines

        ids = stored_calls_of_erased(setup.home, self.all) if self._has_new else []
        for line in erased_elsewhere_lines(ids, "elsewhere, as the backup says"):
            setup.output.tell(line)


def _tell_files(setup: Setup, what: str, lines: Sequence[str]) -> None:
    from recoverycli.text.format import plural

    for line in lines[:_MOST]:
        setup.output.tell(f"{what}: {line}")
    if len(lines) > _MOST:
        setup.output.tell(f"{what}: {plural(len(lines) - _MOST, 'more file')}")


def _without_erased(
    setup: Setup, archive: Path, erasures: Erasures, *, with_erased: bool, asks: bool
) -> WithoutErased | None:
    """What leaves out the customers who were erased since; None where there are none, or they are wanted."""
    from recoverycli.store.maintenance.erased_in_backup import WithoutErased, erased_in_backup
    from recoverycli.terminal.ask.questions import ask_yes
    from recoverycli.text.format import plural

    found = erased_in_backup(archive, erasures)
    if not found.calls and not found.mentioning:
        return None
    parts = [plural(len(found.calls), "call")] if found.calls else []
    parts += [f"mentions in {plural(found.mentioning, 'other file')}"] if found.mentioning else []
    told = f"Erased customers are in the backup: {', and '.join(parts)}."
    if with_erased:
        setup.output.tell(f"{told}\nThey are restored too, because of --with-erased.")
        return None
    if asks and setup.look.interactive:
        setup.output.text(told)
        if ask_yes(setup.output, "Restore erased customers too?"):
            return None
    else:
        setup.output.tell(f"{told}\nThey are left out and masked; restore them too: --with-erased")
    return WithoutErased(erasures, found.calls)
