"""How many examples each target gets, how many it has had, and an end to what never ends.

`make test` gives each a modest number. FUZZ_EXAMPLES (set by `make fuzz`) is shared out among the targets.
"""

from __future__ import annotations

import contextlib
import functools
import os
import signal
from collections import Counter
from typing import TYPE_CHECKING, ParamSpec

from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

P = ParamSpec("P")
# Examples of each target of this process.
RAN: Counter[str] = Counter()
# The share of each target in a thousand examples, by the time that one takes and by what a fault there would cost.
SHARES = {
    "lines": 150, "calls on disk": 20, "framework": 70, "scenario": 50, "dialogue": 20, "wording": 60, "phrases": 60, "scorecard": 50,
    "transcripts": 150, "journals": 60, "settings": 80, "searches": 60, "names": 60, "words of dates": 60,
    "amounts": 50,
}  # fmt: skip
SLOWEST = 20.0  # seconds; a thousand times what any example takes
_ALL = int(os.environ.get("FUZZ_EXAMPLES", "0"))

assert sum(SHARES.values()) == 1000


def target(name: str, modest: int) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Make a property a target: so many examples by `make test`, its share by `make fuzz`, each within a time."""

    def decorated(test: Callable[P, None]) -> Callable[P, None]:
        if not _ALL:
            return settings(max_examples=modest)(test)
        return settings(
            max_examples=max(1, _ALL * SHARES[name] // 1000),
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=True,
            print_blob=True,
        )(test)

    return decorated


def counted(name: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Count the examples of a target, and end one that hangs."""

    def decorated(test: Callable[P, None]) -> Callable[P, None]:
        @functools.wraps(test)
        def ran(*args: P.args, **kwargs: P.kwargs) -> None:
            RAN[name] += 1
            with within(SLOWEST):
                test(*args, **kwargs)

        return ran

    return decorated


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail what takes longer. Where the system has no such alarm nothing is watched."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def late(*_: object) -> None:
        raise AssertionError(f"it took more than {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
