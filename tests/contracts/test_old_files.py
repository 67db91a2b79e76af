"""What earlier versions wrote is read by today's: see docs/decisions/0009-old-files.md."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.commands.recovery import Recovery

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT = Path(__file__).parents[1] / "golden" / "kept"
VERSIONS = sorted(folder.name for folder in KEPT.iterdir())
# How many calls each has finished and set aside, and who walked the first.
CALLS = {
    "first": (2, 1, None),
    "coaching": (2, 1, "A. Agent"),
    "past-calls": (2, 1, "A. Agent"),
    "practice": (2, 1, "A. Agent"),
}


@pytest.fixture(params=VERSIONS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Recovery]:
    """A data folder as that version left it."""
    shutil.copytree(KEPT / request.param, tmp_path, dirs_exist_ok=True)
    return request.param, Recovery(tmp_path)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file that is not a cache of today's, nor the list of backups."""
    files = (
        path
        for path in folder.rglob("*")
        if path.is_file() and path.suffix in {".json", ".jsonl", ".yaml", ".toml"} and path.name != "backups.json"
    )
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def rows(recovery: Recovery, *argv: str) -> Iterator[dict[str, object]]:
    done = recovery(*argv, "--json")
    assert (done.returncode, done.stderr) == (0, ""), (argv, done.stderr)
    return map(json.loads, done.stdout.splitlines())


def stored_part(shown: dict[str, object]) -> dict[str, object]:
    """What is shown without the values of today, which are not stored."""
    return {key: value for key, value in shown.items() if key != "current"}


def test_every_call_is_listed_shown_found_scored_and_exported_and_no_byte_is_changed(old: tuple[str, Recovery]) -> None:
    version, recovery = old
    before = contents(recovery.home)
    finished, _, agent = CALLS[version]
    listed = list(rows(recovery, "log", "list"))
    assert len(listed) == finished
    for row in listed:
        (shown,) = rows(recovery, "log", "show", str(row["id"]))
        file = next(path for path in recovery.data.rglob(f"{row['id']}.json") if path.parent.name != "reviews")
        assert stored_part(shown) == json.loads(file.read_bytes())
        assert shown["agent"] == agent
        assert recovery("log", "score", str(row["id"])).returncode == 0
        assert recovery("log", "replay", str(row["id"])).returncode == 0
    for format_ in ("html", "csv", "letter", "cast"):
        assert recovery("log", "export", str(listed[-1]["id"]), "--format", format_).returncode == 0
    assert [row["id"] for row in rows(recovery, "log", "search", "double booking")] == [listed[-1]["id"]]
    assert len(list(rows(recovery, "followups", "list"))) >= 1
    assert recovery("log", "stats").returncode == 0
    assert contents(recovery.home) == before


def test_a_call_that_was_paused_continues(old: tuple[str, Recovery]) -> None:
    version, recovery = old
    (journal,) = [path for path in recovery.data.glob("live/*.jsonl") if "-last-" in path.name]
    done = recovery("resume", journal.stem, stdin="\n\n\n1\n\n")
    assert done.returncode == 0, done.stderr
    whole = recovery.last()
    assert (whole["id"], whole["state"], whole["channel"]) == (journal.stem, "finished", "in-person")
    assert whole["steps"][0]["notes"][0]["text"] == "The room was not ready"
    assert whole["promises"][0]["what"] == "call back"
    assert CALLS[version][0] + 1 == len(list(rows(recovery, "log", "list")))


def test_what_happens_to_an_old_call_now_is_added_and_the_rest_of_it_stays(old: tuple[str, Recovery]) -> None:
    _, recovery = old
    before = next(rows(recovery, "log", "show", "-2"))
    assert recovery("log", "amend", "-2", "--cause", "the till was down").returncode == 0
    after = next(rows(recovery, "log", "show", "-2"))
    assert after["amendments"] != before["amendments"]
    del after["amendments"], before["amendments"]
    assert stored_part(after) == stored_part(before)


def test_own_phrases_settings_and_assessments_are_read(old: tuple[str, Recovery]) -> None:
    version, recovery = old
    if (recovery.home / "config" / "phrases.yaml").exists():
        (phrase,) = rows(recovery, "phrases", "list")
        assert phrase["say"] == "Take your time, I'm not going anywhere."
        assert "agent: A. Agent" in recovery("config", "show").stdout
    (reviews,) = rows(recovery, "log", "reviews")
    assert bool(reviews["calls"]) == (recovery.data / "reviews").exists(), version


def test_role_plays_and_answers_are_read_and_a_paused_one_of_an_older_scenario_is_kept(tmp_path: Path) -> None:
    shutil.copytree(KEPT / "practice", tmp_path, dirs_exist_ok=True)
    recovery = Recovery(tmp_path)
    (finished,) = recovery.data.glob("practice/*/*/*/*.json")
    (shown,) = rows(recovery, "log", "show", "last", "--practice")
    assert stored_part(shown) == json.loads(finished.read_bytes())
    assert shown["scenario"] == "late-parcel"
    (learnt,) = rows(recovery, "progress")
    answered = len((recovery.data / "practice" / "answers.jsonl").read_text(encoding="utf-8").splitlines())
    assert learnt["answers"] == answered
    (aside,) = recovery.data.glob("live/*-heart-*.jsonl")
    before = aside.read_bytes()
    refused = recovery("resume", aside.stem, stdin="1\n" * 12)
    assert (refused.returncode, "the scenario hotel-no-room was changed since" in refused.stderr) == (2, True)
    assert aside.read_bytes().startswith(before)
    assert [row["say"] for row in rows(recovery, "phrases", "list")] == ["Take your time, I'm not going anywhere."]
    assert "redact: email; phone" in recovery("config", "show").stdout


def test_they_are_stored_in_a_backup_and_brought_back(old: tuple[str, Recovery], tmp_path: Path) -> None:
    _, recovery = old
    kept = tmp_path / "kept.tar.gz"
    assert recovery("log", "backup", str(kept)).returncode == 0
    before = contents(recovery.data)
    shutil.rmtree(recovery.data)
    assert recovery("log", "restore", str(kept), "--yes").returncode == 0
    assert contents(recovery.data) == before
