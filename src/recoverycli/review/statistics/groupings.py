"""What `log stats --by` groups calls by, declared once: the command, its help and its completion are made from it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from recoverycli.review.statistics.figures import Group
    from recoverycli.review.statistics.topics import Topic

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Grouping(NamedTuple):
    """A grouping: its name, the column of `call`, the name of a group by its value, and the order of the groups.

    Groups of a `topic` are named by `Topics` instead.
    """

    name: str
    column: str
    label: Callable[[Any], str]
    order: Callable[[Group], Any]
    topic: Topic | None = None


def _largest_first(group: Group) -> tuple[int, str]:
    return -group.calls, group.name


def _by_name(group: Group) -> str:
    return group.name


def _by_weekday(group: Group) -> int:
    return WEEKDAYS.index(group.name)


def _weekday(number: int) -> str:
    return WEEKDAYS[number]


def _hour(hour: int) -> str:
    return f"{hour:02d}:00"


def _week(day: str) -> str:
    year, week, _ = date.fromisoformat(day).isocalendar()
    return f"{year}-W{week:02d}"


WEEK = Grouping("week", "day", _week, _by_name)
GROUPINGS = {
    grouping.name: grouping
    for grouping in (
        Grouping("framework", "framework_name", str, _largest_first),
        Grouping("issue", "issue", str, _largest_first, "issue"),
        Grouping("family", "issue", str, _largest_first, "family"),
        Grouping("channel", "channel", str, _largest_first),
        # By name: a list of people is no ranking.
        Grouping("agent", "agent", str, _by_name),
        Grouping("cause", "cause", str, _largest_first, "cause"),
        Grouping("weekday", "weekday", _weekday, _by_weekday),
        Grouping("hour", "hour", _hour, _by_name),
        WEEK,
    )
}
