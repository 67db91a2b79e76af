"""`recovery log import`: import calls that were exported as JSON."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common.calls import keep_up
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.errors import UsageProblem
from recoverycli.times.clock import now

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recoverycli.store.maintenance.import_calls import ImportedCall

HELP = help_with_examples(
    "Import calls that were exported as JSON.\n\nThe source is a file, a folder of files, or - for standard "
    "input, from this machine or another. Calls that are already stored are skipped, nothing is overwritten, "
    "and each refused file is named. Calls of customers who were erased here after these calls are left out, and "
    "mentions of them are masked, unless you add --with-erased.",
    "recovery log import calls.jsonl",
    "recovery log import backup/sessions --dry-run",
)
_STANDARD_INPUT = "-"
_MOST_NAMED = 20
_MOST_ERASED = 8  # of a kind: the question below them stays on the screen


def command(
    context: typer.Context,
    sources: Annotated[
        list[str], typer.Argument(metavar="FILE|DIR...", help="The file or folder; - reads standard input.")
    ],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check everything, write nothing.")] = False,
    with_erased: Annotated[
        bool, typer.Option("--with-erased", help="Import customers who were erased here, too.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for scripts: one object a transcript.")] = False,
) -> None:
    """Import calls that were exported as JSON."""
    from recoverycli.store.erased_record import read_record
    from recoverycli.store.maintenance.erasures import Erasures
    from recoverycli.store.maintenance.import_calls import import_calls

    setup: Setup = context.obj
    erasures = Erasures(read_record(setup.home, lambda problem: setup.output.tell(f"warning: {problem}")))
    with contextlib.ExitStack() as stack:
        opened = [_open_source(source, stack) for source in sources]
        asks = bool(erasures) and setup.look.interactive and not (dry_run or with_erased or as_json)
        if asks:
            seen = import_calls(setup.home, opened, now(), setup.rules, erasures, dry_run=True)
            with_erased = _ask_about_erased(setup, list(seen))
        taken = import_calls(setup.home, opened, now(), setup.rules, erasures, with_erased=with_erased, dry_run=dry_run)
        if as_json:
            counted = _print_json(setup, taken)
        else:
            counted = _tell(setup, taken, with_erased=with_erased, told_erased=asks)
            setup.output.text(_summary(counted, dry_run=dry_run))
    if counted["imported"] and not dry_run:
        keep_up(setup)
    if counted["refused"]:
        raise typer.Exit(1)


def _print_json(setup: Setup, taken: Iterable[ImportedCall]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for one in taken:
        counted[one.how] += 1
        setup.output.as_json(one._asdict())
    return counted


def _tell(setup: Setup, taken: Iterable[ImportedCall], *, with_erased: bool, told_erased: bool) -> Counter[str]:
    """Name what was refused, and the calls with erased customers unless they were told before; return the counts."""
    counted: Counter[str] = Counter()
    erased: list[ImportedCall] = []
    for one in taken:
        counted[one.how] += 1
        if one.how == "refused" and counted["refused"] <= _MOST_NAMED:
            setup.output.tell(f"refused: {one.source}: {one.why}")
        if one.erased:
            erased.append(one)
    if counted["refused"] > _MOST_NAMED:
        setup.output.tell(f"refused: {counted['refused'] - _MOST_NAMED} more; --json lists them all")
    if counted["refused"]:
        setup.output.tell("Nothing of what was refused is stored: correct it in its file, and import that again.")
    if erased and not told_erased:
        for line in _erased_lines(erased):
            setup.output.tell(line)
        setup.output.tell(
            "They are imported too, because of --with-erased."
            if with_erased
            else "They are left out and masked; import them too: --with-erased"
        )
    return counted


def _ask_about_erased(setup: Setup, seen: Iterable[ImportedCall]) -> bool:
    """Show the calls that would bring erased customers back; return whether they are wanted."""
    from recoverycli.terminal.ask.questions import ask_yes

    erased = [one for one in seen if one.erased]
    for line in _erased_lines(erased):
        setup.output.text(line)
    return bool(erased) and ask_yes(setup.output, "Import erased customers too?")


def _erased_lines(erased: Sequence[ImportedCall]) -> Iterator[str]:
    """The calls of erased customers, then those that mention them."""
    from recoverycli.text.format import plural

    for kind, what in (("customer", "of customers who were erased"), ("mention", "with mentions of erased customers")):
        ids = sorted(one.call_id for one in erased if one.erased == kind)
        if ids:
            yield f"{plural(len(ids), 'call')} {what}:"
            yield from (f"  {call_id}" for call_id in ids[:_MOST_ERASED])
        if len(ids) > _MOST_ERASED:
            yield f"  and {len(ids) - _MOST_ERASED} more"


def _summary(counted: Counter[str], *, dry_run: bool) -> str:
    would = "would be imported" if dry_run else "imported"
    left_out = f", {counted['left out']} left out" if counted["left out"] else ""
    told = (
        f"{counted['imported']} {would}, {counted['there already']} already stored, "
        f"{counted['refused']} refused{left_out}."
    )
    return f"{told} See them: recovery log list" if counted["imported"] and not dry_run else told


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
