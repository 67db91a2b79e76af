"""`recovery scenarios validate`: validate scenario files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from recoverycli.commands.common import validation
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson

_PARTS = ("reachable ending", "reachable endings")
HELP = help_with_examples(
    "Validate scenario files.\n\nEvery error is shown with its line and, where possible, the line to write instead. "
    "Every ending is checked to be reachable. Warnings say what is valid and probably not meant.",
    "recovery scenarios validate my-scenario.yaml",
    "recovery scenarios validate .recovery/scenarios/*.yaml --json",
)


def command(
    context: typer.Context,
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE...", help="Scenario files to check.")] = None,
    as_json: AsJson = False,
) -> None:
    """Validate scenario files."""
    from recoverycli.content.cautions import cautions
    from recoverycli.content.nodes import Problem
    from recoverycli.content.reader import ContentRead, file_bytes
    from recoverycli.training.scenarios.draft import draft_texts

    setup: Setup = context.obj
    library = setup.scenarios()

    def validate(file: Path) -> validation.ValidatedFile:
        data = file_bytes(file)
        if isinstance(data, Problem):
            return validation.ValidatedFile(ContentRead(None, (data,)), 0, *_PARTS)
        read = library.read(data, str(file))
        count = len(read.content.endings) if read.content is not None else 0
        return validation.ValidatedFile(read, count, *_PARTS, cautions(data, str(file), draft_texts()))

    validation.validate_files(setup, "scenario", files, validate, as_json=as_json)
