"""`recovery frameworks compare` and `advise`, as they are run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import check_it_can_be_read, running
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.recovery import Recovery

THREE = ("learn", "latte", "heart")


@pytest.mark.parametrize("columns", [80, 120])
def test_three_fit_side_by_side_on_a_terminal(tmp_path: Path, columns: int) -> None:
    terminal = Terminal(tmp_path, "frameworks", "compare", *THREE, "--no-pager", columns=columns, lines=60)
    assert terminal.end() == 0
    rows = {line.split()[0]: line for line in terminal.lines if line.strip()}
    assert all(name in rows["LEARN"] for name in ("LEARN", "LATTE", "HEART"))
    at = rows["LEARN"].index("LATTE")
    assert rows["apologize"][at] == "–"
    assert "Follow up, after" in rows["follow-up"]
    assert "Notify as well" in rows["follow-up"]


def test_where_there_is_no_room_or_nobody_sees_it_every_line_says_what_it_is_about(recovery: Recovery) -> None:
    told = recovery("frameworks", "compare", *THREE).stdout
    assert "apologize: LATTE: nothing" in told
    assert "apologize: LEARN: Apologize" in told
    assert "follow-up: LEARN: Notify as well" in told
    assert "follow-up: HEART: Follow up, after" in told
    assert "All of them: listen, solve" in told


def test_as_json_it_is_the_same_comparison(recovery: Recovery) -> None:
    told = json.loads(recovery("frameworks", "compare", *THREE, "--json").stdout)
    assert [side["id"] for side in told["frameworks"]] == [*THREE]
    by_intent = {line["intent"]: line["steps"] for line in told["intents"]}
    assert by_intent["apologize"]["latte"] == {"steps": [], "also": [], "later": []}
    assert by_intent["follow-up"]["heart"]["later"] == ["Follow up"]


@pytest.mark.needs_browser
def test_as_a_page_it_is_whole_on_a_phone_and_on_a_desk(recovery: Recovery, tmp_path: Path) -> None:
    file = tmp_path / "compared.html"
    done = recovery("frameworks", "compare", "learn", "latte", "seven-step", "tschohl", "--html", "-o", str(file))
    assert done.returncode == 0, done.stderr
    with running() as browser:
        for width, scheme in ((400, "light"), (1400, "dark")):
            check_it_can_be_read(browser, file, width, scheme)


def test_a_page_overwrites_nothing_unasked(recovery: Recovery, tmp_path: Path) -> None:
    file = tmp_path / "compared.html"
    file.write_text("mine", encoding="utf-8")
    done = recovery("frameworks", "compare", "learn", "last", "--html", "-o", str(file))
    assert (done.returncode, file.read_text(encoding="utf-8")) == (2, "mine")
    assert "already exists" in done.stderr
    assert recovery("frameworks", "compare", "learn", "last", "--html", "-o", str(file), "--yes").returncode == 0
    assert "LAST" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("compare", "learn"), "at least two frameworks are required"),
        (("compare", "learn", "learn"), "at least two frameworks are required"),
        (("compare", "learn", "hart"), "did you mean heart?"),
        (("compare", "learn", "last", "-o", "x.html"), "--output needs --html"),
        (("advise", "--channel", "fone", "--time", "short", "--ours", "yes"), "did you mean phone?"),
        (("advise", "--channel", "phone", "--time", "shrt", "--ours", "yes"), "did you mean short?"),
        (("advise", "--channel", "phone", "--time", "short", "--ours", "maybe"), "One of: yes, no, unclear"),
        (("advise", "--channel", "phone"), "an answer is missing: --time"),
    ],
)
def test_a_wrong_word_is_answered_with_a_suggestion(recovery: Recovery, argv: tuple[str, ...], told: str) -> None:
    done = recovery("frameworks", *argv)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


def test_advice_names_one_for_now_and_what_is_left_for_later(recovery: Recovery) -> None:
    asked = ("frameworks", "advise", "--channel", "chat", "--time", "short", "--ours", "yes")
    told = recovery(*asked).stdout
    assert "Take LAST now, and Notify of LEARN later" in told
    assert "Begin: recovery start last --channel chat" in told
    whole: dict[str, Any] = json.loads(recovery(*asked, "--json").stdout)
    assert (whole["take"]["id"], whole["later"]["id"], whole["moment"]["fault"]) == ("last", "learn", "ours")
    assert all(f"Why: {reason}" in told for reason in whole["reasons"])


@pytest.mark.parametrize("ours", ["yes", "no", "unclear"])
def test_the_words_of_advice_fit_fault_mood_issue_and_channel(recovery: Recovery, ours: str) -> None:
    asked = ("frameworks", "advise", "--channel", "phone", "--time", "some", "--ours", ours)
    told = recovery(*asked, "--mood", "angry", "--issue", "charged twice").stdout
    whole = json.loads(recovery(*asked, "--mood", "angry", "--issue", "charged twice", "--json").stdout)
    assert (whole["mood"], whole["issue"], whole["family"]) == ("angry", "charged twice", "billing")
    shown = ("show", whole["take"]["id"], "--channel", "phone", "--mood", "angry", "--issue", "billing", "--ours", ours)
    steps = {step["name"]: step for step in json.loads(recovery("frameworks", *shown, "--json").stdout)["steps"]}
    assert len(whole["words"]) >= 3
    for one in whole["words"]:
        assert f'{one["step"]}: "{one["say"]}"' in told
        (phrase,) = [phrase for phrase in steps[one["step"]]["phrases"] if phrase["say"] == one["say"]]
        assert phrase["fault"] in {None, {"yes": "ours", "no": "not-ours", "unclear": "unclear"}[ours]}
        assert phrase["moods"] in ([], ["angry"]) or "angry" in phrase["moods"]
    assert len({one["say"] for one in whole["words"]}) == len(whole["words"])
    assert '--channel phone --mood angry --issue "charged twice"' in told.replace("'", '"')
    assert any("billing" in phrase["issues"] for step in steps.values() for phrase in step["phrases"])


def test_what_the_options_leave_open_is_asked_on_a_terminal(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "frameworks", "advise", "--channel", "phone")
    terminal.expect("How much time is there?")
    terminal.press("enter")
    terminal.expect("Is the fault ours?")
    terminal.press("enter")
    assert terminal.end() == 0
    assert any("Take LAST now" in row for row in terminal.lines)
