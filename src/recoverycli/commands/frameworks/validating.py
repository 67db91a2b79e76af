"""`recovery frameworks validate`: whether files of one's own are sound."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from recoverycli.commands.examples import described
from recoverycli.commands.options import AsJson
from recoverycli.commands.setup import Setup
from recoverycli.errors import UsageProblem

if TYPE_CHECKING:
    from recoverycli.framework.library import Library
    from recoverycli.framework.reader import ReadResult

HELP = described(
    "Check framework files. Every fault is named with line, column and what is allowed.",
    "recovery frameworks validate my-framework.yaml",
    "recovery frameworks validate .recovery/frameworks/*.yaml --json",
)


class Checked(msgspec.Struct, frozen=True):
    """One file that was validated."""

    file: str
    ok: bool
    steps: int
    problems: tuple[dict[str, Any], ...]


def command(
    context: typer.Context,
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE...", help="Framework files to check.")] = None,
    as_json: AsJson = False,
) -> None:
    """Check framework files. Every fault is named with line, column and what is allowed."""
    setup: Setup = context.obj
    if not files:
        files = _asked_for(setup)
    if not files:
        raise UsageProblem("which file?", hint="For example: recovery frameworks validate my-framework.yaml")
    library = setup.library()
    bad = False
    for file in files:
        result = checked(file, library)
        bad = bad or bool(result.problems)
        steps = len(result.framework.steps) if result.framework else 0
        if as_json:
            problems = tuple(
                {**msgspec.to_builtins(problem), "message": problem.as_line()} for problem in result.problems
            )
            setup.output.as_json(Checked(str(file), not result.problems, steps, problems))
        else:
            lines = [problem.as_line() for problem in result.problems] or [
                f"{file}: good, {steps} {'step' if steps == 1 else 'steps'}"
            ]
            setup.output.text("\n".join(lines))
    if bad:
        raise typer.Exit(1)


def _asked_for(setup: Setup) -> list[Path]:
    """Let one of the YAML files here be chosen, where somebody can answer."""
    from recoverycli.terminal.choosing import choose

    here = sorted(str(path) for path in (*Path().glob("*.yaml"), *Path().glob(".recovery/frameworks/*.yaml")))
    chosen = choose(setup.output, "Which file?", here) if here else None
    return [Path(chosen)] if chosen else []


def checked(file: Path, library: Library) -> ReadResult:
    """Read a file as `validate` does: what it extends is looked for beside it first."""
    from recoverycli.framework.library import Library, Source, read_bytes
    from recoverycli.framework.reader import ReadResult, read_framework
    from recoverycli.framework.yaml_nodes import Problem

    data = read_bytes(file)
    if isinstance(data, Problem):
        return ReadResult(None, (data,), "")
    beside = Library((Source(file.absolute().parent, "flag"), *library.sources))
    return read_framework(data, str(file), beside.base_of(file.stem))
