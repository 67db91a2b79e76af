"""What the screen is taken to be, and what may be shown on it."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from recoverycli.terminal.console import Look, console, decide
from recoverycli.terminal.output import Output
from recoverycli.text.safe import escape, isolate
from tests.cases import for_each


class Stream(io.StringIO):
    """A stream that is a terminal, or not."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


def decided(environ: dict[str, str], *, stdin: bool = True, stdout: bool = True, **flags: bool) -> Look:
    every: dict[str, Any] = {"plain": False, "no_color": False, "no_input": False, **flags}
    return decide(environ, stdin=Stream(terminal=stdin), stdout=Stream(terminal=stdout), **every)


XTERM = {"TERM": "xterm-256color"}


@for_each(
    "environ, flags, colored",
    [
        ({}, {}, True),
        ({"NO_COLOR": "1"}, {}, False),
        ({"NO_COLOR": ""}, {}, True),
        ({}, {"no_color": True}, False),
        ({"TERM": "dumb"}, {}, False),
        ({}, {"stdout": False}, False),
        ({"FORCE_COLOR": "1"}, {"stdout": False}, True),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, {}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, {}, False),
        ({"FORCE_COLOR": "1"}, {"no_color": True}, False),
        ({}, {"stdin": False}, True),
    ],
)
def test_colour(environ: dict[str, str], flags: dict[str, bool], colored: bool) -> None:
    assert decided({**XTERM, **environ}, **flags).color is colored


@for_each(
    "environ, flags, plain, interactive",
    [
        ({}, {}, False, True),
        ({}, {"plain": True}, True, True),
        ({"TERM": "dumb"}, {}, True, True),
        ({"TERM": ""}, {}, True, True),
        ({}, {"stdin": False}, True, False),
        ({}, {"stdout": False}, True, False),
        ({}, {"no_input": True}, False, False),
        ({}, {"no_input": True, "plain": True}, True, False),
    ],
)
def test_plain_and_interactive(
    environ: dict[str, str],
    flags: dict[str, bool],
    plain: bool,
    interactive: bool,
) -> None:
    look = decided({**XTERM, **environ}, **flags)
    assert (look.plain, look.interactive) == (plain, interactive)


def test_a_console_that_obeys_no_sequences_is_plain_without_colour_and_a_column_narrower() -> None:
    look = decided({}, supports_sequences=False)
    assert (look.plain, look.color, look.interactive, look.width) == (True, False, True, 79)
    assert decided({"COLUMNS": "120"}, supports_sequences=False).width == 120


@pytest.mark.parametrize(
    ("environ", "size"),
    [
        ({}, (80, 24)),
        ({"COLUMNS": "132", "LINES": "50"}, (132, 50)),
        ({"COLUMNS": "0", "LINES": "-3"}, (80, 24)),
        ({"COLUMNS": "wide", "LINES": "9" * 40}, (80, 24)),
    ],
)
def test_the_size_of_a_pipe(environ: dict[str, str], size: tuple[int, int]) -> None:
    look = decided(environ, stdin=False, stdout=False)
    assert (look.width, look.height) == size


def test_a_screen_that_cannot_show_the_signs_is_plain() -> None:
    ascii_terminal = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    ascii_terminal.isatty = lambda: True  # type: ignore[method-assign]
    look = decide(
        XTERM, plain=False, no_color=False, no_input=False, stdin=Stream(terminal=True), stdout=ascii_terminal
    )
    assert look.plain


@for_each(
    "text, shown",
    [
        ("plain words", "plain words"),
        ("two\nlines", "two\nlines"),
        ("\x1b[2J", "\\x1b[2J"),
        ("\x00\x07\t\r\x7f", "\\x00\\x07\\x09\\x0d\\x7f"),
        ("\x9b31m", "\\x9b31m"),
        ("\u202egnol", "\\u202egnol"),
        ("\u2066x\u2069", "\\u2066x\\u2069"),
        ("a\u2028b\u2029", "a\\u2028b\\u2029"),
        ("\ud800", "\\ud800"),
        ("👩\u200d👧 漢字 é", "👩\u200d👧 漢字 é"),
    ],
)
def test_what_a_terminal_would_obey_is_shown(text: str, shown: str) -> None:
    assert escape(text) == shown


def test_right_to_left_words_are_held_apart_from_what_surrounds_them() -> None:
    assert isolate("שרה") == "\u2068שרה\u2069"
    assert isolate("محمد 12") == "\u2068محمد 12\u2069"
    assert isolate("Zoë 漢字") == "Zoë 漢字"


def test_no_colour_means_no_escape_sequence_at_all() -> None:
    file = io.StringIO()
    look = Look(plain=False, color=False, interactive=True, width=80, height=24)
    console(look, file).print("words", style="danger")
    assert file.getvalue() == "words\n"


def test_markup_emoji_names_and_numbers_are_left_as_they_are() -> None:
    file = io.StringIO()
    look = Look(plain=False, color=True, interactive=True, width=80, height=24)
    console(look, file).print("[bold]x[/bold] :smile: 42")
    assert file.getvalue() == "[bold]x[/bold] :smile: 42\n"


def test_what_a_stream_cannot_encode_is_shown_as_an_escape() -> None:
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding="ascii", newline="\n")
    look = Look(plain=True, color=False, interactive=False, width=80, height=24)
    Output(look, stream, io.StringIO()).text("漢")
    assert written.getvalue() == b"\\u6f22\n"


def test_json_is_one_line_and_its_times_are_rfc_3339() -> None:
    out = io.StringIO()
    look = Look(plain=True, color=False, interactive=False, width=80, height=24)
    Output(look, out, io.StringIO()).as_json({"at": datetime(2026, 11, 23, 9, tzinfo=UTC), "what": "two\nlines"})
    assert out.getvalue() == '{"at":"2026-11-23T09:00:00Z","what":"two\\nlines"}\n'


def test_json_holds_nothing_that_a_terminal_obeys() -> None:
    out = io.StringIO()
    look = Look(plain=True, color=False, interactive=False, width=80, height=24)
    value = {"a": '\x9b31m \u202e \u2066 \x7f \\ "é"'}
    Output(look, out, io.StringIO()).as_json(value)
    assert out.getvalue().isprintable() or out.getvalue().endswith("\n")
    assert not set("\x9b\u202e\u2066\x7f") & set(out.getvalue())
    assert msgspec.json.decode(out.getvalue()) == value
