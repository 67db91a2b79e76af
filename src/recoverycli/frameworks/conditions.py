"""Conditions on what is known of a call: data, evaluated in three values. Pure.

A condition is yes, no, or unknown (None): a name without a value makes it unknown, never false. What does not apply in
this call is known to have no value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

import msgspec

from recoverycli.content.model import AsWritten, ContentNode, FactName
from recoverycli.frameworks.values import back_from, compare, kind_of, parse_value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from recoverycli.frameworks.values import Known, Value

Bounds = Annotated[tuple[AsWritten, ...], msgspec.Meta(min_length=2, max_length=2)]


class ValueTest(ContentNode, frozen=True, kw_only=True):
    """Tests of one value, which all have to hold.

    `under`, `over`, `at-least`, `at-most` and `between` (both ends included) are for numbers and amounts; `before` and
    `after` compare a date with a date, `within` and `older` its age with a length of time such as `14 days`. `known`
    asks if there is a value at all.
    """

    differs: AsWritten | tuple[AsWritten, ...] | None = msgspec.field(default=None, name="not")
    under: AsWritten | None = None
    over: AsWritten | None = None
    at_least: AsWritten | None = msgspec.field(default=None, name="at-least")
    at_most: AsWritten | None = msgspec.field(default=None, name="at-most")
    between: Bounds | None = None
    before: AsWritten | None = None
    after: AsWritten | None = None
    within: AsWritten | None = None
    older: AsWritten | None = None
    known: bool | None = None


# What a value has to be: this, one of these, or what passes the tests.
Wanted: TypeAlias = AsWritten | tuple[AsWritten, ...] | ValueTest
AllOf: TypeAlias = dict[FactName, Wanted]
# A map holds when all of it holds, a list when any of its maps does; an empty one always does.
When: TypeAlias = AllOf | tuple[AllOf, ...]

# The words of each test.
_WORDS = {
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

COMPARISONS = ("under", "over", "at_least", "at_most")


def evaluate(when: When, known: Known) -> bool | None:
    """Return whether a condition holds: None as long as it depends on what is not known."""
    if isinstance(when, dict):
        return _all(_holds(name, wanted, known) for name, wanted in when.items())
    answers = [evaluate(one, known) for one in when]
    if True in answers or not answers:
        return True
    return None if None in answers else False


def names_of(when: When) -> tuple[str, ...]:
    """Return the names in a condition, each once."""
    maps = (when,) if isinstance(when, dict) else when
    return tuple(dict.fromkeys(name for one in maps for name in one))


def open_names(when: When, known: Known) -> tuple[str, ...]:
    """Return the names that keep a condition unknown, in their order; none if it is decided.

    In place of a value that is worked out stand the names that it waits for.
    """
    if evaluate(when, known) is not None:
        return ()
    if not isinstance(when, dict):
        return tuple(dict.fromkeys(name for one in when for name in open_names(one, known)))
    names = (name for name, wanted in when.items() if _holds(name, wanted, known) is None)
    return tuple(dict.fromkeys(leaf for name in names for leaf in known.waits.get(name) or (name,)))


def texts_in(wanted: Wanted) -> tuple[str, ...]:
    """Return the values that a name is compared with, without the lengths of time."""
    if isinstance(wanted, str):
        return (wanted,)
    if isinstance(wanted, tuple):
        return wanted
    differs = () if wanted.differs is None else texts_in(wanted.differs)
    single = (getattr(wanted, how) for how in (*COMPARISONS, "before", "after"))
    return (*differs, *(one for one in single if one is not None), *(wanted.between or ()))


def texts_of(when: When, name: str) -> Iterator[str]:
    """Yield the values that a condition compares a name with."""
    for one in (when,) if isinstance(when, dict) else when:
        if name in one:
            yield from texts_in(one[name])


def condition_words(when: When) -> str:
    """Return a condition in short, with the names of its file: `tier: gold and paid: under 10`."""
    maps = (when,) if isinstance(when, dict) else when
    return ", or ".join(
        " and ".join(f"{name_words(name)}: {wanted_words(wanted)}" for name, wanted in one.items()) for one in maps
    )


def wanted_words(wanted: Wanted) -> str:
    """Return what a value has to be, in words."""
    if isinstance(wanted, str):
        return wanted
    if isinstance(wanted, tuple):
        return " or ".join(wanted)
    tests = [f"{said} {wanted_words(value)}" for name, said in _WORDS.items() if (value := getattr(wanted, name))]
    if wanted.between is not None:
        tests.append(f"from {' to '.join(wanted.between)}")
    if wanted.known is not None:
        tests.append("known" if wanted.known else "not known")
    return " and ".join(tests)


def name_words(name: str) -> str:
    """Return the name of a value as people read it."""
    return name.replace("_", " ").replace("-", " ")


def _holds(name: str, wanted: Wanted, known: Known) -> bool | None:
    if name in known.absent:
        return wanted == ValueTest(known=False)
    value = known.values.get(name)
    if isinstance(wanted, ValueTest):
        if wanted.known is not None and wanted.known != (value is not None):
            return False
        if value is None:
            return True if wanted == ValueTest(known=wanted.known) else None
        return _all(_results(value, wanted, known.today))
    return None if value is None else _is_one_of(value, wanted)


def _results(value: Value, test: ValueTest, today: date) -> Iterator[bool | None]:
    if test.differs is not None:
        same = _is_one_of(value, test.differs)
        yield None if same is None else not same
    bounds = (("under", test.under), ("over", test.over), ("at_least", test.at_least), ("at_most", test.at_most))
    for how, bound in bounds:
        if bound is not None:
            yield _fits(how, _compare(value, bound))
    if test.between is not None:
        least, most = test.between
        yield _fits("at_least", _compare(value, least))
        yield _fits("at_most", _compare(value, most))
    if test.before is not None:
        yield _fits("under", _compare(value, test.before))
    if test.after is not None:
        yield _fits("over", _compare(value, test.after))
    if test.within is not None:
        yield _fits("at_least", _compare_age(value, test.within, today))
    if test.older is not None:
        yield _fits("under", _compare_age(value, test.older, today))


def _fits(how: str, order: int | None) -> bool | None:
    if order is None:
        return None
    return {"under": order < 0, "over": order > 0, "at_least": order >= 0, "at_most": order <= 0}[how]


def _is_one_of(value: Value, wanted: str | tuple[str, ...]) -> bool | None:
    orders = [_compare(value, one) for one in ((wanted,) if isinstance(wanted, str) else wanted)]
    if 0 in orders:
        return True
    return None if None in orders else False


def _compare(value: Value, text: str) -> int | None:
    other = parse_value(kind_of(value), text)
    return None if other is None else compare(value, other)


def _compare_age(value: Value, length: str, today: date) -> int | None:
    """Compare a date with the day that lies that long ago."""
    then = back_from(today, length)
    return None if then is None else compare(value, then)


def _all(answers: Iterator[bool | None]) -> bool | None:
    found = list(answers)
    if False in found:
        return False
    return None if None in found else True
