"""`recovery scenarios validate`: validate scenario files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from recoverycli.commands.common import validation
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson

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
    """Validate scenario files."""
    from recoverycli.content.reader import read_file

    setup: Setup = context.obj
    library = setup.scenarios()

    def validate(file: Path) -> validation.ValidatedFile:
        read = read_file(file, library.read)
        count = len(read.content.endings) if read.content is not None else 0
        return validation.ValidatedFile(read, count, "reachable ending", "reachable endings")

    validation.validate_files(setup, "scenario", files, validate, as_json=as_json)
