"""`recovery team trial`: try team storage with a private PostgreSQL on this computer."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import Confirmed
from recoverycli.errors import TeamProblem, UsageProblem

if TYPE_CHECKING:
    from recoverycli.team.trial import Trial

HELP = help_with_examples(
    "Try team storage with a private PostgreSQL on this computer.\n\nThe database starts in the data folder, "
    "where nobody else can reach it, and this desk is connected to it. It needs no administrator. You can "
    "run the command again safely.",
    "recovery team trial",
    "recovery team trial --stop",
    "recovery team trial --remove --yes",
)


def command(
    context: typer.Context,
    stop: Annotated[bool, typer.Option("--stop", help="Stop the database and leave its data in place.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Stop the database and delete its data.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what --remove would delete.")] = False,
    yes: Confirmed = False,
) -> None:
    """Try team storage with a private PostgreSQL on this computer."""
    from recoverycli.team.connection import driver
    from recoverycli.team.trial import Trial

    setup: Setup = context.obj
    if dry_run and not remove:
        raise UsageProblem("--dry-run needs --remove", hint="For example: recovery team trial --remove --dry-run")
    if stop and remove:
        raise UsageProblem("choose --stop or --remove, not both", hint="For example: recovery team trial --stop")
    driver()
    trial = Trial.at(setup.home)
    if stop:
        ran = trial.stop()
        again = "Continue: recovery team trial"
        setup.output.text(f"Stopped; its data was not deleted. {again}" if ran else f"It was not running. {again}")
    elif remove:
        _remove(setup, trial, yes=yes, dry_run=dry_run)
    else:
        _start(setup, trial)


def _start(setup: Setup, trial: Trial) -> None:
    from recoverycli.team import desk
    from recoverycli.team.connection import DSN, translate_errors
    from recoverycli.team.trial_data import make_ready
    from recoverycli.terminal.views.team.status import trial_lines

    kept = desk.read_desk(setup.home)
    if kept is not None and kept.how == "libpq":
        raise TeamProblem(
            "this desk is connected to a database already",
            kept="Nothing was changed.",
            hint="Disconnect first: recovery team connect --off. Or use another data folder: --data-dir DIR",
        )
    if trial.running_server() is None:
        setup.output.tell("Starting PostgreSQL ..." if trial.exists else "Creating a PostgreSQL database ...")
    trial.start()
    with translate_errors():
        version = make_ready(trial)
    desk.change(setup.home, how="trial", target="")
    if os.environ.get(DSN):
        setup.output.tell(f"warning: {DSN} is set and takes precedence; unset it to use the trial")
    setup.output.text("\n".join(trial_lines(version, str(trial.folder))))


def _remove(setup: Setup, trial: Trial, *, yes: bool, dry_run: bool) -> None:
    from recoverycli.commands.common.confirm import confirm
    from recoverycli.team import desk

    kept = desk.read_desk(setup.home)
    if not trial.folder.exists():
        setup.output.text("There is no trial database. Create one: recovery team trial")
    elif dry_run:
        setup.output.text(f"would be removed: {trial.folder} with all data that was pushed to it. Nothing was changed.")
        return
    elif confirm(setup, "Remove the trial database and all its data?", yes=yes):
        trial.remove()
        setup.output.text("Removed. The calls at this desk were not changed.")
    else:
        return
    if kept is not None and kept.how == "trial":
        desk.disconnect(setup.home)
