"""Conditions in words, for people: `under 10 EUR`, `gold or silver`, `tier: gold and bought: within 14 days`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from recoverycli.frameworks.conditions import Wanted, When
    from recoverycli.frameworks.model import Capture

_TESTS = {
    "differs": "not",
    "under": "under",
    "over": "over",
    "at_least": "at least",
    "at_most": "at most",
    "before": "before",
    "after": "after",
    "within": "within",
    "older": "older than",
}


def condition_words(when: When, named: Callable[[str], bool] = lambda _name: True) -> str:
    """Return a condition in words; `named` says of which names the name is said as well as the value."""
    maps = (when,) if isinstance(when, dict) else when
    return ", or ".join(
        " and ".join(
            f"{name_words(name)}: {wanted_words(wanted)}" if named(name) else wanted_words(wanted)
            for name, wanted in one.items()
        )
        for one in maps
    )


def computed_words(capture: Capture) -> tuple[str, ...]:
    """Return how a capture is worked out, in words: a row of its table each; empty where it is asked for."""
    if capture.table is not None:
        rows = ((row.then, condition_words(row.when)) for row in capture.table.rows)
        return tuple(f"{then} if {words}" if words else f"{then} otherwise" for then, words in rows)
    if capture.days_since is not None:
        return (f"days since {name_words(capture.days_since)}",)
    for names, sign in (
        (capture.difference, " minus "),
        (capture.sum, " plus "),
        (capture.share_of, " in percent of "),
    ):
        if names:
            return (sign.join(map(name_words, names)),)
    return ()


def name_words(name: str) -> str:
    """Return the name of a value as people read it."""
    return name.replace("_", " ")


def wanted_words(wanted: Wanted) -> str:
    """Return what a value has to be, in words."""
    if isinstance(wanted, str):
        return wanted
    if isinstance(wanted, tuple):
        return " or ".join(wanted)
    tests = [f"{said} {wanted_words(value)}" for name, said in _TESTS.items() if (value := getattr(wanted, name))]
    if wanted.between is not None:
        tests.append(f"from {' to '.join(wanted.between)}")
    if wanted.known is not None:
        tests.append("known" if wanted.known else "not known")
    return " and ".join(tests)
