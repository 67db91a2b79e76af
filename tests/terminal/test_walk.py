"""A call on a real terminal, as an agent's hands and eyes meet it."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from recoverycli.terminal.call.prompt import HELD_DOWN
from tests.commands.test_start import ANSWERS
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    Starter = Callable[..., Terminal]

# By pipe all of them are walked (`tests.commands.test_start`).
OF_EACH_KIND = {"learn", "learn-marriott", "aware", "fraud", "double-charge", "parcel-not-there"}
FRAMEWORKS = sorted(path.stem for path in (Path(__file__).parents[2] / "frameworks").glob("*.yaml"))


@pytest.fixture
def start(tmp_path: Path) -> Starter:
    def begin(*argv: str, **more: Any) -> Terminal:
        terminal = Terminal(tmp_path, *(argv or ("start", "learn")), **more)
        terminal.expect_prompt()
        return terminal

    return begin


def transcript(terminal: Terminal) -> dict[str, Any]:
    (path,) = (terminal.home / "data" / "sessions").rglob("*.json")
    read: dict[str, Any] = json.loads(path.read_bytes())
    return read


def enter(terminal: Terminal) -> None:
    """Press Enter once, see it heard, and then wait as long as a person does, so that it is no key held down."""
    terminal.press_and_see("enter")
    until = time.monotonic() + HELD_DOWN + 0.05
    while time.monotonic() < until:
        terminal.read()


@pytest.mark.parametrize(
    "framework", [pytest.param(one, marks=() if one in OF_EACH_KIND else pytest.mark.slow) for one in FRAMEWORKS]
)
def test_a_framework_is_walked_to_its_transcript_with_enter_alone(start: Starter, framework: str) -> None:
    answers = [one for answer in ANSWERS.get(framework, ()) for one in ("--set", answer)]
    terminal = start("start", framework, *answers)
    for _ in range(25):
        if "Enter saves" in terminal.text:
            break
        enter(terminal)
    terminal.expect("Enter saves")
    terminal.press("enter")
    assert terminal.end() == 0
    assert "Transcript:" in terminal.text
    assert {step["status"] for step in transcript(terminal)["steps"]} == {"done"}


def test_enter_alone_stays_where_the_way_depends_on_an_answer(start: Starter) -> None:
    terminal = start("start", "double-charge")
    for _ in range(9):
        enter(terminal)
    terminal.expect("1 Compare · depends on identity checked")
    terminal.say("/end unresolved")
    assert terminal.end() == 0


def test_a_five_step_call_takes_at_most_twelve_keystrokes(start: Starter) -> None:
    terminal = start()
    keys = 0
    for _ in range(5):
        enter(terminal)
        keys += 1
    terminal.expect("How did it end?")
    terminal.say("1")
    terminal.expect("outcome: resolved")
    enter(terminal)
    keys += 3
    assert terminal.end() == 0
    assert keys <= 12
    assert transcript(terminal)["outcome"] == "resolved"


def test_enter_held_down_moves_one_step(start: Starter) -> None:
    terminal = start()
    terminal.press(*["enter"] * 30)
    terminal.expect("▸ 2 Empathize")
    terminal.say("a note")
    terminal.expect("noted: a note")
    assert "▸ 2 Empathize" in terminal.text


def test_a_mistyped_command_comes_back_to_be_edited(start: Starter) -> None:
    terminal = start()
    terminal.say("/promice a bill by tomorrow 5pm")
    terminal.expect("there is no command /promice", "try /promise a bill by tomorrow 5pm")
    terminal.expect_prompted("/promice a bill by tomorrow 5pm")


def test_a_digit_without_a_phrase_is_refused(start: Starter) -> None:
    terminal = start("start", "learn", "--channel", "phone")
    terminal.say("9")
    terminal.expect("there is no phrase 9")


def test_letters_and_keys_move_undo_and_show(start: Starter) -> None:
    terminal = start()
    enter(terminal)
    terminal.expect("▸ 2 Empathize")
    terminal.say("b")
    terminal.expect("▸ 1 Listen")
    enter(terminal)
    terminal.expect("▸ 2 Empathize")
    terminal.press("back-tab")
    terminal.expect("▸ 1 Listen")
    terminal.say("something")
    terminal.expect("noted: something")
    terminal.say("u")
    terminal.expect("taken back: noted: something")
    terminal.say("m")
    terminal.expect("1/3 · Enter next page")
    terminal.say("m")
    terminal.expect("2/3 · Enter next page")
    terminal.say("?")
    terminal.expect("/said TEXT")
    terminal.press("f1")
    terminal.expect("2/3 · Enter next page")


def test_a_name_given_in_mid_call_appears_in_the_phrases_at_once(start: Starter) -> None:
    terminal = start()
    assert "Noor" not in terminal.text
    terminal.say("/customer Noor")
    assert terminal.expect("customer: Noor").count("Noor") >= 2


def test_tab_completes_commands_and_their_values(start: Starter) -> None:
    terminal = start()
    terminal.press("/mo", "tab")
    terminal.expect("/mood", "/more")
    terminal.press("ctrl-u", "/mood a", "tab")
    terminal.expect_prompted("/mood an")
    terminal.press("tab")
    terminal.expect_prompted("/mood anxious")
    terminal.press("tab")
    terminal.expect_prompted("/mood angry")
    terminal.press("enter")
    terminal.expect("mood: angry")


def test_several_pasted_lines_become_one_note(start: Starter) -> None:
    terminal = start()
    terminal.press("\x1b[200~first line\r/end resolved\rthird\x1b[201~")
    terminal.expect("first line⏎/end resolved⏎third")
    terminal.press("enter")
    terminal.expect("noted: first line /end resolved third")
    terminal.say("/end resolved")
    assert terminal.end() == 0
    assert [note["text"] for note in transcript(terminal)["steps"][0]["notes"]] == ["first line\n/end resolved\nthird"]


def test_ctrl_c_asks_and_keeps_what_was_half_typed(start: Starter) -> None:
    terminal = start()
    terminal.press("half a note")
    terminal.expect_prompted("half a note")
    terminal.press("ctrl-c")
    terminal.expect("p pauses")
    terminal.expect_prompted("")
    terminal.press("enter")
    terminal.expect_prompted("half a note")
    terminal.press("ctrl-c")
    terminal.expect("p pauses")
    terminal.press("ctrl-c")
    assert terminal.end() == 0
    assert "recovery resume" in terminal.text


def test_ctrl_d_pauses_and_resume_goes_on_at_the_same_place(start: Starter) -> None:
    terminal = start()
    enter(terminal)
    terminal.say("a note here")
    terminal.expect("noted: a note here")
    terminal.press("ctrl-d")
    assert terminal.end() == 0
    assert "paused" in terminal.text
    again = start("resume")
    assert "▸ 2 Empathize" in again.text
    assert "- a note here" in again.text
    again.say("/end resolved")
    assert again.end() == 0


def test_escape_does_nothing(start: Starter) -> None:
    terminal = start()
    terminal.press("escape", "escape", "a note")
    terminal.expect_prompted("a note")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"], ids=["terminated", "closed"])
def test_an_ended_process_gives_the_terminal_back_and_leaves_a_call_to_resume(start: Starter, name: str) -> None:
    terminal = start()
    terminal.say("a note")
    terminal.expect("noted: a note")
    terminal.process.kill(signal.Signals[name])
    assert terminal.end() == 128 + signal.Signals[name]
    assert b"\x1b[?1049l" in terminal.raw
    assert b"Traceback" not in terminal.raw
    again = start("resume")
    assert "- a note" in again.text


def test_a_killed_process_leaves_a_call_to_resume(start: Starter) -> None:
    terminal = start()
    terminal.say("/promise a bill by tomorrow 5pm")
    terminal.expect("promised: a bill")
    terminal.process.kill(signal.SIGKILL)
    terminal.end()
    again = start("resume")
    again.say("/end resolved")
    again.end()
    assert len(transcript(again)["promises"]) == 1


def test_the_terminal_is_as_it_was_found(start: Starter) -> None:
    terminal = start()
    terminal.say("/end resolved")
    assert terminal.end() == 0
    assert terminal.raw.index(b"\x1b[?1049h") < terminal.raw.rindex(b"\x1b[?1049l")
    assert terminal.raw.rindex(b"\x1b[?25h") > terminal.raw.rindex(b"\x1b[?25l")


@pytest.mark.parametrize(("columns", "lines"), [(40, 10), (80, 24), (120, 40), (200, 50), (20, 5)])
def test_the_prompt_is_visible_at_any_size(start: Starter, columns: int, lines: int) -> None:
    terminal = Terminal(start().home, "start", "tschohl", columns=columns, lines=lines)
    terminal.expect("›")
    terminal.say("a note")
    terminal.expect_prompted("")
    terminal.press("ctrl-d")
    assert terminal.end() == 0


def test_resizing_redraws_at_the_new_size(start: Starter) -> None:
    terminal = start()
    terminal.press("half typed")
    terminal.resize(50, 12)
    terminal.expect("LEARN 1/5", "half typed")
    terminal.resize(120, 40)
    terminal.expect("· 3 Apologize", "half typed", gone="LEARN 1/5")


def test_keys_typed_while_the_step_is_being_drawn_are_kept(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "start", "learn", forged=False)
    terminal.expect("LEARN")
    terminal.press("typed ahead")
    terminal.expect_prompt()
    terminal.expect_prompted("typed ahead")


def test_another_open_call_is_mentioned_on_the_first_screen(start: Starter) -> None:
    first = start()
    first.press("ctrl-d")
    first.end()
    assert "still open: " in start().text


def test_a_hostile_customer_name_is_shown_and_not_obeyed(start: Starter) -> None:
    terminal = start("start", "learn", "--customer", "\x1b[2J\x1b]0;owned\x07 [red]Eve[/red]")
    assert "\\x1b[2J" in terminal.text
    assert "[red]Eve[/red]" in terminal.text
    assert b"owned\x07" not in terminal.raw


def test_no_color_means_no_colour(start: Starter) -> None:
    terminal = start("start", "learn", NO_COLOR="1")
    colours = {cell.fg for row in terminal.screen.buffer.values() for cell in row.values()}
    assert colours == {"default"}


def test_a_dumb_terminal_is_spoken_to_in_lines(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "start", "learn", TERM="dumb", lines=60)
    terminal.expect("step 1 of 5", "Say 1:", "\n>")
    terminal.say("a note")
    terminal.expect("noted: a note")
    terminal.press("ctrl-c")
    terminal.expect("Type p to pause")
    terminal.say("p")
    assert terminal.end() == 0
    assert b"\x1b" not in terminal.raw


def test_lines_that_were_typed_ahead_are_all_heard(start: Starter) -> None:
    terminal = start()
    terminal.press("first note\rsecond note\r/customer Noor\rhalf")
    terminal.expect("customer: Noor", "- first note", "- second note")
    terminal.expect_prompted("half")


def test_keys_that_move_leave_the_half_typed_line_where_it_is(start: Starter) -> None:
    terminal = start()
    enter(terminal)
    terminal.expect("▸ 2 Empathize")
    terminal.press("half a note", "back-tab")
    terminal.expect("▸ 1 Listen")
    terminal.expect_prompted("half a note")
    terminal.press("f1")
    terminal.expect("/said TEXT")
    terminal.expect_prompted("half a note")


def test_a_refused_line_never_covers_what_was_typed_after_it(start: Starter) -> None:
    terminal = start()
    terminal.press("/mod angry\rmeanwhile")
    terminal.expect("try /mood angry")
    terminal.expect_prompted("meanwhile")
    terminal.press("ctrl-u", "up")
    terminal.expect_prompted("/mod angry")


def test_escape_delays_and_eats_no_key_after_it(start: Starter) -> None:
    terminal = start()
    terminal.press("\x1bb\x1bf\x1b1\x1bd\x1b.x")
    terminal.expect_prompted("bf1d.x")


def test_keys_that_would_search_quote_or_suspend_do_nothing(start: Starter) -> None:
    terminal = start()
    terminal.press("note\x12\x13\x11\x16\x18\x0f\x14\x07\x00\x1a\x1c\x1d!")
    terminal.expect_prompted("note!")


def test_a_paste_of_100_kilobytes_is_one_note(start: Starter) -> None:
    terminal = start()
    terminal.press("\x1b[200~")
    for _ in range(100):
        terminal.press("pasted word " * 85 + "\r")
        terminal.read()
    terminal.press("\x1b[201~")
    terminal.expect("1 pasted: 102,")
    terminal.press("enter")
    terminal.expect("noted: pasted word")
    terminal.say("/end resolved")
    assert terminal.end() == 0
    (note,) = transcript(terminal)["steps"][0]["notes"]
    assert note["text"] == "\n".join(["pasted word " * 85] * 100).strip()


def test_a_phrase_is_copied_by_asking_the_terminal_which_may_not_have_heard(start: Starter) -> None:
    terminal = start()
    terminal.say("/copy 1")
    terminal.expect("sent to the terminal's clipboard:")
    assert "copied" not in terminal.text
    assert b"\x1b]52;c;" in terminal.raw


def test_e_ends_and_any_other_answer_is_asked_again(start: Starter) -> None:
    terminal = start()
    terminal.press("ctrl-c")
    terminal.expect("p pauses")
    terminal.say("what")
    terminal.expect("That is none of these", "p pauses")
    terminal.expect_prompted("what")
    terminal.press("ctrl-u")
    terminal.say("e")
    terminal.expect("How did it end?", gone="p pauses")


def test_a_terminal_that_is_closed_leaves_a_call_to_resume(start: Starter) -> None:
    terminal = start()
    terminal.say("a note")
    terminal.expect("noted: a note")
    terminal.process.close(force=False)
    again = start("resume")
    assert "- a note" in again.text


def test_the_first_screen_and_the_one_with_the_prompt_are_the_same(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "start", "learn", "--customer", "Noor", "--mood", "angry", forged=False)
    terminal.expect("LEARN", "Noor · angry")
    first = terminal.lines[:22]
    terminal.expect_prompt()
    assert terminal.lines[:22] == first


def test_a_framework_that_is_not_named_is_asked_for(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "frameworks", "show", lines=400)
    terminal.expect("Which framework?", "blast")
    terminal.press("\x1b[B", "enter")
    terminal.expect("AWARE", "Micah Solomon")
    assert terminal.end() == 0


def test_on_a_plain_terminal_it_is_asked_for_by_number(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "frameworks", "show", "--plain", lines=400, columns=200)
    terminal.expect("Which framework?", f"{FRAMEWORKS.index('tschohl') + 1}: tschohl", "\n>")
    terminal.say("2")
    terminal.expect("Micah Solomon")
    assert terminal.end() == 0


def test_a_question_that_is_left_shows_how_to_do_without_it(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "frameworks", "show")
    terminal.expect("Which framework?")
    terminal.press("ctrl-c")
    terminal.expect("recovery frameworks show heart")
    assert terminal.end() == 2


def test_a_page_that_is_taller_than_the_screen_goes_through_the_pager(tmp_path: Path) -> None:
    pager = "sed -e s/^/paged:/"
    tall = Terminal(tmp_path, "frameworks", "show", "learn", PAGER=pager, lines=24)
    assert tall.end() == 0
    assert b"paged:" in tall.raw
    short = Terminal(tmp_path, "log", "list", PAGER=pager)
    assert short.end() == 0
    assert b"paged:" not in short.raw
    refused = Terminal(tmp_path, "frameworks", "show", "learn", "--no-pager", PAGER=pager)
    assert refused.end() == 0
    assert b"paged:" not in refused.raw


def test_the_up_arrow_brings_no_line_back_that_was_masked(start: Starter) -> None:
    terminal = start()
    for line, told in (
        ("a first note", "noted: a first note"),
        ("card 4111 1111 1111 1111", "were masked"),
        ("a last note", "noted: a last note"),
    ):
        terminal.say(line)
        terminal.expect(told)
    terminal.press("up")
    terminal.expect_prompted("a last note")
    terminal.press("up")
    terminal.expect_prompted("a first note")
    terminal.press("up", "!")
    terminal.expect_prompted("a first note!")
    assert "4111" not in terminal.text
