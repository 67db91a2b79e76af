"""`recovery log import`: import calls that were exported as JSON."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import IO, Annotated

import typer

from recoverycli.commands.common.calls import keep_up
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.errors import UsageProblem
from recoverycli.times.clock import now

HELP = help_with_examples(
    "Import calls that were exported as JSON.\n\nThe source is a file, a folder of files, or - for standard "
    "input, from this machine or another. Calls that are already stored are skipped, nothing is overwritten, "
    "and each refused file is named.",
    "recovery log import calls.jsonl",
    "recovery log import backup/sessions --dry-run",
)
_STANDARD_INPUT = "-"
_MOST_NAMED = 20


def command(
    context: typer.Context,
    sources: Annotated[
        list[str], typer.Argument(metavar="FILE|DIR...", help="The file or folder; - reads standard input.")
    ],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check everything, write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for scripts: one object a transcript.")] = False,
) -> None:
    """Import calls that were exported as JSON."""
    from recoverycli.store.maintenance.import_calls import import_calls

    setup: Setup = context.obj
    counted: Counter[str] = Counter()
    with contextlib.ExitStack() as stack:
        opened = [_open_source(source, stack) for source in sources]
        for taken in import_calls(setup.home, opened, now(), setup.rules, dry_run=dry_run):
            counted[taken.how] += 1
            if as_json:
                setup.output.as_json(taken._asdict())
            elif taken.how == "refused" and counted["refused"] <= _MOST_NAMED:
                setup.output.tell(f"refused: {taken.source}: {taken.why}")
    if counted["refused"] > _MOST_NAMED and not as_json:
        setup.output.tell(f"refused: {counted['refused'] - _MOST_NAMED} more; --json lists them all")
    would = "would be imported" if dry_run else "imported"
    if not as_json:
        told = (
            f"{counted['imported']} {would}, {counted['there already']} already stored, {counted['refused']} refused."
        )
        setup.output.text(f"{told} See them: recovery log list" if counted["imported"] and not dry_run else told)
    if counted["imported"] and not dry_run:
        keep_up(setup)
    if counted["refused"]:
        raise typer.Exit(1)


def _open_source(source: str, stack: contextlib.ExitStack) -> Path | IO[bytes]:
    if source == _STANDARD_INPUT:
        # A file without a name: unmasked data disappears with the process.
        copy: IO[bytes] = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115  # the stack closes it
        shutil.copyfileobj(sys.stdin.buffer, copy)
        copy.seek(0)
        return copy
    path = Path(source).expanduser().absolute()
    # The name may be too long for a file.
    if not os.path.lexists(path):
        raise UsageProblem(f"there is no {source[:80]}", hint="Give a file or a folder that was exported as JSON.")
    return path
