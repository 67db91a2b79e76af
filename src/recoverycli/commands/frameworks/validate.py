"""`recovery frameworks validate`: whether files of one's own are sound."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common import validation
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import described
from recoverycli.commands.common.options import AsJson
from recoverycli.errors import UsageProblem

if TYPE_CHECKING:
    from recoverycli.frameworks.library import Library
    from recoverycli.frameworks.reader import FrameworkRead

HELP = described(
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
    files = files or validation.files_here(setup, "*.yaml", ".recovery/frameworks/*.yaml")
    if not files:
        raise UsageProblem("which file?", hint="For example: recovery frameworks validate my-framework.yaml")
    library = setup.library()

    def read(file: Path) -> validation.Sound:
        result = checked(file, library)
        steps = len(result.framework.steps) if result.framework else 0
        return validation.Sound(steps, ("step", "steps"), result.problems)

    validation.tell(setup, files, read, as_json=as_json)


def checked(file: Path, library: Library) -> FrameworkRead:
    """Read a file as `validate` does: what it extends is looked for beside it first."""
    from recoverycli.content.nodes import Problem
    from recoverycli.frameworks.library import read_bytes
    from recoverycli.frameworks.reader import FrameworkRead

    data = read_bytes(file)
    return FrameworkRead(None, (data,), "") if isinstance(data, Problem) else read_as(file, data, library)


def read_as(file: Path, data: bytes, library: Library) -> FrameworkRead:
    """Read what stands in a file, or is to be written there."""
    from recoverycli.frameworks.library import Library, Source
    from recoverycli.frameworks.reader import read_framework

    beside = Library((Source(file.absolute().parent, "flag"), *library.sources))
    return read_framework(data, str(file), beside.base_of(file.stem))
