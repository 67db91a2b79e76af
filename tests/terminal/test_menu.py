"""What a menu shows, in the sizes that terminals have."""

from __future__ import annotations

import pytest

from recoverycli.terminal.ask.menu import Menu, Option, menu_lines, menu_screen
from tests.cases import for_each

HOME = Menu(
    "What would you like to do, Ana?",
    (
        Option("Start a call", "with learn"),
        Option("Resume A. Customer", "LEARN, 5 minutes ago"),
        Option("What is due", "ring them back, 2 hours late (and 1 more)"),
        *(Option(f"Resume caller {number}", "HEART, 2 days ago") for number in range(9)),
    ),
)


def drawn(selected: int, width: int, height: int, home: Menu = HOME) -> list[str]:
    return [line.plain for line in menu_screen(home, selected, width, height)]


@for_each("width, height", [(80, 24), (40, 10), (20, 4), (30, 1), (200, 60), (12, 3), (2, 2)])
@for_each("selected", range(len(HOME.options)))
def test_it_fits_and_the_marked_entry_is_always_on_it(selected: int, width: int, height: int) -> None:
    lines = drawn(selected, width, height)
    assert 1 <= len(lines) <= height
    assert all(line.cell_len <= width for line in menu_screen(HOME, selected, width, height))
    marked = [line for line in lines if line.startswith("▸")]
    assert len(marked) == 1
    if width >= 40:
        assert HOME.options[selected].name in marked[0]


def test_80_by_24_shows_every_entry_with_what_is_to_be_known_and_how_to_leave() -> None:
    text = "\n".join(drawn(0, 80, 24))
    for entry in HOME.options:
        assert entry.name in text
        assert entry.note in text
    assert "What would you like to do, Ana?" in text
    assert "Esc leaves" in text


def test_40_by_10_names_what_can_be_done_and_how_to_leave() -> None:
    text = "\n".join(drawn(0, 40, 10))
    assert "Start a call" in text
    assert "Resume A. Customer" in text
    assert "Esc leaves" in text


def test_only_nine_entries_have_a_figure() -> None:
    lines = drawn(0, 80, 40)
    assert any(line.startswith(" 9  ") for line in lines)
    assert not any(line.strip().startswith("10") for line in lines)


def test_plain_lines_have_a_number_each_and_say_how_to_leave() -> None:
    lines = menu_lines(HOME)
    assert lines[0] == "What would you like to do, Ana?"
    assert lines[2] == "2: Resume A. Customer (LEARN, 5 minutes ago)"
    assert lines[len(HOME.options)].startswith(f"{len(HOME.options)}: ")
    assert lines[-1] == "Type a number. Enter alone leaves."


@pytest.mark.parametrize("name", ["a\x1b[2Jb", "two\nlines", "\u202eoverridden", "[bold]no markup[/bold]"])
def test_names_of_people_are_shown_and_never_obeyed(name: str) -> None:
    home = Menu("?", (Option(f"Resume {name}", name),))
    for lines in (drawn(0, 80, 24, home), menu_lines(home)):
        assert all(line.isprintable() for line in lines)
    assert "[bold]" not in name or "[bold]" in "\n".join(drawn(0, 80, 24, home))
