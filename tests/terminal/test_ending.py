"""A signal that ends the process unwinds a call first, whatever the platform calls it."""

from __future__ import annotations

import signal

import pytest

from recoverycli.terminal.call.loop import ProcessEnd, end_on_signal

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
