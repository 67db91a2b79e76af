"""Cards on a terminal: suggested below what was recorded, listed as a page, opened, and left again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.terminal.calls import let_go, notes, started, transcript

if TYPE_CHECKING:
    from pathlib import Path

SIZES = [(80, 24), (40, 12), (40, 10), (120, 40)]
SUGGESTED = "This may be an emergency: /card health"


@pytest.mark.parametrize(("columns", "lines"), SIZES)
def test_the_suggestion_and_what_was_recorded_are_both_in_sight(tmp_path: Path, columns: int, lines: int) -> None:
    terminal = started(tmp_path, prompt="›", columns=columns, lines=lines)
    terminal.say("I can smell gas")
    terminal.expect(SUGGESTED, "noted: I can smell gas")
    terminal.say("/severity severe")
    terminal.expect("severe", gone=SUGGESTED)


def test_a_card_is_listed_opened_and_left_for_the_step_before(tmp_path: Path) -> None:
    terminal = started(tmp_path)
    terminal.press_and_see("enter")
    terminal.expect("▸ 2 Empathize")
    terminal.say("/card")
    terminal.expect("/card health", "Somebody is hurt", "closes")
    terminal.press_and_see("escape")
    terminal.expect("▸ 2 Empathize", gone="Somebody is hurt")
    terminal.say("/card health")
    terminal.expect(
        "Health and safety  ▸ 1 Safe now", "No emergency number is set", "/switch returns to LEARN: Empathize"
    )
    terminal.say("they are outside")
    terminal.expect("noted: they are outside")
    terminal.say("/switch")
    terminal.expect("▸ 2 Empathize", gone="Safe now")
    terminal.say("/end resolved")
    terminal.expect("saved")
    let_go(terminal)
    terminal.press("enter")
    terminal.expect("Transcript:")
    assert notes(terminal) == ["they are outside"]
    (card,) = transcript(terminal)["cards"]
    assert (card["id"], card["suggested_at"]) == ("health", None)


def test_tab_completes_the_name_of_a_card(tmp_path: Path) -> None:
    terminal = started(tmp_path)
    terminal.press("/card hea", "tab")
    terminal.expect_prompted("/card health")


def test_a_mistyped_card_comes_back_with_the_nearest_at_tab(tmp_path: Path) -> None:
    terminal = started(tmp_path)
    terminal.say("/card helth")
    terminal.expect("there is no card helth", "/card health")
    terminal.press("tab")
    terminal.expect_prompted("/card health")


def test_the_last_step_of_a_card_leads_to_a_wrap_up_that_says_how_to_return(tmp_path: Path) -> None:
    terminal = started(tmp_path)
    terminal.say("/card fraud")
    terminal.expect("/switch returns to LEARN: Listen")
    terminal.say("/goto wrap-up")
    terminal.expect("How did it end?", "/switch returns to LEARN: Listen")


@pytest.mark.parametrize(("columns", "lines"), SIZES)
def test_practice_suggests_a_card_and_shows_it_as_a_page(tmp_path: Path, columns: int, lines: int) -> None:
    terminal = started(tmp_path, "practice", "late-parcel", prompt="›", columns=columns, lines=lines)
    terminal.say("/note I can smell gas")
    terminal.expect(SUGGESTED, "noted:")
    terminal.say("/card health")
    terminal.expect("Safe now", "closes")
    terminal.press_and_see("escape")
    terminal.expect("›", gone="Safe now")
