"""Calls as a dataset for the engines of analysts: asked for by `log export --format parquet`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from recoverycli.commands.common.chosen_calls import read_each
from recoverycli.commands.common.confirm import confirmed
from recoverycli.commands.common.export_target import STANDARD_OUTPUT
from recoverycli.errors import UsageProblem
from recoverycli.review.exporters.formats import PARQUET

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recoverycli.commands.common.context import Setup


def write(
    setup: Setup, chosen: Callable[[], Sequence[str]], output: str, *, with_text: bool, yes: bool, team: bool
) -> None:
    """Write the calls that are chosen, of this desk or of the floor, into a folder of their own, newest last."""
    from recoverycli.team.dataset.parquet import ready, write_dataset

    if output == STANDARD_OUTPUT or not output.strip():
        raise UsageProblem(f"{PARQUET} is a folder of files", hint="Name a new folder with --output.")
    target = Path(output).expanduser().absolute()
    replaces = ready(target)
    ids = chosen()
    if replaces and not confirmed(setup, f"{target} holds an earlier export; replace it?", yes=yes, previews=False):
        return
    calls = (stored.transcript for stored in read_each(setup, list(reversed(ids)), team=team))
    made = write_dataset(target, calls, with_text=with_text)
    setup.output.tell(f"{made.calls} {'call' if made.calls == 1 else 'calls'} written to {target}")
