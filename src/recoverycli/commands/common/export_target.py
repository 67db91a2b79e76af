"""Where an export goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from recoverycli.errors import StoreProblem, UsageProblem
from recoverycli.store.files import refusal, replace_file, replace_file_with

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STANDARD_OUTPUT = "-"


def ready(output: str, *, overwrite: bool) -> Path | None:
    """Return the file that is to be written, None for standard output; asked before any work is done.

    Raises UsageProblem for a file that is there and may not be written over, and where there is no such folder.
    """
    if output == STANDARD_OUTPUT:
        return None
    target = Path(output).expanduser().absolute()
    if not output.strip() or target.is_dir():
        raise UsageProblem(f"{output or 'nothing'} is no file", hint="Name a file, or - for standard output.")
    if not target.parent.is_dir():
        raise UsageProblem(f"there is no folder {target.parent}", hint="Make it first, or name another.")
    if target.exists() and not overwrite:
        raise UsageProblem(f"{target} is there already", kept="It is as it was.", hint="Write over it with --yes.")
    return target


def there_already(outputs: Sequence[str]) -> list[Path]:
    """Return the files that are there already. Raises UsageProblem for what can be no file, before any work is done."""
    checked = [ready(output, overwrite=True) for output in outputs]
    return [target for target in checked if target is not None and target.exists()]


def write_pieces(output: str, pieces: Iterable[str]) -> None:
    """Write a text piece by piece, to standard output or to a file that takes its place when it is whole."""
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
    """Write the bytes. A file is private to the user and takes its place when it is whole; raises StoreProblem."""
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
    return StoreProblem(told.message, hint="Name another file with --output.", kept="No file was written.")
