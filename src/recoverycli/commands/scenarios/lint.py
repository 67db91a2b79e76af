"""`recovery scenarios lint`: check whether the choices of a role-play test anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common import completion_values, validation
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson
from recoverycli.content.messages import as_texts
from recoverycli.errors import UsageProblem
from recoverycli.text.format import plural

if TYPE_CHECKING:
    from recoverycli.training.scenarios.library import ScenarioLibrary

HELP = help_with_examples(
    "Check whether the choices of a role-play test anything.\n\nThis finds scenarios that are passed without reading, "
    "by the longest, the first or the politest reply or by typing nonsense, wrong replies that do not say why they are "
    "tempting, and good replies with words that backfire, that your own frameworks avoid or that sound like a script.",
    "recovery scenarios lint late-parcel",
    "recovery scenarios lint .recovery/scenarios/*.yaml --json",
)


def command(
    context: typer.Context,
    wanted: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE|ID...", help="Files or scenario ids.", autocompletion=completion_values.scenarios),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check whether the choices of a role-play test anything."""
    from recoverycli.commands.common.lint_words import lint_words
    from recoverycli.content.nodes import Problem
    from recoverycli.content.reader import file_bytes
    from recoverycli.training.lint.scenario import lint_replies
    from recoverycli.training.scenarios.choices import lint

    setup: Setup = context.obj
    library = setup.scenarios()
    files = [_file(one, library) for one in wanted or ()] or validation.choose_files(setup, "scenarios")
    if not files:
        raise UsageProblem("a scenario is required", hint="For example: recovery scenarios lint late-parcel")
    words = lint_words(setup, setup.library())
    bad = False
    for file in files:
        data = file_bytes(file)
        read = lint(data, str(file), library.frameworks) if not isinstance(data, Problem) else None
        problems = (data,) if isinstance(data, Problem) else read.problems if read else ()
        if not isinstance(data, Problem) and (valid := library.read(data, str(file)).content) is not None:
            problems += lint_replies(valid, data, str(file), words.matcher, words.lists.by_kind, words.avoided)
        nodes = len(read.content.nodes) if read and read.content else 0
        bad = bad or bool(problems)
        if as_json:
            found = [validation.as_object(problem) for problem in problems]
            setup.output.as_json({"file": str(file), "ok": not found, "nodes": nodes, "findings": found})
        else:
            setup.output.text(as_texts(problems) or f"{file}: clean, {plural(nodes, 'node')}")
    if bad:
        raise typer.Exit(1)


def _file(wanted: str, library: ScenarioLibrary) -> Path:
    path = Path(wanted)
    return path if path.suffix or path.exists() or len(path.parts) > 1 else library.file_of(wanted)
