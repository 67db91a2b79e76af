"""`log export --format parquet`: what engines read is what `log stats` counts, and it is there whole or not at all."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import tracemalloc
from datetime import UTC, date, datetime, timedelta, timezone
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec
import pytest

from recoverycli.session.transcript.model import Call, Transcript, TranscriptCustomer
from recoverycli.store.calls.archive import Archive
from recoverycli.team.dataset.columns import COLUMNS, schema
from recoverycli.team.dataset.parquet import GROUP, MARK, write_dataset
from tests.commands.recovery import Recovery
from tests.golden import compare
from tests.synthetic import calls

pytestmark = pytest.mark.skipif(
    find_spec("pyarrow") is None or find_spec("duckdb") is None,
    reason="pyarrow and duckdb are not installed",
)

PAGE = (
    (Path(__file__).parents[2] / "docs" / "guide" / "team.md")
    .read_text(encoding="utf-8")
    .partition("## Files for engines")[2]
    .partition("## Scaling further")[0]
)
NUMBER = 120


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Recovery:
    recovery = Recovery(tmp_path_factory.mktemp("stored"))
    archive = Archive(recovery.data)
    for call in calls(NUMBER, seed=4, days=90):
        archive.write(call)
    return recovery


def exported(recovery: Recovery, folder: Path, *more: str) -> Path:
    done = recovery("log", "export", *(more or ("--all",)), "--format", "parquet", "--output", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


def rows(dataset: Path, sql: str) -> list[tuple[Any, ...]]:
    import duckdb

    engine = duckdb.connect()
    engine.execute(f"CREATE VIEW calls AS FROM read_parquet('{dataset}/**/*.parquet', hive_partitioning = true)")
    return engine.execute(sql).fetchall()


def whole(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def written(call: Call, folder: Path, *, with_text: bool = False) -> list[dict[str, Any]]:
    import pyarrow.dataset as ds

    write_dataset(folder, [Transcript({}, call)], with_text=with_text)
    found: list[dict[str, Any]] = ds.dataset(folder, partitioning="hive").to_table().to_pylist()
    return found


def test_the_engines_count_what_log_stats_counts(stored: Recovery, tmp_path: Path) -> None:
    dataset = exported(stored, tmp_path / "calls")
    figures = json.loads(stored("log", "stats", "--json").stdout)["figures"]
    promises, lengths = figures["promises"], figures["lengths"]
    assert rows(dataset, "SELECT count(*), count(*) FILTER (state = 'abandoned') FROM calls") == [
        (figures["calls"], figures["abandoned"])
    ]
    ended = "SELECT outcome, count(*) FROM calls WHERE state = 'finished' AND outcome IS NOT NULL GROUP BY 1"
    assert dict(rows(dataset, ended)) == {one["name"]: one["count"] for one in figures["outcomes"]}
    middle = "SELECT count(*), median(seconds), avg(seconds) FROM calls WHERE state = 'finished'"
    ((finished, median, mean),) = rows(dataset, middle)
    assert (finished, round(median, 1), round(mean, 1)) == (lengths["calls"], lengths["median"], lengths["mean"])
    found = rows(
        dataset,
        """SELECT count(*), count(p.promised), count(*) FILTER (p.done <= p.promised),
        count(*) FILTER (p.done > p.promised), count(*) FILTER (p.done IS NULL), count(*) FILTER (p.satisfied)
        FROM (SELECT unnest(promises) AS p FROM calls)""",
    )
    undone = promises["overdue"] + promises["open"] + promises["undated"] - promises["undated_done"]
    told = [promises[name] for name in ("made", "dated", "kept", "late")]
    assert found == [(*told, undone, promises["satisfied"])]
    assert promises["kept"]
    assert promises["late"]
    assert undone
    remedies = rows(
        dataset,
        """SELECT o.remedy_key, o.currency, count(*),
        round(sum(CASE WHEN o.answer = 'accepted' THEN coalesce(o.value, 0) ELSE 0 END), 2),
        count(*) FILTER (o.within_authority = false) FROM (SELECT unnest(offers) AS o FROM calls) GROUP BY ALL""",
    )
    assert set(remedies) == {
        (one["remedy"].casefold(), one["currency"], one["offered"], one["value"], one["beyond"])
        for one in figures["remedies"]
    }
    said = rows(dataset, "SELECT sum(own_words), sum(own_words + read_out) FROM calls WHERE state = 'finished'")
    assert said == [(figures["own_words"]["count"], figures["own_words"]["of"])]
    heat = {
        (day, hour): count
        for day, hour, count in rows(dataset, "SELECT weekday, hour, count(*) FROM calls GROUP BY ALL")
    }
    assert all(heat.get((d, h), 0) == n for d, hours in enumerate(figures["heat"]) for h, n in enumerate(hours))


def test_filters_mean_the_same_calls_as_everywhere(stored: Recovery, tmp_path: Path) -> None:
    dataset = exported(stored, tmp_path / "calls", "--issue", "billing", "--outcome", "resolved")
    listed = stored("log", "list", "--issue", "billing", "--outcome", "resolved", "--json").stdout.splitlines()
    assert {one for (one,) in rows(dataset, "SELECT id FROM calls")} == {json.loads(line)["id"] for line in listed}
    assert listed


def test_the_schema_is_as_it_was(stored: Recovery, tmp_path: Path) -> None:
    columns = schema(with_text=False)
    told = [f"{field.name}: {field.type}" for field in columns]
    told += [f"{key.decode()} = {value.decode()}" for key, value in columns.metadata.items()]
    compare("dataset_schema", "\n".join(told) + "\n")
    dataset = exported(stored, tmp_path / "calls")
    import pyarrow.dataset as ds

    for file in ds.dataset(dataset, partitioning="hive").get_fragments():
        assert file.physical_schema.names == columns.names
        assert file.physical_schema.metadata[b"recovery.schema_version"] == b"1"


def test_the_page_tells_every_column_with_its_type() -> None:
    told = re.findall(r"^\| `(\w+)` \| `([^`]+)` \| (.+) \|$", PAGE, re.MULTILINE)
    assert told == [(one.name, one.type, one.meaning + (" (text)" if one.text else "")) for one in COLUMNS]


def test_the_questions_on_the_page_can_be_asked(
    stored: Recovery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import duckdb

    exported(stored, tmp_path / "calls", "--all", "--with-text")
    monkeypatch.chdir(tmp_path)
    by_week, by_month, by_cause = (
        duckdb.connect().execute(sql).fetchall() for sql in re.findall(r"```sql\n(.+?)```", PAGE, re.DOTALL)
    )
    figures = json.loads(stored("log", "stats", "--json").stdout)["figures"]
    assert all(0 <= share <= 1 for *_, share in by_week)
    assert sum(promises for _, _, promises, *_ in by_month) == figures["promises"]["made"]
    assert sum(kept for *_, kept, _, _ in by_month) == figures["promises"]["kept"]
    assert sum(accepted for _, _, accepted, _ in by_cause) == sum(one["accepted"] for one in figures["remedies"])
    assert len(by_cause) > 1


def test_no_name_no_reference_and_no_free_text_leaves_unless_it_is_asked_for(tmp_path: Path) -> None:
    call = next(one for one in calls(200, seed=2) if one.promises and one.tasks and one.summary and one.root_cause)
    call = msgspec.structs.replace(call, customer=TranscriptCustomer("Ana Lopez", "C-1"), agent="Desk 9")
    (bare,) = written(call, tmp_path / "bare")
    assert [bare[name] for name in ("agent", "customer", "reference", "cause", "summary")] == [None] * 5
    assert {one["what"] for one in (*bare["promises"], *bare["tasks"])} == {None}
    (told,) = written(call, tmp_path / "told", with_text=True)
    assert (told["customer"], told["reference"], told["agent"]) == ("Ana Lopez", "C-1", "Desk 9")
    assert (told["cause"], told["summary"]) == (call.root_cause, call.summary)
    assert [one["what"] for one in told["promises"]] == [promise.what for promise in call.promises]


def test_odd_text_comes_back_as_it_was(tmp_path: Path) -> None:
    odd = "=1+1 \x00\x1b[31m 😀 \u202e\n" + "x" * 100_000
    call = msgspec.structs.replace(next(calls(1)), summary=odd, issue="a|b'\"")
    (told,) = written(call, tmp_path / "calls", with_text=True)
    assert (told["summary"], told["issue"]) == (odd, "a|b'\"")


def test_a_call_at_the_end_of_a_year_is_where_its_utc_time_is(tmp_path: Path) -> None:
    tokyo = timezone(timedelta(hours=9))
    began = datetime(2027, 1, 1, 0, 30, tzinfo=tokyo)
    call = msgspec.structs.replace(next(calls(1)), started_at=began, ended_at=began + timedelta(minutes=4))
    (told,) = written(call, tmp_path / "calls")
    assert (told["year"], told["month"]) == (2026, 12)
    assert (told["day"], told["hour"], told["weekday"]) == (date(2027, 1, 1), 0, 4)
    assert told["started"] == began.astimezone(UTC)


def test_practice_is_left_out(tmp_path: Path) -> None:
    practised = msgspec.structs.replace(next(calls(1)), kind="practice")
    assert write_dataset(tmp_path / "calls", [Transcript({}, practised)]).calls == 0


def test_an_empty_store_leaves_nothing_behind(tmp_path: Path) -> None:
    done = Recovery(tmp_path)("log", "export", "--all", "--format", "parquet", "--output", str(tmp_path / "calls"))
    assert done.returncode == 1
    assert "no calls match" in done.stderr
    assert not list(tmp_path.glob("*calls*"))


def test_an_earlier_export_is_replaced_only_when_that_was_said(stored: Recovery, tmp_path: Path) -> None:
    dataset = exported(stored, tmp_path / "calls")
    before = whole(dataset)
    asked = ("log", "export", "--issue", "billing", "--format", "parquet", "--output", str(dataset))
    refused = stored(*asked)
    assert refused.returncode == 2
    assert "--yes" in refused.stderr
    assert whole(dataset) == before
    assert stored(*asked, "--yes").returncode == 0
    assert rows(dataset, "SELECT DISTINCT issue FROM calls") == [("billing",)]
    assert [path.name for path in tmp_path.iterdir()] == ["calls"]
    assert stat.S_IMODE(dataset.stat().st_mode) == 0o700


def test_a_folder_with_other_files_is_never_touched(stored: Recovery, tmp_path: Path) -> None:
    dataset = exported(stored, tmp_path / "calls")
    (dataset / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / MARK).write_text("{}", encoding="utf-8")
    for folder in (dataset, tmp_path / "mine"):
        before = whole(folder)
        done = stored("log", "export", "--all", "--format", "parquet", "--output", str(folder), "--yes")
        assert done.returncode == 2
        assert "this export did not write" in done.stderr
        assert whole(folder) == before


def test_a_disk_that_is_full_leaves_the_earlier_export(stored: Recovery, tmp_path: Path) -> None:
    dataset = exported(stored, tmp_path / "calls", "--limit", "3")
    before = whole(dataset)

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, 9_000))

    asked = ("log", "export", "--all", "--format", "parquet", "--output", str(dataset), "--yes")
    # Coverage would want to write a file of its own.
    measured = {key: "" for key in os.environ if key.startswith("COV")}
    done = stored(*asked, before=little_room, environ=measured)
    assert done.returncode == 1, done.stderr
    assert "limit on file sizes is reached" in done.stderr
    assert "Traceback" not in done.stderr
    assert whole(dataset) == before
    assert [path.name for path in tmp_path.iterdir()] == ["calls"]


def test_a_killed_export_leaves_no_half_dataset_in_place(stored: Recovery, tmp_path: Path) -> None:
    target = tmp_path / "calls"
    process = stored.begin("log", "export", "--all", "--format", "parquet", "--output", str(target))
    while process.poll() is None and not list(tmp_path.glob(".calls.*.tmp/year=*")):
        pass  # until it has begun to write
    process.kill()
    process.communicate()
    assert process.returncode != 0
    assert not target.exists()
    exported(stored, target)
    assert rows(target, "SELECT count(*) FROM calls") == [(NUMBER,)]


def test_a_dataset_that_was_moved_aside_when_its_export_was_killed_is_put_back(
    stored: Recovery, tmp_path: Path
) -> None:
    dataset = exported(stored, tmp_path / "calls")
    before = whole(dataset)
    dataset.rename(tmp_path / ".calls.before")
    done = stored("log", "export", "--all", "--format", "parquet", "--output", str(dataset))
    assert done.returncode == 2
    assert whole(dataset) == before


def test_without_pyarrow_one_line_says_what_to_install(stored: Recovery, tmp_path: Path) -> None:
    # A finder before all others that knows of no pyarrow, as in an environment without it.
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as u\nreal = u.find_spec\n"
        "u.find_spec = lambda name, package=None: None if name == 'pyarrow' else real(name, package)\n",
        encoding="utf-8",
    )
    asked = ("log", "export", "--all", "--format", "parquet", "--output", str(tmp_path / "calls"))
    done = stored(*asked, environ={"PYTHONPATH": str(tmp_path)})
    assert done.returncode == 1
    assert 'pip install "recoverycli[team]"' in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "calls").exists()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--format", "parquet"), "folder of files"),
        (("--format", "parquet", "--practice", "--output", "x"), "practice"),
        (("--format", "parquet", "--no-notes", "--output", "x"), "never contains notes"),
        (("--format", "csv", "--with-text"), "needs --format parquet"),
        (("--format", "parqet"), "did you mean parquet"),
    ],
)
def test_what_makes_no_sense_is_refused(stored: Recovery, tmp_path: Path, more: tuple[str, ...], says: str) -> None:
    done = stored("log", "export", "--all", *more, cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr


def test_memory_does_not_grow_with_the_number_of_calls(tmp_path: Path) -> None:
    import pyarrow as pa

    one = Transcript({}, next(calls(1)))
    write_dataset(tmp_path / "warm", [one])
    peaks, columns = [], []
    for count in (GROUP, 2 * GROUP):
        tracemalloc.start()
        write_dataset(tmp_path / str(count), (one for _ in range(count)))
        peaks.append(tracemalloc.get_traced_memory()[1])
        columns.append(pa.default_memory_pool().max_memory())
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]
    assert columns[1] < 1.5 * columns[0]
