"""`recovery log export`: export calls in another format."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.calls import find_call, refuse_option
from recoverycli.commands.common.chosen_calls import chosen_ids, read_each
from recoverycli.commands.common.confirm import confirm
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.export_target import STANDARD_OUTPUT, there_already, write_pieces
from recoverycli.commands.common.filter_options import with_filter_options
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import CallIds, Practised, Team
from recoverycli.errors import UsageProblem, known_word
from recoverycli.review.exporters.formats import FORMATS, PARQUET
from recoverycli.session.filters import Filters
from recoverycli.text.format import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from recoverycli.review.exporters.formats import Exported

HELP = help_with_examples(
    "Export calls in another format.",
    "recovery log export last --format letter --output -",
    "recovery log export --since 2026-11-01 --format csv --output november.csv",
    "recovery log export --all --format json --output calls.jsonl",
    "recovery log export --all --format parquet --output calls",
    "recovery log export --team --since 2026-11-01 --format parquet --output floor",
    listed={"Formats": {name: format_.what for name, format_ in FORMATS.items()}},
)
CONTEXT = {"ignore_unknown_options": True}


@with_filter_options
def command(
    context: typer.Context,
    calls: CallIds = None,
    *,
    wanted: Filters,
    format_: Annotated[
        str,
        typer.Option(
            "--format", metavar="NAME", help=f"{', '.join(FORMATS)}.", autocompletion=completion_values.export_formats
        ),
    ] = "md",
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE|DIR|-", help="A file, a folder, - for standard output.")
    ] = STANDARD_OUTPUT,
    practice: Practised = False,
    team: Team = False,
    everything: Annotated[bool, typer.Option("--all", "-a", help="Export all calls.")] = False,
    with_text: Annotated[
        bool, typer.Option("--with-text", help=f"Include names, references and free text ({PARQUET}).")
    ] = False,
    no_notes: Annotated[bool, typer.Option("--no-notes", help="Omit internal notes.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Overwrite existing files.")] = False,
) -> None:
    """Export calls in another format."""
    setup: Setup = context.obj
    for word in calls or ():
        refuse_option(word, "export")
    name = known_word("format", format_, FORMATS)
    if with_text and name != PARQUET:
        raise UsageProblem(f"--with-text needs --format {PARQUET}", hint="Other formats include all text.")
    if name == PARQUET:
        if practice:
            raise UsageProblem("a dataset cannot contain practice", hint="Another format: --format json")
        if no_notes:
            raise UsageProblem("--no-notes: a dataset never contains notes", hint="Remove the option.")
        chosen = partial(chosen_ids, setup, calls or (), wanted, everything=everything, team=team)
        _write_dataset(setup, chosen, output, with_text=with_text, yes=yes, team=team)
        return
    _, suffix, one_a_file, _ = FORMATS[name]
    folder = Path(output).expanduser().absolute() if output != STANDARD_OUTPUT and Path(output).is_dir() else None
    ids = (
        _practice_ids(setup, calls or (), team=team)
        if practice
        else chosen_ids(setup, calls or (), wanted, everything=everything, team=team)
    )
    if folder is None and output != STANDARD_OUTPUT and one_a_file and len(ids) > 1:
        raise UsageProblem(
            f"{name} writes one file per call, and {len(ids)} calls match",
            hint="Give an existing folder with --output.",
        )
    parts = [(ids, output)] if folder is None else [([one], str(folder / f"{one}.{suffix}")) for one in ids]
    there = there_already([target for _, target in parts])
    if there and not confirm(setup, _write_over(there), yes=yes, previews=False):
        return
    for some, target in parts:
        write_pieces(target, _text(setup, name, some, notes=not no_notes, practice=practice, team=team))
    if output != STANDARD_OUTPUT:
        setup.output.tell(f"{plural(len(ids), 'call')} written to {folder or output}")


def _write_dataset(
    setup: Setup, chosen: Callable[[], Sequence[str]], output: str, *, with_text: bool, yes: bool, team: bool
) -> None:
    """Write the chosen calls of this desk or of the team as a dataset, newest last."""
    from recoverycli.team.dataset.parquet import ready, write_dataset

    if output == STANDARD_OUTPUT or not output.strip():
        raise UsageProblem(f"{PARQUET} writes a folder of files", hint="Choose a new folder with --output.")
    target = Path(output).expanduser().absolute()
    replaces = ready(target)
    ids = chosen()
    if replaces and not confirm(setup, f"{target} contains an earlier export; replace it?", yes=yes, previews=False):
        return
    calls = (stored.transcript for stored in read_each(setup, list(reversed(ids)), team=team))
    made = write_dataset(target, calls, with_text=with_text)
    setup.output.tell(f"{plural(made.calls, 'call')} written to {target}")


def _write_over(there: Sequence[Path]) -> str:
    return (
        f"{there[0]} already exists; overwrite it?"
        if len(there) == 1
        else (f"{len(there)} files already exist, {there[0]} and others; overwrite them?")
    )


def _practice_ids(setup: Setup, words: Sequence[str], *, team: bool) -> list[str]:
    return [find_call(setup, word, practice=True, team=team).transcript.call.id for word in words or ("last",)]


def _text(setup: Setup, name: str, ids: Sequence[str], *, notes: bool, practice: bool, team: bool) -> Iterator[str]:
    from recoverycli.review.exporters.formats import export_call, pieces

    stored = read_each(setup, ids, practice=practice, team=team)
    calls: Iterator[Exported] = (export_call(one.transcript, one.raw, notes=notes) for one in stored)
    return pieces(name, calls)
