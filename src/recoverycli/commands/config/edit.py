"""`recovery config edit`: open the settings file in your editor."""

from __future__ import annotations

import os

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.config.set import InProject, settings_file
from recoverycli.errors import UsageProblem

HELP = help_with_examples(
    "Open the settings file in your editor.\n\nThe file is checked when the editor closes.", "recovery config edit"
)


def command(context: typer.Context, in_project: InProject = False) -> None:
    """Open the settings file in your editor."""
    from recoverycli.commands.common.editor import editor, open_editor
    from recoverycli.commands.common.settings_secrets import settings_with_secrets
    from recoverycli.settings.load import resolve
    from recoverycli.settings.write import write

    setup: Setup = context.obj
    file = settings_file(setup, in_project=in_project)
    if not setup.look.interactive:
        raise UsageProblem(
            f"an editor needs a terminal; the file is {file}",
            hint="To set one value: recovery config set NAME VALUE",
        )
    command = editor(os.environ)
    if not file.exists():
        write(file, {})
    open_editor(setup, command, file)
    problems = resolve({}, setup.settings_file, file if in_project else None).problems
    problems = (*(one for one in problems if one.startswith(str(file))), *settings_with_secrets(file))
    for problem in problems:
        setup.output.tell(problem)
    if problems:
        setup.output.tell("The valid settings apply. Correct the rest: recovery config edit")
        raise typer.Exit(1)
    setup.output.text(f"{file} is valid. Values in use: recovery config show")
