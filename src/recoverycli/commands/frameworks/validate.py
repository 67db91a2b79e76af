"""`recovery frameworks validate`: validate framework files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from recoverycli.commands.common import validation
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson

HELP = help_with_examples(
    "Validate framework files.\n\nEvery error is shown with its line, column and the allowed values.",
    "recovery frameworks validate my-framework.yaml",
    "recovery frameworks validate .recovery/frameworks/*.yaml --json",
)


def command(
    context: typer.Context,
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE...", help="Framework files to check.")] = None,
    as_json: AsJson = False,
) -> None:
    """Validate framework files."""
    from recoverycli.content.reader import read_file

    setup: Setup = context.obj
    library = setup.library()
    validation.validate_files(
        setup, "framework", files, lambda file: read_file(file, library.beside(file).read),
        lambda framework: framework.steps, ("step", "steps"), as_json=as_json,
    )  # fmt: skip
