"""Opening a file in the user's own editor, and saying what is wrong with the file of personal phrases afterwards."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import typer

from recoverycli.errors import RecoveryError, UsageProblem, did_you_mean
from recoverycli.system.programs import child_environ, find_command, find_program, process_args

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from recoverycli.commands.common.context import Setup
    from recoverycli.frameworks.library import FrameworkLibrary
    from recoverycli.phrases.model import PersonalPhrase
    from recoverycli.store.phrasebook import Phrasebook

_USUAL = ("notepad",) if os.name == "nt" else ("sensible-editor", "nano", "vi")


def edit_file(setup: Setup, book: Phrasebook) -> None:
    """Open the file in the editor, wait for its end, and check the file. Ends with 1 where it has faults."""
    if not setup.look.interactive:
        raise UsageProblem(
            f"an editor needs a terminal; the file is {book.path}",
            hint="Change it there, or one phrase from here: recovery phrases edit ID --say TEXT",
        )
    command = editor(os.environ)
    if not book.path.exists():
        book.begin()
    open_editor(setup, command, book.path)
    read = book.read()
    for line in unknown_places(read.phrases, setup.library()):
        setup.output.tell(f"warning: {line}")
    for problem in read.problems:
        setup.output.text(problem.as_line())
    serve = f"{len(read.phrases)} {'phrase' if len(read.phrases) == 1 else 'phrases'}"
    if read.problems:
        setup.output.text(f"{serve} can be used; those above are ignored. Correct them: recovery phrases edit")
        raise typer.Exit(1)
    setup.output.text(f"valid: {serve} · recovery phrases list")


def open_editor(setup: Setup, command: list[str], file: Path) -> None:
    """Open a file in the editor and wait for its end."""
    try:
        # The command is the user's own, from their environment.
        started = process_args([*command, str(file)], os.environ)
        done = subprocess.run(started, env=child_environ(os.environ), check=False)  # noqa: S603
    except (OSError, ValueError) as missing:
        why = getattr(missing, "strerror", None) or "a batch file cannot open a file with % in its name"
        raise RecoveryError(
            f"the editor {command[0]} cannot be started ({why})",
            kept=f"The file was not changed: {file}",
            hint="Set another editor in VISUAL or EDITOR.",
        ) from missing
    if done.returncode:
        setup.output.tell(f"warning: the editor ended with code {done.returncode}")


def editor(environ: Mapping[str, str]) -> list[str]:
    """Return the command of the user's editor: VISUAL, else EDITOR, else what is usual here.

    Raises UsageProblem where there is none: a program is looked for in PATH, never in the current folder.
    """
    named = environ.get("VISUAL") or environ.get("EDITOR")
    if not named:
        usual = next(filter(None, (find_program(name, environ) for name in _USUAL)), None)
        if usual is None:
            raise UsageProblem("no editor was found", hint="Set your editor in VISUAL or EDITOR.")
        return [usual]
    try:
        command = find_command(named, environ)
    except ValueError as broken:
        raise UsageProblem(f"VISUAL or EDITOR cannot be read: {named[:60]}", hint="Close its quotes.") from broken
    if command is None:
        raise UsageProblem(
            f"the editor {named[:60]} was not found",
            hint="Set VISUAL or EDITOR to a program in PATH, or to its full path.",
        )
    return command


def unknown_places(phrases: tuple[PersonalPhrase, ...], library: FrameworkLibrary) -> list[str]:
    """Return a line for each framework and step that a phrase names and that are not here: it would never be shown."""
    lines = []
    for name, steps in _named_places(phrases).items():
        try:
            known = [step.id for step in library.load(name).content.steps]
        except RecoveryError as missing:
            lines.append(f"a phrase is for the framework {name}: {missing.message.splitlines()[0]}")
            continue
        lines += [
            f"a phrase is for the step {step} of {name}, which has no such step{did_you_mean(step, known)}"
            for step in sorted(steps - set(known))
        ]
    return lines


def _named_places(phrases: tuple[PersonalPhrase, ...]) -> dict[str, set[str]]:
    named: dict[str, set[str]] = {}
    for phrase in phrases:
        if phrase.framework is not None:
            named.setdefault(phrase.framework, set()).update([phrase.step] if phrase.step else [])
    return named
