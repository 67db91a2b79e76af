"""`recovery progress`: how well each step is known and when it comes again, and the scores of role-plays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson
from recoverycli.errors import UsageProblem
from recoverycli.times.clock import now

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from recoverycli.review.exporters.cells import Cell
    from recoverycli.training.drills.progress import Progress

HELP = help_with_examples(
    "Show your training progress and what to repeat next.\n\nThis includes how likely you are to remember each "
    "step, when it comes up again, and the scores of your role-plays. Only you see it unless you export it: "
    "a .csv for a spreadsheet, or a .json with everything.",
    "recovery progress",
    "recovery progress --export progress.csv",
    "recovery progress --export progress.json --no-names",
)
_HEAD = (
    "learner", "what", "framework", "name", "tries", "missed", "recall", "stability days", "score", "ending", "last",
    "due",
)  # fmt: skip
_SUFFIXES = (".csv", ".json")


def progress(
    context: typer.Context,
    *,
    export: Annotated[
        str | None, typer.Option("--export", metavar="FILE", help="Export to a .csv or .json file.")
    ] = None,
    no_names: Annotated[bool, typer.Option("--no-names", help="Leave your name out.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Overwrite an existing file.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show your training progress and what to repeat next."""
    setup: Setup = context.obj
    target = None if export is None else _target(export, yes=yes)
    found = _progress(setup, named=not no_names)
    if target is not None:
        _write(target, found)
        setup.output.tell(f"Written for your trainer: {target}")
    elif as_json:
        setup.output.as_json(found)
    else:
        from recoverycli.terminal.views.training.progress import progress_page

        setup.output.show(progress_page(found))


def _progress(setup: Setup, *, named: bool) -> Progress:
    from recoverycli.commands.common.learner import read_progress
    from recoverycli.training.drills.progress import progress as made

    moment = now()
    found = read_progress(setup, setup.library(), moment)
    answered = len(found.answers), sum(answer.right for answer in found.answers)
    learner = setup.settings.agent if named else None
    return made(found.cards, found.frameworks, found.role_plays, answered, moment, learner or None)


def _target(export: str, *, yes: bool) -> Path:
    from recoverycli.commands.common.export_target import ready

    target = ready(export, overwrite=yes)
    if target is None or target.suffix.casefold() not in _SUFFIXES:
        raise UsageProblem(f"{export} is no .csv and no .json", hint="For example: recovery progress --export me.csv")
    return target


def _write(target: Path, found: Progress) -> None:
    import msgspec

    from recoverycli.commands.common.export_target import write_export
    from recoverycli.review.exporters.cells import table

    if target.suffix.casefold() == ".json":
        write_export(target, msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")
    else:
        write_export(target, "".join(table(_HEAD, _rows(found))).encode())


def _rows(found: Progress) -> Iterator[tuple[Cell, ...]]:
    for step in found.steps:
        yield (
            found.learner, "step", step.framework, step.step or "order", step.tries, step.missed, step.recall,
            step.stability, None, None, step.last_at, step.due,
        )  # fmt: skip
    for play in found.plays:
        yield (
            found.learner, "role-play", play.framework, play.scenario, None, None, None, None, play.score, play.ending,
            play.at, None,
        )  # fmt: skip
