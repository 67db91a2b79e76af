"""`recovery demo`, as it is run: both takes, side by side, on a terminal and in a pipe."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.frameworks.test_dialogue_reader import DIALOGUE, REFUNDS
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.recovery import Recovery


def write_own(config: Path) -> None:
    for kind, name, text in (("frameworks", "refunds", REFUNDS), ("dialogues", "refunds", DIALOGUE)):
        (config / kind).mkdir(parents=True)
        (config / kind / f"{name}.yaml").write_text(text, encoding="utf-8")


def test_the_demo_prints_each_step_with_its_reason_where_nobody_presses_keys(recovery: Recovery) -> None:
    for framework, names in (
        ("learn", ["Listen", "Empathize", "Apologize", "Resolve", "Notify"]),
        ("heart", ["Hear", "Empathize", "Apologize", "Respond", "Take action", "Follow up"]),
        ("fraud", ["Stop it", "Check who", "Tell others", "Come back"]),
    ):
        done = recovery("demo", framework, "--speed", "100")
        assert done.returncode == 0, done.stderr
        said = [line for line in done.stdout.splitlines() if line.startswith("Agent")]
        assert list(dict.fromkeys(line.split(":")[0].removeprefix("Agent, ") for line in said)) == names
        assert done.stdout.count("Why: ") == len(said)


def test_a_bad_take_says_what_goes_wrong_and_both_takes_come_one_after_the_other(recovery: Recovery) -> None:
    bad = recovery("demo", "learn", "--bad")
    assert bad.stdout.splitlines()[0].endswith("handled badly")
    assert "What goes wrong: words that backfire." in bad.stdout
    good = recovery("demo", "learn")
    assert recovery("demo", "learn", "--side-by-side").stdout == f"{good.stdout}\n{bad.stdout}"
    told = json.loads(recovery("demo", "learn", "--side-by-side", "--json").stdout)
    assert (told["good"][0]["text"], told["good"][0]["who"]) == (told["bad"][0]["text"], "customer")


def test_an_own_dialogue_is_shown_with_the_values_of_its_example(recovery: Recovery, tmp_path: Path) -> None:
    write_own(tmp_path / "config")
    done = recovery("demo", "refunds", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["dialogue"], told["example"]) == ("refunds", "in-time")
    assert [beat["phrases"] for beat in told["good"] if beat["step"] == "pay"] == [["You get 12.50 EUR back."]]
    none = recovery("demo", "refunds", "--bad")
    assert (none.returncode, "has no bad take" in none.stderr) == (1, True)
    assert recovery("log", "list", "--json").stdout == ""


def test_a_dialogue_that_no_longer_fits_its_framework_is_not_shown(recovery: Recovery, tmp_path: Path) -> None:
    own = tmp_path / "config" / "frameworks"
    own.mkdir(parents=True)
    (own / "double-charge.yaml").write_text(REFUNDS.replace("id: refunds", "id: double-charge"), encoding="utf-8")
    done = recovery("demo", "double-charge")
    assert (done.returncode, "double-charge has no dialogue" in done.stderr) == (1, True)


def test_a_broken_dialogue_is_named_with_its_place(recovery: Recovery, tmp_path: Path) -> None:
    write_own(tmp_path / "config")
    file = tmp_path / "config" / "dialogues" / "refunds.yaml"
    file.write_text(DIALOGUE.replace("step: pay", "step: pya"), encoding="utf-8")
    shown = recovery("demo", "refunds")
    assert f"warning: {file}:16:11: refunds has no step `pya`" in shown.stderr
    checked = recovery("frameworks", "validate", str(file), "--json")
    assert (checked.returncode, json.loads(checked.stdout)["problems"][0]["line"]) == (1, 16)


@pytest.mark.parametrize(
    ("argv", "code", "told"),
    [
        (("demo", "lern"), 2, "did you mean learn?"),
        (("demo", "learn", "--speed", "0"), 2, "--speed"),
        (("demo", "learn", "--bad", "--side-by-side"), 2, "exclude each other"),
        (("demo", "double-charge", "--dialogue", "double-charge-hld"), 1, "did you mean double-charge-hold?"),
    ],
)
def test_a_wrong_word_is_answered_with_the_nearest_right_one(
    recovery: Recovery, argv: tuple[str, ...], code: int, told: str
) -> None:
    done = recovery(*argv)
    assert done.returncode == code
    assert told in done.stderr
    assert not recovery.data.exists()


def test_a_trainer_steps_through_the_demo_both_ways_and_asks_the_class(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "demo", "learn", columns=120, lines=40)
    terminal.expect("the second day I've taken off")
    terminal.press(" ")
    terminal.expect("Two days off work", "The whole story before any form")
    terminal.press("?")
    terminal.expect("It came on the second.", "What would you say?")
    terminal.press("?")
    terminal.expect("· So the wardrobe came without its doors.")
    terminal.press("b")
    terminal.expect("Two days off work", gone="It came on the second.")
    terminal.press("b")
    terminal.expect("the second day I've taken off", gone="Two days off work")
    terminal.press("escape")
    assert terminal.end() == 0


def test_the_class_finds_what_goes_wrong_in_a_bad_take_on_a_projector(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "demo", "learn", "--bad", "--big")
    terminal.expect("customer, angry")
    terminal.press(" ")
    terminal.expect("badly", "need your order number", gone="or a form")
    terminal.press("?")
    terminal.expect("What goes wrong here?")
    terminal.press("?")
    terminal.expect("What goes wrong: a rule or a form")
    terminal.press("escape")
    assert terminal.end() == 0


def test_both_takes_stand_side_by_side_on_a_wide_terminal(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "demo", "learn", "--side-by-side", columns=120, lines=40)
    terminal.expect("Handled well", "Handled badly")
    terminal.press(" ")
    terminal.expect("Two days off work", "I'll need your order number")
    terminal.press("escape")
    assert terminal.end() == 0


def test_where_there_is_no_room_for_two_the_bad_take_follows_the_good_one(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "demo", "learn", "--side-by-side", columns=80, lines=24)
    terminal.expect("LEARN", gone="Handled badly")
    terminal.press("end")
    terminal.expect("The same call, handled badly", "Nothing is booked and nothing is noted.")
    terminal.press("escape")
    assert terminal.end() == 0
