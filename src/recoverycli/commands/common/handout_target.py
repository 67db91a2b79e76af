"""Where a handout goes and in which format: a file, a folder, a pipe; a PDF never onto the screen unasked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.export_target import STANDARD_OUTPUT, ready, write_export
from recoverycli.errors import UsageProblem, known_word
from recoverycli.training.handouts.formats import FORMATS, PAPERS

if TYPE_CHECKING:
    from recoverycli.commands.common.context import Setup
    from recoverycli.training.handouts.formats import Format, Paper, Sheets

InFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="NAME",
        help=f"{', '.join(FORMATS)} (default: from the file name, or {FORMATS[0]}).",
        autocompletion=completion_values.handout_formats,
    ),
]
OnPaper = Annotated[
    str | None,
    typer.Option(
        "--paper",
        metavar="SIZE",
        help=f"{' or '.join(PAPERS)} (default: {PAPERS[0]}).",
        autocompletion=completion_values.papers,
    ),
]
ToFile = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE|DIR|-", help="A file, a folder, - for standard output.")
]
WriteOver = Annotated[bool, typer.Option("--yes", "-y", help="Overwrite an existing file.")]

_SUFFIXES: dict[str, Format] = {".htm": "html", **{f".{name}": name for name in FORMATS}}


class HandoutOptions(NamedTuple):
    """What was asked for: the format, the paper, and the file, None for standard output."""

    format: Format
    paper: Paper
    target: Path | None


def read_options(format_: str | None, paper: str | None, output: str | None, *, name: str, yes: bool) -> HandoutOptions:
    """Return what was asked for; `name` is that of a file in a folder. Asked before any work is done.

    Raises UsageProblem for a word that is none of ours, a file that may not be written over, and for a PDF that would
    go onto the screen.
    """
    if format_ is None:
        format_ = _SUFFIXES.get(Path(output or "").suffix.casefold(), FORMATS[0])
    kind = known_word("format", format_, FORMATS)
    size = known_word("paper", paper or PAPERS[0], PAPERS)
    if output is None and kind == "pdf" and sys.stdout.isatty():
        raise UsageProblem(
            "a PDF cannot be shown in a terminal",
            hint=f"Give a file: --output {name}.pdf, or use --format md",
        )
    where = output if output is not None else STANDARD_OUTPUT
    if where.strip() and where != STANDARD_OUTPUT and Path(where).expanduser().is_dir():
        where = str(Path(where) / f"{name}.{kind}")
    return HandoutOptions(kind, size, ready(where, overwrite=yes))


def hand_out(setup: Setup, asked: HandoutOptions, sheets: Sheets) -> None:
    """Write a handout, and say on standard error what became of it and what is not on it."""
    write_export(asked.target, sheets.data)
    if sheets.lost:
        shown = " ".join(sheets.lost[:20]) + (" ..." if len(sheets.lost) > 20 else "")
        setup.output.tell(
            f"warning: no installed font has {shown}; boxes are shown instead. Install a font that has them "
            "(Noto covers most), or use --format html."
        )
    if sheets.pages is not None and sheets.pages > sheets.wanted:
        room = "one page" if sheets.wanted == 1 else f"{sheets.wanted} pages"
        setup.output.tell(f"warning: too long for {room}, so it takes {sheets.pages}; nothing was left out.")
    if asked.target is not None:
        took = "" if sheets.pages is None else f": {_page_count(sheets.pages)}, {asked.paper}"
        less = f". Omitted to make it fit: {', '.join(sheets.left_out)}" if sheets.left_out else ""
        setup.output.tell(f"written to {asked.target}{took}{less}")


def _page_count(pages: int) -> str:
    return "one page" if pages == 1 else f"{pages} pages"
