"""`recovery log scrub`: card numbers and codes that an older version let through are masked in what is stored."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from recoverycli.commands.examples import described
from recoverycli.commands.setup import Setup

HELP = described(
    "Mask card numbers and secret codes in the stored calls, practice and assessments, by the rules of this version. "
    "A file without any stays as it is, byte by byte.",
    "recovery log scrub --dry-run",
    "recovery log scrub",
    "recovery log scrub --yes",
)


def command(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be masked.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Mask card numbers and secret codes in what is stored."""
    from recoverycli.commands.confirming import confirmed
    from recoverycli.commands.kept import keep_up
    from recoverycli.store.scrubbing import scrub, unmasked
    from recoverycli.terminal.progress import progress
    from recoverycli.terminal.views.going import counted, some_lines

    setup: Setup = context.obj
    with progress(setup.look, sys.stderr, "Looking through all calls") as report:
        found = list(unmasked(setup.home, report))
    if not found:
        setup.output.text("No card number and no code is stored that this version knows of.")
        return
    what = f"{counted(sum(one.places for one in found), 'number')} in {counted(len(found), 'file')}"
    if dry_run or not yes:
        lines = (f"{one.path.stem}: {counted(one.places, 'number')}" for one in found)
        for line in some_lines(lines, len(found), every=dry_run):
            setup.output.text(line)
    if dry_run:
        setup.output.text(f"{what} would be masked. Nothing was changed.")
        return
    if not confirmed(setup, f"Mask {what} for good?", yes=yes):
        return
    with progress(setup.look, sys.stderr, "Masking") as report:
        places = scrub(found, report)
    keep_up(setup)
    setup.output.text(f"masked: {counted(places, 'number')} in {counted(len(found), 'file')}")
