"""What stands above the prompt, at the sizes that terminals have."""

from __future__ import annotations

import string
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.frameworks.model import CHANNELS, MOODS
from recoverycli.session.phrases import phrases
from recoverycli.terminal.views.call import plain
from recoverycli.terminal.views.call.screen import View, screen_lines, turn_page
from recoverycli.terminal.views.call.step import phrase_text, step_lines
from recoverycli.terminal.views.call.wrap_up import wrap_up_lines
from tests.cases import for_each
from tests.golden import compare
from tests.terminal.little_call import call

if TYPE_CHECKING:
    from recoverycli.frameworks.model import Framework
    from recoverycli.session.model import Session

SIZES = [(40, 10), (80, 24), (120, 40)]
BUILT_IN = FrameworkLibrary((Source(Path(__file__).parents[2] / "frameworks", "built-in"),))
IDS = sorted(path.stem for path in (Path(__file__).parents[2] / "frameworks").glob("*.yaml"))
FACTS: dict[str, Any] = {"customer": "A. Customer", "channel": "phone", "mood": "upset"}
BUSY = (
    "Charged twice on the March bill", "1", "/tick 2", "/set order A-1042", "", "", "/offer refund 20 EUR",
    "/promise send a corrected bill by friday 5pm", "/promise look into it soon", "/mood calm", "/end",
    "/cause the price list was old", "/outcome partly-resolved",
)  # fmt: skip
CALLS = {
    "step": call("Charged twice on the March bill", "1", "/tick 2", "/set order A-1042", **FACTS),
    "wrap_up": call(*BUSY, **FACTS),
}


def shown(session: Session, view: View, width: int, height: int) -> str:
    """What the terminal shows above the prompt and the toolbar."""
    return "\n".join(line.plain.rstrip() for line in screen_lines(session, view, width, height - 2)) + "\n"


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("name", CALLS)
def test_a_screen_of_a_call(name: str, width: int, height: int) -> None:
    compare(f"call_{name}_{width}", shown(CALLS[name], View('said: "Thank you" · u undoes'), width, height))


@for_each("width, height", SIZES)
@for_each("name, show", [("step", "more"), ("wrap_up", "more"), ("step", "help")])
def test_the_pages_that_show_more(name: str, show: str, width: int, height: int) -> None:
    session, told = CALLS[name], []
    view = View(show="more" if show == "more" else "help")
    while view.show is not None:
        told.append(shown(session, view, width, height))
        view = turn_page(session, view, width, height - 2)
    compare(f"call_{name}_{show}_{width}", "\f\n".join(told))


@pytest.mark.parametrize("name", CALLS)
def test_a_call_in_lines_that_are_read_aloud(name: str) -> None:
    session = CALLS[name]
    compare(f"call_{name}_plain", "\n".join(plain.screen(session)) + "\n")
    compare(f"call_{name}_more_plain", "\n".join(plain.screen(session, more=True)) + "\n")


def test_the_help_in_lines_that_are_read_aloud() -> None:
    compare("call_help_plain", "\n".join(plain.usage()) + "\n")


def every_step(framework: Framework) -> list[Session]:
    """A call on each of its live steps, in turn."""
    return [call(f"/goto {step.id}", content=framework, **FACTS) for step in framework.live_steps]


@for_each("framework", IDS)
def test_at_80x24_every_step_shows_its_goal_a_question_three_phrases_and_its_checklist(framework: str) -> None:
    for session in every_step(BUILT_IN.load(framework).content):
        assert session.here is not None
        step = session.here.step
        lines = screen_lines(session, View("said: something · u undoes"), 80, 22)
        text = " ".join(" ".join(line.plain.split()) for line in lines)
        assert len(lines) == 22
        assert step.goal in text
        assert not step.questions or step.questions[0] in text
        assert not step.checklist or "☐ 1" in text
        offered = phrases(session)
        assert all(phrase_text(session, phrase) in text for phrase in offered[:3])
        assert not any(phrase_text(session, phrase) in text for phrase in offered[3:])


@pytest.mark.parametrize("framework", IDS)
def test_at_80_columns_no_phrase_of_the_first_three_takes_more_than_two_lines(framework: str) -> None:
    """On every channel; the moods take turns."""
    content = BUILT_IN.load(framework).content
    for number, (step, channel) in enumerate(product(content.live_steps, CHANNELS)):
        mood = MOODS[number % len(MOODS)]
        session = call(f"/goto {step.id}", content=content, channel=channel, mood=mood, customer="Noor")
        words = [phrase_text(session, phrase) for phrase in phrases(session)[:3]]
        assert all(len(text) <= 2 * 72 for text in words), (step.id, channel, mood, words)


