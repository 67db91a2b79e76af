"""A signal that ends the process unwinds a call first, whatever the platform calls it; Ctrl-C waits for a prompt."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import weakref

import pytest

from recoverycli.terminal.call.interruptions import hold_interruptions
from recoverycli.terminal.call.plain_input import PlainInput
from recoverycli.terminal.call.process_end import ProcessEnd, end_in_loop, end_on_signal

# Seconds within which a signal arrives.
PATIENCE = 5
NAMES = [name for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]


@pytest.mark.parametrize("name", NAMES)
def test_a_signal_is_an_exit_where_it_meets_a_call_and_its_handler_is_put_back(name: str) -> None:
    number = getattr(signal, name)
    before = signal.getsignal(number)
    with pytest.raises(ProcessEnd) as ended, end_on_signal(console=True):
        signal.raise_signal(number)
    assert ended.value.code == 128 + number
    assert signal.getsignal(number) == before


@pytest.mark.skipif("SIGBREAK" not in NAMES, reason="only Windows has Ctrl-Break")
def test_ctrl_break_while_a_pipe_is_read_is_left_to_windows() -> None:
    number = getattr(signal, "SIGBREAK")  # noqa: B009  # only Windows has it
    before = signal.getsignal(number)
    with end_on_signal(console=False):
        assert signal.getsignal(number) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals in an event loop")
def test_a_signal_within_a_callback_that_swallows_exceptions_ends_the_process_too() -> None:
    loop = asyncio.new_event_loop()
    end_in_loop(loop)

    def let_go() -> None:
        something = asyncio.Event()
        watched = weakref.ref(something, lambda _: signal.raise_signal(signal.SIGTERM))
        del something
        assert watched() is None

    loop.call_soon(let_go)
    loop.call_later(PATIENCE, loop.stop)
    with pytest.raises(ProcessEnd) as raised:
        loop.run_forever()
    loop.close()

    assert raised.value.code == 128 + signal.SIGTERM


def test_ctrl_c_while_an_answer_is_printed_is_heard_at_the_next_prompt() -> None:
    before = signal.getsignal(signal.SIGINT)
    prompted: list[bool] = []
    with hold_interruptions() as interruptions:
        read = PlainInput(io.BytesIO(b"a note\n"), lambda: prompted.append(True), interruptions)
        signal.raise_signal(signal.SIGINT)

        assert read().interrupted
        assert not prompted
        assert read().line == "a note"
    assert signal.getsignal(signal.SIGINT) == before


def test_a_second_ctrl_c_ends_an_answer_that_takes_too_long() -> None:
    with hold_interruptions():
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
