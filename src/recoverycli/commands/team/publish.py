"""`recovery team publish`: publish a folder of content as one version."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.errors import ContentProblem, UsageProblem

if TYPE_CHECKING:
    from recoverycli.team.content.check import Readers
    from recoverycli.team.content.package import Files

HELP = help_with_examples(
    "Publish a folder of content as one version.\n\nThe folder may hold frameworks/, scenarios/ and wording/ "
    "with YAML files, remedies.toml and scorecard.yaml. Everything is checked first; if one file has an "
    "error, nothing is published. Publishing the same content again creates no version.",
    'recovery team publish playbooks --note "Refunds up to 80 without asking"',
    "recovery team publish .recovery --dry-run",
)
_LONGEST_NOTE = 500
_SETTINGS = "settings.toml"


def command(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to publish.")],
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="A one-line note about what is new.")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only check the folder and show what would change.")
    ] = False,
) -> None:
    """Publish a folder of content as one version."""
    from recoverycli.team.connection import is_connected, open_database
    from recoverycli.team.content.versions import publish
    from recoverycli.terminal.views.team.content import published_lines, sound_line
    from recoverycli.text.safe import storable_text

    setup: Setup = context.obj
    told = " ".join(storable_text(note).replace("\0", "").split())
    if len(told) > _LONGEST_NOTE:
        raise UsageProblem(
            f"the note has {len(told):,} characters", hint=f"At most {_LONGEST_NOTE}: a line of what is new."
        )
    files = _sound(setup, folder.expanduser())
    if dry_run and not is_connected(setup.home, os.environ):
        setup.output.text(f"{sound_line(files)} This desk is not connected, so nothing was compared.")
        return
    with open_database(setup.home, os.environ) as database:
        done = publish(database, files, told, dry_run=dry_run)
    setup.output.text("\n".join(published_lines(done, files, dry_run=dry_run)))


def _sound(setup: Setup, folder: Path) -> Files:
    """Return the files of the folder. Raises ContentProblem with all errors of all files."""
    from recoverycli.team.content.gather import faults_of_all, gather
    from recoverycli.text.format import plural

    found = gather(folder)
    if found.left_out:
        setup.output.tell(f"left out: {', '.join(found.left_out)}")
    if _SETTINGS in found.left_out:
        setup.output.tell(f"Desks take only remedies from {_SETTINGS}: move these to remedies.toml")
    if faults := faults_of_all(found, readers()):
        lines = "\n".join(str(folder / line) for line in faults)
        raise ContentProblem(
            f"{plural(len(faults), 'error')}:\n{lines}",
            kept="Nothing was published.",
            hint="Correct them, then publish again; check first with --dry-run.",
        )
    return found.files


def readers() -> Readers:
    """The readers of content at a desk, including those of practice and scores."""
    from recoverycli.review.scoring.reader import read_scorecard
    from recoverycli.team.content.check import Readers
    from recoverycli.training.scenarios.reader import read_scenario

    return Readers(read_scenario, read_scorecard)
