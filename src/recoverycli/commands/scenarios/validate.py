"""`recovery scenarios validate`: whether scenario files of one's own are sound, and can be played to every ending."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from recoverycli.commands.common import validation
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson
from recoverycli.errors import UsageProblem

HELP = help_with_examples(
    "Validate scenario files.\n\nEvery error is shown with its place, and every ending is checked to be reachable.",
    "recovery scenarios validate my-scenario.yaml",
    "recovery scenarios validate .recovery/scenarios/*.yaml --json",
)


def command(
    context: typer.Context,
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE...", help="Scenario files to check.")] = None,
    as_json: AsJson = False,
) -> None:
    """Check scenario files."""
    from recoverycli.content.reader import read_file
    from recoverycli.training.scenarios.reader import read_scenario

    setup: Setup = context.obj
    files = files or validation.choose_files(setup, "*.yaml", ".recovery/scenarios/*.yaml")
    if not files:
        raise UsageProblem("a file is required", hint="For example: recovery scenarios validate my-scenario.yaml")
    frameworks = setup.library().ids()

    def read(file: Path) -> validation.Sound:
        found = read_file(file, lambda data, name: read_scenario(data, name, frameworks))
        count = len(found.content.endings) if found.content else 0
        return validation.Sound(count, ("reachable ending", "reachable endings"), found.problems)

    validation.report_files(setup, files, read, as_json=as_json)
