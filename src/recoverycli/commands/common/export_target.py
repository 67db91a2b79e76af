"""The target of an export: standard output, or a file that is written in full or not at all."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from recoverycli.commands.common import completion_values
from recoverycli.errors import StoreProblem, UsageProblem, known_word
from recoverycli.store.files import refusal, replace_file, replace_file_with
from recoverycli.training.handouts.formats import FORMATS, PAPERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recoverycli.commands.common.context import Setup
    from recoverycli.training.handouts.formats import Format, Paper, Sheets

STANDARD_OUTPUT = "-"
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
_SUFFIXES: dict[str, Format] = {".htm": "html", **{f".{name}": name for name in FORMATS}}


def ready(output: str, *, overwrite: bool) -> Path | None:
    """Return the file to write, None for standard output; called before any work is done.

    Raises UsageProblem for an existing file without --yes, and if the folder does not exist.
    """
    if output == STANDARD_OUTPUT:
        return None
    target = Path(output).expanduser().absolute()
    if not output.strip() or target.is_dir():
        raise UsageProblem(f"{output or 'nothing'} is not a file", hint="Give a file, or - for standard output.")
    if not target.parent.is_dir():
        raise UsageProblem(f"there is no folder {target.parent}", hint="Create it first, or choose another.")
    if target.exists() and not overwrite:
        raise UsageProblem(f"{target} already exists", kept="It was not changed.", hint="Overwrite it with --yes.")
    return target


def there_already(outputs: Sequence[str]) -> list[Path]:
    """Return the files that already exist. Raises UsageProblem for invalid targets, before any work is done."""
    checked = [ready(output, overwrite=True) for output in outputs]
    return [target for target in checked if target is not None and target.exists()]


def write_pieces(output: str, pieces: Iterable[str]) -> None:
    """Write a text in pieces, to standard output or to a file that is renamed when it is complete."""
    target = ready(output, overwrite=True)
    if target is None:
        sys.stdout.flush()
        for piece in pieces:
            sys.stdout.buffer.write(piece.encode())
        sys.stdout.buffer.flush()
        return
    try:
        replace_file_with(target, (piece.encode() for piece in pieces))
    except OSError as refused:
        raise _write_problem(refusal(target, refused)) from refused


def write_export(target: Path | None, data: bytes) -> None:
    """Write the bytes. A file is private to the user and renamed when it is complete; raises StoreProblem."""
    if target is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        replace_file(target, data)
    except OSError as refused:
        raise _write_problem(refusal(target, refused)) from refused


def _write_problem(told: StoreProblem) -> StoreProblem:
    return StoreProblem(told.message, hint="Choose another file with --output.", kept="No file was written.")


class HandoutOptions(NamedTuple):
    """The options of a handout: format, paper, and file, None for standard output."""

    format: Format
    paper: Paper
    target: Path | None


def read_options(format_: str | None, paper: str | None, output: str | None, *, name: str, yes: bool) -> HandoutOptions:
    """Return the options; `name` is the name of a file in a folder.

    Called before any work is done. Raises UsageProblem for an unknown word, an existing file without --yes, and a PDF
    on a terminal.
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
    """Write a handout, and report on standard error where it is and what was omitted."""
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
