"""The calls that a command is to work on: named by their ids, or meant by filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.commands.common.calls import calls_of, find_call, read_rows
from recoverycli.errors import NotFound, UsageProblem
from recoverycli.session.filters import Filters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recoverycli.commands.common.context import Setup
    from recoverycli.store.calls.transcript_file import Skipped, Stored

_SEE = "See them: recovery log list"


def chosen_ids(
    setup: Setup, wanted: Sequence[str], filters: Filters, *, everything: bool, team: bool = False
) -> list[str]:
    """Return the ids of the calls that are meant, newest first where filters mean them.

    `everything` allows to mean all calls, by naming none; with `team` they are among those of the floor. Raises
    NotFound where none is meant, UsageProblem where both ids and filters were given, or neither.
    """
    if wanted and filters != Filters():
        raise UsageProblem("name calls by their ids or by filters, not by both")
    if wanted:
        return list(dict.fromkeys(find_call(setup, one, team=team).path.stem for one in wanted))
    if filters == Filters() and not everything:
        raise UsageProblem("which calls?", hint="Name their ids, or filters such as --since yesterday; or say --all")
    with calls_of(setup, team=team) as calls:
        ids = [row.id for row in read_rows(calls, filters)]
    if not ids:
        raise NotFound("no calls match", hint=_SEE)
    return ids


def read_each(setup: Setup, ids: Sequence[str], *, practice: bool = False, team: bool = False) -> Iterator[Stored]:
    """Read the calls one after another; one that went away meanwhile is named and passed over."""
    from recoverycli.store.calls.transcript_file import read_stored

    if team:
        with calls_of(setup, team=True) as calls:
            yield from _report_skipped(setup, calls.each(ids))
        return
    archive = setup.archive(practice=practice)
    yield from _report_skipped(setup, (read_stored(archive.path(call_id)) for call_id in ids))


def _report_skipped(setup: Setup, found: Iterable[Stored | Skipped]) -> Iterator[Stored]:
    from recoverycli.store.calls.transcript_file import Skipped

    for read in found:
        if isinstance(read, Skipped):
            setup.output.tell(f"warning: {read.path}: {read.why}; it is left out")
        else:
            yield read
