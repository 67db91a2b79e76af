"""Write a store of calls that never happened: `python benchmarks/synthetic.py DIR --calls 100000 [--seed 1]`.

The files are those that `recovery` writes, without waiting for the disk after each. The same arguments give the same
bytes.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date, datetime, time, timedelta
from multiprocessing import Pool
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.synthetic import END, ZONE, calls

from recoverycli.session.transcript.model import encode
from recoverycli.store.layout import ID
from recoverycli.system.disk import open_binary

SHARE = 5_000
DAYS = 700
WEEK = 7
MOST_SHARES = 100


class Share(NamedTuple):
    """A stretch of days, whole weeks but for the last, and the calls that are made for it by a seed of its own."""

    folder: Path
    count: int
    seed: int
    end: datetime
    days: int
    late_parcels: bool


def write(share: Share) -> int:
    """Write one share of the calls."""
    made: set[Path] = set()
    for call in calls(share.count, share.seed, end=share.end, days=share.days, late_parcels=share.late_parcels):
        year, month, day = ID.fullmatch(call.id).groups()  # type: ignore[union-attr]  # made as one
        folder = share.folder / "sessions" / year / month / day
        if folder not in made:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            made.add(folder)
        descriptor = open_binary(folder / f"{call.id}.json", os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
        with os.fdopen(descriptor, "wb") as file:
            file.write(encode(call))
    return share.count


def shares(
    folder: Path, count: int, seed: int, *, end: datetime = END, days: int = DAYS, late_parcels: bool = False
) -> list[Share]:
    """Cut the days before `end` into shares that processes can make apart from each other."""
    number = max(1, min(count // SHARE, days // WEEK, MOST_SHARES))
    weeks = days // WEEK
    cuts = [place * weeks // number * WEEK for place in range(number)] + [days]
    made = [count * cut // days for cut in cuts]
    return [
        Share(
            folder,
            made[n + 1] - made[n],
            seed * 1000 + n,
            end - timedelta(cuts[n]),
            cuts[n + 1] - cuts[n],
            late_parcels,
        )
        for n in range(number)
    ]


def fill(folder: Path, parts: list[Share]) -> None:
    """Write the shares, by a process for each core."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    total = sum(share.count for share in parts)
    done = 0
    with Pool(os.cpu_count()) as pool:
        for written in pool.imap_unordered(write, parts):
            done += written
            if sys.stderr.isatty():
                print(f"\r{done:,} of {total:,} calls", end="", file=sys.stderr)
    if sys.stderr.isatty():
        print(file=sys.stderr)


def main() -> int:
    """Write the store that was asked for; a folder that holds calls already is refused."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="an empty or a new folder")
    parser.add_argument("--calls", type=int, required=True, help="how many")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=int, default=DAYS, help="over how many days they are spread")
    parser.add_argument("--end", type=date.fromisoformat, default=END.date(), help="the day after the last")
    parser.add_argument("--late-parcels", action="store_true", help="calls about late parcels pile up on Tuesdays")
    asked = parser.parse_args()
    if (asked.folder / "sessions").exists():
        print(f"{asked.folder} holds calls already: take a new folder", file=sys.stderr)
        return 1
    if asked.calls < 1 or asked.days < 1:
        print("--calls and --days: 1 or more", file=sys.stderr)
        return 2
    end = datetime.combine(asked.end, time(), ZONE)
    fill(
        asked.folder,
        shares(asked.folder, asked.calls, asked.seed, end=end, days=asked.days, late_parcels=asked.late_parcels),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
