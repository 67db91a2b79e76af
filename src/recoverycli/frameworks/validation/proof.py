"""Proofs about conditions that are tried in order: which can never hold, which others hide, and what none covers.

Every sort of value is tried with every other, by the same evaluation as in a call.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.frameworks.conditions import evaluate, names_of
from recoverycli.frameworks.validation.domains import domain
from recoverycli.frameworks.values import ANY_DAY, Known

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recoverycli.frameworks.conditions import When
    from recoverycli.frameworks.model import Capture
    from recoverycli.frameworks.validation.domains import Sort

# More cases are not tried; nothing is said of conditions that would need them.
_MOST = 60_000


class TriedCase(NamedTuple):
    """A case, in words, and what each condition is in it."""

    words: str
    answers: tuple[bool | None, ...]


def never_holds(when: When, captures: Mapping[str, Capture]) -> bool:
    """Whether no values at all make a condition hold."""
    cases = _try_cases([when], captures)
    return cases is not None and not any(case.answers[0] for case in cases)


def hidden_by(whens: Sequence[When], captures: Mapping[str, Capture]) -> dict[int, tuple[int, ...]]:
    """Return the conditions that are never reached, each with those before it that hold in all of its cases."""
    cases = _try_cases(whens, captures)
    if cases is None:
        return {}
    reached: set[int] = set()
    before: dict[int, set[int]] = {}
    for case in cases:
        first = next((number for number, answer in enumerate(case.answers) if answer is not False), None)
        if first is None:
            continue
        reached.add(first)
        for number, answer in enumerate(case.answers[first + 1 :], start=first + 1):
            if answer is not False:
                before.setdefault(number, set()).add(first)
    return {number: tuple(sorted(found)) for number, found in before.items() if number not in reached}


def cover_all(whens: Sequence[When], captures: Mapping[str, Capture]) -> bool:
    """Whether it is certain that one of the conditions holds in every case."""
    cases = _try_cases(whens, captures)
    return cases is not None and all(any(case.answers) for case in cases)


def find_hole(whens: Sequence[When], captures: Mapping[str, Capture], applies: When) -> str:
    """Return a case in words in which `applies` holds and none of the conditions; empty if there is none."""
    cases = _try_cases([applies, *whens], captures)
    holes = (
        case.words for case in cases or () if case.answers[0] and not any(one is not False for one in case.answers[1:])
    )
    return next(holes, "")


def find_overlap(whens: Sequence[When], captures: Mapping[str, Capture]) -> tuple[int, int, str] | None:
    """Return two conditions that hold at once, and the case in words."""
    for case in _try_cases(whens, captures) or ():
        both = [number for number, answer in enumerate(case.answers) if answer]
        if len(both) > 1:
            return both[0], both[1], case.words
    return None


def _try_cases(whens: Sequence[When], captures: Mapping[str, Capture]) -> Iterator[TriedCase] | None:
    """Return every case that the conditions tell apart; None where there are too many, or one is uncertain."""
    names, conditions = _names_in(whens, captures)
    domains = [domain(name, captures, (*whens, *conditions.values())) for name in names]
    if not all(domains) or math.prod(map(len, domains)) * (len(whens) + len(conditions)) > _MOST:
        return None
    cases = (_try_case(names, sorts, whens, conditions) for sorts in itertools.product(*domains))
    return (case for case in cases if case is not None)


def _names_in(whens: Sequence[When], captures: Mapping[str, Capture]) -> tuple[list[str], dict[str, When]]:
    """The names in conditions, and in those under which they apply, which are returned by name."""
    names = dict.fromkeys(name for when in whens for name in names_of(when))
    conditions: dict[str, When] = {}
    waiting = list(names)
    while waiting:
        capture = captures.get(name := waiting.pop())
        if capture is not None and capture.when and name not in conditions:
            conditions[name] = capture.when
            waiting += names_of(capture.when)
            names |= dict.fromkeys(names_of(capture.when))
    return list(names), conditions


def _try_case(
    names: list[str], sorts: tuple[Sort, ...], whens: Sequence[When], conditions: Mapping[str, When]
) -> TriedCase | None:
    """Return what each condition is in a case; None where something applies in it that cannot, or the reverse."""
    values = {name: sort.value for name, sort in zip(names, sorts, strict=True) if sort.value is not None}
    absent = frozenset(name for name, sort in zip(names, sorts, strict=True) if sort.absent)
    known = Known(values, ANY_DAY, absent=absent)
    if any(evaluate(when, known) is (name in absent) for name, when in conditions.items()):
        return None
    words = ", ".join(f"{name}: {sort.words}" for name, sort in zip(names, sorts, strict=True))
    return TriedCase(words, tuple(evaluate(when, known) for when in whens))
