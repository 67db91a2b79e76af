"""Hide figures of single people in a team: those of so few calls that they show one bad day."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from recoverycli.errors import RecoveryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from recoverycli.review.statistics.overview import Overview
    from recoverycli.session.filters import Filters

FEWEST_OF_ONE = 5
Part = TypeVar("Part")


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
    groups = _large(figures.groups, lambda group: group.calls)
    told = msgspec.structs.replace(found, figures=msgspec.structs.replace(figures, groups=groups))
    if wanted.agent is not None:
        told = _of_one_agent(told)
    return SafeOverview(told, _count(found) - _count(told))


def _of_one_agent(found: Overview) -> Overview:
    """Leave out the issues, causes, cards and weeks that show a few calls of one agent."""
    demand, causes, trend = found.demand, found.causes, found.promise_trend
    return msgspec.structs.replace(
        found,
        demand=msgspec.structs.replace(
            demand,
            issues=_large(demand.issues, lambda issue: issue.calls),
            cards=_large(demand.cards, lambda card: card.count),
        ),
        causes=msgspec.structs.replace(
            causes,
            causes=_large(causes.causes, lambda cause: cause.calls),
            costs=_large(causes.costs, lambda cost: cost.offers),
        ),
        promise_trend=msgspec.structs.replace(trend, weeks=_large(trend.weeks, lambda week: week.kept_in_time.of)),
    )


def _large(parts: Iterable[Part], number: Callable[[Part], int]) -> tuple[Part, ...]:
    return tuple(part for part in parts if number(part) >= FEWEST_OF_ONE)


def _count(found: Overview) -> int:
    """How many groups of calls there are."""
    demand, causes, trend = found.demand, found.causes, found.promise_trend
    return sum(map(len, (found.figures.groups, demand.issues, demand.cards, causes.causes, causes.costs, trend.weeks)))
