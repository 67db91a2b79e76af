"""What coaches an agent, as it is met on a real terminal: questions, warnings while typing, remedies, the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.terminal.screen import Terminal
from tests.terminal.test_walk import enter, start, transcript

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal.test_walk import Starter

__all__ = ["start"]

REMEDIES = """\
[[remedies]]
name = "refund"
kind = "money"
currency = "EUR"
most = 500
alone = 50
needs = "team lead"

[[remedies]]
name = "free month"
kind = "service"
"""


def set_up(home: Path, settings: str) -> None:
    (home / "config").mkdir(parents=True, exist_ok=True)
    (home / "config" / "settings.toml").write_text(settings, encoding="utf-8")


@pytest.mark.parametrize(
    ("answer", "shown", "path"),
    [
        ("1", "Own it", ("two charges", "own-it")),
        ("one p", "Explain", ("one pending", "explain-hold")),
        ("3", "Show both", ("two purchases", "show-both")),
    ],
)
def test_a_playbook_is_walked_down_each_of_its_branches(
    start: Starter, answer: str, shown: str, path: tuple[str, str]
) -> None:
    terminal = start("start", "double-charge", "--channel", "phone", "--mood", "angry")
    enter(terminal)
    enter(terminal)
    terminal.expect("Check identity")
    enter(terminal)
    terminal.expect("Ask what your company asks for, and compare the answers.")
    enter(terminal)
    terminal.expect("Is their identity checked", "1 yes · 2 no")
    terminal.say("1")
    terminal.expect("Know what each of the two lines is")
    enter(terminal)
    terminal.expect("What does the account show?", "1 two charges · 2 one pending · 3 two purchases")
    terminal.say(answer)
    terminal.expect(shown)
    terminal.say("/end resolved")
    assert terminal.end() == 0
    answers = [(one["answer"], one["to"]) for step in transcript(terminal)["steps"] for one in step["answers"]]
    assert path in answers


def test_the_first_phrases_fit_mood_channel_and_issue(start: Starter, tmp_path: Path) -> None:
    angry = start("start", "double-charge", "--mood", "angry", "--channel", "phone", "--issue", "billing").text
    calm = start("start", "double-charge", "--mood", "calm", "--channel", "email").text

    def first(text: str) -> str:
        return next(line for line in text.splitlines() if line.startswith(" 1 "))

    assert first(angry) != first(calm)


def test_words_that_backfire_are_warned_of_before_enter(start: Starter) -> None:
    terminal = start()
    terminal.press("/said Please calm down")
    terminal.expect('! "calm down" backfires · better:')
    terminal.press("backspace")
    terminal.expect("call 0:0", gone="backfires")


def test_remedies_are_chosen_by_a_key_and_the_limit_is_told_before(start: Starter, tmp_path: Path) -> None:
    set_up(tmp_path, REMEDIES)
    terminal = start()
    terminal.say("/offer")
    terminal.expect("Is it our doing?", "1 yes · 2 no")
    terminal.say("y")
    terminal.expect("Has it happened to them before?")
    terminal.say("y")
    terminal.expect("1 refund up to 500 EUR · alone up to 50, then team lead", "2 free month")
    terminal.say("1 80")
    terminal.expect("More than the 50 EUR that you may give alone")
    terminal.say("n")
    terminal.expect("not offered")
    terminal.say("/offer refund 12,50")
    terminal.expect("offered: refund 12.50 EUR · yours to give")


@pytest.mark.parametrize(("columns", "lines"), [(40, 10), (200, 50)])
def test_a_question_fits_the_smallest_and_the_largest_screen(
    start: Starter, tmp_path: Path, columns: int, lines: int
) -> None:
    set_up(tmp_path, REMEDIES)
    terminal = start("start", "learn", columns=columns, lines=lines)
    terminal.say("/ours yes")
    terminal.expect("ours")
    terminal.say("/repeated yes")
    terminal.expect("not the first time")
    terminal.say("/offer")
    terminal.expect("1 refund")
    assert "›" in terminal.text
    assert "LEARN" in terminal.text


def test_a_gap_in_a_phrase_is_filled_in_the_same_prompt(start: Starter, tmp_path: Path) -> None:
    folder = tmp_path / "config" / "frameworks"
    folder.mkdir(parents=True)
    (folder / "gaps.yaml").write_text(
        "schema: 1\nid: gaps\nname: Gaps\nexpands_to: A\nsummary: A test.\nplaceholders: [order_number]\n"
        "steps:\n  - {id: a, name: A, intent: solve, goal: Go., phrases: [{say: 'About {order_number} now.'}]}\n",
        encoding="utf-8",
    )
    terminal = start("start", "gaps")
    terminal.expect("About [order number] now.")
    terminal.say("1")
    terminal.expect("order number?", "Enter: not said")
    terminal.say("A-1042")
    terminal.expect('said: "About A-1042 now."')


def test_what_is_due_is_mentioned_at_the_start(start: Starter) -> None:
    first = start()
    first.say("/promise call Ana back in 30 minutes")
    first.expect("promised: call Ana back")
    first.say("/end resolved")
    assert first.end() == 0
    start().expect("due: call Ana back, in ")


def test_the_hand_over_note_is_shown_to_be_read(start: Starter) -> None:
    terminal = start("start", "learn", "--customer", "Noor", "--channel", "phone")
    terminal.say("/escalate Billing: wants a supervisor")
    terminal.expect("Hand-over to Billing: wants a supervisor", "by phone", "Customer: Noor", "Still open: Listen")


def test_the_flow_of_a_playbook_is_drawn_and_told(start: Starter, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "--no-pager", "frameworks", "show", "double-charge", "--map", lines=60)
    assert terminal.end() == 0
    assert "├─ two charges → Own it → Refund → Ask for costs" in terminal.text
    plain = Terminal(tmp_path, "--plain", "--no-pager", "frameworks", "show", "double-charge", "--map", lines=60)
    assert plain.end() == 0
    assert "If two charges: to Own it, then Refund, then Ask for costs." in plain.text


@pytest.mark.parametrize("theme", ["dark", "light", "high-contrast", "none"])
def test_a_call_is_drawn_in_every_theme(start: Starter, tmp_path: Path, theme: str) -> None:
    set_up(tmp_path, f'theme = "{theme}"\n')
    terminal = start()
    terminal.say("/mood angry")
    terminal.expect("mood: angry")
