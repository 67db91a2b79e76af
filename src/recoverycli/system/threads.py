"""Work in another thread, while this one goes on with small things such as keys, or with other work."""

from __future__ import annotations

from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Generic, NoReturn, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

T = TypeVar("T")
U = TypeVar("U")

# Seconds. Python changes between threads as often.
_MOMENT = 0.005


def run_in_thread(work: Callable[[], T]) -> Generator[None, None, T]:
    """Do work in another thread and return what it made. Waits a moment in each step; raises what the work raises."""
    thread = _Work(work)
    thread.start()
    yield
    while thread.is_alive():
        thread.join(_MOMENT)
        yield
    return thread.outcome()


def side_by_side(here: Callable[[], T], there: Callable[[], U]) -> tuple[T, U]:
    """Do two things at the same time, one of them in another thread, and return what they made; raises what one raises.

    It helps where both wait for something outside of Python, such as a database.
    """
    thread = _Work(there)
    thread.start()
    try:
        made = here()
    finally:
        thread.join()
    return made, thread.outcome()


class _Work(Thread, Generic[T]):
    """A thread whose outcome is for the one that waits for it."""

    def __init__(self, work: Callable[[], T]) -> None:
        super().__init__(daemon=True)
        self._work = work
        self.outcome: Callable[[], T]

    def run(self) -> None:
        """Do the work."""
        try:
            made = self._work()
        except Exception as fault:  # noqa: BLE001  # raised where it is waited for
            self.outcome = partial(_raise, fault)
        else:
            self.outcome = lambda: made


def _raise(fault: Exception) -> NoReturn:
    raise fault
