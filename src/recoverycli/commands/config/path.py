"""`recovery config path`: show where settings, frameworks, wording and calls are stored."""

from __future__ import annotations

import os

import typer

from recoverycli import paths
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson

HELP = help_with_examples(
    "Show where settings, frameworks, wording and calls are stored.",
    "recovery config path",
    "recovery config path --json",
)


def command(context: typer.Context, as_json: AsJson = False) -> None:
    """Show where settings, frameworks, wording and calls are stored."""
    setup: Setup = context.obj
    config = paths.config_home(os.environ)
    project = setup.project
    places: dict[str, str | None] = {
        "settings": str(setup.settings_file),
        "project settings": str(project / paths.SETTINGS_FILE) if project else None,
        "own phrases": str(paths.phrases_file(os.environ)),
        "own frameworks": str(config / "frameworks"),
        "own shared phrases": str(config / "phrases"),
        "own families of issues": str(config / "issues"),
        "own wording": str(config / "wording"),
        "calls": str(setup.home),
    }
    if as_json:
        setup.output.as_json(places)
        return
    setup.output.text("\n".join(f"{name}: {place or 'none here'}" for name, place in places.items()))
