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
from recoverycli.commands.common.filter_options import with_person_filter_options
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import CallIds, Practised, Team
from recoverycli.commands.common.subject import subject_line
from recoverycli.errors import UsageProblem, known_word
from recoverycli.review.exporters.formats import FORMATS, PARQUET
from recoverycli.session.filters import Filters
from recoverycli.text.format import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from recoverycli.commands.common.subject import SubjectCalls
    from recoverycli.review.exporters.formats import Exported
    from recoverycli.store.calls.transcript_file import Stored

HELP = help_with_examples(
    "Export calls in another format.\n\nWith --subject, --ref or both, the export is for that person: it has "
    "their calls alone, and known names of other people are masked. Calls that are perhaps theirs are asked about; "
    "scripts are told what was left out.",
    "recovery log export last --format letter --output -",
    "recovery log export --since 2026-11-01 --format csv --output november.csv",
    'recovery log export --subject "A. Customer" --ref C-1042 --format html --output theirs.html',
    "recovery log export --all --format json --output calls.jsonl",
    "recovery log export --all --format parquet --output calls",
    "recovery log export --team --since 2026-11-01 --format parquet --output floor",
    listed={"Formats": {name: format_.what for name, format_ in FORMATS.items()}},
)
CONTEXT = {"ignore_unknown_options": True}


@with_person_filter_options
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
    subject: Annotated[
        str | None, typer.Option("--subject", metavar="NAME", help="Export for this customer: the whole name.")
    ] = None,
    ref: Annotated[
        str | None, typer.Option("--ref", metavar="REF", help="Export for the customer with this reference.")
    ] = None,
    also: Annotated[
        list[str] | None, typer.Option("--also", metavar="WORDS", help="Another name or reference of theirs.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Overwrite existing files.")] = False,
) -> None:
    """Export calls in another format."""
    setup: Setup = context.obj
    for word in calls or ():
        refuse_option(word, "export")
    name = known_word("format", format_, FORMATS)
    theirs = _subject(setup, calls or (), wanted, subject, ref, also or (), everything or practice, name, team=team)
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
        theirs.ids if theirs else _ids(setup, calls or (), wanted, practice=practice, everything=everything, team=team)
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
        stored: Iterable[Stored] = read_each(setup, some, practice=practice, team=team)
        if theirs:
            from recoverycli.review.masked_calls import mask_others

            stored = mask_others(stored, theirs.others)
        write_pieces(target, _text(name, stored, notes=not no_notes))
    if theirs:
        setup.output.tell(subject_line(len(ids)))
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


def _ids(
    setup: Setup, words: Sequence[str], wanted: Filters, *, practice: bool, everything: bool, team: bool
) -> list[str]:
    if practice:
        return [find_call(setup, word, practice=True, team=team).transcript.call.id for word in words or ("last",)]
    return chosen_ids(setup, words, wanted, everything=everything, team=team)


def _subject(
    setup: Setup,
    calls: Sequence[str],
    wanted: Filters,
    subject: str | None,
    ref: str | None,
    also: Sequence[str],
    other_choice: bool,
    format_: str,
    *,
    team: bool,
) -> SubjectCalls | None:
    """The calls of the person whom the export is for; None without one. Raises UsageProblem for other choices."""
    if subject is None and ref is None:
        if also:
            raise UsageProblem("--also needs --subject or --ref", hint='For example: --subject "A. Customer"')
        return None
    for option, word in (("--subject", subject), ("--ref", ref), *(("--also", word) for word in also)):
        if word is not None and not word.strip():
            raise UsageProblem(f"{option} is empty", hint=f'Use {option} "..."')
    if calls or other_choice or wanted.customer is not None:
        raise UsageProblem("--subject and --ref choose the calls of one person", hint="Remove ids, --all, --customer.")
    if format_ == PARQUET:
        raise UsageProblem("a dataset is not for one person", hint="Another format: --format html or json")
    from recoverycli.commands.common.subject import subject_calls

    return subject_calls(setup, subject, ref, also, wanted, team=team)


def _text(name: str, stored: Iterable[Stored], *, notes: bool) -> Iterator[str]:
    from recoverycli.review.exporters.formats import export_call, pieces

    calls: Iterator[Exported] = (export_call(one.transcript, notes=notes) for one in stored)
    return pieces(name, calls)
