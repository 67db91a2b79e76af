"""Telling whether files of one's own are sound: every fault with its place, in lines or as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recoverycli.commands.common.context import Setup
    from recoverycli.content.nodes import Problem


class Sound(NamedTuple):
    """What reading a file gave: how many parts it has, what they are called (one, several), and its faults."""

    parts: int
    called: tuple[str, str]
    problems: tuple[Problem, ...]


def report_files(setup: Setup, files: Sequence[Path], read: Callable[[Path], Sound], *, as_json: bool) -> None:
    """Say of each file whether it is sound; exits with 1 where one is not."""
    bad = False
    for file in files:
        found = read(file)
        bad = bad or bool(found.problems)
        one, several = found.called
        if as_json:
            setup.output.as_json(
                {
                    "file": str(file),
                    "ok": not found.problems,
                    several: found.parts,
                    "problems": [_as_object(problem) for problem in found.problems],
                }
            )
        else:
            good = f"{file}: valid, {found.parts} {one if found.parts == 1 else several}"
            setup.output.text("\n".join([problem.as_line() for problem in found.problems] or [good]))
    if bad:
        raise typer.Exit(1)


def choose_files(setup: Setup, *patterns: str) -> list[Path]:
    """Let one of the YAML files here be chosen, where somebody can answer."""
    from recoverycli.terminal.ask.questions import choose

    here = sorted(str(path) for pattern in patterns for path in Path().glob(pattern))
    chosen = choose(setup.output, "Which file?", here) if here else None
    return [Path(chosen)] if chosen else []


def _as_object(problem: Problem) -> dict[str, Any]:
    return {**msgspec.to_builtins(problem), "message": problem.as_line()}