@for_each("framework", IDS)
def test_at_40x10_every_step_shows_where_it_is_its_goal_and_a_phrase(framework: str) -> None:
    for session in every_step(BUILT_IN.load(framework).content):
        assert session.here is not None
        lines = screen_lines(session, View(), 40, 8)
        text = " ".join(" ".join(line.plain.split()) for line in lines)
        place = [record.key for record in session.route].index(session.here.key) + 1
        total = "" if session.depends_on else f"/{len(session.route)}"
        assert f" {place}{total} " in lines[0].plain
        assert session.here.step.goal in text
        assert all(phrase_text(session, phrase) in text for phrase in phrases(session)[:1])


@for_each("framework", IDS)
def test_more_holds_every_word_of_a_step(framework: str) -> None:
    for session in every_step(BUILT_IN.load(framework).content):
        assert session.here is not None
        step, told, view = session.here.step, "", View(show="more")
        while view.show is not None:
            told += shown(session, view, 80, 24)
            view = turn_page(session, view, 80, 22)
        text = " ".join(told.split())
        words = [
            *step.do,
            *step.questions,
            *(item.text for item in step.checklist),
            *(item.ask for item in step.capture),
        ]
        words += [avoid.because for avoid in step.avoid] + [phrase_text(session, phrase) for phrase in phrases(session)]
        assert [line for line in words if line not in text] == []


HOSTILE = st.text(
    st.one_of(st.sampled_from("\x00\x1b\x9b\u202e\u2028\u200d\ud800שלم漢字é👩\u200d👧[b]" + string.printable))
)


@given(
    width=st.integers(20, 200), height=st.integers(1, 60), answer=HOSTILE, tone=st.sampled_from(["", "warning"]),
    show=st.sampled_from([None, "more", "help"]), page=st.integers(0, 60), name=HOSTILE,
    note=HOSTILE.map(lambda typed: typed.replace("\ud800", "")),
    at_end=st.booleans(),
)  # fmt: skip
def test_nothing_is_wider_or_taller_than_the_screen(
    width: int, height: int, answer: str, tone: str, show: str | None, page: int, name: str, note: str, *, at_end: bool
) -> None:
    lines = [f"//x{note}", f"/set order x{note}", *(["/end", f"/summary x{note}"] if at_end else [])]
    session = call(*[line.replace("\n", " ") for line in lines], customer=name or "x")
    view = View(answer, tone, show, page=page)  # type: ignore[arg-type]
    drawn = screen_lines(session, view, width, height)
    assert len(drawn) == height
    assert max(line.cell_len for line in drawn) <= width
    shown_text = "".join(line.plain for line in drawn)
    assert not any(sign in shown_text for sign in "\x00\x1b\x9b\u202e\u2028\ud800\n")


def test_the_answer_stands_on_the_last_line_and_moves_nothing_above() -> None:
    without = screen_lines(CALLS["step"], View(), 80, 22)
    answered = screen_lines(CALLS["step"], View("noted: it"), 80, 22)
    assert answered[-1].plain == " noted: it"
    assert [line.plain for line in answered[:-1]] == [line.plain for line in without[:-1]]


def test_what_was_said_is_marked_by_a_sign() -> None:
    text = "\n".join(line.plain for line in step_lines(CALLS["step"], 80, 22))
    assert "1✓   Thank you for telling me." in text


def test_a_promise_without_a_date_and_the_outcome_are_marked_by_signs() -> None:
    text = "\n".join(line.plain for line in wrap_up_lines(CALLS["wrap_up"], 80, 22))
    assert "look into it soon · ! no date" in text
    assert "▸2 partly-resolved" in text


def test_words_of_people_are_no_markup() -> None:
    text = "\n".join(line.plain for line in step_lines(call("/customer [bold]Eve[/bold]\x1b[2J"), 80, 22))
    assert "[bold]Eve[/bold]\\x1b[2J" in text


def test_an_endless_name_does_not_bury_the_phrases() -> None:
    text = "\n".join(line.plain for line in step_lines(call(f"/customer {'x' * 100_000}"), 80, 22))
    assert "Is there more to it?" in text
