"""The text that live screens are made of: its columns, its lines, its styles. Rich is the oracle for ordinary words."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.formatted_text import ANSI, to_formatted_text
from rich.color import ColorSystem
from rich.console import Console
from rich.text import Text as RichText

from recoverycli.terminal.console import Look, console, styles
from recoverycli.terminal.styled_text import Run, Text, cells, render, sgr
from recoverycli.terminal.views.call.parts import one_line, plain, wrap
from tests.cases import for_each

if TYPE_CHECKING:
    from collections.abc import Iterable

COLOURED = Look(plain=False, color=True, interactive=True, width=200, height=24)
GREY = Look(plain=False, color=False, interactive=True, width=200, height=24)
NAMES = ["", *styles(COLOURED)]
ORDINARY = st.text("abcdefgh ÄÖéß€–’…✓·\n", max_size=200)
ANY = st.text("ab é漢字👩👧\u200d\ufe0f☑🇩🇪e\u0301\u2068\u2069שלום\n한กำ", max_size=80)  # noqa: RUF001
RUNS = st.lists(st.tuples(st.text("ab c-✓", min_size=1, max_size=12), st.sampled_from(NAMES)), max_size=6)


def of(runs: Iterable[tuple[str, str]]) -> Text:
    return plain("").join([plain(*run) for run in runs])


@for_each(
    "text, columns",
    [
        ("", 0),
        ("A. Customer", 11),
        ("▸✓☐☑›·⏎…–—‘’“”€", 15),  # noqa: RUF001
        ("Zoë Łukasz", 10),
        ("漢字", 4),
        ("한국어", 6),
        ("e\u0301te\u0301", 3),
        ("👍", 2),
        ("👍🏽", 2),
        ("👩\u200d👧", 2),
        ("🇩🇪", 2),
        ("☑\ufe0f", 2),
        ("\u2068שלום\u2069", 4),  # noqa: RUF001
        ("ก็", 1),
        ("a\u200bb", 2),
    ],
)
def test_the_columns_that_words_take(text: str, columns: int) -> None:
    assert cells(text) == columns
    assert plain(text).cell_len == columns


def test_a_control_character_that_slipped_through_does_not_make_a_line_look_short() -> None:
    assert cells("漢字\x1b") == 4


@given(text=ORDINARY, width=st.integers(2, 60))
def test_ordinary_words_are_wrapped_as_rich_wraps_them(text: str, width: int) -> None:
    lines = RichText(text).wrap(Console(width=80), width, overflow="fold", no_wrap=False)
    assert [line.plain for line in wrap(plain(text), width)] == [line.plain.rstrip() for line in lines]


@given(text=st.text("abcdefgh éß–✓ ", max_size=80), width=st.integers(1, 60))
def test_ordinary_words_are_cut_as_rich_cuts_them(text: str, width: int) -> None:
    line = RichText(text)
    line.truncate(width, overflow="ellipsis")
    assert one_line(plain(text), width).plain == line.plain


@given(text=ANY, width=st.integers(2, 30))
def test_no_line_is_wider_than_it_may_be_and_no_letter_is_lost(text: str, width: int) -> None:
    lines = wrap(plain(text), width)
    assert max(line.cell_len for line in lines) <= width
    assert "".join("".join(line.plain.split()) for line in lines) == "".join(text.split())


@given(text=ANY.map(lambda text: text.replace("\n", " ")), width=st.integers(1, 30))
def test_a_cut_line_fits_and_says_that_something_is_missing(text: str, width: int) -> None:
    line = one_line(plain(text), width)
    assert line.cell_len <= width
    assert line.plain == text or (line.plain.endswith("…") and text.startswith(line.plain[:-1]))


def test_what_is_not_seen_makes_no_cut_line_wider_and_no_letter_disappear() -> None:
    assert one_line(plain("字☑\u2068\ufe0fa"), 4).cell_len <= 4
    assert cells("ab\u200dc") == 3


def test_a_family_is_not_torn_apart_at_the_end_of_a_line() -> None:
    family = "👩\u200d👧"
    assert [line.plain for line in wrap(plain(family * 3), 4)] == [family * 2, family]
    assert one_line(plain(family * 3), 5).plain == family * 2 + "…"


@given(runs=RUNS, width=st.integers(2, 20))
def test_words_keep_their_style_where_lines_are_broken(runs: list[tuple[str, str]], width: int) -> None:
    text = of(runs)
    letters = [(letter, style) for words, style in runs for letter in words if letter != " "]
    lines = text.wrap(width)
    kept = [(letter, run.style) for line in lines for run in line.runs for letter in run.text if letter != " "]
    assert kept == letters


def test_the_ellipsis_looks_like_the_words_that_it_cuts() -> None:
    text = plain("LEARN ", "strong") + plain("Listen, then ask", "quiet")
    assert one_line(text, 10) == Text((Run("LEARN ", "strong"), Run("Lis", "quiet"), Run("…", "quiet")))


@given(lines=st.lists(RUNS, max_size=4))
def test_lines_look_on_a_terminal_as_rich_would_draw_them(lines: list[list[tuple[str, str]]]) -> None:
    file = io.StringIO()
    theme = console(COLOURED)
    for number, runs in enumerate(lines):
        if number:
            file.write("\n")
        for words, style in runs:
            # Rich keeps in a style how it was first drawn, by whichever test and in whichever colours.
            fresh = theme.get_style(style or "none").copy()
            fresh._ansi = None
            file.write(fresh.render(words, color_system=ColorSystem.EIGHT_BIT))
    ours = render([of(runs) for runs in lines], styles(COLOURED))
    assert painted(ours) == painted(file.getvalue())


def painted(ansi: str) -> list[tuple[str, str]]:
    """Each character with its style, as the prompt's library reads them."""
    return [(style, letter) for style, words, *_ in to_formatted_text(ANSI(ansi)) for letter in words]


def test_without_colour_nothing_but_words_is_written() -> None:
    line = plain("Goal", "strong") + plain(" done", "quiet") + plain(" now", "danger")
    assert render([line, line], styles(GREY)) == "Goal done now\nGoal done now"


def test_a_style_that_the_screens_cannot_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="blink"):
        sgr("bold blink")


def test_a_text_can_stand_on_a_page_of_richs() -> None:
    file = io.StringIO()
    console(COLOURED, file).print(plain("Goal", "strong") + plain(" done"))
    assert painted(file.getvalue()) == [*[("bold", letter) for letter in "Goal"], *[("", x) for x in " done\n"]]
