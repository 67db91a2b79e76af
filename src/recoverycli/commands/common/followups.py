"""Follow-ups of stored calls: collect, find by name, show and change them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from recoverycli.commands.common.calls import calls_of, stored_calls
from recoverycli.commands.common.context import Setup
from recoverycli.errors import NotFound
from recoverycli.session.filters import Filters

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from recoverycli.review.followups import FollowUp
    from recoverycli.session.transcript.model import Call
    from recoverycli.store.call_source import Calls
    from recoverycli.store.calls.amend import Change


_MOST_NAMES = 3
_MOST_READ = 100  # calls that a name may match
_WHICH = "See them: recovery followups list --all"
FollowUpId = Annotated[str, typer.Argument(metavar="ID", help="Its id in the list, or CALL/p1.")]
Undo = Annotated[bool, typer.Option("--undo", help="Undo the last change.")]
FollowUpsDone = Annotated[bool, typer.Option("--all", "-a", help="Include follow-ups that are done.")]


class FoundFollowups(NamedTuple):
    """The requested follow-ups, and the path of each transcript."""

    rows: tuple[FollowUp, ...]
    paths: dict[str, Path]


def gather(
    setup: Setup, moment: datetime, wanted: Filters, *, done: bool = True, quiet: bool = False, team: bool = False
) -> FoundFollowups:
    """Read the matching calls with follow-ups; without `done`, only those with something open."""
    from recoverycli.store.index.rows import committed_calls

    with calls_of(setup, team=team, quiet=quiet) as kept:
        every, meant = kept.ask(lambda connection: committed_calls(connection, wanted, is_open=not done))
        # Names are assigned among all of them, so that they do not depend on the filters.
        return _read(kept, moment, meant, every)


def one(setup: Setup, moment: datetime, wanted: str) -> tuple[FollowUp, Path]:
    """The follow-up with a typed name. Raises NotFound if there is none, or more than one."""
    from recoverycli.review.followups import find, part_of_name
    from recoverycli.store.index.rows import calls_by_commitment, committed_calls

    with stored_calls(setup, quiet=True) as index:
        every, _ = index.ask(lambda connection: committed_calls(connection, Filters(), is_open=False))
        meant = index.ask(lambda connection: calls_by_commitment(connection, part_of_name(wanted), _MOST_READ))
        gathered = _read(index, moment, meant, every)
    found = find(gathered.rows, wanted)
    if len(found) == 1:
        return found[0], gathered.paths[found[0].call]
    if not found:
        raise NotFound(f"there is no follow-up {wanted[:60]}", hint=_WHICH)
    some = ", ".join(row.id for row in found[:_MOST_NAMES])
    more = " ..." if len(found) > _MOST_NAMES else ""
    raise NotFound(f"{wanted[:60]} matches {len(found)} follow-ups: {some}{more}", hint="Type more of it.")


def _read(kept: Calls, moment: datetime, calls: Sequence[str], every: Sequence[str]) -> FoundFollowups:
    from recoverycli.review.followups import followups
    from recoverycli.store.calls.transcript_file import Stored

    read = [found for found in kept.each(calls) if isinstance(found, Stored)]
    rows = followups((stored.transcript.call for stored in read), moment, every)
    return FoundFollowups(rows, {stored.path.stem: stored.path for stored in read})


def change(setup: Setup, path: Path, moment: datetime, decide: Callable[[Call], Sequence[Change]]) -> Call | None:
    """The call after its amendment by the agent of the settings; None if there was nothing to change."""
    from recoverycli.store.calls.amend import amend

    changed: list[Change] = []

    def record_change(call: Call) -> Sequence[Change]:
        changed.extend(decide(call))
        return changed

    amended = amend(path, moment, record_change, setup.settings.agent)
    return amended.call if changed else None


def current(path: Path) -> Call:
    from recoverycli.session.transcript.model import decode

    return decode(path.read_bytes()).call


def show_followups(
    setup: Setup,
    rows: Sequence[FollowUp],
    moment: datetime,
    *,
    as_json: bool,
    nothing: str = "There are no open follow-ups.",
) -> None:
    if as_json:
        for row in rows:
            setup.output.as_json(row)
        return
    from recoverycli.terminal.views.followups import followups_page

    setup.output.show(followups_page(rows, moment, nothing))


def full_name(row: FollowUp) -> str:
    return f"{' '.join(row.what.split())} ({row.id})"
