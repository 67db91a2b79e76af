"""How often `log stats --changed` sees a change, and how often it sees one where there is none. Exits 1 at a miss.

Stores of calls that never happened (`tests/changed_calls.py`), 13 weeks before a day and 13 from it on, at random from
their seeds. "calls a week" has to be right for an issue that was halved or doubled; without a change a run alarms where
any measure is called more or less.
"""

from __future__ import annotations

import argparse
import os
import sys
from multiprocessing import Pool
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.changed_calls import DAY, ISSUE, NOW, Rates, a_store

from recoverycli.review.statistics.change import change
from recoverycli.session.filters import Filters

SEEDS, FEW_SEEDS = 2_000, 100
MOST_ALARMS = 0.05


class Case(NamedTuple):
    """A store of each seed, the filter, and what is right for calls a week; None: any difference is an alarm.

    `fewest` is the share of seeds that have to be right.
    """

    what: str
    rates: Rates
    wanted: Filters
    right: str | None
    fewest: float = 0.9


def _sides(before: float, after: float, what: str, right: str, fewest: float = 0.9) -> Case:
    told = f"{what}: {before:g} before, {after:g} after"
    return Case(told, Rates(before, after), Filters(issue=ISSUE), right, fewest)


CASES = (
    _sides(200, 100, "halved", "less"),
    _sides(200, 400, "doubled", "more"),
    # So few calls show it less often, whatever the test.
    _sides(100, 50, "halved", "less", 0.8),
    _sides(100, 200, "doubled", "more"),
    _sides(20, 0, "vanished", "less"),
    Case("no change, the issue: 200 a side", Rates(200, 200), Filters(issue=ISSUE), None),
    Case("no change, all calls: 400 a side", Rates(200, 200), Filters(), None),
    Case("no change, the issue: 40 a side", Rates(40, 40), Filters(issue=ISSUE), None),
    Case("no change, in clusters of 3 calls a day", Rates(200, 200, cluster=3), Filters(issue=ISSUE), None),
)


class Seen(NamedTuple):
    """What one run said of calls a week, and whether any measure was called more or less."""

    rate: str
    alarm: bool


def look(case: Case, seed: int) -> Seen:
    """Run the comparison in the store of a seed."""
    measures = change(a_store(seed, case.rates), case.wanted, NOW, DAY.date()).measures
    return Seen(measures[0].verdict, any(one.verdict in ("more", "less") for one in measures))


def main() -> int:
    """Run all cases and print what they gave."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS, help=f"of a case without a change ({SEEDS:,})")
    asked = parser.parse_args()
    missed = False
    with Pool(os.cpu_count()) as pool:
        for case in CASES:
            seeds = FEW_SEEDS if case.right else asked.seeds
            seen = pool.starmap(look, [(case, seed) for seed in range(seeds)], chunksize=25)
            if case.right:
                right = sum(one.rate == case.right for one in seen)
                opposite = sum(one.rate in ("more", "less") for one in seen) - right
                print(f"{case.what:<45}{right} of {seeds} right, {opposite} the opposite")
                missed |= right < case.fewest * seeds or opposite > 0
            else:
                alarms = sum(one.alarm for one in seen)
                print(f"{case.what:<45}{alarms} of {seeds:,} alarm ({alarms / seeds:.1%})")
                missed |= alarms > MOST_ALARMS * seeds
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
