"""Write a store of calls that never happened: `python benchmarks/synthetic.py DIR --calls 100000 [--seed 1]`.

The files are those that `recovery` writes, without waiting for the disk after each.
"""

from __future__ import annotations

import argparse
import os
import sys
from multiprocessing import Pool
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.synthetic import END, calls

from recoverycli.session.transcript import encode
from recoverycli.store.transcripts import ID

SHARE = 5_000
DAYS = 700


def write(share: tuple[str, int, int, int, int]) -> int:
    """Write one share of the calls: a stretch of days of its own, by a seed of its own."""
    folder, count, seed, first, days = share
    from datetime import timedelta

    made: set[Path] = set()
    for call in calls(count, seed, end=END - timedelta(days=first), days=days):
        year, month, day = ID.fullmatch(call.id).groups()  # type: ignore[union-attr]
        path = Path(folder, "sessions", year, month, day, f"{call.id}.json")
        if path.parent not in made:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(encode(call))
    return count


def fill(folder: Path, count: int, seed: int = 1) -> None:
    """Write `count` calls over 700 days, or fewer for a few calls."""
    shares = max(1, min(count // SHARE, 140))
    days = DAYS // shares
    parts = [
        (str(folder), count // shares + (place < count % shares), seed * 1000 + place, place * days, days)
        for place in range(shares)
    ]
    with Pool(os.cpu_count()) as pool:
        for _ in pool.imap_unordered(write, parts):
            pass


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--calls", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    fill(asked.folder, asked.calls, asked.seed)
