"""Figures of a month are read from the partitions of that month: years of calls of a floor do not slow them down.

Whether a call is a repeat contact takes the calls of two weeks before and after it, and no more.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, cast

from recoverycli.review.statistics.counts import statistics
from recoverycli.review.statistics.groupings import GROUPINGS
from recoverycli.review.statistics.overview import overview
from recoverycli.review.statistics.pareto import pareto
from recoverycli.review.statistics.patterns import patterns
from recoverycli.review.statistics.promise_trend import promise_trend
from recoverycli.review.statistics.topics import Topics
from recoverycli.session.filters import Filters
from recoverycli.store.index.rows import count, ids_of, page
from recoverycli.team.calls import TeamCalls, begin
from tests.team.test_roles import NOVEMBER, keep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.team.connection import Database
    from tests.team.floor import Floor

NOW = datetime(2025, 12, 24, tzinfo=UTC)


class Explained:
    """A connection that notes the partitions that the plan of each query reads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.read: set[str] = set()

    @property
    def adapters(self) -> Any:
        return self._database.adapters

    def execute(self, sql: Any, values: Sequence[Any] = ()) -> Any:
        if sql.lstrip().startswith(b"SELECT"):
            plan = "\n".join(line for (line,) in self._database.execute(b"EXPLAIN " + sql, values).fetchall())
            self.read |= set(re.findall(r" on (?:call|step)_(\d{4}_\d\d|before|after) ", plan))
        return self._database.execute(sql, values)


def test_figures_of_a_month_are_read_from_its_partitions_alone(database: Floor) -> None:
    for number in (1, 5, 8, 9, 10, 11, 12):
        keep(database, "ana", f"of-{number}", NOVEMBER.replace(month=number))
    first, last = datetime(2025, 9, 1, tzinfo=UTC), datetime(2025, 9, 30, 23, 59, tzinfo=UTC)
    # A day is that of the place of the call, so days at the ends of a month may be in its neighbours in UTC.
    for wanted, months in (
        (Filters(since=first, until=last), {"2025_09"}),
        (Filters(since=date(2025, 9, 1), until=date(2025, 9, 30)), {"2025_08", "2025_09", "2025_10"}),
        (Filters(since=date(2025, 9, 3), until=date(2025, 9, 27)), {"2025_09"}),
    ):
        for role in ("rita", "ana"):
            with database.connect(role) as connection:
                begin(connection)
                explained = Explained(connection)
                team = TeamCalls(cast("Database", explained))
                asked = team.ask(lambda connection: connection)
                for by in GROUPINGS.values():
                    assert statistics(asked, wanted, NOW, by, steps_have_start=True).calls == 1
                patterns(asked, wanted, Topics())
                pareto(asked, wanted, Topics())
                promise_trend(asked, wanted, NOW)
                assert count(asked, wanted) == 1
                assert ids_of(asked, wanted) == ["of-9"]
                assert page(asked, wanted, NOW).rows[0].id == "of-9"
                assert team.unverified_count(wanted) == 0
                assert explained.read == months
                assert overview(team, wanted, NOW, Topics()).demand.waiting == 0
                assert explained.read == {"2025_08", "2025_09", "2025_10"}
