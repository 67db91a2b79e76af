"""`recovery frameworks lint`, as it is run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.training.test_lint import CLEAN

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.recovery import Recovery

FAULTY = CLEAN.replace("better for you?", "better for you!").replace("I can send", "Kindly wait, I can send")


def test_a_clean_file_and_a_built_in_id_are_reported_to_be_clean(recovery: Recovery, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(CLEAN, encoding="utf-8")
    done = recovery("frameworks", "lint", "mine.yaml", "heart", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    mine, heart = done.stdout.splitlines()
    assert mine == "mine.yaml: clean, 2 steps"
    assert heart.endswith("heart.yaml: clean, 6 steps")


def test_findings_name_place_rule_reason_and_way_out(recovery: Recovery, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(FAULTY, encoding="utf-8")
    done = recovery("frameworks", "lint", "mine.yaml", cwd=tmp_path)
    assert done.returncode == 1
    first, reason, second, _ = done.stdout.splitlines()
    assert first == "mine.yaml:27:14: stiff-words: `Kindly`"
    assert reason.startswith("    It is written language")
    assert reason.endswith('Say "please", or leave it out.')
    assert second.startswith("mine.yaml:28:14: exclamation: ")


def test_json_says_the_same_one_object_a_file(recovery: Recovery, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "broken.yaml").write_text(FAULTY.replace("intent: solve", "intent: slove"), encoding="utf-8")
    lines = recovery("frameworks", "lint", "mine.yaml", cwd=tmp_path).stdout.splitlines()
    done = recovery("frameworks", "lint", "mine.yaml", "broken.yaml", "nowhere.yaml", "--json", cwd=tmp_path)
    assert done.returncode == 1
    mine, broken, nowhere = map(json.loads, done.stdout.splitlines())
    assert [one["message"] for one in mine["findings"]] == lines[::2]
    assert [f"    {one['because']} {one['instead']}" for one in mine["findings"]] == lines[1::2]
    assert [(one["rule"], one["line"], one["column"]) for one in mine["findings"]] == [
        ("stiff-words", 27, 14),
        ("exclamation", 28, 14),
    ]
    assert not mine["ok"]
    assert broken["findings"] == []
    assert [one["nearest"] for one in broken["problems"]] == ["broken", "solve"]
    assert nowhere["problems"]


def test_the_other_files_are_checked_where_a_framework_cannot_be_read(recovery: Recovery, tmp_path: Path) -> None:
    folder = tmp_path / ".recovery" / "frameworks"
    folder.mkdir(parents=True)
    (folder / "broken.yaml").write_text(CLEAN.replace("id: mine", "id: broken").replace("goal: ", "gaol: "), "utf-8")
    (folder / "mine.yaml").write_text(CLEAN, encoding="utf-8")
    for command in ("lint", "test"):
        done = recovery("frameworks", command, "broken", "nowhere.yaml", "mine", cwd=tmp_path)
        assert (done.returncode, done.stderr) == (1, "")
        *faults, mine = done.stdout.splitlines()
        assert any("broken.yaml:" in fault and "unknown key `gaol`" in fault for fault in faults)
        assert faults[-1].startswith("nowhere.yaml:1:1: the file cannot be read")
        assert mine.endswith("mine.yaml: clean, 2 steps" if command == "lint" else "mine.yaml: no examples")


def test_an_unknown_framework_is_refused_before_any_is_checked(recovery: Recovery) -> None:
    done = recovery("frameworks", "lint", "heart", "haert")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no framework haert; did you mean heart?" in done.stderr


def test_a_rule_can_be_left_out_and_a_mistyped_one_is_answered_with_the_nearest(
    recovery: Recovery, tmp_path: Path
) -> None:
    (tmp_path / "mine.yaml").write_text(FAULTY, encoding="utf-8")
    skips = ("--skip", "stiff-words", "--skip", "exclamation")
    assert recovery("frameworks", "lint", "mine.yaml", *skips, cwd=tmp_path).returncode == 0
    refused = recovery("frameworks", "lint", "mine.yaml", "--skip", "stif-words", cwd=tmp_path)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "did you mean stiff-words?" in refused.stderr


def test_without_anything_to_look_at_it_shows_how(recovery: Recovery, tmp_path: Path) -> None:
    done = recovery("frameworks", "lint", cwd=tmp_path)
    assert (done.returncode, "recovery frameworks lint our-way" in done.stderr) == (2, True)
    assert "did you mean learn?" in recovery("frameworks", "lint", "lern").stderr


def test_wording_of_the_project_counts(recovery: Recovery, tmp_path: Path) -> None:
    folder = tmp_path / ".recovery" / "wording"
    folder.mkdir(parents=True)
    (tmp_path / "mine.yaml").write_text(CLEAN, encoding="utf-8")
    (folder / "ours.yaml").write_text(
        "schema: 1\nid: ours\nname: Ours\npatterns:\n"
        "  - {id: new-one, kind: tone, say: [a new one], because: They want theirs., instead: Yours}\n",
        encoding="utf-8",
    )
    done = recovery("frameworks", "lint", "mine.yaml", cwd=tmp_path)
    assert "mine.yaml:27:14: backfires: `a new one`" in done.stdout
    assert "They want theirs." in done.stdout
