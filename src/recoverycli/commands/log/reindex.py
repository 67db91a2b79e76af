"""`recovery log reindex`: rebuild the index of calls from their files."""

from __future__ import annotations

import sys

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJsonObject

HELP = help_with_examples(
    "Rebuild the index of calls from their files.\n\nThe index is only a cache, so rebuilding it loses nothing.",
    "recovery log reindex",
    "recovery log reindex --json",
)


def command(
    context: typer.Context,
    as_json: AsJsonObject = False,
) -> None:
    """Rebuild the index of calls from their files."""
    from recoverycli.commands.common.calls import warn
    from recoverycli.session.filters import Filters
    from recoverycli.store.index.index import Index
    from recoverycli.store.index.rows import count
    from recoverycli.terminal.progress import progress
    from recoverycli.text.format import plural

    setup: Setup = context.obj
    with progress(setup.look, sys.stderr, "Reading past calls") as report, Index(setup.home, report) as index:
        if setup.home.is_dir():
            index.rebuild()
        calls = index.ask(lambda connection: count(connection, Filters()))
        skipped = index.skipped
        warn(setup, index)
    if as_json:
        setup.output.as_json({
            "calls": calls, "skipped": [{"path": str(one.path), "why": one.why} for one in skipped],
        })  # fmt: skip
        return
    left = f"; {plural(len(skipped), 'file')} skipped: recovery doctor" if skipped else ""
    setup.output.text(f"indexed: {plural(calls, 'call')}{left}")
