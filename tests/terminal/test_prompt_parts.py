"""The pieces of the prompt that need no terminal: completion, toolbar, pasting, clipboard, lines of a pipe."""

from __future__ import annotations

import io
from base64 import b64decode
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.live.profile_note import profile_note
from recoverycli.session.transcript.account import account
from recoverycli.terminal.call.candidates import candidate_line, common_prefix
from recoverycli.terminal.call.completion import completions
from recoverycli.terminal.call.paste import Pastes
from recoverycli.terminal.call.plain_input import LONGEST, PlainInput
from recoverycli.terminal.call.typed import TypedLine
from recoverycli.terminal.clipboard import to_terminal
from recoverycli.terminal.views.call.toolbar import toolbar
from tests.cases import for_each
from tests.terminal.little_call import AT, call


def known() -> tuple[str, ...]:
    return ("little", "heart", "last")


@for_each(
    "typed, becomes",
    [
        ("/mo", ("/more", "/mood ")),
        ("/MO", ("/more", "/mood ")),
        ("/mood a", ("/mood anxious", "/mood angry")),
        ("/channel s", ("/channel social",)),
        ("/outcome p", ("/outcome partly-resolved",)),
        ("/end r", ("/end resolved",)),
        ("/goto s", ("/goto solve",)),
        ("/goto w", ("/goto wrap-up",)),
        ("/switch ", ("/switch heart", "/switch last")),
        ("/set b", ("/set before ",)),
        ("/tick ", ("/tick 1", "/tick 3")),
        ("/copy ", ("/copy 1", "/copy 2", "/copy 3")),
        ("/customer N", ()),
        ("/nonsense x", ()),
        ("a note", ()),
    ],
)
def test_completion(typed: str, becomes: tuple[str, ...]) -> None:
    assert completions(call("/tick 2"), typed, known) == becomes


def test_the_offers_without_an_answer_complete_their_commands() -> None:
    answered = call("/offer refund 20", "/offer voucher 5", "/accept 2")
    assert completions(answered, "/refuse ", known) == ("/refuse 1",)


def test_an_empty_line_completes_to_every_command() -> None:
    assert "/promise " in completions(call(), "", known)


@given(st.text())
def test_completion_takes_any_text(typed: str) -> None:
    assert isinstance(completions(call(), typed, known), tuple)


def test_candidates_fit_the_toolbar_and_the_one_in_the_prompt_is_marked_by_a_sign() -> None:
    lines = tuple(f"/goto step-{number}" for number in range(40))
    spans = candidate_line(lines, "/goto step-30", 60)
    text = "".join(span[1] for span in spans)
    assert "[step-30]" in text
    assert len(text) < 60


def test_the_shared_beginning() -> None:
    assert common_prefix(("/mood ", "/more")) == "/mo"
    assert common_prefix(("/note",)) == "/note"
    assert common_prefix(("/a", "/ab")) == "/a"


@pytest.mark.parametrize("width", [20, 30, 40, 60, 80, 100, 200])
def test_the_toolbar_fits_and_tells_the_times(width: int) -> None:
    spans = toolbar(call("/hold"), AT + timedelta(seconds=100), width, 3)
    text = "".join(text for _, text in spans)
    assert text.startswith((" call 1:40 · step 1:40 over 1:30 · hold 1:39", " 1:40 · 1:40/1:30 · hold 1:39"))
    assert len(text) < width or width < 40
    assert ("warning" in {style for style, _ in spans}) is True


def test_a_step_within_its_target_is_not_coloured() -> None:
    assert {style for style, _ in toolbar(call(), AT + timedelta(seconds=90), 80, 3)} <= {"", "quiet"}


def test_a_clock_that_was_set_back_takes_nothing_away() -> None:
    assert toolbar(call(), AT - timedelta(hours=1), 80, 3)[0] == ("quiet", " call 0:00")


def test_at_80_columns_the_keys_are_told() -> None:
    text = "".join(text for _, text in toolbar(call(), AT, 80, 3))
    assert text.endswith("Enter next · b back · u undo · m more · ? help")
    text = "".join(text for _, text in toolbar(call("/end"), AT, 80, 0))
    assert "Enter save · 1-5 outcome" in text


def test_pasted_lines_are_one_line_in_the_prompt_and_themselves_again() -> None:
    pastes = Pastes()
    assert pastes.fold("one\ntwo") == "one⏎two"
    assert pastes.unfold("x one⏎two y") == "x one\ntwo y"


def test_a_long_paste_is_a_word_in_the_prompt_and_itself_again() -> None:
    pastes, long = Pastes(), "long " * 20_000
    word = pastes.fold(long)
    assert len(word) < 60
    assert pastes.unfold(f"before {word} after") == f"before {long} after"
    assert pastes.unfold("⟦7 pasted: 9 characters⟧") == "⟦7 pasted: 9 characters⟧"


@given(st.text(), st.text())
def test_unfolding_never_raises(pasted: str, line: str) -> None:
    pastes = Pastes()
    pastes.fold(pasted)
    assert isinstance(pastes.unfold(line), str)


def test_the_clipboard_is_asked_for_in_base64_and_never_for_too_much() -> None:
    sequence = to_terminal("Grüß Gott\x1b\x07")
    assert sequence is not None
    assert b64decode(sequence.removeprefix("\x1b]52;c;").removesuffix("\x07")).decode() == "Grüß Gott\x1b\x07"
    assert to_terminal("x" * 100_000) is None


def test_lines_of_a_pipe() -> None:
    read = PlainInput(io.BytesIO(b"one\r\n\xff\xfe\nlast"))
    assert [read() for _ in range(4)] == [
        TypedLine("one"),
        TypedLine("\udcff\udcfe"),
        TypedLine("last"),
        TypedLine(None),
    ]


def test_a_line_without_end_comes_in_pieces() -> None:
    read = PlainInput(io.BytesIO(b"x" * (LONGEST + 1)))
    assert [len(read().line or "") for _ in range(2)] == [LONGEST, 1]


def test_the_note_for_the_profile_tells_what_was_recorded_and_nothing_else() -> None:
    nothing = call()
    assert profile_note(account(nothing, nothing.clock.last_at)) == "A customer: 2026-11-23."
    session = call(
        "/customer Noor", "/ref C-7", "/channel email", "/issue billing", "/mood angry", "/mood calm", "charged twice",
        "/offer refund 20 EUR", "/promise send a bill by friday 5pm", "/promise ring her", "/escalate desk: too large",
        "/cause old prices", "/outcome resolved",
    )  # fmt: skip
    assert profile_note(account(session, session.clock.last_at)).splitlines() == [
        "Noor (C-7): 2026-11-23, by e-mail, about billing, angry then calm.",
        "charged twice.",
        (
            "Offers: refund 20 EUR, no answer yet. Promises: send a bill, by Fri 27 Nov 2026, 17:00; ring her,"
            " no date. Escalated: to desk: too large."
        ),
        "Outcome: resolved. Cause: old prices.",
    ]
