"""Keys that arrive while the prompt stands on the screen and the rest of the call is still being loaded."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from recoverycli.terminal.call.prompt import WAITED, Prompt, Surface
from recoverycli.terminal.call.typed import Draft

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.input import PipeInput

BOTH = "order 1042 was late\rshe rang twice\r"


def two_lines(keys: PipeInput, prepare: Callable[[], bool]) -> list[str | None]:
    """Two lines from a prompt whose call is prepared by `prepare`; Ctrl-D is typed after the first."""
    surface = Surface(
        lambda _columns, _rows: "",
        lambda _width, _line: [],
        lambda _line: (),
        lambda: False,
        lambda: None,
        lambda: None,
        {},
        color=False,
        monotonic=time.monotonic,
    )
    prompt = Prompt(surface, prepare)
    lines = [prompt.ask(Draft()).line]
    keys.send_text("\x04")
    lines.append(prompt.ask(Draft()).line)
    prompt.close()
    return lines


def test_a_paste_that_arrives_while_the_rest_is_loaded_is_one_note() -> None:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):

        def load_slowly() -> bool:
            until = time.monotonic() + WAITED
            while time.monotonic() < until:
                pass
            keys.send_text(BOTH)
            return False

        assert two_lines(keys, load_slowly) == ["order 1042 was late\nshe rang twice", None]


def test_lines_typed_before_the_first_prompt_are_read_before_the_rest_is_loaded() -> None:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text(BOTH)
        assert two_lines(keys, lambda: False) == ["order 1042 was late", "she rang twice"]


def test_a_line_typed_between_two_parts_of_the_loading_is_heard_before_the_next_part() -> None:
    parts: list[str] = []
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):

        def load_a_part() -> bool:
            parts.append("a part")
            if len(parts) == 1:
                keys.send_text("she is angry\r")
            return len(parts) < 100

        assert two_lines(keys, load_a_part) == ["she is angry", None]
    assert len(parts) < 10
