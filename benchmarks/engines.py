"""One dataset, three that count it: DuckDB, PySpark in local mode and `log stats`. Exits 1 where they do not agree.

A store of calls that never happened (`synthetic.py`) is exported by `recovery log export --format parquet`. PySpark
needs Java 17 or newer and is installed by `make bench-engines`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from measuring import RECOVERY, weighed

SYNTHETIC = Path(__file__).with_name("synthetic.py")
CALLS = 20_000
# Read alike by both engines; times are compared as instants, so that no zone matters.
SQL = {
    "calls": "SELECT count(*), sum(CASE WHEN state = 'abandoned' THEN 1 ELSE 0 END) FROM calls",
    "outcomes": """SELECT outcome, count(*) FROM calls WHERE state = 'finished' AND outcome IS NOT NULL
        GROUP BY 1 ORDER BY 1""",
    "lengths": "SELECT count(*), round(sum(seconds) / count(*), 1) FROM calls WHERE state = 'finished'",
    "promises": """SELECT count(*), count(promised), sum(CASE WHEN done <= promised THEN 1 ELSE 0 END),
        sum(CASE WHEN done > promised THEN 1 ELSE 0 END) FROM promises""",
    "remedies": """SELECT remedy_key, coalesce(currency, ''), count(*),
        round(sum(CASE WHEN answer = 'accepted' THEN coalesce(value, 0) ELSE 0 END), 2) FROM offers
        GROUP BY 1, 2 ORDER BY 1, 2""",
    "steps": "SELECT framework, id, count(*), sum(CASE WHEN status = 'done' THEN 1 ELSE 0 END) FROM steps"
    " WHERE state = 'finished' GROUP BY 1, 2 ORDER BY 1, 2",
}
Counts = dict[str, list[list[Any]]]


def by_duckdb(dataset: Path) -> Counts:
    """Return the counts of DuckDB."""
    import duckdb

    engine = duckdb.connect()
    engine.execute(f"CREATE VIEW calls AS FROM read_parquet('{dataset}/**/*.parquet', hive_partitioning = true)")
    for name in ("promises", "offers", "steps"):
        engine.execute(
            f"CREATE VIEW {name} AS SELECT state, unnest(one)"  # noqa: S608  # ours
            f" FROM (SELECT state, unnest({name}) AS one FROM calls)"
        )
    return {name: plain(engine.execute(sql).fetchall()) for name, sql in SQL.items()}


def by_pyspark(dataset: Path) -> Counts:
    """Return the counts of PySpark in this process and its Java."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    quiet = builder.config("spark.ui.showConsoleProgress", "false").config("spark.sql.shuffle.partitions", "4")
    spark = quiet.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1").getOrCreate()
    try:
        spark.read.parquet(str(dataset)).createOrReplaceTempView("calls")
        for name in ("promises", "offers", "steps"):
            found = spark.sql(f"SELECT state, inline({name}) FROM calls")  # noqa: S608  # ours
            found.createOrReplaceTempView(name)
        return {name: plain(spark.sql(sql).collect()) for name, sql in SQL.items()}
    finally:
        spark.stop()


def by_log_stats(told: dict[str, Any]) -> Counts:
    """Return the same counts out of what `log stats --json` tells."""
    figures = told["figures"]
    promises = figures["promises"]
    return {
        "calls": [[figures["calls"], figures["abandoned"]]],
        "outcomes": sorted([one["name"], one["count"]] for one in figures["outcomes"]),
        "lengths": [[figures["lengths"]["calls"], figures["lengths"]["mean"]]],
        "promises": [[promises[name] for name in ("made", "dated", "kept", "late")]],
        "remedies": sorted(
            [one["remedy"].casefold(), one["currency"] or "", one["offered"], one["value"]]
            for one in figures["remedies"]
        ),
        "steps": sorted([one["framework"], one["step"], one["calls"], one["done"]] for one in figures["steps"]),
    }


def plain(rows: list[Any]) -> list[list[Any]]:
    """Return rows as lists of what JSON knows, so that two engines' own kinds compare."""
    return [[cell if cell is None or isinstance(cell, str | float) else int(cell) for cell in row] for row in rows]


def main() -> int:
    """Make the calls, export them, and let all three count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=CALLS, help=f"how many ({CALLS:,})")
    parser.add_argument("--days", type=int, default=60, help="over how many days they are spread (60)")
    asked = parser.parse_args()
    if shutil.which("java") is None:
        print("PySpark needs Java 17 or newer, and there is no java here", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        home, dataset = Path(folder) / "home", Path(folder) / "calls"
        making = [sys.executable, str(SYNTHETIC), str(home), "--calls", str(asked.calls), "--days", str(asked.days)]
        subprocess.run(making, check=True)
        environ = {**os.environ, "RECOVERY_HOME": str(home), "RECOVERY_CONFIG_HOME": str(Path(folder) / "config")}
        stats = subprocess.run([*RECOVERY, "log", "stats", "--json"], env=environ, capture_output=True, check=True)
        run = weighed([*RECOVERY, "log", "export", "--all", "--format", "parquet", "-o", str(dataset)], environ)
        files = list(dataset.rglob("*.parquet"))
        size = sum(file.stat().st_size for file in files)
        source = sum(file.stat().st_size for file in home.rglob("sessions/**/*.json"))
        print(
            f"{asked.calls:,} calls exported in {run.seconds:.1f} s, {len(files)} files, {run.memory:.0f} MB of memory"
        )
        print(f"{size / asked.calls:.0f} bytes a call; as transcripts {source / asked.calls:,.0f}")
        counted = [by_log_stats(json.loads(stats.stdout)), by_duckdb(dataset), by_pyspark(dataset)]
    agree = True
    for name in SQL:
        same = counted[0][name] == counted[1][name] == counted[2][name]
        agree = agree and same
        print(f"{name:<10}{len(counted[0][name]):>4} rows  {'all three agree' if same else 'THEY DIFFER'}")
        if not same:
            for who, counts in zip(("log stats", "DuckDB", "PySpark"), counted, strict=True):
                print(f"  {who}: {counts[name][:3]}")
    return 0 if agree else 1


if __name__ == "__main__":
    sys.exit(main())
