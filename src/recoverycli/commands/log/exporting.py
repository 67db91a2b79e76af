"""`recovery log export`: calls in another format, for people, spreadsheets and other systems."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands import completing, datasets
from recoverycli.commands.chosen import chosen_ids, read_each
from recoverycli.commands.confirming import confirmed
from recoverycli.commands.examples import described
from recoverycli.commands.exporting import STANDARD_OUTPUT, there_already, write_pieces
from recoverycli.commands.filtering import filtered
from recoverycli.commands.kept import find
from recoverycli.commands.options import Practised, Team
from recoverycli.commands.setup import Setup
from recoverycli.errors import UsageProblem, nearest
from recoverycli.session.filters import Filters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.review.exporters.formats import Exported

HELP = described(
    "Write calls in another format: md, html, txt, json, csv, qc (the row for the quality system), crm (the note for "
    "the customer's profile), letter (the draft of an apology), cast (a recording), parquet (a dataset for engines).",
    "recovery log export last --format letter --output -",
    "recovery log export --since 2026-11-01 --format csv --output november.csv",
    "recovery log export --all --format json --output calls.jsonl",
    "recovery log export --all --format parquet --output calls",
    "recovery log export --team --since 2026-11-01 --format parquet --output floor",
)
CONTEXT = {"ignore_unknown_options": True}


@filtered
def command(
    context: typer.Context,
    calls: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID...]", help="Which calls; else filters.", autocompletion=completing.calls),
    ] = None,
    *,
    wanted: Filters,
    format_: Annotated[str, typer.Option("--format", metavar="NAME", help="In which format.")] = "md",
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE|DIR|-", help="A file, a folder, - for standard output.")
    ] = STANDARD_OUTPUT,
    practice: Practised = False,
    team: Team = False,
    everything: Annotated[bool, typer.Option("--all", "-a", help="All calls.")] = False,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Names, references and free text too (parquet).")
    ] = False,
    no_notes: Annotated[bool, typer.Option("--no-notes", help="Leave internal notes out.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write over files that are there.")] = False,
) -> None:
    """Write calls in another format."""
    from recoverycli.review.exporters.formats import FORMATS

    setup: Setup = context.obj
    for word in calls or ():
        if word.startswith("--"):
            raise UsageProblem(f"No such option: {word}", hint="All of it: recovery log export --help")
    if with_text and format_ != datasets.PARQUET:
        raise UsageProblem("--with-text belongs to --format parquet", hint="Other formats hold all text.")
    if format_ == datasets.PARQUET:
        if practice:
            raise UsageProblem("practice is no part of a dataset", hint="Another format: --format json")
        if no_notes:
            raise UsageProblem("--no-notes: a dataset holds no notes", hint="Leave it out.")
        chosen = partial(chosen_ids, setup, calls or (), wanted, everything=everything, team=team)
        datasets.write(setup, chosen, output, with_text=with_text, yes=yes, team=team)
        return
    if format_ not in FORMATS:
        known = (*FORMATS, datasets.PARQUET)
        near = nearest(format_, known)
        did_you = f"; did you mean {near}?" if near else ""
        raise UsageProblem(f"there is no format {format_[:40]}{did_you}", hint=f"One of: {', '.join(known)}")
    suffix = FORMATS[format_].suffix
    folder = Path(output).expanduser().absolute() if output != STANDARD_OUTPUT and Path(output).is_dir() else None
    ids = (
        _practised(setup, calls or (), team=team)
        if practice
        else chosen_ids(setup, calls or (), wanted, everything=everything, team=team)
    )
    if folder is None and output != STANDARD_OUTPUT and FORMATS[format_].one_a_file and len(ids) > 1:
        raise UsageProblem(
            f"{format_} is one file a call, and {len(ids)} are meant", hint="Name a folder that is there with --output."
        )
    parts = [(ids, output)] if folder is None else [([one], str(folder / f"{one}.{suffix}")) for one in ids]
    there = there_already([target for _, target in parts])
    if there and not confirmed(setup, _write_over(there), yes=yes, previews=False):
        return
    for some, target in parts:
        write_pieces(target, _text(setup, format_, some, notes=not no_notes, practice=practice, team=team))
    if output != STANDARD_OUTPUT:
        setup.output.tell(f"{len(ids)} {'call' if len(ids) == 1 else 'calls'} written to {folder or output}")


def _write_over(there: Sequence[Path]) -> str:
    return (
        f"{there[0]} is there already; write over it?"
        if len(there) == 1
        else (f"{len(there)} files are there already, {there[0]} and others; write over them?")
    )


def _practised(setup: Setup, words: Sequence[str], *, team: bool) -> list[str]:
    return [find(setup, word, practice=True, team=team).transcript.call.id for word in words or ("last",)]


def _text(setup: Setup, format_: str, ids: Sequence[str], *, notes: bool, practice: bool, team: bool) -> Iterator[str]:
    from recoverycli.review.exporters.formats import exported, pieces

    stored = read_each(setup, ids, practice=practice, team=team)
    calls: Iterator[Exported] = (exported(one.transcript, one.raw, notes=notes) for one in stored)
    return pieces(format_, calls)
