"""Work in another thread, in steps and at the same time."""

from __future__ import annotations

from threading import Event, get_ident
from typing import TYPE_CHECKING

import pytest

from recoverycli.errors import UsageProblem
from recoverycli.system.threads import run_in_thread, side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_small_things_are_done_while_the_work_goes_on() -> None:
    small_thing = Event()
    made: list[int] = []

    def work() -> int:
        small_thing.wait()
        return get_ident()

    def wait() -> Iterator[None]:
        made.append((yield from run_in_thread(work)))

    for _ in wait():
        assert made == []
        small_thing.set()
    assert made != [get_ident()]


def test_a_fault_of_the_work_is_raised_where_it_is_waited_for() -> None:
    def work() -> None:
        raise UsageProblem("there is no such file")

    with pytest.raises(UsageProblem, match="no such file"):
        for _ in run_in_thread(work):
            pass


def test_two_things_are_done_at_the_same_time() -> None:
    here, there = Event(), Event()

    def meet(mine: Event, other: Event) -> int:
        mine.set()
        assert other.wait(60)
        return get_ident()

    first, second = side_by_side(lambda: meet(here, there), lambda: meet(there, here))
    assert first == get_ident() != second


def test_a_fault_of_either_is_raised_when_both_are_done() -> None:
    done = Event()

    def fail() -> None:
        raise UsageProblem("there is no such file")

    for works in ((fail, done.set), (done.set, fail)):
        done.clear()
        with pytest.raises(UsageProblem, match="no such file"):
            side_by_side(*works)
        assert done.is_set()
