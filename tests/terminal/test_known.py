"""Facts and notes stay in sight: below the words to say, before them where the story is said back, or beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.session import events as ev
from recoverycli.session.state import apply
from recoverycli.terminal.views.call import plain
from recoverycli.terminal.views.call.notes import notes_groups, notes_read_aloud
from recoverycli.terminal.views.call.screen import View, screen_lines
from tests.content import framework
from tests.terminal.calls import started
from tests.terminal.little_call import AT, LISTEN, call

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.session.model import Session

FACTS = (
    "/customer Noor Khan", "/ref C-7781", "/issue billing", "/ours yes", "/repeated yes", "/severity serious",
    "/mood angry", "/set order A-1042", "/offer refund 20 EUR", "/refuse too little",
    "/promise send a bill by friday 5pm",
)  # fmt: skip
KNOWN = (
    "Noor Khan", "C-7781", "billing", "ours", "not the first time", "serious", "order: A-1042",
    "offered: refund 20 EUR (refused: too little)", "promised: send a bill by Fri 27 Nov 2026, 17:00",
)  # fmt: skip
SIZES = [(80, 24), (40, 12), (40, 10), (120, 40)]
RESTATING = framework(
    "restating", [{**LISTEN, "id": "acknowledge", "intent": "acknowledge"}, {"id": "solve", "intent": "solve"}]
)


def lines(session: Session, width: int, height: int) -> list[str]:
    return [line.plain for line in screen_lines(session, View("noted"), width, height - 2)]


def noted(number: int) -> list[str]:
    return [f"fact number {one}" for one in range(1, number + 1)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_customer_and_the_reference_are_in_sight_in_every_size(width: int, height: int) -> None:
    assert any("Noor Khan · C-7781" in line for line in lines(call(*FACTS), width, height))


def test_at_120_columns_everything_known_stands_beside_the_phrases() -> None:
    side = " ".join(" ".join(line[81:].replace("- ", "").split()) for line in lines(call(*FACTS), 120, 40))
    assert [word for word in KNOWN if word not in side] == []


def test_at_80_columns_what_was_offered_and_refused_is_in_sight() -> None:
    text = " ".join(" ".join(lines(call(*FACTS), 80, 24)).split())
    assert "offered: refund 20 EUR (refused: too little)" in text


def test_the_newest_notes_are_in_sight_and_the_others_counted() -> None:
    shown = lines(call(*noted(20)), 80, 24)
    assert shown[-2] == " - fact number 20"
    assert any("earlier notes · n" in line for line in shown)


def test_at_120_columns_twenty_notes_stand_beside_the_phrases() -> None:
    text = "\n".join(lines(call(*FACTS, *noted(20)), 120, 40))
    assert [note for note in noted(20) if f"- {note}" not in text] == []


def test_a_new_note_moves_nothing_above_it() -> None:
    for number in range(12):
        before, after = (lines(call(*noted(count)), 80, 24) for count in (number, number + 1))
        first = next(index for index, line in enumerate(after) if line.startswith((" - fact", " +")))
        assert after[:first] == before[:first]
    wide = [lines(call(*noted(count)), 120, 40) for count in range(12)]
    assert len({tuple(line[:78].rstrip() for line in page) for page in wide}) == 1


def test_where_the_story_is_said_back_the_notes_come_before_the_phrases() -> None:
    shown = lines(call(*FACTS, *noted(4), content=RESTATING), 80, 24)
    places = {note: next(index for index, line in enumerate(shown) if note in line) for note in noted(4)}
    phrase = next(index for index, line in enumerate(shown) if line.startswith(" 1 "))
    assert max(places.values()) < phrase
    assert any(line.startswith(" 3 ") for line in shown)
    aloud = plain.screen(call(*noted(4), content=RESTATING))
    assert aloud.index("Noted: fact number 4") < next(
        index for index, line in enumerate(aloud) if line.startswith("Say 1")
    )


def test_notes_of_earlier_steps_stay_in_sight() -> None:
    assert " - told at the start" in lines(call("told at the start", "", ""), 80, 24)


def test_the_page_of_notes_holds_everything_in_order_and_in_full() -> None:
    long = "she said that " + "the parcel was left in the rain and " * 10 + "that she has photographs"
    session = call(*FACTS, long, "1", "/tick 1", "", "/escalate desk: wants a manager", "taken back")
    session = apply(session, ev.Undone(at=AT))
    page = " ".join(line.plain for group in notes_groups(session, 80) for line in group)
    text = " ".join(page.split())
    order = ["customer: Noor Khan", "offer 1 refused: too little", long, 'said: "You are right to be cross.',
             "ticked: They got to the end without being cut off", "escalated to desk"]  # fmt: skip
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert "taken back" not in text
    aloud = " ".join(notes_read_aloud(session))
    assert [words for words in order if words not in aloud] == []


def test_the_page_of_notes_says_that_there_is_nothing_yet() -> None:
    assert [line.plain for group in notes_groups(call(), 80) for line in group] == [" Nothing is recorded yet."]


@pytest.mark.parametrize("line", ["n", "/notes"])
def test_notes_are_there_after_resuming_too(tmp_path: Path, line: str) -> None:
    terminal = started(tmp_path)
    terminal.say("the box was open")
    terminal.expect("- the box was open")
    terminal.press("ctrl-d")
    terminal.end()
    again = started(tmp_path, "resume")
    assert "- the box was open" in again.text
    again.say(line)
    again.expect("the box was open", "Enter closes")
    again.press("q")
    again.expect("Enter next")


def test_a_plain_terminal_reads_the_notes_aloud(tmp_path: Path) -> None:
    terminal = started(tmp_path, "start", "learn", "--plain", prompt="\n>", lines=60)
    terminal.say("the box was open")
    terminal.say("n")
    terminal.expect("In Listen:", ", the box was open")
