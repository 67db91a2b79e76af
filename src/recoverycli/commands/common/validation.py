"""Validation of a user's own files: every problem with its place, as lines or as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import typer

from recoverycli.content.messages import as_texts
from recoverycli.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recoverycli.commands.common.context import Setup
    from recoverycli.content.nodes import Problem
    from recoverycli.content.reader import ContentRead
    from recoverycli.frameworks.library import FrameworkLibrary


class ValidatedFile(NamedTuple):
    """A file as it was read, how many parts its content has, and what one and several of them are called.

    The last word of `several` is their key in JSON. `cautions` are what is valid and probably not meant.
    """

    read: ContentRead[Any]
    parts: int
    one: str
    several: str
    cautions: tuple[Problem, ...] = ()


def validate_files(
    setup: Setup,
    noun: str,
    files: Sequence[Path] | None,
    validate: Callable[[Path], ValidatedFile],
    *,
    as_json: bool,
    folders: tuple[str, ...] = (),
) -> None:
    """Report for each file whether it is valid, with warnings; exits with 1 if one is not.

    Without files, one can be chosen of this folder and of these `folders` of the project.
    """
    files = files or choose_files(setup, f"{noun}s", *folders)
    if not files:
        raise UsageProblem("a file is required", hint=f"For example: recovery {noun}s validate my-{noun}.yaml")
    bad = False
    for file in files:
        found, count, one, several, warnings = validate(file)
        bad = bad or bool(found.problems)
        if as_json:
            problems = [as_object(problem) for problem in found.problems]
            told = {"problems": problems, "warnings": [as_object(warning) for warning in warnings]}
            setup.output.as_json({"file": str(file), "ok": not problems, several.split()[-1]: count, **told})
        else:
            valid = f"{file}: valid, {count} {one if count == 1 else several}"
            setup.output.text("\n".join(filter(None, (as_texts(found.problems) or valid, as_texts(warnings)))))
    if bad:
        raise typer.Exit(1)


def framework_file(wanted: str, library: FrameworkLibrary) -> Path:
    """Return the file of a word: a path, or a framework id, which has no suffix."""
    path = Path(wanted)
    return path if path.suffix or path.exists() or len(path.parts) > 1 else library.file_of(wanted)


def choose_files(setup: Setup, *folders: str) -> list[Path]:
    """Return a YAML file that the user chooses from this folder and the project's, if there is somebody to ask."""
    from recoverycli.terminal.ask.questions import choose

    patterns = ("*.yaml", *(f".recovery/{folder}/*.yaml" for folder in folders))
    here = sorted(str(path) for pattern in patterns for path in Path().glob(pattern))
    chosen = choose(setup.output, "Which file?", here) if here else None
    return [Path(chosen)] if chosen else []


def as_object(problem: Problem) -> dict[str, Any]:
    """Return an error of a file for JSON."""
    return {**msgspec.to_builtins(problem), "message": problem.as_line()}
