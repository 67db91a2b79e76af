"""`log causes` and the groups of issues, causes and families, as they are run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from recoverycli.store.calls.archive import Archive
from recoverycli.store.cause_map import map_path
from tests.synthetic import calls

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.recovery import Recovery

CAUSES = ("late courier", "Late courier", "Late  courier!", "Late courier", "carrier late", "Ana Ruiz mistyped", None)
ISSUES = ("late parcel", "Late parcel", "late-parcel", "charged twice", "weather", None)


@pytest.fixture
def stored(recovery: Recovery) -> Recovery:
    archive = Archive(recovery.data)
    for number, call in enumerate(calls(42, seed=9, days=40)):
        cause, issue = CAUSES[number % len(CAUSES)], ISSUES[number % len(ISSUES)]
        archive.write(msgspec.structs.replace(call, root_cause=cause, issue=issue))
    return recovery


def lines(recovery: Recovery, *argv: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in recovery("log", "causes", *argv, "--json").stdout.splitlines()]


def counts(recovery: Recovery, by: str) -> dict[str, int]:
    groups = json.loads(recovery("log", "stats", "--by", by, "--json").stdout)["figures"]["groups"]
    return {group["name"]: group["calls"] for group in groups}


def transcripts(data: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in data.joinpath("sessions").rglob("*.json")}


def test_spellings_of_an_issue_are_one_group_and_families_hold_them(stored: Recovery) -> None:
    assert counts(stored, "issue") == {"Late parcel": 21, "charged twice": 7, "weather": 7, "not said": 7}
    assert counts(stored, "family") == {"Delivery": 21, "Bills and payments": 7, "other issues": 7, "not said": 7}


def test_a_merge_counts_two_causes_as_one_everywhere_and_changes_no_call(stored: Recovery) -> None:
    before = transcripts(stored.data)
    first = lines(stored)
    assert [(one["cause"], one["calls"]) for one in first] == [
        ("Late courier", 24), ("Ana Ruiz mistyped", 6), ("carrier late", 6),
    ]  # fmt: skip
    assert [one["calls"] for one in first[0]["spellings"]] == [12, 6, 6]
    done = stored("log", "causes", "merge", "LATE courier", "Carrier late.")
    assert done.stdout.startswith('"Late courier" is counted as "carrier late" now; no call was changed.')
    assert counts(stored, "cause") == {"carrier late": 30, "Ana Ruiz mistyped": 6, "not said": 6}
    page = stored("log", "causes").stdout
    assert "carrier late: 30 calls" in page
    assert "carrier late: Late courier (12), Late  courier! (6), carrier late (6), late courier (6)" in page
    assert lines(stored, "--since", "2100-01-01") == []
    assert transcripts(stored.data) == before
    assert stored("log", "causes", "split", "late courier").returncode == 0
    assert lines(stored) == first


def test_the_map_is_in_backups_and_erased_like_other_data(stored: Recovery, tmp_path: Path) -> None:
    assert stored("log", "causes", "merge", "late courier", "Ana Ruiz mistyped").returncode == 0
    backup, kept = str(tmp_path / "calls.tar.gz"), map_path(stored.data).read_bytes()
    assert "1 map of causes" in stored("log", "backup", backup).stdout
    map_path(stored.data).unlink()
    assert stored("log", "restore", backup, "--yes").returncode == 0
    assert map_path(stored.data).read_bytes() == kept
    assert stored("log", "erase", "--customer", "Ana Ruiz", "--yes").returncode == 0
    assert b"Ruiz" not in map_path(stored.data).read_bytes()
    assert {one["cause"]: one["calls"] for one in lines(stored)} == {"[erased] mistyped": 30, "carrier late": 6}


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("merge", "late couriers", "carrier late"), "did you mean"),
        (("merge", "late courier", "LATE, courier"), "the same cause already"),
        (("merge", "late courier", " "), "the second cause is empty"),
        (("merge", "late courier"), "not understood"),
        (("split", "late courier"), "No cause is merged"),
        (("merge", "late courier", "carrier late", "--since", "yesterday"), "takes no options"),
    ],
)
def test_what_cannot_be_merged_is_refused_with_a_reason(stored: Recovery, argv: tuple[str, ...], words: str) -> None:
    done = stored("log", "causes", *argv)
    assert done.returncode in {1, 2}
    assert words in done.stderr
    assert not map_path(stored.data).exists()


def test_a_broken_map_is_reported_and_the_figures_are_shown_without_it(stored: Recovery) -> None:
    map_path(stored.data).parent.mkdir()
    map_path(stored.data).write_text('{"merged": 1}', encoding="utf-8")
    done = stored("log", "causes")
    assert "it is not a map of causes; no cause is merged" in done.stderr
    assert "Late courier: 24 calls" in done.stdout
    assert stored("log", "causes", "merge", "late courier", "carrier late").returncode == 1
    assert map_path(stored.data).read_text(encoding="utf-8") == '{"merged": 1}'
