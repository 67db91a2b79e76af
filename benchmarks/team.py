"""A whole floor in one PostgreSQL: what reading takes among many calls, alone and while fifty desks push at once.

An embedded server is filled with 10,000 and with 1,000,000 calls that never happened (`synthetic.py`). What is read is
read by whole `recovery ... --team` processes; what they ask is asked once more with EXPLAIN ANALYZE, which names the
partitions that were looked into. Exits 1 where a list page grows by more than its budget, or where what fifty desks
pushed is not there once each.

`--write` puts the tables into docs/performance.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from floor import DESKS, desks, fill, role
from measuring import RECOVERY, RUNS, Row, environ_of, once, put_in_docs, tell
from tests.synthetic import END
from tests.team.floor import Floor, Floors

from recoverycli.commands.common.calls import read_rows
from recoverycli.review.report.page import ReportOptions, pieces, report
from recoverycli.review.search import find_calls
from recoverycli.review.statistics.overview import overview
from recoverycli.review.statistics.topics import Topics
from recoverycli.session.filters import Filters
from recoverycli.session.query import read_search
from recoverycli.store.outbox import waiting_calls
from recoverycli.team.calls import TeamCalls, begin
from recoverycli.team.push import mark_all
from recoverycli.team.trial import Trial

if TYPE_CHECKING:
    from collections.abc import Callable

FEW, MANY = 10_000, 1_000_000
GROWTH = 1.3  # how much longer a list page may take among a hundred times as many calls
SLOW_RUNS = max(1, RUNS // 5)
EACH = 400  # calls of a desk that pushes
SINCE = datetime(2026, 11, 1, tzinfo=END.tzinfo)
MONTH = ["--since", "2026-11-01"]
# One is in about one call of a hundred, one in almost all of them.
RARE, COMMON = "harpsichord", "the"
_PARTITION = re.compile(r"(?:call|step)_(\d{4}_\d\d|before|after)")


class Reading(NamedTuple):
    """Something that is read: how by a command, how within this process, and how often it is measured."""

    what: str
    argv: list[str]
    ask: Callable[[TeamCalls], object]
    runs: int


class Found(NamedTuple):
    """What a reading took, in seconds alone and while desks pushed (none where it was not begun), and what it read."""

    what: str
    alone: float
    beside: list[float]
    partitions: str


class Pushes(NamedTuple):
    """What fifty desks at once sent: how many calls, in how many seconds, and those that are not there once."""

    calls: int
    seconds: float
    wrong: int


def _page(calls: TeamCalls) -> object:
    return list(islice(read_rows(calls, Filters(limit=20)), 20))


def _search(word: str) -> Callable[[TeamCalls], object]:
    return lambda calls: find_calls(calls, read_search(word), Filters(limit=20), END, "rank")


def _statistics(wanted: Filters) -> Callable[[TeamCalls], object]:
    return lambda calls: overview(calls, wanted, END, Topics(), None, None)


def _report(wanted: Filters) -> Callable[[TeamCalls], object]:
    return lambda calls: sum(map(len, pieces(report(calls, wanted, END, Topics(), ReportOptions("All")))))


LIST = Reading("log list, a page", ["log", "list", "--team", "-n", "20", "--json"], _page, RUNS)
READINGS = (
    LIST,
    Reading(f"log search {RARE}", ["log", "search", "--team", RARE, "-n", "20", "--json"], _search(RARE), RUNS),
    Reading(
        f"log search {COMMON}", ["log", "search", "--team", COMMON, "-n", "20", "--json"], _search(COMMON), SLOW_RUNS
    ),
    Reading(
        "log stats of a month", ["log", "stats", "--team", "--json", *MONTH], _statistics(Filters(since=SINCE)), RUNS
    ),
    Reading(
        "log report of a month", ["log", "report", "--team", "-o", "-", *MONTH], _report(Filters(since=SINCE)), RUNS
    ),
    Reading("log stats of all", ["log", "stats", "--team", "--json"], _statistics(Filters()), SLOW_RUNS),
    Reading("log report of all", ["log", "report", "--team", "-o", "-"], _report(Filters()), SLOW_RUNS),
)


class Spy:
    """A connection that remembers what it was asked."""

    def __init__(self, database: Any) -> None:
        self.adapters = database.adapters
        self.asked: list[tuple[Any, Any]] = []
        self._database = database

    def execute(self, question: Any, values: Any = ()) -> Any:
        """Ask."""
        self.asked.append((question, values))
        return self._database.execute(question, values)


def environ(folder: Path, floor: Floor, who: str, home: Path | None = None) -> dict[str, str]:
    """The environment of a command of somebody on this floor."""
    plain = environ_of(home or folder / "reader", folder / "settings")
    return {**plain, "RECOVERY_TEAM_DSN": floor.dsn(who)}


def partitions(floor: Floor, reading: Reading) -> str:
    """Which months a reading looks into, as EXPLAIN ANALYZE of each of its questions tells."""
    touched: set[str] = set()
    with floor.connect("rita") as database:
        spy = Spy(database)
        reading.ask(begin(spy))  # type: ignore[arg-type]  # it is asked as a connection is
        for question, values in spy.asked[1:]:
            told = database.execute(b"EXPLAIN (ANALYZE, FORMAT JSON) " + question, values).fetchone()
            assert told is not None  # noqa: S101  # a plan is always told
            touched |= set(_touched(told[0][0]["Plan"]))
        every = database.execute("SELECT count(*) FROM pg_inherits WHERE inhparent = 'call'::regclass").fetchone()
    assert every is not None  # noqa: S101  # a count is always told
    names = sorted(touched)
    return f"{len(names)} of {every[0]}: {', '.join(names)}" if len(names) <= 4 else f"{len(names)} of {every[0]}"


def _touched(plan: dict[str, Any]) -> list[str]:
    """The months of the partitions that a plan really looked into."""
    if not plan["Actual Loops"]:
        return []
    own = _PARTITION.fullmatch(plan.get("Relation Name", ""))
    return [*([own[1]] if own else []), *(name for inner in plan.get("Plans", []) for name in _touched(inner))]


def median(argv: list[str], environment: dict[str, str], runs: int) -> float:
    """Seconds of a command, the median of some runs after one that is not counted."""
    once(argv, environment)
    return statistics.median(once(argv, environment) for _ in range(runs))


def growth(folder: Path, few: Floor, many: Floor) -> Row:
    """A page of the list among many calls against the same among few, in turn."""
    environs = [environ(folder, floor, "rita") for floor in (few, many)]
    # The first of each is not counted.
    taken = [[once([*RECOVERY, *LIST.argv], environment) for environment in environs] for _ in range(RUNS + 1)][1:]
    floor_, ours = (statistics.median(seconds) for seconds in zip(*taken, strict=True))
    what = f"log list --team, a page of {_calls(many):,}"
    return Row(what, ours / floor_, GROWTH, floor=f"the same of {_calls(few):,}, {floor_ * 1000:.0f} ms")


def asked(floor: Floor) -> float:
    """Seconds of the question of a page alone, without the start of a process: the median of some."""
    with floor.connect("rita") as database:
        calls = begin(database)
        _page(calls)
        return statistics.median(_timed(lambda: _page(calls)) for _ in range(RUNS * 4))


def _timed(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def _calls(floor: Floor) -> int:
    return int(floor.ask("SELECT count(*) FROM known")[0][0])


def beside(folder: Path, floor: Floor, homes: list[Path]) -> tuple[Pushes, dict[str, list[float]]]:
    """Let every desk push at once, and read in turn until the last has ended."""
    waiting = [call_id for home in homes for call_id in waiting_calls(home)]
    taken: dict[str, list[float]] = {reading.what: [] for reading in READINGS}
    began = time.perf_counter()
    pushing = [
        subprocess.Popen(
            [*RECOVERY, "team", "push", "--quiet"],
            env=environ(folder, floor, role(desk), home),
            stdout=subprocess.DEVNULL,
        )
        for desk, home in enumerate(homes)
    ]
    while any(process.poll() is None for process in pushing):
        for reading in READINGS:
            seconds = once([*RECOVERY, *reading.argv], environ(folder, floor, "rita"))
            if any(process.poll() is None for process in pushing):
                taken[reading.what].append(seconds)
    ended = time.perf_counter()
    found = floor.ask("SELECT count(*), count(DISTINCT id) FROM call WHERE id = ANY (%s)", waiting)[0]
    wrong = len(waiting) - found[1] + found[0] - found[1] + sum(len(waiting_calls(home)) for home in homes)
    return Pushes(len(waiting), ended - began, wrong), taken


def push_alone(folder: Path, floor: Floor, homes: list[Path]) -> float:
    """Seconds in which every desk pushes at once and nobody reads."""
    began = time.perf_counter()
    pushing = [
        subprocess.Popen([*RECOVERY, "team", "push", "--quiet"], env=environ(folder, floor, role(desk), home))
        for desk, home in enumerate(homes)
    ]
    for process in pushing:
        process.wait()
    return time.perf_counter() - began


def table(found: list[Found]) -> list[str]:
    """The lines of the table of readings."""
    lines = ["| what | alone | while fifty desks push | months looked into |", "| --- | --- | --- | --- |"]
    for one in found:
        many = len(one.beside)
        loaded = f"{statistics.median(one.beside) * 1000:,.0f} ms ({many})" if many else "not once"
        lines.append(f"| {one.what} | {one.alone * 1000:,.0f} ms | {loaded} | {one.partitions} |")
    return lines


def main() -> int:
    """Measure, print the tables, and return 1 where something is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=MANY, help=f"how many are many ({MANY:,})")
    parser.add_argument("--each", type=int, default=EACH, help=f"how many each desk pushes ({EACH})")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="floor-") as passing:
        folder = Path(passing)
        trial = Trial(folder / "pg")
        try:
            return measured(folder, Floors(trial, durable=True), wanted)
        finally:
            trial.stop("immediate")


