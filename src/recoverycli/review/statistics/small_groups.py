"""Hide figures of single people in a team: those of so few calls that they show one bad day."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from recoverycli.errors import RecoveryError

if TYPE_CHECKING:
    from recoverycli.review.statistics.overview import Overview
    from recoverycli.session.filters import Filters

FEWEST_OF_ONE = 5


class SafeOverview(NamedTuple):
    """The figures that may be shown, and how many groups are left out."""

    overview: Overview
    left_out: int


def hide_small_groups(found: Overview, wanted: Filters) -> SafeOverview:
    """Return the figures of a team that may be shown. Raises RecoveryError for too few calls of one agent."""
    figures = found.figures
    if wanted.agent is not None and 0 < figures.calls < FEWEST_OF_ONE:
        raise RecoveryError(
            f"fewer than {FEWEST_OF_ONE} calls match: figures of one agent in a team need more",
            hint="Choose a longer period. To list the calls: recovery log list --team",
        )
    if figures.by != "agent" and wanted.agent is None:
        return SafeOverview(found, 0)
    groups = tuple(group for group in figures.groups if group.calls >= FEWEST_OF_ONE)
    told = msgspec.structs.replace(found, figures=msgspec.structs.replace(figures, groups=groups))
    return SafeOverview(told, len(figures.groups) - len(groups))
