"""`recovery config unset`: remove a value from the settings file."""

from __future__ import annotations

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.config.set import InProject, SettingName, known_setting, settings_file

HELP = help_with_examples(
    "Remove a value from the settings file.\n\nThe default or the value from another file then applies.",
    "recovery config unset channel",
)


def command(context: typer.Context, name: SettingName, in_project: InProject = False) -> None:
    """Remove a value from the settings file."""
    from recoverycli.settings.write import write

    setup: Setup = context.obj
    known = known_setting(name)
    file = settings_file(setup, in_project=in_project)
    write(file, {known: None})
    setup.output.text(f"{known} is no longer set in {file}. Values in use: recovery config show")
