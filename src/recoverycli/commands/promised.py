"""The follow-ups of the archive: gathered, found by a typed name, and amended."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.commands.setup import Setup
from recoverycli.errors import NotFound
from recoverycli.session.filters import Filters

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from recoverycli.review.followups import FollowUp
    from recoverycli.session.transcript import Call
    from recoverycli.store.amending import Change

_MOST_WARNINGS = 5
_MOST_NAMES = 3
_WHICH = "See them: recovery followups list --all"


class Gathered(NamedTuple):
    """The follow-ups that were asked for, and where the transcript of each call lies."""

    rows: tuple[FollowUp, ...]
    paths: dict[str, Path]


def gather(setup: Setup, moment: datetime, wanted: Filters, *, quiet: bool = False) -> Gathered:
    from recoverycli.review.followups import followups
    from recoverycli.store.transcripts import Stored

    calls, paths, skipped = [], {}, []
    for read in setup.archive().each():
        if isinstance(read, Stored):
            calls.append(read.transcript.call)
            paths[read.transcript.call.id] = read.path
        else:
            skipped.append(read)
    for left in [] if quiet else skipped[:_MOST_WARNINGS]:
        setup.output.tell(f"warning: {left.path}: {left.why}; it is left alone")
    if len(skipped) > _MOST_WARNINGS and not quiet:
        setup.output.tell(f"warning: {len(skipped) - _MOST_WARNINGS} more files were skipped")
    matching = {call.id for call in calls if wanted.matches(call)}
    # Named among all of them, so that a name means the same whatever was asked for.
    return Gathered(tuple(row for row in followups(calls, moment) if row.call in matching), paths)


def one(setup: Setup, moment: datetime, wanted: str) -> tuple[FollowUp, Path]:
    """The follow-up that a typed name means. Raises NotFound where there is none, or more than one."""
    from recoverycli.review.followups import find

    gathered = gather(setup, moment, Filters(), quiet=True)
    found = find(gathered.rows, wanted)
    if len(found) == 1:
        return found[0], gathered.paths[found[0].call]
    if not found:
        raise NotFound(f"there is no follow-up {wanted[:60]}", hint=_WHICH)
    some = ", ".join(row.id for row in found[:_MOST_NAMES])
    more = " ..." if len(found) > _MOST_NAMES else ""
    raise NotFound(f"{wanted[:60]} may be {len(found)} follow-ups: {some}{more}", hint="Name more of it.")


def change(path: Path, moment: datetime, decide: Callable[[Call], Sequence[Change]]) -> Call | None:
    """The call after its amendment; None where there was nothing to change."""
    from recoverycli.store.amending import amend

    changed: list[Change] = []

    def decided(call: Call) -> Sequence[Change]:
        changed.extend(decide(call))
        return changed

    amended = amend(path, moment, decided)
    return amended.call if changed else None


def current(path: Path) -> Call:
    from recoverycli.session.transcript import decode

    return decode(path.read_bytes()).call
