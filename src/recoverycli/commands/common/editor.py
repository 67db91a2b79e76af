"""Open a file in the user's editor."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from recoverycli.errors import RecoveryError, UsageProblem
from recoverycli.system.programs import child_environ, find_command, find_program, process_args

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from recoverycli.commands.common.context import Setup

_USUAL = ("notepad",) if os.name == "nt" else ("sensible-editor", "nano", "vi")
# Characters of VISUAL or EDITOR in a message: whole paths, but no page of text.
_LONGEST_SHOWN = 200


def open_editor(setup: Setup, command: list[str], file: Path) -> None:
    """Open a file in the editor and wait until it closes."""
    try:
        # The command comes from the user's environment.
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
    """Return the command of the user's editor:

    VISUAL, EDITOR, or the default of the platform. Raises UsageProblem if there is none; programs are searched in PATH,
    never in the current folder.
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
        raise UsageProblem(
            f"VISUAL or EDITOR cannot be read: {named[:_LONGEST_SHOWN]}", hint="Close its quotes."
        ) from broken
    if command is None:
        raise UsageProblem(
            f"the editor {named[:_LONGEST_SHOWN]} was not found",
            hint="Set VISUAL or EDITOR to a program in PATH, or to its full path.",
        )
    return command
