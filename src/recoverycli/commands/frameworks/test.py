"""`recovery frameworks test`: play the examples in framework files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import msgspec
import typer

from recoverycli.commands.common import completion_values, validation
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.example_calls import example_environment
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson
from recoverycli.content.messages import as_texts
from recoverycli.errors import UsageProblem

if TYPE_CHECKING:
    from recoverycli.content.nodes import Problem
    from recoverycli.frameworks.library import FrameworkLibrary
    from recoverycli.training.examples import ExampleResult

HELP = help_with_examples(
    "Play the examples in framework files.\n\nEach example is a call with typed lines. Its steps, outcome and values "
    "are compared with those that the file expects. Nothing is stored. The exit code is 1 if an example fails or "
    "a file has errors.",
    "recovery frameworks test our-refunds.yaml",
    "recovery frameworks test .recovery/frameworks/*.yaml --json",
    "recovery frameworks test double-charge",
)


class _TestedFile(NamedTuple):
    """A file, the results of its examples, and the errors if it cannot be read."""

    file: Path
    results: tuple[ExampleResult, ...]
    problems: tuple[Problem, ...]


def command(
    context: typer.Context,
    wanted: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE|ID...", help="Files or framework ids.", autocompletion=completion_values.frameworks
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Play the examples in framework files."""
    setup: Setup = context.obj
    library = setup.library()
    files = [validation.framework_file(one, library) for one in wanted or ()]
    files = files or validation.choose_files(setup, "frameworks")
    if not files:
        raise UsageProblem("a file is required", hint="For example: recovery frameworks test our-refunds.yaml")
    bad = False
    for file in files:
        tested = _test(file, setup, library)
        bad = bad or bool(tested.problems) or any(one.differences for one in tested.results)
        if as_json:
            setup.output.as_json(_as_plain_data(tested))
        else:
            setup.output.text("\n".join(_lines(tested)))
    if bad:
        raise typer.Exit(1)


def _test(file: Path, setup: Setup, library: FrameworkLibrary) -> _TestedFile:
    from recoverycli.content.library import Loaded
    from recoverycli.content.nodes import Problem
    from recoverycli.content.reader import file_bytes
    from recoverycli.training.examples import play_example

    data = file_bytes(file)
    if isinstance(data, Problem):
        return _TestedFile(file, (), (data,))
    read = library.beside(file).read(data, str(file))
    if read.content is None:
        return _TestedFile(file, (), read.problems)
    loaded = Loaded(read.content, read.digest, file, "flag")
    with example_environment(setup, library.beside(file)) as world:
        results = tuple(play_example(one, loaded, world) for one in read.content.examples)
    return _TestedFile(file, results, ())


def _as_plain_data(tested: _TestedFile) -> dict[str, object]:
    return {
        "file": str(tested.file),
        "ok": not tested.problems and not any(one.differences for one in tested.results),
        "examples": [{"ok": not one.differences, **msgspec.to_builtins(one)} for one in tested.results],
        "problems": [validation.as_object(one) for one in tested.problems],
    }


def _lines(tested: _TestedFile) -> list[str]:
    """A line for each example, and two for each difference."""
    if tested.problems:
        return [as_texts(tested.problems)]
    if not tested.results:
        return [f"{tested.file}: no examples"]
    lines = []
    for one in tested.results:
        lines.append(f"{tested.file}: {one.id}: {'failed' if one.differences else 'ok'}")
        for found in one.differences:
            lines += [f"    {found.what}: expected {found.expected}", f"    {found.what}: found {found.actual}"]
    return lines
