"""`recovery log list`: the finished calls, newest first."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.examples import described
from recoverycli.commands.filtering import filtered
from recoverycli.commands.kept import each_row, kept
from recoverycli.commands.setup import Setup, now
from recoverycli.session.filters import Filters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.store.index_rows import CallRow

HELP = described(
    "List the finished calls, newest first. On a terminal a page at a time, elsewhere all that are meant.",
    "recovery log list",
    'recovery log list --since "last monday" --outcome escalated',
    "recovery log list --overdue --customer Ana",
    "recovery log list -n 5 --json",
)
# Rows that a screen has no room for: the head of the table, the question below it, the prompt of the shell.
_AROUND = 4
_FEWEST = 5


@filtered
def command(
    context: typer.Context,
    *,
    wanted: Filters,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for scripts: one object a line.")] = False,
) -> None:
    """List the finished calls, newest first."""
    setup: Setup = context.obj
    with kept(setup) as index:
        rows = each_row(index, wanted)
        if as_json:
            for row in rows:
                setup.output.as_json(row._asdict())
        elif setup.look.plain:
            _tell(setup, rows)
        else:
            _draw(setup, rows, wanted.limit)


def _tell(setup: Setup, rows: Iterator[CallRow]) -> None:
    from recoverycli.terminal.views.calls import NONE_YET, calls_text

    moment, told = now(), False
    while page := list(islice(rows, 500)):
        setup.output.text("\n".join(calls_text(page, moment)))
        told = True
    if not told:
        setup.output.text(NONE_YET)


def _draw(setup: Setup, rows: Iterator[CallRow], limit: int | None) -> None:
    """Draw a page at a time where somebody can ask for the next one; else all of them."""
    from recoverycli.terminal.home import ask_line
    from recoverycli.terminal.views.calls import calls_screen

    size = max(_FEWEST, setup.look.height - _AROUND) if setup.look.interactive and limit is None else 10**9
    page: Iterable[CallRow] = list(islice(rows, size))
    while True:
        setup.output.draw(calls_screen(list(page), now(), setup.look.width))
        page = list(islice(rows, size))
        if not page or ask_line(setup.output, "Enter for older calls, q to end:") != "":
            return
