"""The frameworks, as the command shows and checks them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.frameworks.test_reader import GOOD, VARIANT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.recovery import Recovery


def test_frameworks_playbooks_and_cards_are_listed_with_their_steps(recovery: Recovery) -> None:
    rows = {row["id"]: row for row in map(json.loads, recovery("frameworks", "list", "--json").stdout.splitlines())}
    groups = recovery("frameworks", "list").stdout.split("\n\n")
    assert [groups[at].split(" (")[0] for at in (0, 2, 4)] == ["Frameworks", "Playbooks", "Cards"]
    listed = {"framework": groups[1], "playbook": groups[3], "card": groups[5]}
    lines = [(group, line) for group, text in listed.items() for line in text.splitlines()]
    assert len(lines) == len(rows)
    for group, line in lines:
        row = rows[line.partition(":")[0]]
        assert row["group"] == group
        assert line.startswith(f"{row['id']}: {row['name']}")
        assert all(step["name"] in line for step in row["steps"])
        assert row["kind"] == "built-in"


def test_a_framework_is_shown_whole(recovery: Recovery) -> None:
    whole = json.loads(recovery("frameworks", "show", "learn-marriott", "--json").stdout)
    page = recovery("frameworks", "show", "learn-marriott").stdout
    assert [step["id"] for step in whole["steps"]] == ["listen", "empathize", "apologize", "respond", "notify"]
    for step in whole["steps"]:
        assert step["goal"] in page
        assert all(phrase["say"] in page for phrase in step["phrases"])
        assert all(avoid["instead"] in page for avoid in step["avoid"])
        assert (f"Also: {step['shared_phrases']} shared phrases" in page) is (step["shared_phrases"] > 0)


def test_the_phrases_of_a_case_are_shown_in_the_order_in_which_a_call_offers_them(recovery: Recovery) -> None:
    case = ("--channel", "phone", "--mood", "angry", "--issue", "charged twice")
    shown = json.loads(recovery("frameworks", "show", "learn", "--json", *case, "--ours", "yes").stdout)
    page = recovery("frameworks", "show", "learn", *case, "--ours", "yes").stdout
    for step in shown["steps"]:
        offered = [phrase["say"] for phrase in step["phrases"]]
        assert [offer for offer in offered if f'"{offer}"' in page] == offered
        assert step["phrases"][0]["issues"] == ["billing"]
        assert all(phrase["moods"] in ([], ["angry"]) for phrase in step["phrases"])
    faults = {phrase["fault"] for step in shown["steps"] for phrase in step["phrases"]}
    assert faults == {None, "ours"}
    unclear = json.loads(recovery("frameworks", "show", "learn", "--json", *case).stdout)
    assert {phrase["fault"] for step in unclear["steps"] for phrase in step["phrases"]} == {None}


def test_the_facts_of_a_case_are_checked_before_a_framework_is_shown(recovery: Recovery) -> None:
    refused = recovery("frameworks", "show", "learn", "--mood", "agry")
    assert refused.returncode == 2
    assert "did you mean angry?" in refused.stderr


def test_the_json_of_a_framework_says_what_its_file_need_not_say(recovery: Recovery) -> None:
    whole = json.loads(recovery("frameworks", "show", "learn", "--json").stdout)
    (row,) = [
        row
        for row in map(json.loads, recovery("frameworks", "list", "--json").stdout.splitlines())
        if row["id"] == "learn"
    ]
    assert (whole["version"], whole["stands_alone"]) == (1, False)
    for step, brief in zip(whole["steps"], row["steps"], strict=True):
        assert {key: step[key] for key in brief} == brief
        assert all(phrase["moods"] is not None for phrase in step["phrases"])
    assert {key: whole[key] for key in row if key != "steps"} == {key: row[key] for key in row if key != "steps"}


def test_phrases_are_grouped_by_how_they_reach_the_customer(recovery: Recovery) -> None:
    whole = json.loads(recovery("frameworks", "show", "learn", "--json").stdout)
    page = recovery("frameworks", "show", "learn").stdout
    for phrase in (phrase for step in whole["steps"] for phrase in step["phrases"]):
        (line,) = [line for line in page.splitlines() if line.endswith(f': "{phrase["say"]}"')]
        spoken, written = {"phone", "in-person"} & set(phrase["channels"]), {"email"} & set(phrase["channels"])
        assert line.startswith("Say aloud" if spoken else "Write" if written else ("Say", "Write"))
        assert all(mood in line.partition(":")[0] for mood in phrase["moods"])


def test_a_file_with_three_faults_gets_three_messages_with_what_to_write(recovery: Recovery, tmp_path: Path) -> None:
    broken = GOOD.replace("intent: solve", "intent: slove").replace("target_seconds: 30", "target_seconds: soon")
    (tmp_path / "mine.yaml").write_text(broken.replace("    checklist:", "    cheklist:"), encoding="utf-8")
    done = recovery("frameworks", "validate", "mine.yaml", cwd=tmp_path)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    seconds, key, intent = (line for line in lines if line.startswith("mine.yaml:"))
    assert seconds.startswith("mine.yaml:12:21: ")
    assert key.startswith("mine.yaml:13:5: ")
    assert key.endswith("did you mean `checklist`?")
    assert intent.startswith("mine.yaml:22:13: ")
    assert intent.endswith("did you mean `solve`?")
    assert lines[-4:] == ["    intent: slove", "            ^", "Write:", "    intent: solve"]


def test_a_good_file_is_called_good_and_a_variant_finds_its_base_beside_it(recovery: Recovery, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "variant.yaml").write_text(VARIANT, encoding="utf-8")
    done = recovery("frameworks", "validate", "mine.yaml", "variant.yaml", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.splitlines() == ["mine.yaml: valid, 3 steps", "variant.yaml: valid, 3 steps"]


def test_validate_says_as_json_what_it_says_to_people(recovery: Recovery, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(GOOD.replace("intent: solve", "intent: slove"), encoding="utf-8")
    done = recovery("frameworks", "validate", "mine.yaml", "nowhere.yaml", "--json", cwd=tmp_path)
    assert done.returncode == 1
    bad, missing = (json.loads(line) for line in done.stdout.splitlines())
    (problem,) = bad["problems"]
    assert (problem["line"], problem["column"], problem["nearest"]) == (22, 13, "solve")
    assert not missing["ok"]


def test_validate_without_a_file_shows_how(recovery: Recovery) -> None:
    done = recovery("frameworks", "validate")
    assert done.returncode == 2
    assert "recovery frameworks validate my-framework.yaml" in done.stderr


def test_a_broken_file_in_a_search_folder_hides_no_good_one(recovery: Recovery, tmp_path: Path) -> None:
    folder = tmp_path / "here" / ".recovery" / "frameworks"
    folder.mkdir(parents=True)
    (folder / "learn.yaml").write_text("schema: 1\n", encoding="utf-8")
    (folder / "mine.yaml").write_text(GOOD, encoding="utf-8")
    done = recovery("frameworks", "list", "--json", cwd=tmp_path / "here")
    rows = {row["id"]: row["kind"] for row in map(json.loads, done.stdout.splitlines())}
    assert rows["learn"] == "built-in"
    assert rows["mine"] == "project"
    assert "learn.yaml:1:1" in done.stderr
    assert "learn.yaml:1:1" in recovery("frameworks", "show", "learn", cwd=tmp_path / "here").stderr
    started = recovery("start", "learn", stdin="/end resolved\n", cwd=tmp_path / "here")
    assert started.returncode == 0


def test_a_file_with_many_faults_is_one_warning_in_a_list(recovery: Recovery, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    broken = GOOD.replace("intent: solve", "intent: slove").replace("target_seconds: 30", "target_seconds: soon")
    (tmp_path / "folder" / "mine.yaml").write_text(broken, encoding="utf-8")
    done = recovery("frameworks", "list", "--frameworks", "folder", "--json", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, recovery("frameworks", "list", "--json").stdout)
    (warning,) = done.stderr.splitlines()
    assert "mine.yaml:12:21: " in warning
    assert "1 more" in warning


def test_a_folder_of_frameworks_may_be_named(recovery: Recovery, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "mine.yaml").write_text(GOOD, encoding="utf-8")
    done = recovery("start", "mine", "--frameworks", "folder", stdin="1\n/end resolved\n", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    call = recovery.last()
    assert call["steps"][0]["said"][0]["phrase"]["source"] == "project"


@pytest.mark.parametrize("option", [[], ["--json"]])
def test_the_schema_is_json(recovery: Recovery, option: list[str]) -> None:
    assert json.loads(recovery("frameworks", "schema", *option).stdout)["title"] == "recoverycli framework"


def test_hostile_words_in_a_framework_are_shown_and_not_obeyed(recovery: Recovery, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "mine.yaml").write_text(
        GOOD.replace("Hear them out.", '"\\e]0;owned\\a [red]out[/red]"'), encoding="utf-8"
    )
    for argv in (["frameworks", "show", "mine"], ["start", "mine"]):
        shown = recovery(*argv, "--frameworks", "folder", cwd=tmp_path)
        assert "\x1b" not in shown.stdout
        assert "[red]out[/red]" in shown.stdout


def test_a_map_has_the_steps_of_the_playbooks_that_are_called_below_its_own(recovery: Recovery) -> None:
    done = recovery("frameworks", "show", "double-charge", "--map")
    own, called = done.stdout.split("\n\n")
    assert "  It goes through Verify identity (verify-identity) and returns." in own
    assert called.splitlines()[:4] == [
        "Verify identity (verify-identity): the flow of its steps.",
        "Step 1: Compare.",
        "  Decides: Is their identity checked in your company's way?",
        "  If yes: to Return.",
    ]
    assert called.splitlines()[-1] == "At the end: the call returns."
    whole = json.loads(recovery("frameworks", "show", "double-charge", "--map", "--json").stdout)
    assert [(one["id"], [step["id"] for step in one["steps"]]) for one in whole["called"]] == [
        ("verify-identity", ["compare", "another-way"])
    ]


def test_a_framework_tells_which_step_calls_a_playbook_and_which_is_a_procedure(recovery: Recovery) -> None:
    assert "Goes through, and returns: verify-identity" in recovery("frameworks", "show", "double-charge").stdout
    shown = recovery("frameworks", "show", "verify-identity").stdout
    assert "Step 1: Compare (assess, a procedure; about 60 seconds)" in shown
