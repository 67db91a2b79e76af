"""What the family of an issue asks for, on the screen of a call: one fact at a time, until each is captured."""

from __future__ import annotations

from datetime import UTC, datetime

from recoverycli.frameworks.model import FamilyCapture, IssueFamily
from recoverycli.session import events as ev
from recoverycli.session.state import apply, begin
from recoverycli.terminal.views.call import plain
from recoverycli.terminal.views.call.screen import View, screen_lines
from tests.content import OTHER, started

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DELIVERY = IssueFamily(
    id="delivery",
    name="Delivery",
    ask=("Where did it go?",),
    capture=(FamilyCapture(id="order_number", ask="Which order?"), FamilyCapture(id="due_on", ask="When was it due?")),
)


def drawn(*values: str) -> tuple[str, str]:
    """The step with these values known: as it is drawn at 80x24, and in plain lines."""
    session = begin(started(OTHER, AT, issue="late parcel", family=DELIVERY))
    for name in values:
        session = apply(session, ev.ValueSet(at=AT, name=name, value="7"))
    lines = (line.plain for line in screen_lines(session, View(), 80, 22))
    return "\n".join(lines), "\n".join(plain.screen(session))


def test_the_first_fact_that_is_missing_is_on_the_screen_with_what_to_type() -> None:
    screen, lines = drawn()
    assert "Which order? · /set order_number" in screen
    assert "Capture: Which order? Type /set order_number and the answer." in lines
    assert "When was it due?" not in lines


def test_the_next_fact_takes_its_place_until_every_one_is_captured() -> None:
    screen, lines = drawn("order_number")
    assert "When was it due? · /set due_on" in screen
    assert "Captured order_number: 7" in lines
    assert "Which order?" not in screen
    screen, lines = drawn("order_number", "due_on")
    assert "/set" not in screen
    assert "Type /set" not in lines


def test_more_shows_the_questions_and_every_fact() -> None:
    session = begin(started(OTHER, AT, issue="late parcel", family=DELIVERY))
    lines = plain.screen(session, more=True)
    assert "Ask: Where did it go?" in lines
    assert sum("Type /set" in line for line in lines) == 2