def measured(folder: Path, server: Floors, wanted: argparse.Namespace) -> int:
    """Fill the databases, measure and tell."""
    few, many = server.ready(), server.ready()
    for desk in range(DESKS):
        few.do(f"CREATE ROLE {role(desk)} LOGIN IN ROLE recovery_agent")
    few.do("ALTER SYSTEM SET max_wal_size = '8GB'")
    few.ask("SELECT pg_reload_conf()")
    filled = []
    for floor, count in ((few, FEW), (many, wanted.calls)):
        seconds = _timed(lambda: fill(floor, count))  # noqa: B023  # called at once
        size = floor.ask("SELECT pg_database_size(current_database())")[0][0] / 1e9
        filled.append(f"{count:,} calls filled in {seconds:,.0f} s, {size:.2f} GB")
        print(filled[-1])
    rows = [growth(folder, few, many)]
    pages = [asked(floor) * 1000 for floor in (few, many)]
    alone = {one.what: median([*RECOVERY, *one.argv], environ(folder, many, "rita"), one.runs) for one in READINGS}
    looked = {one.what: partitions(many, one) for one in READINGS}
    # Those of the first week push while nobody reads, those of the second while somebody does.
    first, second = (desks(folder / f"week-{week}", wanted.each, week) for week in (1, 2))
    for home in (*first, *second):
        mark_all(home)
    quiet = push_alone(folder, many, first)
    pushes, loaded = beside(folder, many, second)
    found = [Found(one.what, alone[one.what], loaded[one.what], looked[one.what]) for one in READINGS]
    rates = f"{pushes.calls / quiet:,.0f} calls a second while nobody reads, {pushes.calls / pushes.seconds:,.0f} while"
    told = [
        f"- {filled[0]}; {filled[1]}.",
        f"- The question of a page alone: {pages[0]:.1f} ms among {FEW:,}, {pages[1]:.1f} ms among the many.",
        f"- {DESKS} desks push {pushes.calls:,} calls at once: {rates} somebody reads all the time.",
        f"- Of these calls there are not exactly once: {pushes.wrong}.",
    ]
    version = many.ask("SHOW server_version")[0][0]
    note = f"PostgreSQL {version} with its own settings but for max_wal_size, {RUNS} runs, {SLOW_RUNS} of all calls"
    tell(rows, f"{note}; Python {platform.python_version()}")
    print("\n".join([*table(found), *told]))
    if wanted.write:
        system = f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores"
        given = "" if wanted.calls == MANY else f" --calls {wanted.calls}"
        put_in_docs(
            "measured with a team",
            [
                f"{date.today():%Y-%m-%d}, `python benchmarks/team.py{given} --write`, {note}, {system}:",  # noqa: DTZ011  # the day here
                "",
                "| what | measured | budget | floor |",
                "| --- | --- | --- | --- |",
                *(f"| {' | '.join(row.cells)} |" for row in rows),
                "",
                *table(found),
                "",
                *told,
            ],
        )
    return 0 if all(row.met for row in rows) and not pushes.wrong else 1


if __name__ == "__main__":
    sys.exit(main())
