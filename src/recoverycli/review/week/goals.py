"""Which goals and notes of one's own stand on a page: those of its days, and the newest of the days before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.review.week.figures import GoalOnPage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from recoverycli.review.week.periods import Period
    from recoverycli.store.own_goals import OwnGoal


def goals_of(goals: Iterable[OwnGoal], period: Period) -> tuple[GoalOnPage | None, tuple[GoalOnPage, ...]]:
    """Return the newest goal of the days before the period, and those of its own days, the oldest first.

    The last text that was given for a page stands on it; an empty one takes it away.
    """
    pages: dict[tuple[date, date], GoalOnPage] = {}
    for one in goals:
        key = (one.until, one.since)
        before = pages.get(key, GoalOnPage(one.since, one.until, "", ""))
        pages[key] = GoalOnPage(
            one.since,
            one.until,
            before.goal if one.goal is None else one.goal,
            before.note if one.note is None else one.note,
        )
    found = [page for _, page in sorted(pages.items()) if page.goal or page.note]
    earlier = [page for page in found if page.until < period.since]
    return (earlier[-1] if earlier else None), tuple(page for page in found if period.holds(page.since, page.until))
