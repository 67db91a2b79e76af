"""Many calls: list, search, statistics and index, each against its peer in the same run. Exits 1 where one misses.

Stores of 100 and 100,000 calls that never happened (`synthetic.py`), with `--million` one of 1,000,000 as well. A
command and its peer alternate after one run of each that is not counted: files and index lie in the page cache for
both. Ratios are of medians. What a peer is missing for is named in the table.

`--stores DIR` keeps the stores there and takes them from there; `--write` puts the table into docs/performance.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from measuring import RECOVERY, RUNS, Row, Run, environ_of, once, tell, weighed, write

SYNTHETIC = Path(__file__).with_name("synthetic.py")
FEW, MANY, MILLION = 100, 100_000, 1_000_000
SLOW_RUNS = max(1, RUNS // 5)
MOST_MEMORY = 200
PAGE = ["log", "list", "-n", "20", "--json"]
STATS = ["log", "stats", "--json"]
REINDEX = ["log", "reindex"]
# In about one call of a hundred.
WORD = "harpsichord"
PHRASE = "was charged twice"
# A part of what `log stats` tells, without what was amended later; each core takes its share of the files.
PART = """reduce inputs as $call ({}; .outcomes[$call.outcome // "open"] += 1 | .issues[$call.issue // "none"] += 1
| .seconds += $call.seconds | .calls += 1)"""
WHOLE = """def sums: reduce .[] as $one ({}; reduce ($one | to_entries[]) as $more (.; .[$more.key] += $more.value));
{outcomes: map(.outcomes) | sums, issues: map(.issues) | sums, calls: map(.calls) | add,
mean: ((map(.seconds) | add) / (map(.calls) | add))}"""
JQ = """find "$1" -name '*.json' -print0 |
xargs -0 -P "$2" -n 2000 sh -c 'part=$1; shift; cat "$@" | jq -nc "$part"' part "$3" | jq -sc "$4" """
DECODE = """
import os, sys
import msgspec
from recoverycli.session.transcript.model import Call

decode = msgspec.json.Decoder(Call).decode
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        with open(os.path.join(folder, name), "rb") as file:
            decode(file.read())
"""


class Store(NamedTuple):
    """A data folder with so many calls."""

    home: Path
    calls: int
    environ: dict[str, str]

    @property
    def sessions(self) -> str:
        """Where the transcripts lie."""
        return str(self.home / "sessions")

    def told(self, *argv: str) -> str:
        """What a command prints on these calls."""
        return subprocess.run(
            [*RECOVERY, *argv], env=self.environ, capture_output=True, check=True, encoding="utf-8"
        ).stdout

    def run(self, argv: list[str]) -> float:
        """Seconds of a command on these calls."""
        return once([*RECOVERY, *argv], self.environ)

    def weigh(self, argv: list[str]) -> Run:
        """Seconds and highest memory of a command on these calls, with the processes that it began."""
        return weighed([*RECOVERY, *argv], self.environ)


class Pair(NamedTuple):
    """Medians of a command and its peer, in seconds."""

    ours: float
    peer: float


def stores(folder: Path, counts: list[int], settings: Path) -> list[Store]:
    """Return stores of so many calls, made where they are not there yet, each with its index."""
    made = []
    for count in counts:
        home = folder / f"calls-{count}"
        if not home.exists():
            aside = folder / f"part-{count}"
            shutil.rmtree(aside, ignore_errors=True)
            subprocess.run([sys.executable, str(SYNTHETIC), str(aside), "--calls", str(count)], check=True)
            aside.rename(home)
        made.append(Store(home, count, environ_of(home, settings)))
    # Folders that changed in the last seconds are looked at again by every command: all are made before any is asked.
    for store in made:
        once([*RECOVERY, *PAGE], store.environ)
    return made


def pair(store: Store, argv: list[str], peer: list[str], runs: int) -> Pair:
    """Run a command and its peer in turn, after one of each that is not counted."""
    store.run(argv)
    once(peer, store.environ)
    ours, peers = zip(*((store.run(argv), once(peer, store.environ)) for _ in range(runs)), strict=True)
    return Pair(statistics.median(ours), statistics.median(peers))


def list_rows(few: Store, more: list[Store]) -> list[Row]:
    """A page of the list among many calls, against the same among a hundred."""
    every = [few, *more]
    for store in every:
        store.run(PAGE)
    taken = [[store.run(PAGE) for store in every] for _ in range(RUNS)]
    floor, *rest = (statistics.median(seconds) for seconds in zip(*taken, strict=True))
    against = f"the same of {FEW}, {floor * 1000:.0f} ms"
    return [
        Row(
            f"log list, a page of {store.calls:,}", seconds / floor, 1.15 if store.calls <= MANY else 1.3, floor=against
        )
        for store, seconds in zip(more, rest, strict=True)
    ]


def rare_name(store: Store) -> str:
    """The second name of a customer in the middle of the store."""
    files = sorted(Path(store.sessions).rglob("*.json"))
    documents = (json.loads(file.read_bytes()) for file in files[len(files) // 2 :])
    return next(found["customer"]["name"].split()[-1] for found in documents if found["customer"]["name"])


def faster(what: str, pair: Pair, budget: float, peer: str) -> Row:
    """How many times as fast as its peer a command is."""
    times = f"{pair.ours * 1000:,.0f} ms against {pair.peer * 1000:,.0f} ms"
    return Row(what, pair.peer / pair.ours, budget, floor=f"{peer}, {times}", least=True)


def search_rows(store: Store) -> list[Row]:
    """A page of what a search finds, best first, against the names of the files that hold the words."""
    name = rare_name(store)
    rows = []
    for typed, plain in ((WORD, WORD), (f'"{PHRASE}"', PHRASE), (name, name)):
        what = f"log search {typed} in {store.calls:,}"
        if not shutil.which("rg"):
            rows.append(Row(what, None, 3, floor="missing on this machine: rg", least=True))
            continue
        peer = ["rg", "-l", "-i", "-F", plain, store.sessions]
        files = len(subprocess.run(peer, capture_output=True, check=True).stdout.splitlines())
        argv = ["log", "search", typed, "-n", "20", "--json"]
        rows.append(faster(f"{what}: {files:,} files", pair(store, argv, peer, RUNS), 3, "rg -l -i -F"))
    return rows


def stats_row(store: Store) -> Row:
    """All statistics against a part of them counted by jq."""
    what = f"log stats of {store.calls:,}"
    missing = [name for name in ("jq", "find", "xargs") if not shutil.which(name)]
    if missing:
        return Row(what, None, 10, floor=f"missing on this machine: {', '.join(missing)}", least=True)
    jq = ["sh", "-c", JQ, "jq", store.sessions, str(os.cpu_count()), PART, WHOLE]
    counted = json.loads(subprocess.run(jq, capture_output=True, check=True).stdout)
    figures = json.loads(store.told(*STATS))["figures"]
    outcomes = {one["name"]: one["count"] for one in figures["outcomes"]}
    if counted["calls"] != figures["calls"]:
        raise ValueError(f"jq counts other calls: {counted['calls']}, not {figures['calls']}")
    if sum(outcomes.values()) + figures["abandoned"] + figures["without_outcome"] != sum(counted["outcomes"].values()):
        raise ValueError(f"jq counts other outcomes: {counted['outcomes']}, not {outcomes}")
    return faster(what, pair(store, STATS, jq, SLOW_RUNS), 10, f"jq on {os.cpu_count()} cores")


def index_row(store: Store) -> Row:
    """The whole index built, against reading and decoding all files in one process."""
    decode = [sys.executable, "-c", DECODE, store.sessions]
    found = pair(store, REINDEX, decode, SLOW_RUNS)
    floor = f"read and decode, {found.ours:.1f} s against {found.peer:.1f} s"
    return Row(f"log reindex of {store.calls:,}", found.ours / found.peer, 2.5, floor=floor)


def memory_rows(store: Store) -> list[Row]:
    """The highest memory of each command on that many calls, of all its processes together."""
    rows = []
    for argv in (PAGE, ["log", "search", PHRASE, "-n", "20", "--json"], STATS, REINDEX):
        run = store.weigh(argv)
        what = f"memory of {' '.join(argv[:2])}, {store.calls:,} calls"
        rows.append(Row(what, run.memory, MOST_MEMORY, "MB", f"in {run.seconds:,.2f} s"))
    return rows


def measured(folder: Path, settings: Path, *, million: bool) -> list[Row]:
    """All rows."""
    few, *more = stores(folder, [FEW, MANY, *([MILLION] if million else [])], settings)
    many = more[0]
    return [
        *list_rows(few, more),
        *search_rows(many),
        stats_row(many),
        index_row(many),
        *(row for store in more for row in memory_rows(store)),
    ]


def main() -> int:
    """Measure, print the table, and return 1 where a budget is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--million", action="store_true", help="a store of 1,000,000 calls as well (some 8 GB)")
    parser.add_argument("--stores", type=Path, help="keep the stores in that folder")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    asked = parser.parse_args()
    if asked.stores:
        asked.stores.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as passing:
        settings = Path(passing, "settings")
        rows = measured(asked.stores or Path(passing), settings, million=asked.million)
    note = f"{RUNS} runs of each, {SLOW_RUNS} of those against jq and of the index"
    tell(rows, f"{note}; Python {platform.python_version()}; {' '.join(RECOVERY)}")
    if asked.write:
        write(rows, "benchmarks/scale.py", note, "measured at scale")
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
