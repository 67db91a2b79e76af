"""`recovery frameworks list`: list frameworks, their steps and their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson

if TYPE_CHECKING:
    from recoverycli.frameworks.library import LoadedFramework

HELP = help_with_examples(
    "List frameworks, playbooks and cards.",
    "recovery frameworks list",
    "recovery frameworks list --json",
)


def command(context: typer.Context, as_json: AsJson = False) -> None:
    """List frameworks, their steps and their sources."""
    setup: Setup = context.obj
    listing = setup.library().listing()
    setup.warn(listing.problems)
    if as_json:
        for loaded in listing.entries:
            setup.output.as_json(in_brief(loaded))
        return
    from recoverycli.terminal.views.frameworks.frameworks import frameworks_page

    setup.output.show(frameworks_page(listing.entries))


def in_brief(loaded: LoadedFramework) -> dict[str, Any]:
    """A framework as an entry of the list."""
    framework = loaded.content
    return {
        "id": framework.id,
        "name": framework.name,
        "group": framework.group,
        "version": framework.version,
        "summary": framework.summary,
        "expands_to": framework.expands_to,
        "steps": [
            {"id": step.id, "name": step.name, "intent": step.intent, "also": step.also, "phase": step.phase}
            for step in framework.steps
        ],
        **loaded.source,
    }
