"""`recovery frameworks validate`: whether files of one's own are sound."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common import validation
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson
from recoverycli.errors import UsageProblem

if TYPE_CHECKING:
    from recoverycli.frameworks.library import FrameworkLibrary

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
    setup: Setup = context.obj
    files = files or validation.choose_files(setup, "*.yaml", ".recovery/frameworks/*.yaml")
    if not files:
        raise UsageProblem("a file is required", hint="For example: recovery frameworks validate my-framework.yaml")
    from recoverycli.content.reader import read_file

    library = setup.library()

    def read(file: Path) -> validation.Sound:
        result = read_file(file, library_beside(file, library).read)
        steps = len(result.content.steps) if result.content else 0
        return validation.Sound(steps, ("step", "steps"), result.problems)

    validation.report_files(setup, files, read, as_json=as_json)


def library_beside(file: Path, library: FrameworkLibrary) -> FrameworkLibrary:
    """The library for a file of one's own: what that extends is looked for beside it first."""
    from recoverycli.content.library import Source
    from recoverycli.frameworks.library import FrameworkLibrary

    return FrameworkLibrary((Source(file.absolute().parent, "flag"), *library.sources))
