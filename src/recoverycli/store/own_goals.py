"""Notes and goals of one's own, for `recovery week`: one line each in a file that only grows.

Private as practice is: in its folder, masked before they are written, and never sent to a team.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import msgspec

from recoverycli.store.layout import GOALS
from recoverycli.store.practice_lines import append_lines, read_lines

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.store.practice_lines import LinesRead

_KEPT = "Every earlier note and goal is stored."


class OwnGoal(msgspec.Struct, frozen=True):
    """A goal, a note, or both, on the page of the days from `since` to `until`. None leaves the one before as it is;
    an empty text takes it from the page.
    """

    at: Annotated[datetime, msgspec.Meta(tz=True)]
    since: date
    until: date
    goal: str | None = None
    note: str | None = None


def append_goal(home: Path, goal: OwnGoal) -> None:
    """Add it and flush it to the disk. Raises StoreProblem if it could not be written; the file is unchanged then."""
    append_lines(home, GOALS, (msgspec.json.encode(goal),), kept=_KEPT)


def read_goals(home: Path) -> LinesRead[OwnGoal]:
    """Read all of them, the oldest first, and the line numbers of what is none. Raises StoreProblem."""
    return read_lines(home, GOALS, OwnGoal)
